"""Gaps and groups: what is below everybody, and only where that is clear."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.anonymity.figures import Figure
from bot.domain.rounds.findings import Names, findings
from bot.domain.rounds.pulses import Publication, Round
from bot.domain.rounds.readings import Reading, gaps, group_named, newest, readings_of
from bot.domain.staff.groups import WHOLE, Group, Level
from tests.fakes import QUESTIONS

OPENS = datetime(2026, 11, 2, tzinfo=UTC)
ROUND = Round("r", OPENS, OPENS + timedelta(days=5), None)
SURE, UNSURE = (10, 20, 40, 80, 50), (60, 50, 20, 10, 10)
NORTH, SOUTH = Group(Level.SITE, "North"), Group(Level.SITE, "South")
CLERKS, COOKS = Group(Level.ROLE, "clerk"), Group(Level.ROLE, "cook")


Values = tuple[int, int, int, int, int]


def reading(group: Group, values: Values, question: str = "confidence") -> Reading:
    """A group with one question."""
    return Reading(group, ROUND, Publication("r", group.key, (Figure(question, values, 1.5),)), QUESTIONS)


MIXED, ALIKE = (10, 20, 30, 20, 10), (0, 0, 99, 0, 0)


@pytest.mark.parametrize(
    ("saved", "checking"), [(MIXED, ALIKE), (ALIKE, MIXED), (MIXED, None), (None, MIXED)]
)
def test_minutes_saved_and_checking_are_shown_together_or_not_at_all(
    saved: Values | None, checking: Values | None
) -> None:
    """Where one is of one mind, or too few said it, the other has no figures either."""
    half = minutes(saved, checking)
    assert (half.shown("minutes_saved"), half.shown("minutes_checking")) == (None, None)
    whole = minutes(MIXED, MIXED)
    assert whole.shown("minutes_saved")
    assert whole.shown("minutes_checking")


def minutes(saved: Values | None, checking: Values | None) -> Reading:
    """A site with what it said of minutes."""
    said = {"minutes_saved": saved, "minutes_checking": checking}
    figures = tuple(Figure(name, values, 1.5) for name, values in said.items() if values)
    return Reading(NORTH, ROUND, Publication("r", NORTH.key, figures), QUESTIONS)


def test_a_group_that_is_clearly_below_is_named() -> None:
    """The one furthest below, by level; a level with one group has nothing to compare."""
    whole = reading(WHOLE, SURE)
    others = [reading(NORTH, SURE), reading(SOUTH, UNSURE), reading(CLERKS, UNSURE)]
    found = gaps(whole, others)
    assert set(found) == {Level.SITE}
    gap = found[Level.SITE]
    assert gap is not None
    assert gap.group == SOUTH
    assert gap.by.clear


def test_a_difference_within_chance_is_no_gap() -> None:
    """Two roles of which one is a little below."""
    others = [reading(CLERKS, (2, 3, 4, 5, 4)), reading(COOKS, (3, 3, 4, 4, 4))]
    assert gaps(reading(WHOLE, (5, 6, 8, 9, 8)), others) == {Level.ROLE: None}


def test_gaps_in_words() -> None:
    """With the group's own name; and that there is none, where that is the truth."""
    whole = reading(WHOLE, SURE)
    by_level = gaps(
        whole, [reading(NORTH, SURE), reading(SOUTH, UNSURE), reading(CLERKS, SURE), reading(COOKS, SURE)]
    )
    said = list(findings([whole], None, by_level, Names({SOUTH: "South Hospital"}, [("A prompt", 25)])))
    lower = (
        r"clearly lower at one site: South Hospital\. It is 2\.\d of 5 there, \d\.\d less than average \(give"
    )
    assert re.search(lower, said[0])
    assert said[1] == "In the whole organisation there is no clear gap in confidence between roles."
    assert said[2] == "What worked best in the organisation: “A prompt” (about 25 people)."


def test_the_newest_that_may_be_shown() -> None:
    """A question that takes turns is found in an earlier round; a hidden one is passed over."""
    early, late = reading(NORTH, SURE, "rules_clear"), reading(NORTH, SURE)
    hidden = reading(NORTH, (0, 0, 99, 0, 0), "rules_clear")
    assert newest([early, late], "rules_clear") is early
    assert newest([early, hidden], "rules_clear") is early
    assert newest([late], "rules_clear") is None


def test_the_number_of_people_is_never_under_the_threshold() -> None:
    """Blur may say seven; that ten answered is known, because the group is shown."""
    assert reading(NORTH, (2, 1, 2, 1, 1)).people == 10
    assert reading(NORTH, SURE).people == 200


def test_readings_are_of_known_rounds_in_their_order() -> None:
    """What belongs to another group or a later round is left out."""
    rounds = [ROUND, Round("s", OPENS - timedelta(days=28), OPENS, None)]
    figures = reading(NORTH, SURE).publication.figures
    found = [Publication(name, NORTH.key, figures) for name in ("r", "s", "t")]
    found += [Publication("r", SOUTH.key, figures), Publication("u", NORTH.key, ())]
    assert [one.round.id for one in readings_of(NORTH, rounds, found, QUESTIONS)] == ["s", "r"]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("organisation", WHOLE),
        ("north", NORTH),
        (" SITE:north ", NORTH),
        ("clerk", CLERKS),
        ("nobody", None),
        ("", None),
    ],
)
def test_groups_are_found_by_name_or_key(name: str, group: Group | None) -> None:
    """Capitals and spaces around do not matter."""
    assert group_named(name, [NORTH, SOUTH, CLERKS]) == group


def test_a_team_comes_before_a_site_of_the_same_name() -> None:
    """The key tells them apart."""
    team = Group(Level.TEAM, "North")
    assert group_named("North", [NORTH, team]) == team
    assert group_named("site:North", [NORTH, team]) == NORTH
