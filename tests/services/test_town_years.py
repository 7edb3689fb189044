"""A year in earnest: of all that nobody asked for, nothing comes out of hours, over the cap or too early."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.library.prompts import PromptId
from bot.domain.staff.cadence import Rhythm
from tests.domain.rhythms import rhythms
from tests.town_years import Post, TownYear, on_staff, townsfolk
from tests.years import START, made_up

LIBRARY = load_library(HOME / "prompts_library")
EVERY_KIND = {
    "champion_wish",
    "digest",
    "farewell",
    "follow_up",
    "help_thanks",
    "helped",
    "pulse",
    "quarter_thanks",
    "reminder",
    "review",
    "tip",
}
"""All that is sent without being asked for."""


async def test_a_year_of_two_teams_has_no_fault() -> None:
    """All that the service sends by itself was sent, and none of it at a wrong time."""
    town = TownYear(townsfolk(24), LIBRARY)
    came = Counter(one.kind for one in await town.live() if one.unasked)
    assert town.faults() == []
    assert set(came) == EVERY_KIND
    assert came["tip"] > 40 * len(town.people)
    assert len({one.person for one in town.box.post}) == len(town.people)


@settings(max_examples=5)
@given(rhythm=rhythms, number=st.integers(0, 10**6))
async def test_a_year_of_any_rhythm_has_no_fault(rhythm: Rhythm, number: int) -> None:
    """Whatever rota, leave, quiet hours, nation and zone somebody lives by."""
    person = on_staff(made_up(number, list(LIBRARY.roles)), number)
    person = person.choosing(replace(person.preferences, rhythm=rhythm))
    town = TownYear({person.id: person}, LIBRARY, every=timedelta(days=1))
    await town.live()
    assert town.faults() == []


def test_the_check_finds_what_is_wrong() -> None:
    """What came in a break, or was shown before, by a tip or because somebody asked, is found."""
    town = TownYear(townsfolk(1), LIBRARY)
    (person,) = town.people
    noon, prompt = START + timedelta(days=1, hours=12), PromptId("sample")
    town.box.post.append(Post(noon, person, "tip", unasked=True, prompt=prompt))
    town.breaks[person].append((noon - timedelta(hours=2), noon + timedelta(hours=1)))
    town.opened.append(Post(noon - timedelta(days=89), person, "opened", unasked=False, prompt=prompt))
    found = " ".join(town.faults())
    assert "in a break" in found
    assert "was shown before" in found
