"""After a restore nothing goes out twice, and nobody comes back who had gone."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.audit import Act
from bot.domain.commands.pulses import AnswerPulse
from bot.domain.messages import Note
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import PulseDue, ReminderDue, TipDue
from bot.domain.rounds.pulses import Publication, Round, voice
from bot.domain.staff.groups import WHOLE, Level
from bot.domain.staff.people import Person
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.services.rounds import closing, surveying
from bot.services.upkeep import restoring
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import delivery_in, everything, keep, person_in
from tests.lives import KIM, SAM, TIP, live
from tests.rounds import MIXED, answered
from tests.samples import MONDAY, OPEN_FOR, OPERATOR

OPEN = Round("r", MONDAY, MONDAY + OPEN_FOR, secret=bytes(32))
"""A round as a backup has it that was made while it was open."""

ASKED = Delivery(surveying.key("r", KIM.id), KIM.id, PulseDue("r"), MONDAY, OPEN.closes, unasked=True)


def tip(key: str, minutes: int) -> Delivery:
    """A tip to Kim, due some minutes after nine."""
    due = MONDAY + timedelta(minutes=minutes)
    return Delivery(key, KIM.id, TipDue(TIP, "new"), due, due + timedelta(hours=12), unasked=True)


async def test_what_was_due_is_not_sent(world: World, outbound: ScriptedOutbound) -> None:
    """It may have gone out since: unknown, and not repeated. What is still to come stays."""
    await keep(world, KIM, tip("first", -60), tip("second", 0), tip("later", 60))
    async with world.store.unit_of_work() as work:
        await work.deliveries.claim(MONDAY, 1)
    await restoring.settle(world, OPERATOR, [])
    await Dispatcher(world).dispatch_due()
    assert outbound.sent == []
    for key in ("first", "second"):
        kept = await delivery_in(world, key)
        assert (kept.state, kept.note) == (State.UNKNOWN, "restored")
    assert await delivery_in(world, "later") == tip("later", 60)


async def test_a_slot_that_has_passed_moves_on(world: World) -> None:
    """It was planned after the backup, and under the same key: the next one counts."""
    await keep(world, replace(KIM, next_nudge=MONDAY))
    await restoring.settle(world, OPERATOR, [])
    moved = (await person_in(world, KIM.id)).next_nudge
    assert moved == KIM.next_slot(MONDAY)


async def test_the_erased_are_erased_again(world: World) -> None:
    """Everything of theirs, and it is on record that a backup was restored."""
    await live(world)
    await restoring.settle(world, OPERATOR, {SAM.id})
    assert await person_in(world, SAM.id) == Person(SAM.id)
    async with world.store.unit_of_work() as work:
        acts = [record.act for record in await work.audit.since(MONDAY)]
    assert Act.PERSON_ERASED in acts
    assert Act.BACKUP_RESTORED in acts


async def test_a_round_that_was_open_goes_on(world: World) -> None:
    """Under a secret that no backup has; whoever had answered may do so again."""
    await keep(world, KIM, OPEN, ASKED)
    await restoring.settle(world, OPERATOR, [])
    thanked = await surveying.record_answer(world, KIM.id, AnswerPulse("r", 3, 3))
    assert isinstance(thanked, Note)
    assert thanked.title == "Thank you"
    async with world.store.unit_of_work() as work:
        (round_,) = await work.pulses.rounds()
        known = [voice(bytes(32), KIM.id, Level.TEAM)]
        assert (await work.pulses.is_silent("r"), await work.pulses.answered("r", known)) == (False, set())
    assert round_ == replace(OPEN, secret=round_.secret)
    assert round_.secret not in {None, bytes(32)}


async def test_a_round_whose_time_is_over_closes_with_what_there_is(
    world: World, clock: SettableClock
) -> None:
    """Which is nothing, and said so; an answer comes too late."""
    await keep(world, KIM, OPEN, ASKED)
    clock.at = OPEN.closes
    await restoring.settle(world, OPERATOR, [])
    late = await surveying.record_answer(world, KIM.id, AnswerPulse("r", 3, 3))
    assert isinstance(late, Note)
    assert late.refused == "round_closed"
    assert await closing.close_due(world) == 1
    assert list(everything(world)["publications"].values()) == [Publication("r", WHOLE.key, ())]


async def test_a_backup_that_still_has_answers_publishes_none(world: World, clock: SettableClock) -> None:
    """Earlier versions kept them: published a second time they would tell more than once did."""
    round_ = await answered(world, MIXED, is_open=True)
    reminder = Delivery("reminder", KIM.id, ReminderDue(round_.id), MONDAY, round_.closes, unasked=True)
    await keep(world, KIM, reminder)
    clock.at = round_.closes
    await restoring.settle(world, OPERATOR, [])
    assert (everything(world)["answers"], everything(world)["deliveries"]) == ({}, {})
    await closing.close_due(world)
    assert list(everything(world)["publications"].values()) == [Publication(round_.id, WHOLE.key, ())]
