"""What an administrator reads of somebody's drip: what keeps tips back, and until when."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.commands.preview_words import in_words, left_out
from bot.domain.library.experiences import Experience
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Leave, Rota, Shift
from bot.domain.staff.people import Contact, Person, Preferences
from bot.services.ports import World
from bot.services.upkeep.previewing import preview
from tests.fakes import PROMPTS
from tests.kept import keep
from tests.samples import CLERK, MONDAY, preferring, staff, stranger

SAM = preferring(staff(), Preferences(role=CLERK))
WITHOUT_APP = replace(staff(), reference=None)
DAY = timedelta(days=1)
START = date(2027, 1, 11)
STARTS = "Their start is on 11 January 2027. No tip comes by itself before that."
NOTHING = "Nothing comes by itself"


async def says(world: World, person: Person, weeks: int = 4) -> list[str]:
    """The sentences on somebody, who is kept first."""
    await keep(world, person)
    return list(in_words(await preview(world, "operator:sample", person.id, weeks), world.house))


def having(preferences: Preferences) -> Person:
    """Sam with these choices, and the slot that follows from them."""
    return preferring(staff(), replace(preferences, role=CLERK))


def starting(person: Person, day: date | None = START) -> Person:
    """The same person in a cohort that starts on a day."""
    assert person.roster is not None
    return replace(person, roster=replace(person.roster, start=day))


async def test_tips_that_come_need_no_words(world: World) -> None:
    """They speak for themselves; what they leave out is said after them."""
    assert await says(world, SAM) == []
    (said,) = left_out(await preview(world, "operator:sample", SAM.id, 4))
    assert "without the questions" in said


async def test_where_no_tips_are_listed_nothing_is_left_out(world: World) -> None:
    """There is nothing to say of them."""
    await keep(world, having(Preferences(stopped=True)))
    assert list(left_out(await preview(world, "operator:sample", SAM.id, 4))) == []


async def test_somebody_without_the_app_gets_the_welcome_first(world: World) -> None:
    """When, what comes after it, and what the roster's role would give."""
    supposing = (
        "If they set up now as the welcome suggests (Ward clerk; Copilot Chat only), these would come:"
    )
    first = [
        "They do not have the app. The welcome comes as soon as it is installed for them.",
        "After it, no tip comes by itself until they have set up.",
    ]
    assert await says(world, WITHOUT_APP) == [*first, supposing]
    assert await says(world, starting(WITHOUT_APP)) == [*first, STARTS, supposing]


@pytest.mark.parametrize(
    ("start", "slot", "told"),
    [
        (None, MONDAY + DAY, r"The welcome comes on 24 November 2026\."),
        (START, MONDAY + DAY, r"The welcome comes on [12]\d January 2027\."),
        (START, None, r"It says hello once the roster is loaded again\."),
    ],
)
async def test_a_first_contact_has_its_day(
    world: World, start: date | None, slot: datetime | None, told: str
) -> None:
    """Where the bot says hello first: on its day, not before their start, or once a roster brings one."""
    greeting = replace(world, house=replace(world.house, first_contact=True))
    said = await says(greeting, replace(starting(WITHOUT_APP, start), next_nudge=slot))
    assert re.fullmatch(rf"They have no chat with the bot\. {told}", said[0])


async def test_somebody_who_has_not_set_up(world: World) -> None:
    """They have the app; a start ahead is said, an earlier set-up too, and who has no role chooses first."""
    first = f"They have the app and have not set up. {NOTHING} until they do."
    assert (await says(world, staff()))[0] == first
    assert (await says(world, starting(staff())))[:2] == [first, STARTS]
    again = await says(world, replace(SAM, next_nudge=None))
    assert again[1] == "They had set up before, and then the app was removed or blocked for a while."
    assert again[2].startswith("If they set up now")
    assert await says(world, stranger()) == [
        first,
        "The staff list has no role for them, so which tips come depends on what they choose.",
    ]


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (having(Preferences(stopped=True)), f"They stopped the tips. {NOTHING} until they type resume."),
        (
            having(Preferences(contact=Contact(ended=True))),
            f"They used no tip for three months, so the tips have ended. {NOTHING} until they type resume.",
        ),
        (
            having(Preferences(rhythm=Rhythm(per_week=0))),
            f"They chose no tips a week. {NOTHING} until they change that in settings.",
        ),
        (
            having(Preferences(rhythm=Rhythm(rota=Rota(MONDAY.date(), (Shift.OFF,))))),
            "Their days, hours or shifts leave no time for tips. "
            f"{NOTHING} until they change them in settings.",
        ),
        (
            replace(SAM, reference=None, roster=None),
            f"They are on no staff list and have no chat with the bot. {NOTHING}.",
        ),
    ],
)
async def test_what_keeps_everything_back(world: World, person: Person, said: str) -> None:
    """It is said what, and what would change that."""
    assert await says(world, person) == [said]


@pytest.mark.parametrize(
    ("person", "said"),
    [
        (
            SAM.leaving(MONDAY),
            f"They removed or blocked the app on 23 November 2026. {NOTHING} until they have it again.",
        ),
        (
            SAM.off_the_list(MONDAY),
            f"They left the staff list or removed the app on 23 November 2026. {NOTHING}.",
        ),
    ],
)
async def test_whoever_has_left(world: World, person: Person, said: str) -> None:
    """Since when, and until when their data is kept."""
    erased = "Unless they come back, what is kept about them is erased on 21 February 2027."
    assert await says(world, person) == [said, erased]


@pytest.mark.parametrize(
    ("preferences", "said"),
    [
        (
            Preferences(paused_until=MONDAY + 40 * DAY),
            f"They pause the tips. {NOTHING} before 2 January 2027.",
        ),
        (
            Preferences(rhythm=Rhythm(leave=(Leave(date(2026, 11, 20), date(2027, 1, 3)),))),
            f"They are on leave from 20 November 2026 to 3 January 2027. {NOTHING} on these days.",
        ),
    ],
)
async def test_away_for_the_whole_time(world: World, preferences: Preferences, said: str) -> None:
    """Until when, and when the next tip comes; where the weeks reach further, the tips are there."""
    first, next_one = await says(world, having(preferences))
    assert first == said
    assert re.fullmatch(r"The next tip comes on \d January 2027\.", next_one)
    assert await says(world, having(preferences), weeks=8) == [said]


async def test_leave_that_is_not_in_these_weeks_is_not_told(world: World) -> None:
    """Neither what is over nor what is far ahead."""
    far = Leave(date(2027, 3, 1), date(2027, 3, 7))
    over = Leave(date(2026, 11, 1), date(2026, 11, 20))
    assert await says(world, having(Preferences(rhythm=Rhythm(leave=(over, far))))) == []


async def test_a_start_that_lies_ahead(world: World) -> None:
    """Somebody who set up before their cohort's day."""
    later = starting(SAM)
    starts, next_one = await says(world, replace(later, next_nudge=later.next_slot(MONDAY)))
    assert starts == STARTS
    assert re.fullmatch(r"The next tip comes on 1\d January 2027\.", next_one)


async def test_nothing_new_in_the_library(world: World) -> None:
    """Whoever has seen all that fits hears nothing; the administrator hears why."""
    await keep(world, *(Experience(SAM.id, prompt.id, MONDAY) for prompt in PROMPTS))
    (said,) = await says(world, SAM)
    assert said.startswith("Their days come, but the library has nothing for their role and licence")
