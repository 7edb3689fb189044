"""A person's own choices."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.domain.commands.own import ChangeSettings
from bot.domain.messages import Note, Settings
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Leave
from bot.domain.staff.people import Licence, OwnAnswer, Preferences, RoleId
from bot.services.own import adjusting
from bot.services.ports import World
from tests.kept import everything, keep, person_in
from tests.samples import BOOKING, CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))
FORM = ChangeSettings(
    role=BOOKING, licence=Licence.COPILOT, days=frozenset({0, 5}), per_week=1, start="18:00", end="22:00"
)
DAY = timedelta(days=1)


async def test_the_form_shows_what_holds_now(world: World) -> None:
    """Every field is filled in with the person's own values."""
    await keep(world, SAM)
    form = await adjusting.show_settings(world, SAM.id)
    assert isinstance(form, Settings)
    assert (form.role, form.licence, form.days, form.per_week) == (CLERK, "chat", "0,1,2,3,4", "2")
    assert (form.start, form.end) == ("09:00", "17:00")
    assert form.summary.startswith("Tips come on Wednesdays and Fridays, about ")


async def test_settings_are_kept_and_the_next_tip_follows_them(world: World) -> None:
    """The choices are kept whole, said in words, and the next slot lies within them."""
    await keep(world, SAM)
    answer = await adjusting.change_settings(world, SAM.id, FORM)
    sam = await person_in(world, SAM.id)
    assert (sam.role, sam.licence) == (BOOKING, Licence.COPILOT)
    assert sam.preferences.rhythm == Rhythm(frozenset({0, 5}), time(18), time(22), per_week=1)
    assert sam.next_nudge is not None
    assert sam.preferences.rhythm.allows(sam.next_nudge)
    assert isinstance(answer, Note)
    assert "Saturdays" in answer.lines[0]


async def test_settings_leave_the_rest_alone(world: World) -> None:
    """Saved prompts, a pause, a stop and the roster are not touched by the form."""
    chosen = Preferences(role=CLERK, paused_until=MONDAY + 9 * DAY, stopped=True, saved=("one",))
    await keep(world, preferring(staff(), chosen))
    await adjusting.change_settings(world, SAM.id, FORM)
    sam = await person_in(world, SAM.id)
    kept = sam.preferences
    assert (kept.paused_until, kept.stopped, kept.saved) == (chosen.paused_until, True, ("one",))
    assert (sam.roster, sam.next_nudge) == (SAM.roster, None)


@pytest.mark.parametrize(("days", "per_week"), [(frozenset(), 2), (frozenset({1}), 0)])
async def test_no_tips_by_themselves_is_a_choice(world: World, days: frozenset[int], per_week: int) -> None:
    """No days, or none a week, means that somebody only wants to ask."""
    await keep(world, SAM)
    answer = await adjusting.change_settings(world, SAM.id, replace(FORM, days=days, per_week=per_week))
    assert isinstance(answer, Note)
    assert "No tips come by themselves" in answer.lines[0]
    assert (await person_in(world, SAM.id)).next_nudge is None


@pytest.mark.parametrize(
    "impossible",
    [
        replace(FORM, zone="Mars/Olympus"),
        replace(FORM, role=RoleId("astronaut")),
    ],
)
async def test_an_impossible_choice_changes_nothing(world: World, impossible: ChangeSettings) -> None:
    """A place and a role that the form does not offer are answered kindly and not kept."""
    await keep(world, SAM)
    before = everything(world)
    answer = await adjusting.change_settings(world, SAM.id, impossible)
    assert isinstance(answer, Note)
    assert "Nothing was changed" in " ".join(answer.lines)
    assert answer.steps
    assert everything(world) == before


@pytest.mark.parametrize(
    ("before", "per_week", "verb"),
    [(Preferences(role=CLERK, stopped=True), 1, "resume"), (Preferences(role=CLERK), 0, "say")],
    ids=["stopped", "none a week"],
)
async def test_saving_what_brings_no_tips_offers_the_way_back(
    world: World, before: Preferences, per_week: int, verb: str
) -> None:
    """The button that brings them back stands under it."""
    await keep(world, preferring(staff(), before))
    answer = await adjusting.change_settings(world, SAM.id, replace(FORM, per_week=per_week))
    assert isinstance(answer, Note)
    assert answer.steps[0].verb == verb


async def test_heavy_work_is_said_where_the_rhythm_is(world: World) -> None:
    """Whoever gets one tip a week for now does not read two days a week alone."""
    heavy = Preferences(role=CLERK, tuned=True, own=(OwnAnswer(MONDAY.date(), 3, 5),))
    await keep(world, preferring(staff(), heavy))
    form = await adjusting.show_settings(world, SAM.id)
    assert isinstance(form, Settings)
    assert "one a week at most" in form.summary


async def test_the_form_shows_time_off(world: World) -> None:
    """Leave that is not over, and the line to type; leave that is over is left out."""
    today = MONDAY.date()
    leave = (Leave(today - 9 * DAY, today - DAY), Leave(today + DAY, today + DAY))
    await keep(world, preferring(staff(), Preferences(role=CLERK, rhythm=Rhythm(leave=leave))))
    form = await adjusting.show_settings(world, SAM.id)
    assert isinstance(form, Settings)
    assert form.leave == (
        "on Tuesday 24 November. Type leave and the days to add more, or no leave to clear it."
    )
    await keep(world, SAM)
    form = await adjusting.show_settings(world, SAM.id)
    assert isinstance(form, Settings)
    assert form.leave == "None that I know of. To add some, type leave 20 December to 3 January."
