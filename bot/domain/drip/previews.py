"""What somebody would get in the next weeks, and why: the drip's own decisions, taken ahead."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.drip.nudges import decide
from bot.domain.drip.reactions import wish_of
from bot.domain.drip.selection import LOOKS_BACK, choose
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.cadence import NO_DAYS, Days
from bot.domain.staff.people import Contact, ConversationReference, Person

A_CHAT = ConversationReference(tenant="", conversation="", service_url="", user="", bot="")
"""Stands for the chat of somebody who has none yet."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One tip that would come (UTC), and why."""

    at: datetime
    prompt: PromptId
    reason: str


def without_what_is_their_own(person: Person) -> Person:
    """The person as an administrator may know them: no answers of their own, nothing turned down."""
    known = person.preferences.contact
    contact = Contact(heard=known.heard, licence=known.licence, begun=known.begun)
    return person.choosing(replace(person.preferences.untuned(), unwanted=(), asked=None, contact=contact))


def foresee(
    person: Person, shelf: Shelf, seen: Mapping[PromptId, datetime], until: datetime, closed: Days = NO_DAYS
) -> Iterator[Foreseen]:
    """The tips up to a moment, for somebody who goes on as they are and reads each."""
    known = dict(seen)
    while person.next_nudge is not None and person.next_nudge <= until:
        slot = person.next_nudge
        decision = decide(person, shelf, _lately(known, slot), slot, closed)
        person = replace(decision.person, next_nudge=_later(decision.person, slot))
        if decision.delivery and isinstance(decision.delivery.subject, TipDue):
            subject = decision.delivery.subject
            known[subject.prompt] = slot
            yield Foreseen(slot, subject.prompt, subject.reason)


def foresee_from_set_up(  # noqa: PLR0913 - what a choice depends on, and the span of time
    person: Person,
    shelf: Shelf,
    seen: Mapping[PromptId, datetime],
    now: datetime,
    until: datetime,
    *,
    closed: Days = NO_DAYS,
) -> Iterator[Foreseen]:
    """The same for somebody who sets up at `now`, which `person` has done: a first tip is the answer."""
    known = dict(seen)
    if first := choose(shelf, person, _lately(known, now), now, wish_of(person)):
        known[first.prompt.id] = now
        yield Foreseen(now, first.prompt.id, first.reason)
    yield from foresee(replace(person, reference=person.reference or A_CHAT), shelf, known, until, closed)


def _lately(seen: Mapping[PromptId, datetime], slot: datetime) -> Set[PromptId]:
    return {prompt for prompt, at in seen.items() if at > slot - LOOKS_BACK}


def _later(person: Person, slot: datetime) -> datetime | None:
    """The next slot, which always lies ahead."""
    return person.next_nudge if person.next_nudge and person.next_nudge > slot else None
