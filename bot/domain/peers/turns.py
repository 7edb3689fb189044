"""Whose turn it is to answer a request for help, and until when: one working day of theirs.

It runs from when their card is due, not from when somebody asked: whoever is asked in the evening, or before
a bank holiday, has as long as everybody else. Leave is a day like any other here: nobody should have to wait
for the end of it, so whoever goes on leave is not asked.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.staff.cadence import NO_DAYS, WORKING_WEEK, Days, Rhythm
from bot.domain.staff.hours import DAY
from bot.domain.staff.people import Person, PersonId

QUARTER = timedelta(minutes=15)
"""Up to the next quarter of an hour: easier to say, and nobody loses by it."""

ON_ITS_WAY = timedelta(minutes=5)
"""How long a card may take to go out, so that both sides are told the same moment."""


APART = timedelta(minutes=65)
"""From where a tip of that day would be: never two messages within an hour."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, when their card is due, and until when they can answer it (UTC)."""

    champion: PersonId
    card: datetime
    until: datetime


def turn_of(champion: Person, now: datetime, closed: Days) -> Turn:
    """The turn of somebody who is asked now: their card comes in their hours, at once where they have none.

    `closed` are the bank holidays of their nation.
    """
    rhythm = replace(champion.preferences.rhythm, leave=())
    card = now if rhythm.allows(now, closed) else _beside_a_tip(rhythm, champion.id, now, closed) or now
    return Turn(champion.id, card, answer_by(rhythm, card + ON_ITS_WAY, closed))


def _beside_a_tip(rhythm: Rhythm, seed: str, now: datetime, closed: Days) -> datetime | None:
    """An hour after or before their tips' time on their next day, as their hours allow; None without any."""
    slot = rhythm.next_any_day(seed, now, closed)
    if slot is None:
        return None
    beside = (slot + APART, slot - APART)
    return next((at for at in beside if at > now and rhythm.allows(at, closed)), slot)


def goes_away(champion: Person, now: datetime, closed: Days) -> bool:
    """Whether somebody who is asked now would get their card on a day of their leave."""
    rhythm = champion.preferences.rhythm
    if not rhythm.leave:
        return False
    card = turn_of(champion, now, closed).card
    return rhythm.on_leave(card.astimezone(ZoneInfo(rhythm.zone)).date())


def answer_by(rhythm: Rhythm, card: datetime, closed: Days) -> datetime:
    """Until when a card that comes then can be answered (UTC)."""
    return _next_quarter(replace(rhythm, leave=()).working_day_after(card, closed))


def after_working_days(moment: datetime, days: int, closed: Days = NO_DAYS) -> datetime:
    """The same time so many days later, Monday to Friday, those that are closed left out.

    From a day that does not count it counts from the first minute of the next that does.
    """
    while not _is_working(moment, closed):
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    for _ in range(days):
        moment += DAY
        while not _is_working(moment, closed):
            moment += DAY
    return moment


def _is_working(moment: datetime, closed: Days) -> bool:
    return moment.weekday() in WORKING_WEEK and moment.date() not in closed


def _next_quarter(moment: datetime) -> datetime:
    over = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment + QUARTER - over if over else moment
