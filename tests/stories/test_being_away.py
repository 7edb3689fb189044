"""Leave, sickness and rotas as people tell of them: what is kept, and what is said back."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.messages import Note, Settings
from bot.domain.staff.hours import Leave, Rota, Shift
from bot.domain.staff.people import Preferences
from tests.kept import everything, person_in
from tests.samples import staff
from tests.stories.dialog import Actor, Town

CYCLE = tuple(map(Shift, "DDNNOOOO"))


async def chosen(town: Town, actor: Actor) -> Preferences:
    """What is kept of their choices."""
    return (await person_in(town.world, actor.id)).preferences


async def test_leave_that_has_begun(town: Town) -> None:
    """It is this year's, and it holds from now on."""
    town.clock.at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    sam = await town.welcomed(staff())
    await sam.types("leave 25 November to 4 December")
    assert "Nothing comes from Wednesday 25 November to Friday 4 December." in sam.reads
    assert (await chosen(town, sam)).rhythm.leave == (Leave(date(2026, 11, 25), date(2026, 12, 4)),)
    await sam.types("settings")
    assert "On leave, and Friday 4 December is the last day." in sam.reads


async def test_leave_over_the_turn_of_the_year(town: Town) -> None:
    """Typed in its middle."""
    town.clock.at = datetime(2026, 12, 28, 9, tzinfo=UTC)
    sam = await town.welcomed(staff())
    await sam.types("leave 20 December to 3 January")
    assert "Nothing comes from Sunday 20 December to Sunday 3 January." in sam.reads


async def test_a_year_is_said_where_it_is_not_this_one(town: Town) -> None:
    """So that nobody takes next year's days for this year's."""
    town.clock.at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    sam = await town.welcomed(staff())
    await sam.types("leave 10 November to 20 November")
    assert "from Wednesday 10 November 2027 to Saturday 20 November 2027." in sam.reads
    await sam.types("my leave")
    assert "10 November 2027 to Saturday 20 November 2027: you are on leave." in sam.reads


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("leave until 4 December", "Enjoy your time off"),
        ("on leave until 4 December", "Enjoy your time off"),
        ("away until 4 December", "Paused"),
        ("off sick til 4 December", "Get well soon"),
        ("back on 4 December", "Paused"),
    ],
)
async def test_until_a_day_means_one_thing(town: Town, typed: str, title: str) -> None:
    """Nothing before that day, and something may come on it."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    assert sam.sees(Note).title == title
    assert "Nothing comes before Friday 4 December 2026." in sam.reads
    assert (await chosen(town, sam)).paused_until == datetime(2026, 12, 4, tzinfo=UTC)


async def test_on_leave_asks_until_when(town: Town) -> None:
    """Nothing is changed, two pauses are a press away, and leave that is kept is shown."""
    sam = await town.welcomed(staff())
    before = everything(town.world)
    for typed in ("on leave", "I'm on leave", "annual leave", "my leave", "maternity leave"):
        await sam.types(typed)
        assert sam.sees(Note).title == "Until when?"
        assert "Type leave until Monday, or leave 20 December to 3 January." in sam.reads
        assert everything(town.world) == before
    await sam.presses("pause for 2 weeks")
    assert "Nothing comes before Monday 7 December 2026." in sam.reads
    await sam.types("leave 20 December to 3 January")
    await sam.types("my leave")
    assert sam.sees(Note).title == "Your leave"
    assert "Paused until Monday 7 December." in sam.reads
    assert "from Sunday 20 December to Sunday 3 January: you are on leave." in sam.reads
    assert "Type no leave to take it back." in sam.reads


async def test_that_somebody_is_ill_is_not_kept(town: Town) -> None:
    """A kind word, and the same pause as for anybody."""
    sam, kim = await town.welcomed(staff()), await town.welcomed(staff("Kim Sample"))
    await sam.types("I'm off sick")
    assert sam.sees(Note).title == "Get well soon"
    await sam.types("I have been signed off for 6 weeks")
    assert sam.sees(Note).title == "Get well soon"
    await kim.types("pause 42 days")
    assert kim.sees(Note).title == "Paused"
    ill, paused = await chosen(town, sam), await chosen(town, kim)
    assert asdict(replace(ill, asked=None)) == asdict(replace(paused, asked=None))


async def test_some_leave_is_no_joy(town: Town) -> None:
    """It is kept without a wish."""
    sam = await town.welcomed(staff())
    await sam.types("compassionate leave from Tuesday to Friday")
    assert sam.sees(Note).title == "Your time off is kept"
    assert "Nothing comes from Tuesday 24 November to Friday 27 November." in sam.reads


async def test_back_before_the_day(town: Town) -> None:
    """Whoever says that they are back gets tips again."""
    sam = await town.welcomed(staff())
    await sam.types("off for 2 weeks")
    await sam.types("I'm back")
    assert sam.sees(Note).title == "Welcome back"


async def test_times_off_that_overlap_or_touch_are_one(town: Town) -> None:
    """In what is kept and in what is said."""
    sam = await town.welcomed(staff())
    await sam.types("leave 20 December to 3 January")
    await sam.types("leave 4 January to 8 January")
    assert "Nothing comes from Sunday 20 December to Friday 8 January." in sam.reads
    await sam.types("leave 1 January to 10 January")
    assert "Nothing comes from Sunday 20 December to Sunday 10 January." in sam.reads
    assert (await chosen(town, sam)).rhythm.leave == (Leave(date(2026, 12, 20), date(2027, 1, 10)),)
    await sam.types("my leave")
    assert sam.reads.count("you are on leave") == 1


@pytest.mark.parametrize(
    ("typed", "begins", "told"),
    [
        (
            "rota DDNNOOOO from 5 December",
            date(2026, 12, 5),
            "Saturday 5 December: a long day. Today is a day off.",
        ),
        (
            "rota from tuesday DDNNOOOO",
            date(2026, 11, 24),
            "Tuesday 24 November: a long day. Today is a day off.",
        ),
        ("I do 2 days 2 nights 4 off starting 20 November", date(2026, 11, 20), "Today is a night."),
        ("rota DDNNOOOO from today", date(2026, 11, 23), "Today is its first day: a long day."),
    ],
)
async def test_a_rota_with_its_first_day(town: Town, typed: str, begins: date, told: str) -> None:
    """It is kept, and said back with what today is."""
    sam = await town.welcomed(staff())
    await sam.types(typed)
    assert (await chosen(town, sam)).rhythm.rota == Rota(begins, CYCLE)
    assert told in sam.reads


async def test_a_first_day_that_nobody_can_tell(town: Town) -> None:
    """Nothing is changed, and it is said what would work."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDNNOOOO from 31 November")
    assert "I could not tell on which day the rota begins. Nothing was changed." in sam.reads
    assert (await chosen(town, sam)).rhythm.rota is None


async def test_days_on_keep_their_first_day(town: Town) -> None:
    """Through the question which shift it is."""
    sam = await town.welcomed(staff())
    await sam.types("rota 4 on 4 off from 5 December")
    await sam.presses("rota NNNNOOOO from 5 december")
    assert "Its first day is Saturday 5 December: a night." in sam.reads


async def test_shifts_without_a_rota(town: Town) -> None:
    """How to tell it, and where hours are changed; nothing is kept."""
    sam = await town.welcomed(staff())
    before = everything(town.world)
    for typed in ("I work nights", "im on nights this week", "night shift"):
        await sam.types(typed)
        assert sam.sees(Note).title == "Do you work shifts?"
        assert "Type rota DDNNOOOO, or rota 2 days 2 nights 4 off." in sam.reads
        assert everything(town.world) == before


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("2 days 2 nights 4 off", date(2026, 11, 23)),
        ("DDNNOOOO from 5 December", date(2026, 12, 5)),
        ("D, D, N, N, O, O, O, O", date(2026, 11, 23)),
    ],
)
async def test_the_form_takes_what_the_chat_takes(town: Town, typed: str, begins: date) -> None:
    """A rota in words, with its first day or without."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    await sam.presses("change_settings", rota=typed)
    assert (await chosen(town, sam)).rhythm.rota == Rota(begins, CYCLE)


@pytest.mark.parametrize("typed", ["4 on 4 off", "DDNNOOOO from nowhere", "DDNNOOOO from 31 November", "D"])
async def test_the_form_keeps_no_half_rota(town: Town, typed: str) -> None:
    """It comes back as it was filled in."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    await sam.presses("change_settings", rota=typed)
    assert "A rota is one letter for each day, such as DDNNOOOO" in sam.reads
    assert sam.sees(Settings).rota == typed


async def test_a_rota_promises_what_it_can_keep(town: Town) -> None:
    """Two days of eight are no five tips a week."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDNNOOOO")
    assert "Tips come twice a week, while you are on shift, nights included." in sam.reads
    await sam.types("no messages on nights")
    assert "Tips come at most twice a week, while you are on shift, with no messages on nights." in sam.reads
    assert "Your rota has 2 such days in 8: one tip a day is the most." in sam.reads
    await sam.types("5 a week")
    assert (
        "Tips come at most 5 times a week, while you are on shift, with no messages on nights." in sam.reads
    )
    assert "Your rota has 2 such days in 8: one tip a day is the most." in sam.reads
    await sam.types("once a week")
    assert "Tips come once a week, while you are on shift, with no messages on nights." in sam.reads
    assert "such day" not in sam.reads


async def test_weeks_off_have_no_tips(town: Town) -> None:
    """A week on and a week off is enough days for two a week, but not in each."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDDDDDDOOOOOOO")
    assert "Tips come at most twice a week, while you are on shift." in sam.reads
    assert "such days" not in sam.reads
