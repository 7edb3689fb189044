"""Sending what is due: claim, look again whether it may go, send outside any unit of work, record."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.cadence import under_cap
from bot.domain.delivery import (
    ABANDONED,
    Decision,
    Delivery,
    OutcomeDue,
    PulseDue,
    ReviewDue,
    Settle,
    State,
    TipDue,
    TryAgain,
    WelcomeDue,
    decide,
)
from bot.domain.messages import Message
from bot.domain.people import ConversationReference, Person
from bot.services import composing, curating, surveying
from bot.services.ports import World
from bot.services.records import person_of, prompt_of

BATCH = 50
"""Deliveries claimed at once."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Decision before a send: not now, but at `until`."""

    until: datetime


@dataclass(slots=True)
class Dispatcher:
    """Sends what is due. `halted_until` is when the platform lets this tenant send again."""

    world: World
    halted_until: datetime | None = None
    counts: Counter[State] = field(default_factory=Counter)

    async def dispatch_due(self) -> int:
        """Work through one batch; returns how many deliveries were taken up."""
        now = self.world.clock.now()
        if self._halt(now):
            return 0
        async with self.world.store.unit_of_work() as work:
            batch = await work.deliveries.claim(now, BATCH)
        await asyncio.gather(*(self._carry_out(queue) for queue in _by_person(batch)))
        return len(batch)

    async def _carry_out(self, queue: list[Delivery]) -> None:
        """One person's deliveries, one after the other, so that the cap sees each before the next."""
        for delivery in queue:
            await self._record(delivery, await self._attempt(delivery))

    async def _attempt(self, delivery: Delivery) -> Decision | PutOff:
        now = self.world.clock.now()
        if delivery.note == ABANDONED:
            return Settle(State.UNKNOWN, ABANDONED)
        async with self.world.store.unit_of_work() as work:
            person = await person_of(work, delivery.person)
            since = now - timedelta(days=8)
            sent = await work.deliveries.unasked_since(person.id, since)
        held = hold(delivery, person, sent, now) or self._halt(now)
        if held is not None:
            return held
        message = await self._message(delivery, person)
        if message is None or person.reference is None:
            return Settle(State.DROPPED, "nothing_to_send")
        return await self._send(delivery, person.reference, message)

    def _halt(self, now: datetime) -> PutOff | None:
        """What keeps everything from going out at `now`; asked again before each send of a batch."""
        return PutOff(self.halted_until) if self.halted_until and now < self.halted_until else None

    async def _send(self, delivery: Delivery, reference: ConversationReference, message: Message) -> Decision:
        reply = await self.world.outbound.send(reference, message)
        return decide(reply, delivery.attempts, self.world.chance.fraction())

    async def _record(self, delivery: Delivery, decision: Decision | PutOff) -> None:
        now = self.world.clock.now()
        async with self.world.store.unit_of_work() as work:
            await work.deliveries.put(self._after(delivery, decision, now))
            if isinstance(decision, Settle) and decision.unreachable:
                person = await person_of(work, delivery.person)
                await work.people.put(unreachable(person))

    def _after(self, delivery: Delivery, decision: Decision | PutOff, now: datetime) -> Delivery:
        match decision:
            case Settle():
                self.counts[decision.state] += 1
                return delivery.settled_as(decision.state, now, decision.note)
            case TryAgain():
                if decision.everyone:
                    self.halted_until = max(now + decision.after, self.halted_until or now)
                return delivery.put_off(now + decision.after, decision.note)
            case PutOff():
                return delivery.postponed(decision.until)

    async def _message(self, delivery: Delivery, person: Person) -> Message | None:
        """What to send, composed now from what is true now; None where there is nothing to say any more."""
        match delivery.subject:
            case WelcomeDue():
                return composing.welcome(self.world, person)
            case TipDue(prompt=prompt_id, reason=reason):
                async with self.world.store.unit_of_work() as work:
                    prompt = await prompt_of(self.world.library, work, prompt_id)
                return composing.tip(self.world, person, prompt, reason) if prompt else None
            case PulseDue(round=round_id):
                return await surveying.questions(self.world, round_id)
            case ReviewDue(contribution=contribution_id):
                return await curating.request(self.world, contribution_id)
            case OutcomeDue(contribution=contribution_id):
                return await curating.outcome(self.world, contribution_id)


def hold(
    delivery: Delivery, person: Person, sent: Sequence[datetime], now: datetime
) -> Settle | PutOff | None:
    """What keeps a delivery back at `now`: expired, resting, out of hours, over the cap; None for nothing."""
    if now >= delivery.expires:
        return Settle(State.DROPPED, "expired")
    if person.reference is None:
        return Settle(State.DROPPED, "unreachable")
    if not delivery.unasked:
        return None
    if not person.may_be_contacted(now):
        return Settle(State.DROPPED, "resting")
    rhythm = person.preferences.rhythm
    if rhythm.allows(now) and under_cap(now, sent, rhythm.zone):
        return None
    later = rhythm.next_any_day(delivery.key, now)
    return PutOff(later) if later and later < delivery.expires else Settle(State.DROPPED, "no_room")


def unreachable(person: Person) -> Person:
    """The person without a conversation: nothing is planned for them until they write or install again."""
    return Person(person.id, person.roster, person.preferences)


def _by_person(batch: Sequence[Delivery]) -> list[list[Delivery]]:
    queues: dict[str, list[Delivery]] = {}
    for delivery in batch:
        queues.setdefault(delivery.person, []).append(delivery)
    return list(queues.values())
