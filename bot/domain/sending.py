"""Whether a claimed delivery may go out now: the last look before a send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cadence import under_cap
from bot.domain.delivery import Delivery, Settle, State
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class PutOff:
    """Decision before a send: not now, but at `until`."""

    until: datetime


def hold(
    delivery: Delivery,
    person: Person,
    sent: Sequence[datetime],
    now: datetime,
    *,
    first_contact: bool = False,
) -> Settle | PutOff | None:
    """What keeps a delivery back at `now`: expired, resting, out of hours, over the cap; None for nothing.

    `first_contact` says whether a chat may be begun where there is none.
    """
    if now >= delivery.expires:
        return Settle(State.DROPPED, "expired")
    if not person.can_be_reached(first_contact=first_contact):
        return Settle(State.DROPPED, "unreachable")
    if not delivery.unasked:
        return None
    if person.is_resting(now):
        return Settle(State.DROPPED, "resting")
    rhythm = person.preferences.rhythm
    if rhythm.allows(now) and under_cap(now, sent, rhythm.zone):
        return None
    later = rhythm.next_any_day(delivery.key, now)
    return PutOff(later) if later and later < delivery.expires else Settle(State.DROPPED, "no_room")
