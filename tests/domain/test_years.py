"""A year of drip, by law: nothing outside hours, on leave, over the cap or again within ninety days."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import EVERYONE
from bot.domain.staff.cadence import MOST_PER_WEEK, Rhythm
from bot.domain.staff.hours import Leave
from bot.domain.staff.people import Licence
from tests.domain.rhythms import rhythms
from tests.samples import CLERK, prompt
from tests.years import START, Came, covered, faults, fullest, made_up, unevenness, year_of

SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
EVEN = Shelf(
    [prompt(f"{skill}-{n}", roles=(EVERYONE,), skill=skill) for skill in SKILLS for n in range(12)], {}
)
"""Twelve prompts for each skill."""


@settings(max_examples=12, deadline=None)
@given(rhythms, st.integers(0, 10**6))
def test_a_year_of_any_rhythm_has_no_fault(rhythm: Rhythm, number: int) -> None:
    """Whatever rota, leave, quiet hours, nation and zone somebody lives by."""
    person = made_up(number, [CLERK])
    person = person.choosing(replace(person.preferences, rhythm=rhythm, licence=Licence.CHAT))
    assert faults(person, year_of(person, EVEN)) == []


def test_twenty_people_with_the_library_that_ships() -> None:
    """A year each: no fault, and whoever has two slots a week or more hears often enough."""
    library = load_library(HOME / "prompts_library")
    shelf = Shelf(library.prompts, {}, library.rules)
    for number in range(20):
        person = made_up(number, list(library.roles))
        assert faults(person, year_of(person, shelf)) == []


def test_skills_are_covered_within_a_fifth_of_even() -> None:
    """Where the library has enough of each."""
    for number in range(5):
        person = made_up(number, [CLERK])
        chosen = replace(person.preferences, licence=Licence.CHAT)
        covered = skills_of(year_of(person.choosing(chosen), EVEN))
        even = covered.total() / len(SKILLS)
        assert even > 5
        assert all(abs(covered[skill] - even) <= max(2, even / 5) for skill in SKILLS)


@pytest.mark.parametrize("licence", Licence)
def test_two_a_week_of_the_library_that_ships_cover_skills_evenly(licence: Licence) -> None:
    """Whatever somebody's role and licence: over a year no skill is more than a fifth off."""
    library = load_library(HOME / "prompts_library")
    shelf = Shelf(library.prompts, {}, library.rules)
    far = {}
    for number, role in enumerate(library.roles):
        person = made_up(number, [role])
        chosen = replace(person.preferences, rhythm=Rhythm(), licence=licence)
        tips = covered(shelf, year_of(person.choosing(chosen), shelf))
        assert tips.total() > 80
        if unevenness(tips) > 0.2:
            far[role] = tips
    assert far == {}


def test_five_a_week_without_an_ai_tool_fill_every_slot_evenly() -> None:
    """The most that anybody can ask of the library: no slot without a tip, no skill over a fifth off."""
    library = load_library(HOME / "prompts_library")
    shelf = Shelf(library.prompts, {}, library.rules)
    far, dry = {}, []
    for number, role in enumerate(library.roles):
        person = made_up(number, [role])
        most = Rhythm(per_week=MOST_PER_WEEK, works_holidays=True)
        came = year_of(
            person.choosing(replace(person.preferences, rhythm=most, licence=Licence.NOTHING)), shelf
        )
        tips = covered(shelf, came)
        if unevenness(tips) > 0.2:
            far[role] = tips
        section = shelf.section(role, Licence.NOTHING, START.date())
        if fullest(came) >= sum(map(len, section.values())):
            dry.append(role)
    assert (far, dry) == ({}, [])


def test_the_fullest_ninety_days_are_counted() -> None:
    """Whatever lies within the time in which no tip comes back; a message that is no tip does not count."""
    came = [Came(START + timedelta(days=ahead), prompt().id) for ahead in (0, 1, 90, 91)]
    assert fullest(came) == 3
    assert fullest([*came, Came(START + timedelta(days=92))]) == 3
    assert fullest([]) == 0


def test_a_skill_that_never_came_is_far_from_even() -> None:
    """Nothing of one of six counts as much as it should: all of its share is missing."""
    came = [Came(START, one) for one, skill in EVEN.skills.items() if skill != "share"]
    assert unevenness(covered(EVEN, came)) == 1


def skills_of(came: list[Came]) -> Counter[str]:
    """How many tips there were of each skill."""
    return Counter(EVEN.skills[one.prompt] for one in came if one.prompt)


def test_the_check_finds_what_is_wrong() -> None:
    """Each fault that is made on purpose is found: what finds nothing would prove nothing."""
    rhythm = Rhythm(per_week=2, leave=(Leave(date(2026, 12, 7), date(2026, 12, 9)),))
    person = made_up(1, [CLERK])
    person = person.choosing(replace(person.preferences, rhythm=rhythm))
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC)
    wrong = {
        "out of hours": [noon.replace(hour=3)],
        "away": [datetime(2026, 12, 8, 12, tzinfo=UTC), datetime(2026, 12, 25, 12, tzinfo=UTC)],
        "twice a day": [noon, noon + timedelta(hours=2)],
        "over the cap": [noon + timedelta(days=ahead) for ahead in (-1, 0, 1, 2)],
        "too soon": [noon, noon + timedelta(minutes=59)],
    }
    for words, moments in wrong.items():
        found = faults(person, [Came(at) for at in moments])
        assert any(words in fault for fault in found), words
    again = [Came(noon, prompt().id), Came(noon + timedelta(days=80), prompt().id)]
    assert any("again" in fault for fault in faults(person, again))
    assert faults(person, [Came(noon), Came(noon + timedelta(days=2))]) == []
