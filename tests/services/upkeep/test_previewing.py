"""A preview is what would come, in order and with reasons; it changes nothing but who looked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands.own import SetUp
from bot.domain.drip.outlooks import Drip
from bot.domain.staff.people import Contact, OwnAnswer, Person, Preferences
from bot.errors import Problems
from bot.services.own import onboarding
from bot.services.ports import World
from bot.services.upkeep.previewing import Preview, preview
from tests.fakes import SettableClock
from tests.kept import keep, open_for, person_in
from tests.samples import CLERK, MONDAY, preferring, staff, stranger

SAM = preferring(staff(), Preferences(role=CLERK))
WITHOUT_APP = replace(staff(), reference=None)


async def looked(world: World, person: Person) -> Preview:
    """A preview of somebody who is kept first."""
    await keep(world, person)
    return await preview(world, "operator:sample", person.id, 4)


async def test_a_preview_sends_and_changes_nothing(world: World) -> None:
    """Four weeks of tips, no two alike; afterwards nothing waits and nobody has changed."""
    found = await looked(world, SAM)
    assert (found.outlook.drip, found.once_set_up) == (Drip.COMING, ())
    assert len(found.tips) > 2
    assert len({tip["tip"] for tip in found.tips}) == len(found.tips)
    assert all(tip["because"] for tip in found.tips)
    assert await person_in(world, SAM.id) == SAM
    assert await open_for(world, SAM.id) == []


async def test_a_preview_does_not_give_away_what_is_their_own(world: World) -> None:
    """Whatever somebody's confidence is and whatever they turned down, an administrator sees the same."""
    plain = await looked(world, SAM)
    own = replace(
        SAM.preferences,
        own=(OwnAnswer(MONDAY.date(), 1, 5),),
        unwanted=("ward-clerk-notice", "everyone-agenda"),
    )
    assert await looked(world, SAM.choosing(own)) == plain


@pytest.mark.parametrize("person", [staff(), WITHOUT_APP])
async def test_what_comes_once_set_up_is_what_does_come(
    world: World, clock: SettableClock, person: Person
) -> None:
    """Whoever then sets up as suggested gets the same tip at once, and has the very same weeks ahead."""
    supposed = await looked(world, person)
    assert not supposed.tips
    await keep(world, replace(person, reference=SAM.reference))
    days = person.preferences.rhythm.days
    first = await onboarding.set_up(world, person.id, SetUp(CLERK, person.licence, days))
    assert getattr(first, "title", "") == supposed.once_set_up[0]["tip"]
    assert supposed.once_set_up[0]["at"] == "Mon 23 Nov 09:00"
    clock.forward(timedelta(minutes=1))
    found = await preview(world, "operator:sample", person.id, 4)
    assert found.outlook.drip is Drip.COMING
    assert found.tips == supposed.once_set_up[1:]


@pytest.mark.parametrize(
    "person",
    [
        stranger(),
        SAM.leaving(MONDAY),
        SAM.choosing(replace(SAM.preferences, stopped=True)),
        SAM.choosing(replace(SAM.preferences, contact=Contact(ended=True))),
    ],
)
async def test_no_tip_is_made_up(world: World, person: Person) -> None:
    """For whoever has no role, left, stopped or was silent too long there is none to show."""
    found = await looked(world, person)
    assert not found.tips
    assert not found.once_set_up


async def test_what_was_missed_is_not_foreseen(world: World, clock: SettableClock) -> None:
    """After a week without the service nothing is said to come in the past."""
    await keep(world, SAM)
    clock.forward(timedelta(days=9))
    found = await preview(world, "operator:sample", SAM.id, 4)
    assert found.tips[0]["at"][4:] >= "02 Dec"


async def test_a_stranger_is_named_with_a_way_on(world: World) -> None:
    """An id that nobody has is an error that says what it should be, and how it gets there."""
    with pytest.raises(Problems, match=r"nobody has this id; it is an Entra object id.*people import"):
        await preview(world, "operator:sample", SAM.id, 4)
