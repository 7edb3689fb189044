"""What is published of a round, and what is not, for any organisation."""

from collections import Counter
from dataclasses import fields
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity.blurring import ACROSS, NESTED, spread
from bot.domain.anonymity.crossing import GIVING_WAY
from bot.domain.anonymity.figures import Figure
from bot.domain.anonymity.publishing import Tally, publish
from bot.domain.staff.groups import WHOLE, Group, Level
from tests.domain.anonymity.organisations import LEAST, QUESTION, no_chance, organisation, published, tallies

seeds = st.integers(0, 10_000)


def team(name: str) -> Group:
    """A team's group."""
    return Group(Level.TEAM, name)


@given(seeds)
def test_without_noise_figures_are_the_counts(seed: int) -> None:
    """Chance that does not move anything shows that sums are made of the right parts."""
    members = organisation(seed)[0]
    for group, (figure,) in published(members, no_chance).items():
        counts = Counter(member.answer for member in members if group in member.groups)
        assert figure.values == tuple(counts[value] for value in range(1, 6))
        assert counts.total() >= LEAST


@given(seeds)
def test_what_is_subtracted_has_noise_of_its_own(seed: int) -> None:
    """A whole is the sum of its parts' noise: one variance for each part that can be told apart."""
    for group, (figure,) in published(organisation(seed)[0], Random(seed).random).items():
        unit = spread(ACROSS if group.level in GIVING_WAY else NESTED)
        parts = figure.spread / unit
        assert parts == pytest.approx(round(parts), abs=0.01)
        assert round(parts) >= 1
        assert group.level in {Level.SITE, Level.ORGANISATION} or parts == pytest.approx(1, abs=0.01)


def test_a_figure_has_no_other_fields() -> None:
    """The question, five blurred counts and how blurred they are; a new field has to be argued for here."""
    assert [field.name for field in fields(Figure)] == ["question", "values", "spread"]


def test_a_question_that_few_answered_is_left_out() -> None:
    """The optional one needs enough answers of its own."""
    tally = Tally(WHOLE, "", {"confidence": {2: 8, 4: 8}, "rotating": {1: 9}})
    found = publish([tally], ["confidence", "rotating"], LEAST, {}, no_chance)
    assert [figure.question for figure in found[WHOLE]] == ["confidence"]


def test_nobody_and_too_few_look_alike() -> None:
    """Nine answers are published as none are: not at all."""
    nine = Tally(WHOLE, "", {QUESTION: {3: 9}})
    nothing = publish([], [QUESTION], LEAST, {}, no_chance)
    assert publish([nine], [QUESTION], LEAST, {}, no_chance) == nothing == {}


def test_a_team_on_two_sites_counts_where_most_of_it_is() -> None:
    """The others count on their own site, so that nobody counts twice and nothing overlaps."""
    found = publish(
        [
            Tally(WHOLE, "", {QUESTION: {1: 20, 2: 40}}),
            Tally(Group(Level.SITE, "A"), "", {QUESTION: {1: 10, 2: 20}}),
            Tally(Group(Level.SITE, "B"), "", {QUESTION: {1: 10, 2: 20}}),
            Tally(team("T"), "A", {QUESTION: {1: 4, 2: 8}}),
            Tally(team("T"), "B", {QUESTION: {1: 5, 2: 10}}),
        ],
        [QUESTION],
        LEAST,
        {},
        no_chance,
    )
    assert found[team("T")][0].values == (5, 10, 0, 0, 0)
    assert found[Group(Level.SITE, "A")][0].values == (10, 20, 0, 0, 0)


def test_no_threshold_below_the_smallest() -> None:
    """Whatever a setting says."""
    with pytest.raises(ValueError, match="protects nobody"):
        publish(tallies(organisation(1)[0]), [QUESTION], 4, {}, no_chance)
