"""When rounds of questions open and close: every few weeks, on working days, clear of other surveys."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from bot.domain.staff.cadence import WORKING_WEEK

QUIET = timedelta(days=7)
"""From the close of one round to the opening of the next: so nobody is asked twice within seven days."""

NATIONAL_SURVEYS = frozenset({1, 4, 7, 10})
"""January, April and July have the quarterly NHS pulse, October the NHS Staff Survey."""

REMINDED_ON = 4
"""The working day of a round from which on whoever has not answered is reminded, once."""

FURTHEST = 60
"""Weeks looked ahead. Where every month is skipped, no round opens."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The rhythm of rounds. `working_days` is how long one takes answers; `skipped` are months, 1 to 12."""

    start: date
    every: timedelta
    working_days: int = 5
    skipped: frozenset[int] = NATIONAL_SURVEYS

    def closes(self, opens: datetime) -> datetime:
        """The midnight (UTC) after the last working day, and after the weekend where one follows at once.

        So a week of working days has a weekend in it, and whoever works only then is asked as well.
        """
        following = (self._days(opens)[-1] + timedelta(days=ahead) for ahead in count(1))
        return _midnight(next(day for day in following if day.weekday() in WORKING_WEEK))

    def reminds(self, opens: datetime) -> datetime:
        """The midnight before the working day on which reminders begin; the last one of a short round."""
        return _midnight(self._days(opens)[:REMINDED_ON][-1])

    def after(self, last: datetime | None) -> datetime | None:
        """The opening that follows one, or the first for None; None where every month is skipped.

        An opening whose days touch a skipped month moves on by weeks, until they do not.
        """
        first = _midnight(self.start) if last is None else last + self.every
        weeks = (first + timedelta(weeks=ahead) for ahead in range(FURTHEST))
        earliest = first if last is None else max(first, self.closes(last) + QUIET)
        return next((at for at in weeks if at >= earliest and not self._is_skipped(at)), None)

    def due(self, last: datetime | None, now: datetime) -> datetime | None:
        """The opening that is due at `now`, given the last one there was; else None.

        Openings whose round would be over already are passed over: a service that was down catches none up.
        """
        opening = self.coming(last, now)
        return opening if opening is not None and opening <= now else None

    def coming(self, last: datetime | None, now: datetime) -> datetime | None:
        """The next opening whose round is not over at `now`; None where there is none."""
        return next((at for at in self._openings(last) if self.closes(at) > now), None)

    def _openings(self, last: datetime | None) -> Iterator[datetime]:
        opening = self.after(last)
        while opening is not None:
            yield opening
            opening = self.after(opening)

    def _is_skipped(self, opens: datetime) -> bool:
        return any(day.month in self.skipped for day in self._days(opens))

    def _days(self, opens: datetime) -> list[date]:
        """The working days of a round that opens then."""
        days = (opens.date() + timedelta(days=ahead) for ahead in count())
        working = (day for day in days if day.weekday() in WORKING_WEEK)
        return [next(working) for _ in range(self.working_days)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
