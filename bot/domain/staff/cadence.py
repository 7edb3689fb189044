"""When something may be sent: a person's rhythm, their slots, and the cap over everything unasked.

Slots are a function of the person and their rhythm alone, so every tick, restart and replica finds the
same ones. A person's days and time of day are spread over their own days and hours by a stable hash, so
that a whole country is a flat load and not a spike on Tuesdays at nine o'clock.
"""

import hashlib
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import Self, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.staff.hours import DAY, SHIFTS, Hours, Leave, Nation, Nights, Rota, Shift, Span, without

WORKING_WEEK = frozenset({0, 1, 2, 3, 4})
"""Monday to Friday, as `date.weekday()` counts them."""

EVERY_DAY = frozenset(range(7))

Days: TypeAlias = Container[date]
"""Days that can be asked for, such as a nation's bank holidays."""

NO_DAYS: Days = frozenset()

MARGIN = timedelta(minutes=45)
"""Slots keep this far from the end of a person's hours, so that a late send is still inside them."""

JUST = timedelta(microseconds=1)
"""The smallest time there is: how long before its end the last moment of a span lies."""

TURNS = 420
"""A multiple of every number of days from 1 to 7: so many turns take each day of any set equally often."""

DAILY_CAP = 1
WEEKLY_CAP = 3
MOST_PER_WEEK = 5
"""The most tips a week that somebody can choose."""
SMALLEST_GAP = timedelta(hours=1)
LOOKS_AHEAD = 400
"""Days without a slot, leave aside, after which there is none."""

STALE_AFTER = timedelta(hours=12)
"""A slot older than this is dropped: a service that was down must not flood people when it is back."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When somebody wants to hear from the bot, and how often: at most `per_week` tips, 0 to 5.

    Without a rota the person's days (0 is Monday) and hours count; hours that end before they begin pass
    midnight. With a rota the shifts count, and `nights` says what becomes of the nights. Leave and `quiet`
    hours are taken out, and so are bank holidays unless the person works on them: which days those are in
    their nation is always passed in as `closed`.
    """

    days: frozenset[int] = WORKING_WEEK
    start: time = time(9)
    end: time = time(17)
    zone: str = "Europe/London"
    per_week: int = 2
    rota: Rota | None = None
    nights: Nights = Nights.IN_SHIFT
    quiet: Hours | None = None
    leave: tuple[Leave, ...] = ()
    nation: Nation = Nation.ENGLAND
    works_holidays: bool = False

    def allows(self, at: datetime, closed: Days = NO_DAYS) -> bool:
        """Whether `at` lies within the hours of a day that is not free, and not in the quiet hours."""
        local = at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        today = local.date()
        if self.is_free(today, closed) or (self.quiet and self.quiet.hold(local.time())):
            return False
        spans = (self._span(day, closed) for day in (today, today - DAY))
        return any(span is not None and span[0] <= local < span[1] for span in spans)

    def is_free(self, day: date, closed: Days = NO_DAYS) -> bool:
        """Whether the person is away: on leave, or on a bank holiday that they have off."""
        return self.on_leave(day) or (not self.works_holidays and day in closed)

    def on_leave(self, day: date) -> bool:
        """Whether the day is one of their leave."""
        return any(leave.covers(day) for leave in self.leave)

    def slots(self, seed: str, after: datetime, closed: Days = NO_DAYS) -> Iterator[datetime]:
        """The slots (UTC) later than `after`, in order; no two on one local day, none where none is wanted.

        It goes on without end, unless there is none for more than a year of days that are not leave. Together
        they keep the weekly cap, for as many a week as somebody can choose.
        """
        first = after.astimezone(ZoneInfo(self.zone)).date() - DAY
        chosen = EVERY_DAY if self.rota else self.days_of(seed)
        empty = 0
        for day in _days_from(first):
            slot = self._slot_of(day, seed, closed) if day.weekday() in chosen else None
            if slot and slot > after and self._has_its_place(day, slot, seed, closed):
                empty = 0
                yield slot
            empty += not self.on_leave(day)
            if empty > LOOKS_AHEAD or self.per_week < 1:
                return

    def next_slot(self, seed: str, after: datetime, closed: Days = NO_DAYS) -> datetime | None:
        """The first slot later than `after`, None where nothing is wanted."""
        return next(self.slots(seed, after, closed), None)

    def next_any_day(self, seed: str, after: datetime, closed: Days = NO_DAYS) -> datetime | None:
        """The person's time of day on the next of all their days; None without any days."""
        return self.on_all_days().next_slot(seed, after, closed)

    def working_day_after(self, at: datetime, closed: Days = NO_DAYS) -> datetime:
        """The same time (UTC) on the next day of theirs, or the end of that day's hours where it is outside.

        A day later where they have no days.
        """
        zone = ZoneInfo(self.zone)
        local = at.astimezone(zone).replace(tzinfo=None)
        for later in (local + ahead * DAY for ahead in range(1, LOOKS_AHEAD)):
            span = self._span(later.date(), closed)
            moment = later.replace(tzinfo=zone).astimezone(UTC)
            if self.allows(moment, closed):
                return moment
            if span is not None:
                return span[1].replace(tzinfo=zone).astimezone(UTC)
        return at + DAY

    def last_before(self, at: datetime, closed: Days = NO_DAYS) -> datetime | None:
        """The latest moment (UTC) of their hours before `at`; None where the week before has none."""
        zone = ZoneInfo(self.zone)
        local = at.astimezone(zone).replace(tzinfo=None)
        for day in (local.date() - back * DAY for back in range(len(EVERY_DAY) + 1)):
            span = self._span(day, closed)
            for _, end in reversed(without(span, self.quiet) if span else ()):
                # The second of two equal times on the clock, and in a skipped hour the time before it.
                last = (min(end, local) - JUST).replace(tzinfo=zone, fold=1).astimezone(UTC)
                if self.allows(last := min(last, at - JUST), closed):
                    return last
        return None

    def on_all_days(self) -> Self:
        """The same days and hours with a slot on each of them."""
        return replace(self, per_week=len(EVERY_DAY))

    def days_of(self, seed: str) -> frozenset[int]:
        """The days of this person's slots where there is no rota: `per_week`, the same every week."""
        return chosen_days(self.days, self.per_week, stable_number(f"{seed}:days") % TURNS)

    def time_of_day(self, seed: str) -> time:
        """The local time of this person's slots where there is no rota, the same every day."""
        moment = _place(without(self._hours.on(date.min + DAY), self.quiet), seed)
        return moment.time() if moment else self.start

    @property
    def weekly_cap(self) -> int:
        """How much may come unasked in seven days, all kinds together: three, or as many tips as chosen."""
        return max(WEEKLY_CAP, min(self.per_week, MOST_PER_WEEK))

    @property
    def _hours(self) -> Hours:
        return Hours(self.start, self.end)

    def _span(self, day: date, closed: Days) -> Span | None:
        """The hours that begin on this day; None for a day that is free or not theirs."""
        if self.is_free(day, closed):
            return None
        if self.rota is None:
            return self._hours.on(day) if day.weekday() in self.days else None
        shift = self.rota.on(day)
        if shift is Shift.NIGHT and self.nights is not Nights.IN_SHIFT:
            return None if self.nights is Nights.NEVER else self._hours.on(day)
        return SHIFTS[shift].on(day) if shift in SHIFTS else None

    def _slot_of(self, day: date, seed: str, closed: Days) -> datetime | None:
        """The slot in the hours that begin on this day; None on a day without one."""
        span = self._span(day, closed)
        if span is None or day.weekday() not in self._chosen_in_week_of(day, seed, closed):
            return None
        local = _place(without(span, self.quiet), seed)
        slot = local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC) if local else None
        return slot if slot and self.allows(slot, closed) else None

    def _chosen_in_week_of(self, day: date, seed: str, closed: Days) -> frozenset[int]:
        """The week's days with slots. A rota differs from week to week, and so do they."""
        if self.rota is None:
            return self.days_of(seed)
        monday = day - timedelta(days=day.weekday())
        worked = (n for n in EVERY_DAY if self._span(monday + n * DAY, closed))
        return chosen_days(frozenset(worked), self.per_week, stable_number(f"{seed}:days") % TURNS)

    def _has_its_place(self, day: date, slot: datetime, seed: str, closed: Days) -> bool:
        """Whether a slot neither gives way to another nor is one too many."""
        if self._gives_way(day, slot, seed, closed):
            return False
        if self.rota is None or self.per_week > MOST_PER_WEEK or self._is_leading(day):
            return True
        local = slot.astimezone(ZoneInfo(self.zone)).date()
        return local in self._kept_in_week_of(day, seed, closed)

    def _is_leading(self, day: date) -> bool:
        """Whether the day's week is one of those, every other, whose slots all stay."""
        return (day.toordinal() - 1) // len(EVERY_DAY) % 2 == 0  # the first day of all is a Monday

    def _kept_in_week_of(self, day: date, seed: str, closed: Days) -> Sequence[date]:
        """The days of slots in a week of a rota that keep the cap with the weeks before and after it.

        Those two keep all of theirs, so that whoever looks finds the same ones, on whatever day.
        """
        monday = day - timedelta(days=day.weekday())
        before, here, after = (
            self._dates_in_week(monday + ahead * len(EVERY_DAY) * DAY, seed, closed) for ahead in (-1, 0, 1)
        )
        kept: list[date] = []
        for one in here:
            if _most_in_seven_days([*before, *kept, one, *after]) <= self.weekly_cap:
                kept.append(one)
        return kept

    def _dates_in_week(self, monday: date, seed: str, closed: Days) -> Sequence[date]:
        """The local days of the slots in the hours that begin in a week, in order."""
        days = (monday + ahead * DAY for ahead in range(len(EVERY_DAY)))
        slots = ((day, self._slot_of(day, seed, closed)) for day in days)
        return [
            slot.astimezone(ZoneInfo(self.zone)).date()
            for day, slot in slots
            if slot and not self._gives_way(day, slot, seed, closed)
        ]

    def _gives_way(self, day: date, slot: datetime, seed: str, closed: Days) -> bool:
        """Whether a slot after midnight is left out, since the next day has one of its own."""
        if slot.astimezone(ZoneInfo(self.zone)).date() == day:
            return False
        following = self._slot_of(day + DAY, seed, closed)
        return following is not None and following.astimezone(ZoneInfo(self.zone)).date() == day + DAY


def _most_in_seven_days(days: Sequence[date]) -> int:
    """The most of these days, which are in order, that lie within any seven on end."""
    return max(sum(0 <= (last - one).days < len(EVERY_DAY) for one in days) for last in days)


def _days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in count())


def _place(spans: Sequence[Span], seed: str) -> datetime | None:
    """A moment of these spans, to the second, that the seed stands for; spread evenly, margins left out."""
    rooms = [max(1, int((end - start - MARGIN).total_seconds())) for start, end in spans]
    if not rooms:
        return None
    seconds = stable_number(seed) % sum(rooms)
    for (start, _), room in zip(spans, rooms, strict=True):
        if seconds < room:
            return start + timedelta(seconds=seconds)
        seconds -= room
    return None


@lru_cache(maxsize=4096)  # of 128 sets of days few are in use, in `TURNS` turns
def chosen_days(days: frozenset[int], per_week: int, turn: int) -> frozenset[int]:
    """`per_week` of the days, evenly apart; each `turn` begins one of the days later.

    As many turns as there are days take each day equally often. Two of Monday to Friday are Tuesday and
    Thursday, then Wednesday and Friday, then Monday and Thursday, and so on.
    """
    ordered = sorted(days & EVERY_DAY)
    wanted = min(per_week, len(ordered))
    places = ((2 * step + 1) * len(ordered) // (2 * wanted) for step in range(wanted))
    return frozenset(ordered[(place + turn) % len(ordered)] for place in places)


@lru_cache(maxsize=256)  # one person's seeds are asked for again and again, for each day that is looked at
def stable_number(seed: str) -> int:
    """A number from 0 to 2³²−1 that is the same on every machine and day for the same text."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big")


def is_stale(slot: datetime, now: datetime) -> bool:
    """Whether a slot has passed so long ago that it is dropped."""
    return now - slot > STALE_AFTER


def under_cap(at: datetime, sent: Sequence[datetime], zone: str, weekly: int = WEEKLY_CAP) -> bool:
    """Whether one more unasked message at `at` keeps the cap, given the moments of earlier ones.

    The cap is one a day, `weekly` in any seven days, and never two within an hour. Days are local calendar
    days: the same time a week later is free, whatever the seconds say or the clocks did.
    """
    local = ZoneInfo(zone)
    today = at.astimezone(local).date()
    days_ago = [(today - s.astimezone(local).date()).days for s in sent]
    this_week = sum(1 for days in days_ago if 0 <= days < 7)
    too_close = any(abs(at - s) < SMALLEST_GAP for s in sent)
    return days_ago.count(0) < DAILY_CAP and this_week < weekly and not too_close
