"""The budget of one chat: never more in any window than Teams takes, and no longer waits than that needs."""

from bisect import bisect_left
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.budgets import CONVERSATION, UNDERWAY, Limits, free_at
from tests.samples import MONDAY

SMALL: Limits = ((2, timedelta(seconds=1)), (3, timedelta(seconds=4)), (5, timedelta(seconds=9)))
"""Limits that a few messages reach."""

pauses = st.lists(st.integers(0, 3_000).map(lambda ms: timedelta(milliseconds=ms)), max_size=40)


def _sent(wishes: list[timedelta], limits: Limits) -> list[tuple[datetime, datetime]]:
    """Each message as when somebody wanted to send it and when it went, each after the one before."""
    went: list[datetime] = []
    wished: list[datetime] = []
    at = MONDAY
    for pause in wishes:
        at += pause
        wished.append(at)
        at = free_at(went, at, limits)
        went.append(at)
    return list(zip(wished, went, strict=True))


def _busiest(times: list[datetime], within: timedelta) -> int:
    """The most of them in any window so long, its end included."""
    return max((bisect_left(times, t + within, at) - at for at, t in enumerate(times)), default=0)


@given(pauses)
def test_no_window_has_more_than_it_may(wishes: list[timedelta]) -> None:
    """Whenever somebody wants to send."""
    times = [went for _, went in _sent(wishes, SMALL)]
    assert all(_busiest(times, within) <= most for most, within in SMALL)


@given(pauses)
def test_nothing_waits_without_need(wishes: list[timedelta]) -> None:
    """What waited would have been one too many in a window that ends a moment sooner."""
    sent = _sent(wishes, SMALL)
    times = [went for _, went in sent]
    for at, (wished, went) in enumerate(sent):
        if went > wished:
            sooner = went - timedelta(microseconds=1)
            spans = [(most, within + UNDERWAY) for most, within in SMALL]
            assert any(sum(t > sooner - within for t in times[:at]) >= most for most, within in spans)


def test_a_flood_goes_out_as_fast_as_teams_takes_it() -> None:
    """2,000 at once: each documented window is full, none is fuller, and the last waits above an hour."""
    times = [went for _, went in _sent([timedelta(0)] * 2_000, CONVERSATION)]
    assert [_busiest(times, within) for _, within in CONVERSATION] == [most for most, _ in CONVERSATION]
    assert timedelta(hours=1) < times[-1] - MONDAY < timedelta(hours=1.2)
