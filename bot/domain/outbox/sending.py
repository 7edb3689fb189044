"""Whether a claimed delivery may go out now: the last look before a send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.replies import Settle
from bot.domain.outbox.subjects import FarewellDue
from bot.domain.staff.cadence import NO_DAYS, Days, under_cap
from bot.domain.staff.people import Person


@dataclass(frozen=True, slots=True)
class PutOff:
    """Decision before a send: not now, but at `until`."""

    until: datetime


def hold(  # noqa: PLR0913 - six things decide a send, and none of them goes with another
    delivery: Delivery,
    person: Person,
    sent: Sequence[datetime],
    now: datetime,
    *,
    closed: Days = NO_DAYS,
    first_contact: bool = False,
) -> Settle | PutOff | None:
    """What keeps a delivery back at `now`: expired, resting, out of hours, over the cap; None for nothing.

    `closed` are the bank holidays of the person's nation. `first_contact` says whether a chat may be begun
    where there is none.
    """
    if now >= delivery.expires:
        return Settle(State.DROPPED, "expired")
    if not person.can_be_reached(first_contact=first_contact):
        return Settle(State.DROPPED, "unreachable")
    if not delivery.keeps_hours:
        return None
    if _must_rest(delivery, person, now):
        return Settle(State.DROPPED, "resting")
    rhythm = person.preferences.rhythm
    has_room = not delivery.unasked or under_cap(now, sent, rhythm.zone, rhythm.weekly_cap)
    if rhythm.allows(now, closed) and has_room:
        return None
    later = rhythm.next_any_day(delivery.key, now, closed)
    if later is None and not delivery.unasked:
        return None  # there is no better moment
    return PutOff(later) if later and later < delivery.expires else Settle(State.DROPPED, "no_room")


def _must_rest(delivery: Delivery, person: Person, now: datetime) -> bool:
    """Whether the person is left in peace; a farewell is what says that they are."""
    if isinstance(delivery.subject, FarewellDue):
        return person.is_resting(now)
    return person.is_quiet(now)
