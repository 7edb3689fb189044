"""An ignored drip slows down by itself, and after three months of silence it ends.

Answering a round's questions is no sign of life here: a day on which somebody was heard would outlive the
round, and tell who had answered in it and who had not.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.staff.people import Person
from bot.domain.text.language import say

SLOW_AFTER = timedelta(days=28)
"""Without a typed word or a press on a tip or a menu for so long, tips come every other week."""

END_AFTER = timedelta(days=91)
"""Without either for so long, nothing comes any more."""

SLOW_PACE = timedelta(days=13)
"""From one tip at the slow pace, the next slot after this: every other week."""

SLOWED = say(
    "It has been a while, so tips come about every other week from now on. "
    "Press any button or type any word, and your usual days are back."
)


def silent_for(person: Person, now: datetime) -> timedelta:
    """How long somebody has been silent, in whole days; pauses, leave, the time before a start are none."""
    today, heard = person.today(now), person.preferences.contact.heard
    until = person.preferences.paused_until
    back = [leave.last for leave in person.preferences.rhythm.leave if leave.first <= today]
    if person.roster and person.roster.start:
        back.append(person.roster.start)
    if until and until <= now:
        back.append(until.astimezone(ZoneInfo(person.preferences.rhythm.zone)).date())
    since = max([heard or today, *back])
    return max(today - since, timedelta(0))


def slow_pace(person: Person, now: datetime) -> timedelta:
    """How long it is quiet after a tip at `now` for somebody who is silent: no longer than until the end."""
    return min(SLOW_PACE, END_AFTER - min(silent_for(person, now), END_AFTER))


def heard(person: Person, today: date) -> Person:
    """The same person, who has just written something, or pressed anything but an answer."""
    contact = person.preferences.contact
    if contact.heard == today and not contact.slowed:
        return person
    return person.choosing(replace(person.preferences, contact=replace(contact, heard=today, slowed=False)))


def ended(person: Person, now: datetime) -> Person:
    """The same person, who has just been told that nothing comes any more; unless they were heard since."""
    if silent_for(person, now) < END_AFTER:
        return person
    contact = replace(person.preferences.contact, ended=True)
    return replace(person.choosing(replace(person.preferences, contact=contact)), next_nudge=None)


def back(person: Person, today: date) -> Person:
    """The same person, who has just asked for tips again."""
    contact = replace(person.preferences.contact, heard=today, slowed=False, ended=False)
    return person.choosing(replace(person.preferences, contact=contact))
