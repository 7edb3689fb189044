"""One person's slot has come: what to send, what to remember, and when to look again."""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import STALE_AFTER, is_stale
from bot.domain.delivery import Delivery, TipDue
from bot.domain.experiences import Experience
from bot.domain.people import Person
from bot.domain.prompts import PromptId
from bot.domain.selection import Choice, Shelf


@dataclass(frozen=True, slots=True)
class SlotDecision:
    """The person with their next slot; and the tip with its experience, None where none is due."""

    person: Person
    delivery: Delivery | None = None
    experience: Experience | None = None


def decide(person: Person, shelf: Shelf, seen_lately: Set[PromptId], now: datetime) -> SlotDecision:
    """What follows from a person's slot. A slot that is stale, or of somebody who rests, only moves on."""
    slot = person.next_nudge or now
    following = person.preferences.rhythm.next_slot(person.id, max(slot, now))
    moved = replace(person, next_nudge=following)
    if is_stale(slot, now) or not person.may_be_contacted(now):
        return SlotDecision(moved)
    choice = shelf.choose(person, seen_lately)
    if choice is None:
        return SlotDecision(moved)
    return SlotDecision(moved, delivery(person, slot, choice), Experience(person.id, choice.prompt.id, now))


def delivery(person: Person, slot: datetime, choice: Choice) -> Delivery:
    """The tip on its way; the key names the slot, so that it is planned once."""
    return Delivery(
        key=f"nudge:{person.id}:{slot:%Y%m%dT%H%M}",
        person=person.id,
        subject=TipDue(choice.prompt.id, choice.reason),
        due=slot,
        expires=slot + STALE_AFTER,
        unasked=True,
    )
