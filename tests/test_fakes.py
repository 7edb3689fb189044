"""The fakes do what the ports promise, so that tests which lean on them say something."""

from datetime import timedelta

import pytest

from bot.domain.library.prompts import DataRule
from bot.domain.messages import Note
from bot.domain.outbox.replies import Accepted, NotSent
from bot.domain.staff.people import PersonId
from bot.services.ports import Chance, Clock, Library, Outbound
from tests.fakes import Crash, PredictableChance, ScriptedOutbound, SettableClock, SmallLibrary
from tests.samples import MONDAY, reference

NOTE = Note("Sample", [], [])


def test_fakes_have_the_shape_of_their_ports() -> None:
    """Each fake can stand where its port is asked for; mypy reads this as well."""
    ports: tuple[Clock, Chance, Outbound, Library] = (
        SettableClock(),
        PredictableChance(),
        ScriptedOutbound(),
        SmallLibrary(),
    )
    assert len(ports) == 4


def test_clock_stands_still_until_it_is_moved() -> None:
    """The clock gives an aware time that only a test changes."""
    clock = SettableClock()
    assert clock.now() == clock.now() == MONDAY
    clock.forward(timedelta(hours=1))
    assert clock.now() == MONDAY + timedelta(hours=1)
    assert clock.now().utcoffset() == timedelta(0)


async def test_clock_is_where_somebody_waits_for() -> None:
    """Waiting takes no time of the machine's, and never turns the clock back."""
    clock = SettableClock()
    await clock.wait_until(MONDAY + timedelta(hours=1))
    await clock.wait_until(MONDAY)
    assert clock.now() == MONDAY + timedelta(hours=1)


def test_chance_never_repeats_and_is_the_same_each_time() -> None:
    """Ids and secrets are all different, and two chances agree on them."""
    one, other = PredictableChance(), PredictableChance()
    made = [one.new_id(), one.new_id(), one.secret(), one.secret()]
    assert len(set(made)) == 4
    assert made == [other.new_id(), other.new_id(), other.secret(), other.secret()]
    assert len(one.secret()) == 32
    assert 0 <= one.fraction() < 1


async def test_outbound_answers_by_script_and_then_accepts() -> None:
    """What is scripted is answered in order; everything is recorded, whatever the answer."""
    outbound = ScriptedOutbound()
    outbound.answers(NotSent())
    assert await outbound.send(reference("sam"), NOTE) == NotSent()
    assert isinstance(await outbound.send(reference("kim"), NOTE), Accepted)
    assert outbound.to(PersonId("sam")) == [NOTE]
    assert len(outbound.sent) == 2


async def test_outbound_crashes_after_the_message_went_out() -> None:
    """A crash leaves the message sent and nobody told."""
    outbound = ScriptedOutbound()
    outbound.answers(Crash())
    with pytest.raises(Crash):
        await outbound.send(reference("sam"), NOTE)
    assert outbound.to(PersonId("sam")) == [NOTE]


def test_library_has_a_rule_for_every_sort_of_material() -> None:
    """Every prompt of the small library has a role that exists and a local rule, and ids do not repeat."""
    library = SmallLibrary()
    assert set(library.rules.rules) == set(DataRule)
    assert len({p.id for p in library.prompts}) == len(library.prompts) == 8
    assert {role for p in library.prompts for role in p.roles} - {"everyone"} == set(library.roles)
    assert all(library.rules.for_prompt(p).text for p in library.prompts)
