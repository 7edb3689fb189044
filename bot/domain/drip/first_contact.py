"""Somebody on the staff list whom the bot has never met: when to say hello, and what a refusal means.

For an organisation that has the app installed for everybody, so that a chat can be begun without an event.
A hello is the welcome and nothing else; it keeps to the person's hours and to the cap like any message that
nobody asked for.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.drip.nudges import SlotDecision
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.replies import Chat
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.cadence import stable_number
from bot.domain.staff.people import Person

SPREAD_OVER = 10
"""Of everybody's own days: a new roster of half a million is 50,000 hellos a day, of two requests each."""

ASK_AGAIN_AFTER = timedelta(days=90)
"""A hello that did not lead to a chat, as where the app is not installed, is tried again after this."""

WELCOME_EXPIRES = timedelta(days=7)


def first_slot(person: Person, now: datetime) -> datetime | None:
    """When to say hello to somebody, not before their start; None for somebody without days."""
    after = max(now, person.begins)
    slots = person.preferences.rhythm.on_all_days().slots(f"{person.id}:welcome", after)
    place = stable_number(f"{person.id}:first day") % SPREAD_OVER
    return next((slot for number, slot in enumerate(slots) if number == place), None)


def waiting(person: Person, now: datetime) -> Person:
    """The person with a time for a hello, where the bot has never met them and none is planned."""
    if not person.is_unmet or person.next_nudge is not None or person.preferences.stopped:
        return person
    return replace(person, next_nudge=first_slot(person, now))


def hello(person: Person, now: datetime) -> SlotDecision:
    """Their time has come: the welcome, and a time for the next try where it leads to nothing.

    Whose start has been put off since then gets another time, and nothing yet.
    """
    if now < person.begins:
        return SlotDecision(replace(person, next_nudge=first_slot(person, now)))
    slot = person.next_nudge or now
    rhythm = person.preferences.rhythm
    later = rhythm.next_any_day(f"{person.id}:welcome", max(slot, now) + ASK_AGAIN_AFTER)
    welcome = Delivery(
        key=f"welcome:{person.id}:{slot:%Y%m%d}",
        person=person.id,
        subject=WelcomeDue(),
        due=slot,
        expires=max(slot, now) + WELCOME_EXPIRES,
        unasked=True,
    )
    return SlotDecision(replace(person, next_nudge=later), welcome)


def after_refusal(person: Person, chat: Chat, at: datetime, *, renewable: bool) -> Person:
    """The person as a refusal leaves them. Whom the bot never met stays so, for the next try in a while."""
    if person.is_unmet and chat is not Chat.CLOSED:
        return person
    if chat is Chat.GONE and renewable and person.reference:
        return replace(person, reference=person.reference.without_chat())
    return person.leaving(at)
