"""Rotas, nights, leave and bank holidays: nothing comes when somebody is not at work."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.messages import Note, Tip
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import SHIFTS, Nation, Rota, Shift
from tests.kept import keep, person_in
from tests.samples import MONDAY, staff
from tests.stories.dialog import Actor, Town

NIGHTS = Rota(MONDAY.date(), tuple(map(Shift, "NNNOOOO")))


async def living_by(town: Town, sam: Actor, rhythm: Rhythm) -> None:
    """Somebody with another rhythm."""
    person = await person_in(town.world, sam.id)
    changed = person.choosing(replace(person.preferences, rhythm=rhythm))
    await keep(town.world, replace(changed, next_nudge=changed.next_slot(town.clock.at)))


async def moments(town: Town, sam: Actor, days: int) -> list[datetime]:
    """When tips come in the next days."""
    came = []
    for _ in range(days * 24):
        await town.wait(hours=1)
        came += [town.clock.at for message in sam.receives() if isinstance(message, Tip)]
    return came


async def test_a_night_worker_hears_on_a_night(town: Town) -> None:
    """On shift, after eight in the evening or before eight in the morning."""
    sam = await town.welcomed(staff())
    await living_by(town, sam, Rhythm(rota=NIGHTS))
    came = await moments(town, sam, 8)
    assert came
    assert all(SHIFTS[Shift.NIGHT].hold(at.time()) for at in came)
    await sam.types("resume")
    assert "while you are on shift, nights included" in sam.reads


async def test_nothing_comes_on_a_bank_holiday(town: Town) -> None:
    """Two days are bank holidays in England; after them the drip goes on."""
    closed = frozenset({date(2026, 11, 24), date(2026, 11, 25)})
    town.world = replace(town.world, holidays={Nation.ENGLAND: closed})
    await town.restart()
    sam = await town.welcomed(staff())
    days = {at.date() for at in await moments(town, sam, 10)}
    assert days
    assert not days & closed


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pause until Monday", date(2026, 11, 30)),
        ("no tips until 3 December", date(2026, 12, 3)),
        ("I'm on leave until Friday", date(2026, 11, 27)),
    ],
)
async def test_a_pause_until_a_day(town: Town, typed: str, first: date) -> None:
    """It is said back in words, nothing comes before that day, and something does after it."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    assert f"Nothing comes before {first:%A} {first.day} {first:%B}" in sam.reads
    days = [at.date() for at in await moments(town, sam, 16)]
    assert days
    assert min(days) >= first


async def test_leave_between_two_days(town: Town) -> None:
    """Nothing comes from the first to the last day; it is in the person's settings."""
    sam = await town.welcomed(staff())
    await sam.types("annual leave from 24 November to 1 December")
    assert "Nothing comes from Tuesday 24 November to Tuesday 1 December" in sam.reads
    days = [at.date() for at in await moments(town, sam, 14)]
    assert days
    assert min(days) > date(2026, 12, 1)


async def test_a_day_that_nobody_can_tell(town: Town) -> None:
    """Nothing is changed, and it is said what would work."""
    sam = await town.welcomed(staff())
    before = await person_in(town.world, sam.id)
    await sam.types("pause until I feel better")
    assert "Until when?" in sam.sees(Note).title
    assert await person_in(town.world, sam.id) == before


async def test_a_clock_change_moves_nothing(town: Town) -> None:
    """Over the last Sunday of March the local time of tips stays."""
    town.clock.at = datetime(2027, 3, 22, 8, tzinfo=UTC)
    sam = await town.welcomed(staff())
    person = await person_in(town.world, sam.id)
    rhythm = replace(person.preferences.rhythm, start=time(9), end=time(11))
    await living_by(town, sam, rhythm)
    came = await moments(town, sam, 14)
    assert came
    assert all(rhythm.allows(at) for at in came)


async def test_a_rota_in_a_line(town: Town) -> None:
    """Two long days, two nights, four off; no messages on nights: it is said back, and it is what happens."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDNNOOOO")
    assert "while you are on shift, nights included" in sam.reads
    await sam.types("no messages on nights")
    assert "with no messages on nights" in sam.reads
    assert "Nothing comes on bank holidays in England." in sam.reads
    came = await moments(town, sam, 16)
    assert came
    assert all((at.date() - MONDAY.date()).days % 8 < 2 for at in came)
    await sam.types("no rota")
    assert "Tips come on Wednesdays and Fridays" in sam.reads


async def test_a_pause_after_a_stop_promises_nothing(town: Town) -> None:
    """Who stopped the tips and then types a pause is told that none come, not that they come on a day."""
    sam = await town.welcomed(staff())
    await sam.types("stop")
    for words in ("pause", "pause until Friday", "pause 3 weeks"):
        await sam.types(words)
        assert "Nothing comes by itself: you stopped the tips." in sam.reads
        assert "Nothing comes before" not in sam.reads
    await sam.types("resume")
    assert "Tips come on Wednesdays and Fridays" in sam.reads


async def test_back_from_leave_before_its_end(town: Town) -> None:
    """Resume ends the leave that has begun; leave ahead stays and is said."""
    sam = await town.welcomed(staff())
    await sam.types("leave today to 13 December")
    await sam.types("leave 20 December to 3 January")
    await sam.types("resume")
    assert "Tips come on Wednesdays and Fridays" in sam.reads
    assert "13 December" not in sam.reads
    assert "20 December to Sunday 3 January: you are on leave." in sam.reads
    person = await person_in(town.world, sam.id)
    assert person.next_nudge is not None
    assert person.next_nudge < MONDAY + timedelta(days=7)


async def test_leave_is_taken_back(town: Town) -> None:
    """In English or in Welsh, and what is left is said."""
    sam = await town.welcomed(staff())
    for words in ("no leave", "cancel my leave", "dim gwyliau"):
        await sam.types("leave 1 December to 3 January")
        await sam.types(words)
        assert "on leave" not in sam.reads
        assert (await person_in(town.world, sam.id)).preferences.rhythm.leave == ()


async def test_leave_for_which_there_is_no_room_is_said(town: Town) -> None:
    """Six times off are kept; a seventh is refused in words, never confirmed and dropped."""
    sam = await town.welcomed(staff())
    for month in ("December", "January", "February", "March", "April", "May"):
        await sam.types(f"leave 4 {month} to 5 {month}")
        assert "Enjoy your time off" in sam.reads
    before = await person_in(town.world, sam.id)
    await sam.types("leave 4 July to 5 July")
    assert "have six of yours, so this one is not kept." in sam.reads
    assert "4 July" not in sam.reads
    assert await person_in(town.world, sam.id) == before
    await sam.types("leave 4 May to 5 May")
    assert "Enjoy your time off" in sam.reads


async def test_on_leave_the_settings_say_so(town: Town) -> None:
    """Until when, and what follows; ahead of leave they say the days as ever."""
    sam = await town.welcomed(staff())
    await sam.types("leave today to 13 December")
    await sam.types("settings")
    assert "On leave, and Sunday 13 December is the last day. Then: Tips come on Wednesdays" in sam.reads
    await sam.types("no leave")
    await sam.types("leave 20 December to 3 January")
    await sam.types("settings")
    assert "On leave" not in sam.reads


async def test_shifts_without_time_for_tips_are_the_reason(town: Town) -> None:
    """A rota of days off, or of nights that are not wanted, is why nothing comes."""
    sam = await town.welcomed(staff())
    for words in (["rota OO"], ["rota NN", "no messages on nights"]):
        for one in words:
            await sam.types(one)
        assert "Your shifts leave no time for tips." in sam.reads
        await sam.types("no rota")
        await sam.types("messages on nights")
