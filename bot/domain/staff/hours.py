"""When people work: hours that may pass midnight, rotas as a repeating cycle, leave, and nations.

All of it is wall-clock time: what a person reads on their own clock, without a zone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

DAY = timedelta(days=1)

Span = tuple[datetime, datetime]
"""From a moment, included, to another, excluded; on the person's own clock."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start`, included, to `end`, excluded; past midnight where that is earlier; none where equal."""

    start: time
    end: time

    def on(self, day: date) -> Span:
        """The hours that begin on this day."""
        opening = datetime.combine(day, self.start)
        closing = datetime.combine(day, self.end)
        return opening, closing if self.start <= self.end else closing + DAY

    def hold(self, at: time) -> bool:
        """Whether a time of day lies within them."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


class Shift(StrEnum):
    """One day of a rota, by the letter that people type for it."""

    EARLY = "E"
    LATE = "L"
    DAY = "D"
    NIGHT = "N"
    OFF = "O"


SHIFTS: Mapping[Shift, Hours] = {
    Shift.EARLY: Hours(time(7), time(15)),
    Shift.LATE: Hours(time(13), time(21)),
    Shift.DAY: Hours(time(8), time(20)),
    Shift.NIGHT: Hours(time(20), time(8)),
}
"""The hours of each shift, the same for everybody: close enough for a tip to come during work."""


class Nights(StrEnum):
    """What somebody wants on the days of a rota on which they work at night."""

    IN_SHIFT = "shift"
    OWN_HOURS = "hours"
    NEVER = "never"


class Nation(StrEnum):
    """Whose bank holidays count."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """The nation's name."""
        return self.value.replace("-", " ").title()


LONGEST_ROTA = 56
"""Days of a cycle: eight weeks."""


@dataclass(frozen=True, slots=True)
class Rota:
    """A cycle of shifts, one a day, that begins on `begins` and repeats for ever, before that day too."""

    begins: date
    cycle: tuple[Shift, ...]

    def on(self, day: date) -> Shift:
        """The shift of a day."""
        if not self.cycle:
            return Shift.OFF
        return self.cycle[(day - self.begins).days % len(self.cycle)]


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


def merged(leave: Iterable[Leave]) -> tuple[Leave, ...]:
    """The same days in order, times off that overlap or touch made one."""
    whole: list[Leave] = []
    for one in sorted(leave, key=lambda leave: leave.first):
        if whole and one.first <= whole[-1].last + DAY:
            whole[-1] = Leave(whole[-1].first, max(whole[-1].last, one.last))
        else:
            whole.append(one)
    return tuple(whole)


def without(span: Span, quiet: Hours | None) -> Sequence[Span]:
    """What is left of a span, in order, once the quiet hours of each day are taken out."""
    if quiet is None or quiet.start == quiet.end:
        return [span] if span[0] < span[1] else []
    return list(_left(span, quiet))


def _left(span: Span, quiet: Hours) -> Iterator[Span]:
    opening, closing = span
    at = opening
    for ahead in range(-1, (closing - opening).days + 2):
        silent, again = quiet.on(opening.date() + ahead * DAY)
        if at < min(silent, closing):
            yield at, min(silent, closing)
        at = max(at, again)
    if at < closing:
        yield at, closing
