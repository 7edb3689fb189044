"""When something may be sent: a person's rhythm, their slots, and the cap over everything unasked.

Slots are a function of the person and their rhythm alone, so every tick, restart and replica finds the
same ones. A person's days and time of day are spread over their own days and hours by a stable hash, so
that a whole country is a flat load and not a spike on Tuesdays at nine o'clock.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import Self
from zoneinfo import ZoneInfo

WORKING_WEEK = frozenset({0, 1, 2, 3, 4})
"""Monday to Friday, as `date.weekday()` counts them."""

EVERY_DAY = frozenset(range(7))

MARGIN = timedelta(minutes=45)
"""Slots keep this far from the end of a person's hours, so that a late send is still inside them."""

DAILY_CAP = 1
WEEKLY_CAP = 3
SMALLEST_GAP = timedelta(hours=1)
STALE_AFTER = timedelta(hours=12)
"""A slot older than this is dropped: a service that was down must not flood people when it is back."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The days (0 is Monday) and local hours in which somebody wants to hear from the bot, and how often.

    `start` is inclusive, `end` exclusive; `per_week` is 0 to 7 tips a week, never more than there are days.
    """

    days: frozenset[int] = WORKING_WEEK
    start: time = time(9)
    end: time = time(17)
    zone: str = "Europe/London"
    per_week: int = 2

    def allows(self, at: datetime) -> bool:
        """Whether `at` lies on one of the days and within the hours."""
        local = at.astimezone(ZoneInfo(self.zone))
        return local.weekday() in self.days and self.start <= local.time() < self.end

    def slots(self, seed: str, after: datetime) -> Iterator[datetime]:
        """The slots (UTC) later than `after`, in order and without end; none where nothing is wanted.

        A day on which the clock change swallows the person's hours has none.
        """
        days = self.days_of(seed)
        if not days or self.start >= self.end:
            return
        at_time = self.time_of_day(seed)
        first = after.astimezone(ZoneInfo(self.zone)).date()
        for ahead in count():
            day = first + timedelta(days=ahead)
            slot = self._moment(day, at_time)
            if day.weekday() in days and slot > after and self.allows(slot):
                yield slot

    def next_slot(self, seed: str, after: datetime) -> datetime | None:
        """The first slot later than `after`, None where nothing is wanted."""
        return next(self.slots(seed, after), None)

    def next_any_day(self, seed: str, after: datetime) -> datetime | None:
        """The person's time of day on the next of all their days; None without any days."""
        return self.on_all_days().next_slot(seed, after)

    def on_all_days(self) -> Self:
        """The same days and hours with a slot on each of them."""
        return replace(self, per_week=len(self.days))

    def days_of(self, seed: str) -> frozenset[int]:
        """The days of this person's slots: `per_week` of theirs, the same every week."""
        return chosen_days(self.days, self.per_week, stable_number(f"{seed}:days"))

    def time_of_day(self, seed: str) -> time:
        """The local time of this person's slots, to the second: spread over the hours, the same every day."""
        opening = datetime.combine(date.min, self.start)
        room = datetime.combine(date.min, self.end) - opening - MARGIN
        seconds = max(1, int(room.total_seconds()))
        return (opening + timedelta(seconds=stable_number(seed) % seconds)).time()

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)


@lru_cache(maxsize=1024)  # there are 128 sets of days
def chosen_days(days: frozenset[int], per_week: int, turn: int) -> frozenset[int]:
    """`per_week` of the days, evenly apart; each `turn` begins one of the days later.

    As many turns as there are days take each day equally often. Two of Monday to Friday are Tuesday and
    Thursday, then Wednesday and Friday, then Monday and Thursday, and so on.
    """
    ordered = sorted(days & EVERY_DAY)
    wanted = min(per_week, len(ordered))
    places = ((2 * step + 1) * len(ordered) // (2 * wanted) for step in range(wanted))
    return frozenset(ordered[(place + turn) % len(ordered)] for place in places)


def stable_number(seed: str) -> int:
    """A number from 0 to 2³²−1 that is the same on every machine and day for the same text."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big")


def is_stale(slot: datetime, now: datetime) -> bool:
    """Whether a slot has passed so long ago that it is dropped."""
    return now - slot > STALE_AFTER


def under_cap(at: datetime, sent: Sequence[datetime], zone: str) -> bool:
    """Whether one more unasked message at `at` keeps the cap, given the moments of earlier ones.

    The cap is one a day, three in any seven days, and never two within an hour. Days are local calendar
    days: the same time a week later is free, whatever the seconds say or the clocks did.
    """
    local = ZoneInfo(zone)
    today = at.astimezone(local).date()
    days_ago = [(today - s.astimezone(local).date()).days for s in sent]
    this_week = sum(1 for days in days_ago if 0 <= days < 7)
    too_close = any(abs(at - s) < SMALLEST_GAP for s in sent)
    return days_ago.count(0) < DAILY_CAP and this_week < WEEKLY_CAP and not too_close
