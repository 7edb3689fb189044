"""However many dispatchers reserve, a tenant's sends are one row that is never faster than its rate."""

from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.outbox.pacing import (
    LIMIT,
    ON_THE_WAY,
    SECOND,
    SLACK,
    UNLIMITED,
    Pace,
    fitting,
    fresh,
    is_missed,
    reserve,
)
from tests.samples import MONDAY

rates = st.integers(1, 50) | st.floats(1, 50)
moments = st.integers(0, 600_000).map(lambda ms: MONDAY + timedelta(milliseconds=ms))
reservations = st.lists(st.tuples(moments, st.integers(0, 60)), max_size=12)
"""When a dispatcher looked at its clock, and how many sends it had. Their clocks need not agree."""

halts = st.lists(st.tuples(moments, st.integers(0, 10)), max_size=3)
"""Until when nothing may be sent, and after which of the reservations that is said."""


def row(asked: list[tuple[datetime, int]], rate: float) -> list[datetime]:
    """The times that are reserved one after the other, however many dispatchers ask."""
    pace, times = fresh("t", MONDAY), []
    for now, sends in asked:
        pace, reservation = reserve(pace, sends, rate, now)
        times += [reservation.at(place) for place in range(sends)]
    return times


@given(reservations, rates)
@example([(MONDAY, 60)], 29.9999)  # a gap rounded down would make the row too fast
@example([(MONDAY, 60)], 30)
def test_no_second_has_more_than_the_rate(asked: list[tuple[datetime, int]], rate: float) -> None:
    """Wherever a second begins, and whoever reserved; and there is room for one that is late."""
    times = row(asked, rate)
    most = ceil(rate)
    assert all(later - earlier >= SECOND + SLACK for earlier, later in zip(times, times[most:], strict=False))


@given(st.floats(1, 50), st.integers(0, 10_000), st.integers(0, 10_000))
@example(50, 10, 0)
def test_late_sends_do_not_crowd_a_second(rate: float, late: int, later: int) -> None:
    """Of 51 that did not miss their time, the last arrives a second after the first, if not too slow."""
    _, times = reserve(fresh("t", MONDAY), 51, rate, MONDAY)
    first, last = (times.at(place) + timedelta(milliseconds=ms) for place, ms in ((0, late), (LIMIT, later)))
    kept = not is_missed(times.first, rate, first) and not is_missed(times.at(LIMIT), rate, last)
    assert not kept or last - (first + ON_THE_WAY) >= SECOND


@given(st.floats(1, 50))
def test_what_is_a_little_late_has_not_missed_its_time(rate: float) -> None:
    """Up to the slack at the platform's limit, and as much more as the row is slower than that."""
    room = max(SLACK, SECOND * LIMIT / rate - SECOND) - ON_THE_WAY
    assert not is_missed(MONDAY, rate, MONDAY + room)
    assert is_missed(MONDAY, rate, MONDAY + room + 2 * SLACK * LIMIT / rate)
    assert not is_missed(MONDAY, UNLIMITED, MONDAY + SECOND * 3_600)


@given(st.floats(1, 50), st.integers(1, 200))
def test_a_full_row_is_nearly_as_fast_as_its_rate(rate: float, most: int) -> None:
    """The slack costs less than two in a hundred; what fits into a time is not more than the rate says."""
    _, times = reserve(fresh("t", MONDAY), 1, rate, MONDAY)
    assert 0.98 * rate < SECOND / times.gap <= rate
    fits = fitting(rate, 2 * SECOND, most)
    assert 1 <= fits <= most
    assert fits == 1 or times.at(fits) <= MONDAY + 2 * SECOND


@given(reservations, rates)
def test_a_row_is_in_order(asked: list[tuple[datetime, int]], rate: float) -> None:
    """Each send has its own time, later than all that were reserved before."""
    assert all(earlier < later for earlier, later in pairwise(row(asked, rate)))


@given(reservations, moments, st.integers(1, 60), rates)
def test_nothing_is_reserved_in_the_past(
    asked: list[tuple[datetime, int]], now: datetime, sends: int, rate: float
) -> None:
    """The first time is never before now."""
    assert row([*asked, (now, sends)], rate)[-sends] >= now


@given(moments, st.integers(1, 60), st.integers(1, 60), rates)
def test_unused_time_is_lost(later: datetime, before: int, after: int, rate: float) -> None:
    """After a pause a row begins now and is as slow as any other: nothing was saved up."""
    pace, _ = reserve(fresh("t", MONDAY), before, rate, MONDAY)
    now = max(later, pace.next_free)
    paused, times = reserve(pace, after, rate, now)
    from_new, fresh_times = reserve(fresh("t", now), after, rate, now)
    assert times == fresh_times
    assert times.at(0) == now
    assert paused.next_free == from_new.next_free


@given(moments, moments, rates)
def test_reserving_nothing_keeps_the_row(next_free: datetime, now: datetime, rate: float) -> None:
    """Whoever has nothing to send takes nobody's time."""
    pace, _ = reserve(Pace("t", next_free, MONDAY), 0, rate, now)
    assert pace.next_free == max(next_free, now)


@given(moments, moments, moments)
def test_a_halt_is_never_shortened(first: datetime, second: datetime, now: datetime) -> None:
    """Of two halts the later holds, whichever came first."""
    pace = fresh("t", MONDAY).halted(first).halted(second)
    assert pace == fresh("t", MONDAY).halted(second).halted(first)
    assert pace.halted_until == max(first, second)
    assert pace.is_halted(now) is (now < max(first, second))


@given(reservations, halts, rates)
def test_nothing_is_reserved_within_a_halt(
    asked: list[tuple[datetime, int]], said: list[tuple[datetime, int]], rate: float
) -> None:
    """What is reserved after a halt was said comes when it is over, and a halt does not quicken the row."""
    pace, last = fresh("t", MONDAY), MONDAY - timedelta(days=1)
    gap = reserve(pace, 1, rate, MONDAY)[1].gap
    for turn, (now, sends) in enumerate(asked):
        for until in (until for until, after in said if after == turn):
            pace = pace.halted(until)
        pace, times = reserve(pace, sends, rate, now)
        assert times.at(0) >= max(pace.halted_until, last + gap)
        last = times.at(sends - 1) if sends else last


@given(moments, st.integers(0, 10_000))
def test_unlimited_has_no_gap(now: datetime, sends: int) -> None:
    """All go at once, and the next ones too."""
    pace, times = reserve(fresh("t", now), sends, UNLIMITED, now)
    assert times.at(sends) == now
    assert pace.next_free == now


@given(moments)
def test_a_fresh_pace_lets_everything_go(now: datetime) -> None:
    """A tenant that nothing was sent to is not halted."""
    assert not fresh("t", now).is_halted(now)
