"""How fast a tenant may be sent to: one pace for all replicas, kept where they all see it.

Teams limits an app to 50 requests a second a tenant. A dispatcher reserves times before it sends: each
reservation moves the tenant's next free moment on, so that however many dispatchers there are, their
sends fall into one even row. A throttled answer halts the whole row.

No machine wakes up on time. The row is a little slower than its rate, by `SLACK` a second, so that a send
that is late by less does not make any second too full; one that is later gives way and takes a new time.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

UNLIMITED = 0.0
"""A rate for rehearsals against a connector of one's own."""

LIMIT = 50
"""Requests a second that Teams takes of one app in one tenant."""

SECOND = timedelta(seconds=1)

SLACK = timedelta(milliseconds=18)
"""At 50 a second it costs 1.8 %, and a send may arrive 18 ms late."""

ON_THE_WAY = timedelta(milliseconds=8)
"""The part of it that is for the way: by the rest, a send may wake up late."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a tenant's row of sends stands: the next free moment, and until when nothing may be sent."""

    tenant: str
    next_free: datetime
    halted_until: datetime

    def is_halted(self, now: datetime) -> bool:
        """Whether nothing may be sent at `now`."""
        return now < self.halted_until

    def halted(self, until: datetime) -> "Pace":
        """The same row, with nothing before `until`; an earlier halt never shortens a later one."""
        later = max(until, self.halted_until)
        return replace(self, halted_until=later, next_free=max(self.next_free, later))


@dataclass(frozen=True, slots=True)
class Reservation:
    """Times for sends: the first, and the gap from one to the next."""

    first: datetime
    gap: timedelta

    def at(self, place: int) -> datetime:
        """The time of the send at a place, counted from 0."""
        return self.first + self.gap * place


def fresh(tenant: str, now: datetime) -> Pace:
    """The pace of a tenant that nothing was sent to yet."""
    return Pace(tenant, now, now)


def reserve(pace: Pace, sends: int, rate: float, now: datetime) -> tuple[Pace, Reservation]:
    """The pace after so many sends at `rate` a second were reserved, and their times.

    Time that nobody used is lost, never saved up: a pause is not followed by a burst.
    """
    gap = _gap(rate)
    first = max(pace.next_free, now)
    return replace(pace, next_free=first + gap * sends), Reservation(first, gap)


def fitting(rate: float, within: timedelta, most: int) -> int:
    """How many sends of a row fit into a time, at least one and at most `most`."""
    gap = _gap(rate)
    return max(1, min(most, within // gap)) if gap else most


def is_missed(at: datetime, rate: float, now: datetime) -> bool:
    """Whether a send that was to go at `at` would crowd those after it if it went at `now`.

    What must not be crowded is a second of the platform's `LIMIT`: a slower row has more room.
    """
    if rate == UNLIMITED:
        return False
    return now - at > max(SLACK, _gap(rate) * LIMIT - SECOND) - ON_THE_WAY


def _gap(rate: float) -> timedelta:
    """Whole microseconds, rounded up: rounded down, a row would be a little faster than its rate."""
    if rate == UNLIMITED:
        return timedelta(0)
    return timedelta(microseconds=math.ceil((SECOND + SLACK) / timedelta(microseconds=1) / rate))
