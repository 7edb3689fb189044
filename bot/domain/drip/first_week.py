"""The first week after a set-up: an early second tip, and no more in all than the person chose.

The tip that answers the set-up counts. The second comes on the next of all their days, since it is the easy
one; of their usual slots in that week only the last ones are left, as many as make up the number chosen.
"""

from datetime import datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.domain.drip.slots import rested
from bot.domain.staff.cadence import JUST, NO_DAYS, Days
from bot.domain.staff.people import Person

WEEK = timedelta(days=7)

SOONEST = timedelta(hours=12)
"""The second tip comes no sooner than this after the first."""

EARLY = 2
"""The first tip and the second; whoever chose fewer a week has no early second one."""


def second_tip(
    person: Person, now: datetime, closed: Days = NO_DAYS, *, last: datetime | None = None
) -> datetime | None:
    """When the first tip by itself comes to somebody who sets up at `now`; None where none is wanted.

    For whoever rests after their `last` tip, it is the next after the rest.
    """
    rhythm = person.preferences.rhythm
    if rhythm.per_week < EARLY:
        return person.next_slot(rested(person, _end(person) or now, last), closed)
    soon = rested(person, max(now + SOONEST, person.begins), last)
    return rhythm.next_any_day(person.id, soon, closed)


def slot_after(person: Person, after: datetime, closed: Days = NO_DAYS) -> datetime | None:
    """The next slot after a tip; what would be too many in the first week is left out."""
    end = _end(person)
    if end is None or after >= end:
        return person.next_slot(after, closed)
    rhythm = person.preferences.rhythm
    ahead = list(takewhile(lambda slot: slot < end, rhythm.slots(person.id, after, closed)))
    left = ahead[max(0, len(ahead) - max(0, rhythm.per_week - EARLY)) :]
    return person.next_slot((left[0] if left else end) - JUST, closed)


def _end(person: Person) -> datetime | None:
    """The beginning of the same weekday a week after the set-up; None where nobody knows when that was."""
    begun = person.preferences.contact.begun
    if begun is None:
        return None
    return datetime.combine(begun + WEEK, time(0), ZoneInfo(person.preferences.rhythm.zone))
