"""Rounds open on their day, stay open for working days, and keep clear of other surveys."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds.calendar import NATIONAL_SURVEYS, QUIET, Calendar

START = date(2026, 11, 2)
OPENS = datetime(2026, 11, 2, tzinfo=UTC)

calendars = st.builds(
    Calendar,
    start=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    every=st.integers(1, 26).map(lambda weeks: timedelta(weeks=weeks)),
    working_days=st.integers(1, 20),
    skipped=st.frozensets(st.integers(1, 12), max_size=9),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def openings(calendar: Calendar, number: int) -> list[datetime]:
    """The first openings of a calendar."""
    found: list[datetime] = []
    while len(found) < number:
        opening = calendar.after(found[-1] if found else None)
        if opening is None:
            break
        found.append(opening)
    return found


def test_a_year_of_rounds() -> None:
    """Every four weeks, and after a month of national surveys on the next Monday."""
    calendar = Calendar(date(2026, 1, 5), timedelta(weeks=4))
    assert [f"{at:%a %d %b}" for at in openings(calendar, 8)] == [
        "Mon 02 Feb",
        "Mon 02 Mar",
        "Mon 04 May",
        "Mon 01 Jun",
        "Mon 03 Aug",
        "Mon 31 Aug",
        "Mon 02 Nov",
        "Mon 30 Nov",
    ]


def test_five_working_days_are_a_week() -> None:
    """From Monday to Sunday; from a Wednesday over the weekend to Tuesday. Reminders begin on the fourth."""
    calendar = Calendar(START, timedelta(weeks=4))
    assert calendar.closes(OPENS) == datetime(2026, 11, 9, tzinfo=UTC)
    assert calendar.reminds(OPENS) == datetime(2026, 11, 5, tzinfo=UTC)
    wednesday = OPENS + timedelta(days=2)
    assert calendar.closes(wednesday) == datetime(2026, 11, 11, tzinfo=UTC)
    assert calendar.reminds(wednesday) == datetime(2026, 11, 9, tzinfo=UTC)


@given(st.integers(0, 6), st.integers(5, 20))
def test_every_day_of_the_week_is_in_a_round_of_five_days(first: int, working_days: int) -> None:
    """Whichever days somebody works, one of them comes before the close."""
    calendar = Calendar(START, timedelta(weeks=4), working_days)
    opens = OPENS + timedelta(days=first)
    assert calendar.closes(opens) - opens >= timedelta(days=7)


@given(calendars)
def test_rounds_keep_clear_of_skipped_months_and_of_one_another(calendar: Calendar) -> None:
    """No day of a round is in one; seven days lie between a close and the next opening; weekdays stay."""
    found = openings(calendar, 8)
    for opens in found:
        days = [opens + timedelta(days=n) for n in range((calendar.closes(opens) - opens).days)]
        assert not {day.month for day in days if day.weekday() < 5} & calendar.skipped
        assert opens.weekday() == calendar.start.weekday()
        assert opens < calendar.closes(opens)
        assert calendar.reminds(opens) < calendar.closes(opens)
    for before, after in pairwise(found):
        assert after >= before + calendar.every
        assert after - calendar.closes(before) >= QUIET


@given(calendars, moments)
def test_what_is_due_is_open_now(calendar: Calendar, now: datetime) -> None:
    """However long a service was down: one opening at most, in the past, and not over yet."""
    opens = calendar.due(None, now)
    if opens is not None:
        assert opens <= now < calendar.closes(opens)
        assert calendar.due(opens, now) is None
    coming = calendar.coming(None, now)
    assert coming is None or calendar.closes(coming) > now


def test_missed_rounds_are_not_caught_up() -> None:
    """After half a year away the next one opens on its day."""
    calendar = Calendar(START, timedelta(weeks=4), skipped=frozenset())
    now = OPENS + timedelta(weeks=26)
    assert calendar.due(OPENS, now) is None
    assert calendar.coming(OPENS, now) == OPENS + timedelta(weeks=28)
    assert calendar.due(OPENS, OPENS + timedelta(weeks=28, days=2)) == OPENS + timedelta(weeks=28)


@pytest.mark.parametrize("now", [OPENS, OPENS + timedelta(weeks=500)])
def test_a_year_that_is_all_skipped_has_no_rounds(now: datetime) -> None:
    """It ends looking, and opens none."""
    calendar = Calendar(START, timedelta(weeks=4), skipped=frozenset(range(1, 13)))
    assert calendar.after(None) is None
    assert calendar.due(None, now) is None


def test_the_months_of_national_surveys() -> None:
    """January, April, July and October."""
    assert {1, 4, 7, 10} == NATIONAL_SURVEYS
