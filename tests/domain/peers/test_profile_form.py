"""A champion's profile form: what is to be mended first, and what is kept of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.commands.champions import ChangeProfile
from bot.domain.peers.champions import Standing, drafted
from bot.domain.peers.profile_form import LONGEST_ENTRY, MOST_ENTRIES, MOST_HOURS, changed, problem_in
from tests.samples import BOOKING, CLERK, MONDAY, staff

DRAFT = drafted(staff(), Standing.ACTIVE)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (ChangeProfile(), ""),
        (ChangeProfile(topics="a" * LONGEST_ENTRY, hours=str(MOST_HOURS)), ""),
        (ChangeProfile(topics="a" * (LONGEST_ENTRY + 1)), "Please keep each topic"),
        (ChangeProfile(site="a" * (LONGEST_ENTRY + 1)), "Please keep each topic"),
        (ChangeProfile(hours=0), "Hours a week"),
        (ChangeProfile(hours=MOST_HOURS + 1), "Hours a week"),
        (ChangeProfile(hours="some"), "Hours a week"),
        (ChangeProfile(topics=",".join(map(str, range(MOST_ENTRIES + 1)))), "Please name up to"),
        (ChangeProfile(away_from="tomorrow"), "Please choose the days"),
        (ChangeProfile(away_until="2026-12-24"), "Please choose the first day"),
        (ChangeProfile(away_from="2026-12-24", away_until="2026-12-23"), "The last day"),
    ],
)
def test_a_form_comes_back_with_the_first_thing_to_mend(form: ChangeProfile, said: str) -> None:
    """Nothing for a form that is well; else one sentence that says what to write."""
    problem = problem_in(form)
    assert problem.startswith(said)
    assert bool(problem) is bool(said)


def test_what_is_kept_is_tidy() -> None:
    """Each entry once, languages with a capital, and only roles that the library has."""
    form = ChangeProfile(
        roles=f"{CLERK},astronaut,{BOOKING}",
        topics=" letters, notices ,letters,",
        languages="welsh,Welsh, english",
        hours="2",
        away_from="2026-12-24",
    )
    kept = changed(DRAFT, form, {CLERK, BOOKING})
    assert kept.roles == (CLERK, BOOKING)
    assert kept.topics == ("letters", "notices")
    assert kept.languages == ("Welsh", "English")
    assert (kept.hours, kept.away_from, kept.away_until) == (2, date(2026, 12, 24), None)


def test_what_was_left_empty_stays_as_it_was() -> None:
    """A site and languages cannot be taken away; a rest ends with whatever a champion changes."""
    resting = replace(DRAFT, resting_until=MONDAY + timedelta(days=7))
    kept = changed(resting, ChangeProfile(topics="letters"), {CLERK})
    assert (kept.site, kept.languages) == (DRAFT.site, DRAFT.languages)
    assert not resting.is_free(MONDAY)
    assert kept.is_free(MONDAY)
