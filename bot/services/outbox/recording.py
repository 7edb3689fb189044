"""What became of the deliveries of a batch, into the store: their states, and what is known of chats now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.drip import silence
from bot.domain.drip.first_contact import after_refusal
from bot.domain.drip.nudges import given_back, slot_of
from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.replies import Chat, Decision, Settle, TryAgain
from bot.domain.outbox.sending import PutOff
from bot.domain.outbox.subjects import FarewellDue, TipDue
from bot.domain.staff.people import Person
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one delivery of a batch, and when."""

    delivery: Delivery
    decision: Decision | PutOff
    at: datetime

    @property
    def chat(self) -> Chat:
        """What is known of the chat."""
        return Chat.THERE if isinstance(self.decision, PutOff) else self.decision.chat


async def record(world: World, work: UnitOfWork, results: Sequence[Result]) -> None:
    """Keep every result. Nothing more is sent to whom nothing can reach, before they write.

    A tip was marked as shown when it was planned; what never arrived may come again, unless it was opened,
    and a tip gives back the news that it opened with. A drip ends once its farewell was sent.
    """
    settled = [after(result) for result in results]
    await work.deliveries.put_all(settled)
    if missed := [_mark(one, tip) for one in settled if (tip := _missed_tip(one))]:
        await work.experiences.unmark(missed)
    telling = {
        one.person: result for one, result in zip(settled, results, strict=True) if _tells(one, result)
    }
    if telling:
        people = (await work.people.get_all(list(telling))).values()
        await work.people.put_all([_as_told(world, person, telling[person.id]) for person in people])


def _mark(delivery: Delivery, tip: TipDue) -> Experience:
    """What was marked when a tip was planned."""
    return Experience(delivery.person, tip.prompt, slot_of(delivery))


def _missed_tip(delivery: Delivery) -> TipDue | None:
    subject = delivery.subject
    return subject if isinstance(subject, TipDue) and delivery.state.never_arrived else None


def _is_goodbye(delivery: Delivery) -> bool:
    return delivery.state.may_have_arrived and isinstance(delivery.subject, FarewellDue)


def _tells(delivery: Delivery, result: Result) -> bool:
    """Whether something about the person follows from what became of it."""
    tip = _missed_tip(delivery)
    return result.chat is not Chat.THERE or bool(tip and tip.news) or _is_goodbye(delivery)


def _as_told(world: World, person: Person, result: Result) -> Person:
    """The person as what became of one delivery leaves them."""
    delivery = after(result)
    if tip := _missed_tip(delivery):
        person = given_back(person, tip, result.at, closed_for(world, person))
    if _is_goodbye(delivery):
        person = silence.ended(person, result.at)
    if result.chat is Chat.THERE:
        return person
    return after_refusal(person, result.chat, result.at, renewable=world.openings is not None)


def after(result: Result) -> Delivery:
    """The delivery as its decision leaves it."""
    match result.decision:
        case Settle(state=state, note=note):
            return result.delivery.settled_as(state, result.at, note)
        case TryAgain(after=wait, note=note):
            return result.delivery.put_off(result.at + wait, note)
        case PutOff(until=until):
            return result.delivery.postponed(until)
