"""Blurred counts become rounded shares with honest intervals."""

import math
from dataclasses import fields

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.anonymity.figures import (
    ROUNDED_TO,
    Change,
    Distribution,
    Figure,
    Unanimous,
    change,
    distribution,
    net,
    people,
)

figures = st.builds(
    lambda values, spread: Figure("confidence", values, spread),
    st.tuples(*[st.integers(-4, 60)] * 5),
    st.floats(0, 12),
)


def figure(*values: int, spread: float = 0) -> Figure:
    """Counts that were not blurred."""
    one, two, three, four, five = values
    return Figure("confidence", (one, two, three, four, five), spread)


def shown(one: Figure) -> Distribution:
    """A distribution that is not hidden."""
    found = distribution(one)
    assert isinstance(found, Distribution)
    return found


@given(figures)
def test_shares_are_rounded_and_means_have_intervals(one: Figure) -> None:
    """Each share is a multiple of 5 from 0 to 100, near the blurred count; the mean lies on the scale."""
    found = distribution(one)
    assume(isinstance(found, Distribution))
    assert isinstance(found, Distribution)
    total = sum(max(0, value) for value in one.values)
    for value, percent in found.percent.items():
        assert percent % ROUNDED_TO == 0
        assert abs(percent - 100 * max(0, one.values[value - 1]) / total) <= ROUNDED_TO / 2 + 1e-9
    assert 1 <= found.mean <= 5
    assert found.margin >= 0
    assert people(one) % ROUNDED_TO == 0


@pytest.mark.parametrize("values", [(12, 0, 0, 0, 0), (0, 1, 0, 11, 1), (1, 1, 1, 9, 0), (0, 0, 95, 10, 0)])
def test_near_unanimity_is_hidden(values: tuple[int, ...]) -> None:
    """Where all but three, or all but a tenth, seem to have said the same, it is not shown what."""
    assert distribution(figure(*values)) == Unanimous()


def test_all_unanimous_figures_look_alike() -> None:
    """What everybody said cannot be told from what is shown."""
    assert distribution(figure(0, 0, 12, 0, 0)) == distribution(figure(200, 0, 0, 0, 0))
    assert [field.name for field in fields(Unanimous)] == []


def test_a_worked_example() -> None:
    """Worked out by hand: a mean of 38/12, and a margin of 1.96 × √(11.7/12/12), for twelve answers."""
    found = shown(figure(0, 4, 3, 4, 1))
    assert found == Distribution({1: 0, 2: 35, 3: 25, 4: 35, 5: 10}, mean=3.2, margin=0.6)


def test_blurring_widens_the_interval() -> None:
    """By the variance that it added: 1.5 a count among twenty people."""
    plain, blurred = shown(figure(4, 4, 4, 4, 4)), shown(figure(4, 4, 4, 4, 4, spread=1.5))
    assert plain.margin == round(1.96 * math.sqrt(2 / 20), 1)
    assert blurred.margin == round(1.96 * math.sqrt(2 / 20 + 1.5 * 10 / 400), 1)


def test_values_may_weigh_otherwise() -> None:
    """Minutes, for example: half say none and half say twenty."""
    found = distribution(figure(10, 0, 10, 0, 0), scores=(0, 5, 20, 45, 75))
    assert isinstance(found, Distribution)
    assert found.mean == 10


def test_a_change_inside_its_interval_is_none() -> None:
    """Half a point between two rounds of twenty people may be chance; between rounds of 500 it is not."""
    few = change(shown(figure(2, 6, 6, 4, 2)), shown(figure(2, 3, 6, 6, 3)))
    many = change(shown(figure(50, 150, 150, 100, 50)), shown(figure(50, 75, 150, 150, 75)))
    assert not few.clear
    assert many.clear
    assert many.by > 0


@given(figures, figures)
def test_a_change_there_and_back_is_the_same(one: Figure, other: Figure) -> None:
    """Only its sign differs, and a figure does not differ from itself."""
    first, second = distribution(one), distribution(other)
    if isinstance(first, Distribution) and isinstance(second, Distribution):
        there, back = change(first, second), change(second, first)
        assert there.by == -back.by
        assert there.margin == back.margin
        assert not change(first, first).clear


def test_the_net_is_what_is_left_after_checking() -> None:
    """Thirty minutes saved and ten checking are twenty, and no surer than both."""
    saved, checking = Distribution({}, 30, 4.0), Distribution({}, 10, 3.0)
    assert net(saved, checking) == Change(by=20, margin=5.0)
