"""When the next tip comes to somebody, with everything that holds for them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.drip.reactions import rest_of
from bot.domain.staff.cadence import JUST, NO_DAYS, Days
from bot.domain.staff.people import Person


def next_slot(
    person: Person, now: datetime, closed: Days = NO_DAYS, *, last: datetime | None = None
) -> datetime | None:
    """The next slot after `now`, a pause, their start, and the rest that follows the `last` tip's slot.

    None where nothing is wanted. `closed` are the bank holidays of their nation.
    """
    return person.next_slot(rested(person, now, last), closed)


def rested(person: Person, now: datetime, last: datetime | None) -> datetime:
    """`now`, or the end of the rest that follows the `last` tip's slot: it goes by days of their calendar."""
    rest = rest_of(person)
    if last is None or not rest:
        return now
    first = datetime.combine(person.today(last) + rest, time(0), ZoneInfo(person.preferences.rhythm.zone))
    return max(now, first.astimezone(UTC) - JUST)


def start_moved(before: Person, after: Person, now: datetime) -> bool:
    """Whether a row of the staff list gives somebody another start, and one of the two lies ahead."""
    return before.begins != after.begins and now < max(before.begins, after.begins)


def begins_anew(before: Person, after: Person, now: datetime) -> bool:
    """Whether a row of the staff list changes when tips come to somebody who has the app and has set up.

    So it is for whoever is back on the list, also where they wrote in between, and where their start moved.
    """
    if after.reference is None or after.preferences.role is None:
        return False
    is_back = before.uninstalled is not None or (before.roster is None and before.next_nudge is None)
    return is_back or start_moved(before, after, now)
