"""Hours that pass midnight, rotas that repeat, and what is left beside quiet hours."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.staff.hours import SHIFTS, Hours, Leave, Rota, Shift, without
from tests.domain.rhythms import NEAR, days, hours, rotas

AT_NIGHT = Hours(time(20), time(8))


def test_hours_that_pass_midnight() -> None:
    """A night begins on its own day and ends on the next."""
    assert AT_NIGHT.on(date(2026, 11, 23)) == (datetime(2026, 11, 23, 20), datetime(2026, 11, 24, 8))  # noqa: DTZ001  # wall-clock time
    assert [AT_NIGHT.hold(time(hour)) for hour in (19, 20, 23, 0, 7, 8)] == [
        False,
        True,
        True,
        True,
        True,
        False,
    ]


def test_a_rota_repeats() -> None:
    """Two long days, two nights, four days off; and so on, into the past as well."""
    rota = Rota(NEAR, tuple(map(Shift, "DDNNOOOO")))
    assert [rota.on(NEAR + timedelta(days=ahead)).value for ahead in range(-2, 10)] == list("OODDNNOOOODD")


@given(rotas, days, st.integers(-3, 3))
def test_a_cycle_later_is_the_same_shift(rota: Rota, day: date, cycles: int) -> None:
    """However many cycles on or back, and an empty cycle is always off."""
    length = timedelta(days=len(rota.cycle))
    assert rota.on(day) is rota.on(day + cycles * length)
    assert rota.cycle or rota.on(day) is Shift.OFF


def test_every_shift_but_off_has_hours() -> None:
    """A shift somebody can type has hours in which a tip may come."""
    assert set(SHIFTS) == set(Shift) - {Shift.OFF}


def test_leave_covers_its_first_and_last_day() -> None:
    """And neither the day before nor the day after."""
    leave = Leave(NEAR, NEAR + timedelta(days=2))
    assert [leave.covers(NEAR + timedelta(days=ahead)) for ahead in range(-1, 4)] == [
        False,
        True,
        True,
        True,
        False,
    ]


@given(hours, hours, st.integers(0, 24 * 60 - 1))
def test_what_is_left_is_inside_and_not_quiet(theirs: Hours, quiet: Hours, minute: int) -> None:
    """Minute by minute: a moment is left if and only if it is in the hours and not in the quiet ones."""
    span = theirs.on(NEAR)
    left = without(span, quiet)
    moment = span[0] + timedelta(minutes=minute)
    silent = quiet.start != quiet.end and quiet.hold(moment.time())
    inside = any(start <= moment < end for start, end in left)
    assert inside is (span[0] <= moment < span[1] and not silent)
    assert all(one[1] <= other[0] for one, other in pairwise(left))
