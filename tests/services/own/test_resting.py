"""Rest from messages, and the way back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands.own import Pause
from bot.domain.messages import Note
from bot.domain.staff.people import Contact, Preferences
from bot.services.own import resting
from bot.services.ports import World
from tests.kept import everything, keep, person_in
from tests.samples import CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))
DAY = timedelta(days=1)


@pytest.mark.parametrize(("asked", "given"), [(14, 14), (1, 1), (0, 1), (-5, 1), (60, 60)])
async def test_a_pause_has_an_end(world: World, asked: int, given: int) -> None:
    """A pause is a day or more, whatever was asked, and the next tip comes after it."""
    await keep(world, SAM)
    answer = await resting.pause(world, SAM.id, Pause(asked))
    sam = await person_in(world, SAM.id)
    assert sam.preferences.paused_until == MONDAY + given * DAY
    assert sam.next_nudge is not None
    assert sam.next_nudge > MONDAY + given * DAY
    assert isinstance(answer, Note)
    assert "resume" in [step.verb for step in answer.steps]


@pytest.mark.parametrize(("asked", "given"), [(61, 61), (365, 365), (10**9, 365)])
async def test_a_long_pause_is_asked_about(world: World, asked: int, given: int) -> None:
    """Nothing is changed before the yes; it is a year at most."""
    await keep(world, SAM)
    before = everything(world)
    answer = await resting.pause(world, SAM.id, Pause(asked))
    assert isinstance(answer, Note)
    assert f"That is {given} days, until" in answer.lines[0]
    assert everything(world) == before
    yes = answer.steps[0]
    assert yes.verb == "pause_long"
    await resting.pause_until(world, SAM.id, yes.subject, sure=True)
    sam = await person_in(world, SAM.id)
    assert sam.preferences.paused_until is not None
    assert sam.preferences.paused_until.date() == (MONDAY + given * DAY).date()


@pytest.mark.parametrize(("last", "asks"), [("21 January", False), ("22 January", True)])
async def test_sixty_days_of_leave_are_taken_at_once(world: World, last: str, *, asks: bool) -> None:
    """From 23 November; a day more is asked about."""
    await keep(world, SAM)
    answer = await resting.take_leave(world, SAM.id, f"today to {last}")
    assert isinstance(answer, Note)
    assert ("take_long_leave" in [step.verb for step in answer.steps]) is asks
    assert bool((await person_in(world, SAM.id)).preferences.rhythm.leave) is not asks


@pytest.mark.parametrize(("day", "asks"), [("22 January", False), ("23 January", True)])
async def test_a_pause_until_a_day_is_asked_about_as_well(world: World, day: str, *, asks: bool) -> None:
    """More than sixty days ahead of 23 November."""
    await keep(world, SAM)
    answer = await resting.pause_until(world, SAM.id, day)
    assert isinstance(answer, Note)
    assert ("pause_long" in [step.verb for step in answer.steps]) is asks
    assert ((await person_in(world, SAM.id)).preferences.paused_until is None) is asks


async def test_a_yes_to_days_that_have_passed_changes_nothing(world: World) -> None:
    """The card may be an old one."""
    await keep(world, SAM)
    before = everything(world)
    for answer in (
        await resting.take_leave(world, SAM.id, "2026-03-01 to 2026-06-30", sure=True),
        await resting.pause_until(world, SAM.id, "2026-06-30", sure=True),
    ):
        assert isinstance(answer, Note)
        assert "Nothing was changed" in " ".join(answer.lines)
    assert everything(world) == before


async def test_resume_ends_a_pause_and_a_stop(world: World) -> None:
    """One word brings the tips back, from the next slot on."""
    await keep(world, preferring(staff(), Preferences(stopped=True, paused_until=MONDAY + 9 * DAY)))
    await resting.resume(world, SAM.id)
    sam = await person_in(world, SAM.id)
    assert sam.preferences == Preferences(contact=Contact(heard=MONDAY.date()))
    assert sam.next_nudge == sam.next_slot(MONDAY)
    assert sam.next_nudge is not None


async def test_stop_stops(world: World) -> None:
    """After a stop there is no next slot; what was chosen and saved stays for another day."""
    await keep(world, SAM)
    answer = await resting.stop(world, SAM.id)
    sam = await person_in(world, SAM.id)
    assert sam.preferences == replace(SAM.preferences, stopped=True)
    assert sam.next_nudge is None
    assert isinstance(answer, Note)
    assert "resume" in [step.verb for step in answer.steps]
