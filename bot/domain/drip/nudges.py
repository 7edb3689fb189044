"""One person's slot has come: what to send, what to remember, and when to look again."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.drip import silence
from bot.domain.drip.first_week import slot_after
from bot.domain.drip.reactions import offer_for, wish_of
from bot.domain.drip.selection import Choice, choose, eligible
from bot.domain.drip.shelves import Shelf
from bot.domain.drip.slots import rested
from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import FarewellDue, News, TipDue
from bot.domain.staff.cadence import NO_DAYS, STALE_AFTER, Days, is_stale
from bot.domain.staff.people import Contact, Licence, Person
from bot.domain.text.language import Tongue, in_words, say, to_say

FAREWELL_EXPIRES = timedelta(days=7)
"""A farewell for which there was no room by then is planned anew at the next slot after."""

GAINED = to_say("You have {tool} now, so some of your tips will use it.")
LOST = to_say("You do not have {tool} any more. From now on your tips work without it.")
MEANWHILE = say(
    "You have no AI assistant yet. These tips work without one. "
    "Your manager or IT team may know if and when you get one."
)


@dataclass(frozen=True, slots=True)
class SlotDecision:
    """The person with their next slot; and the tip with its experience, None where none is due."""

    person: Person
    delivery: Delivery | None = None
    experience: Experience | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a tip opens with, how things stand once it was said, and what it is about; mostly nothing."""

    words: str
    contact: Contact
    news: News | None = None


def decide(
    person: Person, shelf: Shelf, lately: Set[PromptId], now: datetime, closed: Days = NO_DAYS
) -> SlotDecision:
    """What follows from a person's slot. A slot that is stale, or of somebody who rests, only moves on.

    `lately` is what they saw within `LOOKS_BACK`, `closed` are the bank holidays of their nation. The tip
    counts as seen from its slot on: whoever saw it later opened it themselves.
    """
    slot = person.next_nudge or now
    person = _known(person, now)
    moved = _moved(person, max(slot, now), closed)
    if is_stale(slot, now) or not person.may_be_contacted(now):
        return SlotDecision(moved)
    silent = silence.silent_for(person, now)
    if silent >= silence.END_AFTER:
        after = max(slot, now) + FAREWELL_EXPIRES
        return SlotDecision(
            replace(person, next_nudge=person.next_slot(after, closed)), _farewell(person, slot)
        )
    choice = choose(shelf, person, lately, slot, wish_of(person))
    if choice is None:
        return SlotDecision(moved)
    told = news(person, slow=silent >= silence.SLOW_AFTER)
    if told.contact is not person.preferences.contact:
        preferences = replace(person.preferences, contact=told.contact)
        moved = _moved(person.choosing(preferences), max(slot, now), closed)
    return SlotDecision(
        moved, delivery(person, slot, choice, told), Experience(person.id, choice.prompt.id, slot)
    )


def delivery(person: Person, slot: datetime, choice: Choice, told: Told) -> Delivery:
    """The tip on its way; the key names the slot, so that it is planned once.

    The slot comes first: what is planned together is kept together, however long the history is.
    """
    return Delivery(
        key=f"nudge:{slot:%Y%m%dT%H%M}:{person.id}",
        person=person.id,
        subject=_tip(person, choice, told),
        due=slot,
        expires=slot + STALE_AFTER,
        unasked=True,
    )


def slot_of(tip: Delivery) -> datetime:
    """The slot that a tip was planned for, however often it was put off since."""
    return tip.expires - STALE_AFTER


def is_still_right(
    tip: Delivery, prompt: Prompt, person: Person, shown: datetime | None, now: datetime
) -> bool:
    """Whether a tip that waited still suits: not opened or turned down since, and for their job and licence.

    `shown` is when they last saw the prompt, as far as it is known.
    """
    opened = shown is not None and shown > slot_of(tip)
    unwanted = prompt.id in person.preferences.unwanted
    return not opened and not unwanted and bool(eligible([prompt], person, now))


def worded(decision: SlotDecision, tongue: Tongue) -> SlotDecision:
    """The same, with the tip's words in a tongue: a delivery keeps them as plain text."""
    planned = decision.delivery
    if planned is None or not isinstance(planned.subject, TipDue):
        return decision
    reason, opening = in_words(planned.subject.reason, tongue), in_words(planned.subject.opening, tongue)
    subject = replace(planned.subject, reason=reason, opening=opening)
    return replace(decision, delivery=replace(planned, subject=subject))


def news(person: Person, *, slow: bool) -> Told:
    """What a tip opens with, each thing once, or nothing; and how things stand once it was said."""
    contact, licence = person.preferences.contact, person.licence
    if contact.licence is not licence:
        words, contact = _of_licence(contact.licence, licence), replace(contact, licence=licence)
        if words:
            return Told(words, contact, News.LICENCE)
    level, workload = person.preferences.level, person.preferences.workload
    if (contact.level, contact.workload) != (level, workload):
        words, contact = offer_for(person), replace(contact, level=level, workload=workload)
        return Told(words, contact, News.FEELING if words else None)
    if slow and not contact.slowed:
        return Told(silence.SLOWED, replace(contact, slowed=True), News.SLOWED)
    return Told("", contact)


def given_back(person: Person, tip: TipDue, now: datetime, closed: Days = NO_DAYS) -> Person:
    """The same person, to whom what a tip opened with was not said after all: the next tip says it.

    Nor is it slow before it has been said that it is. `closed` are the bank holidays of their nation.
    """
    contact, own = person.preferences.contact, person.preferences.own
    match tip.news:
        case News.LICENCE:
            contact = replace(contact, licence=tip.licence)
        case News.FEELING:
            before = own[-2].confidence if len(own) > 1 else None
            contact = replace(contact, level=before, workload=None)
        case News.SLOWED if contact.slowed:
            contact = replace(contact, slowed=False)
        case _:
            return person
    known = person.choosing(replace(person.preferences, contact=contact))
    return _moved(known, now, closed) if person.next_nudge and tip.news is News.SLOWED else known


def _tip(person: Person, choice: Choice, told: Told) -> TipDue:
    before = person.preferences.contact.licence if told.news is News.LICENCE else None
    return TipDue(choice.prompt.id, choice.reason, told.words, told.news, before)


def _of_licence(before: Licence | None, now: Licence) -> str:
    if before is None:
        return MEANWHILE if now is Licence.NOTHING else ""
    if now.covers(before):
        return say(GAINED, tool=_tool(now))
    return say(LOST, tool=_tool(before))


def _tool(licence: Licence) -> str:
    return say("Copilot Chat") if licence is Licence.CHAT else say("Copilot")


def _known(person: Person, now: datetime) -> Person:
    """The same person; whoever was never heard of is counted as heard from today on."""
    return person if person.preferences.contact.heard else silence.heard(person, person.today(now))


def _moved(person: Person, after: datetime, closed: Days) -> Person:
    """The person with their next slot; later where they have slowed down, or their workload is heavy."""
    slowed = person.preferences.contact.slowed
    quiet = after + silence.slow_pace(person, after) if slowed else rested(person, after, after)
    return replace(person, next_nudge=slot_after(person, quiet, closed))


def _farewell(person: Person, slot: datetime) -> Delivery:
    return Delivery(
        key=f"farewell:{person.id}:{slot:%Y%m%dT%H%M}",
        person=person.id,
        subject=FarewellDue(),
        due=slot,
        expires=slot + FAREWELL_EXPIRES,
        unasked=True,
    )
