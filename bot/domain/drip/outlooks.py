"""Whether tips come to somebody by themselves just now, and if not, what keeps them back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.staff.people import Person


class Drip(StrEnum):
    """How somebody's drip stands. Where more than one holds, the first counts."""

    GONE = "gone"
    """They took the app off, or are on no staff list."""

    WITHOUT_APP = "without_app"
    STOPPED = "stopped"
    ENDED = "ended"
    """By three months of silence."""

    NONE_WANTED = "none_wanted"
    NO_TIME = "no_time"
    """Their days, hours and shifts leave none."""

    NOT_SET_UP = "not_set_up"
    """They have the app and no slot: whoever has chosen nothing yet, or has installed it again."""

    STARTS_LATER = "starts_later"
    PAUSED = "paused"
    ON_LEAVE = "on_leave"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a drip stands, and where a day ends that, which: the last of a leave, else the first after."""

    drip: Drip
    until: date | None = None


def outlook_of(person: Person, now: datetime) -> Outlook:
    """How things stand for somebody at `now`."""
    if kept_back := _kept_back(person, now):
        return Outlook(kept_back)
    if now < person.begins:
        return Outlook(Drip.STARTS_LATER, person.today(person.begins))
    if pause_end := person.pause_end(now):
        return Outlook(Drip.PAUSED, pause_end)
    today = person.today(now)
    if leave := next((one for one in person.preferences.rhythm.leave if one.covers(today)), None):
        return Outlook(Drip.ON_LEAVE, leave.last)
    return Outlook(Drip.COMING)


def _kept_back(person: Person, now: datetime) -> Drip | None:
    """What keeps tips back until somebody does something; None where time alone does, or nothing."""
    preferences = person.preferences
    found = {
        Drip.GONE: person.uninstalled is not None or (person.reference is None and person.roster is None),
        Drip.WITHOUT_APP: person.reference is None,
        Drip.STOPPED: preferences.stopped,
        Drip.ENDED: preferences.contact.ended,
        Drip.NONE_WANTED: preferences.rhythm.per_week < 1,
        Drip.NO_TIME: preferences.rhythm.next_slot(person.id, now) is None,
        Drip.NOT_SET_UP: person.next_nudge is None,
    }
    return next((drip for drip, holds in found.items() if holds), None)
