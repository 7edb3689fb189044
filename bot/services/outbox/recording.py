"""What became of the deliveries of a batch, into the store: their states, and what is known of chats now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.drip.first_contact import after_refusal
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.replies import Chat, Decision, Settle, TryAgain
from bot.domain.outbox.sending import PutOff
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import PersonId
from bot.services.ports import UnitOfWork, World


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

    A tip was marked as shown when it was planned; one that never arrived may come again.
    """
    settled = [after(result) for result in results]
    await work.deliveries.put_all(settled)
    if missed := [pair for one in settled if (pair := _missed_tip(one))]:
        await work.experiences.unmark(missed)
    lost = {result.delivery.person: result for result in results if result.chat is not Chat.THERE}
    if lost:
        people = (await work.people.get_all(list(lost))).values()
        renewable = world.openings is not None
        told = [(person, lost[person.id]) for person in people]
        await work.people.put_all(
            [after_refusal(person, one.chat, one.at, renewable=renewable) for person, one in told]
        )


def _missed_tip(delivery: Delivery) -> tuple[PersonId, PromptId] | None:
    if delivery.state.never_arrived and isinstance(delivery.subject, TipDue):
        return delivery.person, delivery.subject.prompt
    return None


def after(result: Result) -> Delivery:
    """The delivery as its decision leaves it."""
    match result.decision:
        case Settle(state=state, note=note):
            return result.delivery.settled_as(state, result.at, note)
        case TryAgain(after=wait, note=note):
            return result.delivery.put_off(result.at + wait, note)
        case PutOff(until=until):
            return result.delivery.postponed(until)
