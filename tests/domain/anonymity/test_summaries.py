"""Figures that expose nobody: the laws that hold for every tally."""

from collections import Counter
from dataclasses import fields

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.anonymity import DEFAULT_THRESHOLD, SMALLEST_THRESHOLD
from bot.domain.anonymity.summaries import (
    ROUNDED_TO,
    Distribution,
    Summary,
    Tally,
    TooFew,
    Unanimous,
    summarise,
)

values = st.integers(1, 5)
voices = st.lists(st.tuples(values, values), max_size=60)
enough = st.lists(st.tuples(values, values), min_size=DEFAULT_THRESHOLD, max_size=60)
thresholds = st.integers(SMALLEST_THRESHOLD, 40)


def tally(answers: list[tuple[int, int]]) -> Tally:
    """What a store would say of these answers."""
    return Tally(Counter(a for a, _ in answers), Counter(b for _, b in answers))


@given(voices, thresholds)
def test_too_few_under_the_threshold_and_only_there(answers: list[tuple[int, int]], threshold: int) -> None:
    """One answer short of the threshold nothing is shown; with it, a summary."""
    shown = summarise(tally(answers), threshold)
    assert shown == TooFew(threshold) if len(answers) < threshold else isinstance(shown, Summary)


def test_too_few_says_nothing_of_how_many_answered() -> None:
    """The refusal of a group of none is the refusal of a group of nine."""
    assert summarise(tally([]), 10) == summarise(tally([(5, 1)] * 9), 10)
    assert [field.name for field in fields(TooFew)] == ["threshold"]


@pytest.mark.parametrize("threshold", [-1, 0, 1, SMALLEST_THRESHOLD - 1])
def test_no_threshold_below_the_smallest(threshold: int) -> None:
    """A threshold that protects nobody is refused, even for a large group."""
    with pytest.raises(ValueError, match="protects nobody"):
        summarise(tally([(1, 2), (3, 4)] * 50), threshold)


@given(enough)
def test_unanimity_is_hidden(answers: list[tuple[int, int]]) -> None:
    """A question is hidden exactly where everybody said the same."""
    shown = summarise(tally(answers), DEFAULT_THRESHOLD)
    assert isinstance(shown, Summary)
    assert isinstance(shown.confidence, Unanimous) is (len({a for a, _ in answers}) == 1)
    assert isinstance(shown.workload, Unanimous) is (len({b for _, b in answers}) == 1)


@given(values, values, st.integers(DEFAULT_THRESHOLD, 14))
def test_unanimous_groups_look_alike_whatever_they_said(one: int, other: int, size: int) -> None:
    """What everybody said cannot be told from the summary."""
    assert summarise(tally([(one, 3)] * size), 10) == summarise(tally([(other, 3)] * 10), 10)


@given(enough)
def test_percentages_are_rounded(answers: list[tuple[int, int]]) -> None:
    """Each percentage is a multiple of 5 from 0 to 100, close to the truth, and there is one a value."""
    shown = summarise(tally(answers), DEFAULT_THRESHOLD)
    assert isinstance(shown, Summary)
    assume(isinstance(shown.confidence, Distribution))
    assert isinstance(shown.confidence, Distribution)
    assert set(shown.confidence.percent) == {1, 2, 3, 4, 5}
    for value, percent in shown.confidence.percent.items():
        true = 100 * sum(1 for a, _ in answers if a == value) / len(answers)
        assert percent % ROUNDED_TO == 0
        assert abs(percent - true) <= ROUNDED_TO / 2 + 1e-9
    assert 1 <= shown.confidence.mean <= 5
    assert 0 <= shown.confidence.margin <= 2


@given(enough)
def test_the_number_of_answers_is_rounded_down(answers: list[tuple[int, int]]) -> None:
    """How many answered is known to the nearest 5 only, and never overstated."""
    shown = summarise(tally(answers), DEFAULT_THRESHOLD)
    assert isinstance(shown, Summary)
    assert shown.answers % ROUNDED_TO == 0
    assert 0 <= len(answers) - shown.answers < ROUNDED_TO


@given(st.data())
def test_the_order_of_answers_and_who_paired_what_do_not_matter(data: st.DataObject) -> None:
    """The two questions are shown apart: nothing says which confidence went with which workload."""
    answers = data.draw(enough)
    shuffled = data.draw(st.permutations([b for _, b in answers]))
    other = [(a, b) for (a, _), b in zip(reversed(answers), shuffled, strict=True)]
    assert summarise(tally(answers), 10) == summarise(tally(other), 10)


@given(enough)
def test_a_summary_has_no_other_fields(answers: list[tuple[int, int]]) -> None:
    """A summary has totals and two distributions; a new field has to be argued for here."""
    shown = summarise(tally(answers), DEFAULT_THRESHOLD)
    assert [field.name for field in fields(Summary)] == ["answers", "confidence", "workload"]
    assert [field.name for field in fields(Distribution)] == ["percent", "mean", "margin"]
    assert type(shown) in {Summary, TooFew}


def test_values_that_nobody_chose_may_be_missing_or_nought() -> None:
    """A store may leave out what nobody chose, or count it as nought; the figures are the same."""
    sparse = Tally({2: 6, 4: 6}, {3: 12})
    full = Tally({1: 0, 2: 6, 3: 0, 4: 6, 5: 0}, {1: 0, 2: 0, 3: 12, 4: 0, 5: 0})
    assert summarise(sparse, 10) == summarise(full, 10)


def test_a_worked_example() -> None:
    """Mean and margin as worked out by hand: 38/12, and a variance of 35/33 among 12 answers."""
    shown = summarise(Tally({2: 4, 3: 3, 4: 4, 5: 1}, {1: 6, 5: 6}), 10)
    assert isinstance(shown, Summary)
    assert shown.answers == 10
    assert shown.confidence == Distribution({1: 0, 2: 35, 3: 25, 4: 35, 5: 10}, mean=3.2, margin=0.6)
    assert shown.workload == Distribution({1: 50, 2: 0, 3: 0, 4: 0, 5: 50}, mean=3.0, margin=1.2)
