"""Days and times as people say them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.wording import about, day_in_words, days_in_words, digits, listed


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(words: list[str], said: str) -> None:
    """A list reads as a person would say it."""
    assert listed(words) == said


def test_listed_with_or() -> None:
    """A choice is joined by "or"."""
    assert listed(["a", "b", "c"], joined_by="or") == "a, b or c"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (frozenset(), "no days"),
        (frozenset({4}), "Fridays"),
        (frozenset({3, 1}), "Tuesdays and Thursdays"),
        (frozenset({6, 0, 2}), "Mondays, Wednesdays and Sundays"),
    ],
)
def test_days_in_words(days: frozenset[int], said: str) -> None:
    """Days come in the order of the week."""
    assert days_in_words(days) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(9), "9:00"),
        (time(10, 28), "10:30"),
        (time(10, 7), "10:00"),
        (time(10, 53), "11:00"),
        (time(23, 55), "0:00"),
    ],
)
def test_about(at: time, said: str) -> None:
    """A time is said to the nearest quarter."""
    assert about(at) == said


@given(st.times())
def test_about_is_never_far_off(at: time) -> None:
    """What is said is within eight minutes of what is meant."""
    hours, minutes = about(at).split(":")
    apart = abs(int(hours) * 60 + int(minutes) - at.hour * 60 - at.minute)
    assert min(apart, 24 * 60 - apart) <= 8


def test_day_in_words() -> None:
    """A date has its weekday and no leading nought."""
    assert day_in_words(date(2026, 12, 4)) == "Friday 4 December"


@given(st.frozensets(st.integers(0, 6)))
def test_digits_can_be_read_back(days: frozenset[int]) -> None:
    """What a card carries says the same days."""
    assert {int(digit) for digit in digits(days).split(",") if digit} == days
