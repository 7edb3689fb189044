"""A short note a few days after a prompt did not go well: a better version, or a champion; never a second."""

from collections.abc import Set
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.drip.shelves import Entry, Shelf
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import FollowUpDue
from bot.domain.staff.cadence import NO_DAYS, Days
from bot.domain.staff.people import Person

WORKING_DAYS = 3
"""On which of the person's own days after the answer the note comes."""

EXPIRES = timedelta(days=7)


def follow_up(person: Person, prompt: PromptId, now: datetime, closed: Days = NO_DAYS) -> Delivery | None:
    """The note about a prompt, which its key makes the only one; None for somebody without any days.

    `closed` are the bank holidays of the person's nation.
    """
    times = person.preferences.rhythm.on_all_days().slots(f"{person.id}:follow-up", now, closed)
    later = (at for at in times if person.today(at) > person.today(now))
    due = next(islice(later, WORKING_DAYS - 1, None), None)
    if due is None:
        return None
    key = f"follow-up:{person.id}:{prompt}"
    return Delivery(key, person.id, FollowUpDue(prompt), due, due + EXPIRES, unasked=True)


def better(
    shelf: Shelf, person: Person, prompt: Prompt, lately: Set[PromptId], now: datetime
) -> Prompt | None:
    """Another prompt for the same skill that works no worse for colleagues; None without one.

    It suits the person's job, is not harder, and they have neither turned it down nor seen it `lately`.
    """
    out = {prompt.id, *person.preferences.unwanted, *lately}
    section = shelf.section(person.role, person.licence, now.date())
    known = next((e for e in section.get(prompt.skill, ()) if e.prompt.id == prompt.id), None)
    found = [
        entry
        for entry in section.get(prompt.skill, ())
        if entry.prompt.id not in out and entry.prompt.level <= prompt.level and _beats(entry, known)
    ]
    best = max(found, key=lambda e: (person.role in e.prompt.roles, e.mean, e.prompt.id), default=None)
    return best.prompt if best else None


def _beats(entry: Entry, known: Entry | None) -> bool:
    return known is None or entry.mean >= known.mean
