"""Counts are moved so that no answer can be told from another with certainty."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity.blurring import ACROSS, NESTED, SCALE, blurred, likelihood, noise, spread

counts = st.lists(st.integers(0, 40), min_size=5, max_size=5)
decays = st.sampled_from([NESTED, ACROSS])
values = st.sampled_from(SCALE)


def with_answer(others: list[int], answer: int) -> list[int]:
    """The counts when one more person gives this answer."""
    return [count + (value == answer) for value, count in zip(SCALE, others, strict=True)]


def chance_of(result: list[int], true: list[int], decay: float) -> float:
    """How likely a blurred result is, given the true counts."""
    product_ = 1.0
    for got, was in zip(result, true, strict=True):
        product_ *= likelihood(got - was, decay)
    return product_


@given(counts, st.lists(st.integers(-20, 60), min_size=5, max_size=5), values, values, decays)
def test_whoever_knows_all_but_one_answer_is_never_certain_of_the_last(
    others: list[int], result: list[int], one: int, other: int, decay: float
) -> None:
    """Any result at all is possible for both answers, and at most 1/decay² times likelier for one of them."""
    first = chance_of(result, with_answer(others, one), decay)
    second = chance_of(result, with_answer(others, other), decay)
    assert first > 0
    assert second > 0
    assert first / second <= 1 / decay**2 + 1e-9


def test_the_promise_in_words() -> None:
    """Somebody in two minds is at most 90 % sure of an answer after a team's figures, 67 % after a role's."""
    for decay, sure in ((NESTED, 0.9), (ACROSS, 2 / 3)):
        odds = 1 / decay**2
        assert odds / (odds + 1) == pytest.approx(sure)


@pytest.mark.parametrize("decay", [NESTED, ACROSS])
def test_the_noise_has_the_distribution_that_the_promise_needs(decay: float) -> None:
    """Over a fine grid of chance every movement comes as often as `likelihood` says."""
    grid = 400
    steps = [(number + 0.5) / grid for number in range(grid)]
    found: Counter[int] = Counter()
    for pair in product(steps, steps):
        draws = iter(pair)
        found[noise(decay, draws.__next__)] += 1
    for moved in range(-4, 5):
        assert found[moved] / grid**2 == pytest.approx(likelihood(moved, decay), abs=0.006)


@pytest.mark.parametrize("decay", [NESTED, ACROSS])
def test_the_spread_is_the_variance_of_the_noise(decay: float) -> None:
    """Which is what the intervals are made of."""
    assert spread(decay) == pytest.approx(sum(n * n * likelihood(n, decay) for n in range(-80, 81)))
    assert sum(likelihood(n, decay) for n in range(-80, 81)) == pytest.approx(1)


@given(counts, st.floats(0, 1, exclude_max=True), decays)
def test_any_chance_will_do(true: list[int], fraction: float, decay: float) -> None:
    """Whole numbers come out at both ends of chance; the same draw twice cancels out."""
    found = blurred(dict(zip(SCALE, true, strict=True)), decay, lambda: fraction)
    assert list(found) == true


def test_values_that_nobody_chose_are_moved_too() -> None:
    """Else nought would stay nought, and tell that nobody said it."""
    draws = iter([0.99, 0.0] * 5)
    assert all(value > 0 for value in blurred({}, NESTED, lambda: next(draws)))
