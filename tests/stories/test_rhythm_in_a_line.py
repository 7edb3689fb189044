"""How often, on which days, on which shifts: typed in a line, as people say it, and said back in words."""

from datetime import date

import pytest

from bot.domain.messages import Note, Settings
from bot.domain.staff.hours import Leave, Shift
from bot.domain.staff.people import PersonId
from tests.kept import person_in
from tests.samples import staff
from tests.stories.dialog import Town


async def cycle(town: Town, who: PersonId) -> str:
    """The letters of the rota that is kept; empty without one."""
    rota = (await person_in(town.world, who)).preferences.rhythm.rota
    return "".join(rota.cycle) if rota else ""


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("once a week", "on Thursdays"),
        ("3 a week", "on Mondays, Tuesdays and Thursdays"),
        ("no more than two a week", "on Wednesdays and Fridays"),
        ("every day", "on Mondays, Tuesdays, Wednesdays, Thursdays and Fridays"),
        ("only Mondays", "on Mondays"),
        ("Tuesdays and Thursdays", "on Tuesdays and Thursdays"),
        ("once a week on Fridays", "on Fridays"),
        ("unwaith yr wythnos", "on Thursdays"),
        ("dydd Mawrth a dydd Iau", "on Tuesdays and Thursdays"),
    ],
)
async def test_how_often_in_words(town: Town, typed: str, days: str) -> None:
    """It is kept, and the answer says on which days tips come."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    assert sam.sees(Note).title == "Your settings are saved"
    assert f"Tips come {days}, about " in sam.reads


async def test_none_a_week(town: Town) -> None:
    """Nothing comes by itself; days that are chosen then are kept, and it is said what brings tips back."""
    sam = await town.welcomed(staff())
    await sam.types("0 a week")
    assert "No tips come by themselves." in sam.reads
    await sam.types("only Mondays")
    assert "Your days are kept. Type once a week if you want tips again." in sam.reads
    await sam.types("once a week")
    assert "Tips come on Mondays, about" in sam.reads


async def test_more_than_five_is_kindly_refused(town: Town) -> None:
    """Nothing is changed, and the most is a tap away."""
    sam = await town.welcomed(staff())
    before = await person_in(town.world, sam.id)
    for typed in ("6 a week", "two tips a day"):
        await sam.types(typed)
        assert "Five tips a week is the most, one a day. Nothing was changed." in sam.reads
        assert await person_in(town.world, sam.id) == before
    await sam.presses("say")
    assert (await person_in(town.world, sam.id)).preferences.rhythm.per_week == 5


async def test_more_tips_than_days(town: Town) -> None:
    """Five a week on Mondays alone is one a week, and both the answer and the settings say so."""
    sam = await town.welcomed(staff())
    await sam.types("5 a week")
    assert "one a day is the most" not in sam.reads
    await sam.types("Monday only")
    assert "Tips come on Mondays, about" in sam.reads
    assert "That is once a week: one a day is the most." in sam.reads
    await sam.types("settings")
    assert (sam.sees(Settings).days, sam.sees(Settings).per_week) == ("0", "5")
    assert "That is once a week: one a day is the most." in sam.reads
    await sam.types("once a week")
    assert "one a day is the most" not in sam.reads


async def test_days_beside_a_rota(town: Town) -> None:
    """They are kept for later, and it is said that the shifts count."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDNNOOOO")
    await sam.types("only Mondays")
    assert "You have a rota, so tips follow your shifts." in sam.reads
    await sam.types("no rota")
    assert "Tips come on Mondays" in sam.reads


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("rota 2 days 2 nights 4 off", "DDNNOOOO"),
        ("rota: DDNN OOOO", "DDNNOOOO"),
        ("3 earlies, 3 lates and 3 off", "EEELLLOOO"),
        ("4 on 4 off nights", "NNNNOOOO"),
    ],
)
async def test_a_rota_as_people_say_it(town: Town, typed: str, letters: str) -> None:
    """It begins today, and the answer says with which shift."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    first = {Shift.DAY: "a long day", Shift.EARLY: "an early", Shift.NIGHT: "a night"}[Shift(letters[0])]
    assert f"Today is its first day: {first}." in sam.reads
    assert await cycle(town, sam.id) == letters


async def test_days_on_without_a_shift_are_asked_about(town: Town) -> None:
    """Nothing is guessed: a button for each shift, or the line to type."""
    sam = await town.welcomed(staff())
    for typed in ("rota 4 on 4 off", "4 on 4 off"):
        await sam.types(typed)
        assert "type rota DDDDOOOO for long days" in sam.reads
        assert await cycle(town, sam.id) == ""
    await sam.presses("rota NNNNOOOO")
    assert "Today is its first day: a night." in sam.reads
    assert await cycle(town, sam.id) == "NNNNOOOO"


async def test_letters_that_nobody_knows(town: Town) -> None:
    """They are named, and so are those that there are; nothing is looked for or changed."""
    sam = await town.welcomed(staff())
    await sam.types("rota XYZ")
    assert "I know no X, Y or Z in a rota." in sam.reads
    assert "D long day, E early, L late, N night, O off" in sam.reads
    assert await cycle(town, sam.id) == ""


async def test_what_the_rota_is(town: Town) -> None:
    """From today on, whatever day it began; without one it is said how to tell it."""
    sam = await town.welcomed(staff())
    await sam.types("my rota")
    assert "You have told me none, so tips come by days and hours." in sam.reads
    assert "Type rota DDNNOOOO, or rota 2 days 2 nights 4 off." in sam.reads
    await sam.types("rota DDNNOOOO")
    await town.wait(days=3)
    await sam.types("rota")
    assert "From today it is NOOOODDN." in sam.reads
    assert "while you are on shift" in sam.reads


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("pause until next month", date(2026, 12, 1)),
        ("pause until the new year", date(2027, 1, 1)),
        ("no tips until January", date(2027, 1, 1)),
        ("pause until the 3rd", date(2026, 12, 3)),
        ("pause till tomorrow", date(2026, 11, 24)),
        ("Seibiant tan dydd Mawrth", date(2026, 11, 24)),
        ("saib tan y flwyddyn newydd", date(2027, 1, 1)),
        ("seibiant tan 3 Rhagfyr", date(2026, 12, 3)),
        ("seibiant tan 3 Ragfyr", date(2026, 12, 3)),
    ],
)
async def test_a_pause_until_a_day_as_people_say_it(town: Town, typed: str, first: date) -> None:
    """A month alone is its first day; Welsh days with and without a mutation."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    assert f"Nothing comes before {first:%A} {first.day} {first:%B}" in sam.reads


async def test_a_long_pause_is_asked_about(town: Town) -> None:
    """More than sixty days are taken with a yes alone."""
    sam = await town.welcomed(staff())
    before = await person_in(town.world, sam.id)
    await sam.types("pause until March")
    assert "That is 98 days, until 1 March 2027. Is that right?" in sam.reads
    await sam.presses("change_nothing")
    assert await person_in(town.world, sam.id) == before
    await sam.types("pause for three months")
    assert "That is 90 days, until 21 February 2027." in sam.reads
    await sam.presses("pause_long")
    assert "Nothing comes before Sunday 21 February 2027." in sam.reads


async def test_long_leave_is_asked_about(town: Town) -> None:
    """A slip in a month is not a year without tips; a yes takes it, and one line takes it back."""
    sam = await town.welcomed(staff())
    before = await person_in(town.world, sam.id)
    await sam.types("leave 3 jan to 20 dec")
    assert "That is 352 days, until 20 December 2027. Is that right?" in sam.reads
    assert await person_in(town.world, sam.id) == before
    await sam.presses("take_long_leave")
    assert "Nothing comes from Sunday 3 January to Monday 20 December 2027." in sam.reads
    assert "Type no leave to take it back." in sam.reads
    await sam.types("no leave")
    assert (await person_in(town.world, sam.id)).preferences.rhythm.leave == ()


async def test_welsh_leave_is_asked_about_in_welsh(town: Town) -> None:
    """And taken as it was said; what touches is one time off."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    await sam.types("gwyliau o 3 Ionawr i 7 Chwefror")
    assert "7 Chwefror" in sam.reads
    await sam.types("seibiant o 8 Chwefror i 20 Mai")
    assert "20 Mai 2027" in sam.reads
    await sam.presses("take_long_leave")
    leave = (await person_in(town.world, sam.id)).preferences.rhythm.leave
    assert leave == (Leave(date(2027, 1, 3), date(2027, 5, 20)),)
