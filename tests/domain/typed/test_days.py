"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.staff.hours import Leave
from bot.domain.typed.days import FARTHEST, begins_on, day_named, leave_named

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("tomorrow", date(2026, 11, 25)),
        ("tommorow", date(2026, 11, 25)),
        ("Monday", date(2026, 11, 30)),
        ("next monday", date(2026, 11, 30)),
        ("tues", date(2026, 12, 1)),  # a week from today, not today
        ("wendesday", date(2026, 11, 25)),
        ("next week", date(2026, 11, 30)),
        ("next month", date(2026, 12, 1)),
        ("the end of the month", date(2026, 12, 1)),
        ("3 January", date(2027, 1, 3)),
        ("the 3rd of january", date(2027, 1, 3)),
        ("3 januray", date(2027, 1, 3)),
        ("jan 3", date(2027, 1, 3)),
        ("Sunday 3 January", date(2027, 1, 3)),
        ("3 jan 2028", date(2028, 1, 3)),
        ("24 November", date(2027, 11, 24)),  # today has begun, so it is next year's
        ("3/1", date(2027, 1, 3)),
        ("03/01/2027", date(2027, 1, 3)),
        ("2027-01-03", date(2027, 1, 3)),
        ("the 3rd", date(2026, 12, 3)),
        ("the 30th", date(2026, 11, 30)),
        ("Christmas", date(2026, 12, 25)),
        ("29 February", date(2028, 2, 29)),
        ("March", date(2027, 3, 1)),
        ("jan", date(2027, 1, 1)),
        ("Febuary", date(2027, 2, 1)),
        ("March 2028", date(2028, 3, 1)),
        ("November", date(2027, 11, 1)),  # this one has begun
        ("the beginning of March", date(2027, 3, 1)),
        ("the end of March", date(2027, 4, 1)),
        ("the end of November", date(2026, 12, 1)),
        ("the end of December", date(2027, 1, 1)),
        ("the new year", date(2027, 1, 1)),
        ("New Year's Day", date(2027, 1, 1)),
        ("next year", date(2027, 1, 1)),
    ],
)
def test_a_day_that_people_mean(typed: str, day: date) -> None:
    """The next one, British order, slips forgiven."""
    assert day_named(typed, TUESDAY) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "I feel better",
        "30 February",
        "3 January 2020",
        "3 January 2099",
        "99",
        "31/31",
        "a week",
        "after Easter",
        "the match",
        "half term",
    ],
)
def test_what_names_no_day_ahead(typed: str) -> None:
    """No day, one that does not exist, one that has passed, or one that nobody means."""
    assert day_named(typed, TUESDAY) is None


@given(st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[/ -][0-9a-z]{1,9}", fullmatch=True), st.dates())
def test_whatever_is_typed_a_day_lies_ahead(typed: str, today: date) -> None:
    """No text makes it fail, and no day is today, past, or more than two years away."""
    if today.year < 9000:
        day = day_named(typed, today)
        assert day is None or today < day <= today + FARTHEST


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("20 December to 3 January", date(2026, 12, 20), date(2027, 1, 3)),
        ("3 to 17 January", date(2027, 1, 3), date(2027, 1, 17)),
        ("monday to friday", date(2026, 11, 30), date(2026, 12, 4)),
        ("today until friday", TUESDAY, date(2026, 11, 27)),
        ("2026-12-20 - 2026-12-24", date(2026, 12, 20), date(2026, 12, 24)),
        ("the 20th – 24th december", date(2026, 12, 20), date(2026, 12, 24)),
        ("4 December", date(2026, 12, 4), date(2026, 12, 4)),
    ],
)
def test_leave_that_people_mean(typed: str, first: date, last: date) -> None:
    """Both days included; over the turn of the year too."""
    assert leave_named(typed, TUESDAY) == Leave(first, last)


@pytest.mark.parametrize(
    "typed", ["", "soon", "friday to nowhere", "never to 3 January 2020", "March", "3 March to May"]
)
def test_what_names_no_leave(typed: str) -> None:
    """Then nothing is guessed."""
    assert leave_named(typed, TUESDAY) is None


@given(st.text(max_size=40), st.dates(max_value=date(9000, 1, 1), min_value=date(2000, 1, 1)))
def test_leave_never_ends_before_it_begins(typed: str, today: date) -> None:
    """Whatever is typed."""
    leave = leave_named(typed, today)
    assert leave is None or (leave.first <= leave.last and leave.last >= today)


def test_leave_next_week_is_all_of_it() -> None:
    """From its Monday to its Sunday, whatever day it is today."""
    assert leave_named("next week", date(2026, 11, 25)) == Leave(date(2026, 11, 30), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("typed", "today", "first", "last"),
    [
        ("25 November to 4 December", date(2026, 11, 30), date(2026, 11, 25), date(2026, 12, 4)),
        ("25/11 to 4/12", date(2026, 11, 30), date(2026, 11, 25), date(2026, 12, 4)),
        ("2026-11-25 to 2026-12-04", date(2026, 11, 30), date(2026, 11, 25), date(2026, 12, 4)),
        ("25 November 2026 to 4 December", date(2026, 11, 30), date(2026, 11, 25), date(2026, 12, 4)),
        ("the 25th to the 4th", date(2026, 11, 30), date(2026, 11, 25), date(2026, 12, 4)),
        ("25 November to 30 November", date(2026, 11, 30), date(2026, 11, 25), date(2026, 11, 30)),
        ("20 December to 3 January", date(2026, 12, 28), date(2026, 12, 20), date(2027, 1, 3)),
        ("20 December to 3 January", date(2027, 1, 2), date(2026, 12, 20), date(2027, 1, 3)),
        ("Christmas to 3 January", date(2026, 12, 28), date(2026, 12, 25), date(2027, 1, 3)),
        ("1 August to 1 April", date(2026, 11, 30), date(2026, 8, 1), date(2027, 4, 1)),
        ("10 November to 20 November", date(2026, 11, 30), date(2027, 11, 10), date(2027, 11, 20)),
        ("3 January to 20 December", date(2026, 11, 23), date(2027, 1, 3), date(2027, 12, 20)),
        ("monday to friday", date(2026, 12, 2), date(2026, 12, 7), date(2026, 12, 11)),
    ],
)
def test_leave_that_has_begun(typed: str, today: date, first: date, last: date) -> None:
    """What is running now is meant, if its first day is nearer than the next and its last is not past."""
    assert leave_named(typed, today) == Leave(first, last)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("this week", TUESDAY, date(2026, 11, 29)),
        ("the rest of the week", TUESDAY, date(2026, 11, 29)),
        ("next month", date(2026, 12, 1), date(2026, 12, 31)),
        ("2 weeks from monday", date(2026, 11, 30), date(2026, 12, 13)),
        ("a week starting 5 December", date(2026, 12, 5), date(2026, 12, 11)),
    ],
)
def test_leave_of_a_week_or_more(typed: str, first: date, last: date) -> None:
    """From today where it is running, and all of what is ahead."""
    assert leave_named(typed, TUESDAY) == Leave(first, last)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TUESDAY),
        ("tuesday", TUESDAY),
        ("Monday", date(2026, 11, 30)),
        ("20 November", date(2026, 11, 20)),
        ("5 December", date(2026, 12, 5)),
        ("the 20th", date(2026, 11, 20)),
        ("nowhere", None),
    ],
)
def test_the_day_on_which_something_begins(typed: str, day: date | None) -> None:
    """It may be today, ahead, or not long ago."""
    assert begins_on(typed, TUESDAY) == day
