"""Sending what is due: claim a batch, send outside any unit of work, record what came of it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.delivery import ABANDONED, Decision, Delivery, Settle, State, TryAgain, decide
from bot.domain.pacing import UNLIMITED, Pace, Reservation, fresh, reserve
from bot.domain.sending import PutOff
from bot.services.ports import UnitOfWork, World
from bot.services.preparing import Held, Prepared, Ready, prepare

BATCH = 50
"""Deliveries claimed at once, at most. A crash leaves at most these, times the pipelines, unknown."""

PIPELINES = 4
"""Batches under way at once, so that one slow answer does not hold up the row."""

LOOK_AHEAD = timedelta(seconds=2)
"""How far ahead of now sends are reserved: enough to keep the row full, short against a lease."""

TENANT = "tenant"
"""One service serves one tenant, so there is one pace."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one delivery of a batch."""

    delivery: Delivery
    decision: Decision | PutOff


@dataclass(slots=True)
class Dispatcher:
    """Sends what is due, at most `rate` a second for the tenant, all dispatchers of a store together.

    `counts` has how many deliveries reached each final state here. `refused` is true while the platform
    refuses the service itself (401): nothing is lost, and somebody has to mend the secret. `throttled` is how
    often Teams asked to wait.
    """

    world: World
    rate: float = UNLIMITED
    counts: Counter[State] = field(default_factory=Counter)
    refused: bool = False
    throttled: int = 0
    _finishing: bool = False
    _halted_until: datetime | None = None

    async def dispatch_due(self) -> int:
        """Work through all that is due; returns how many deliveries were taken up.

        An error in one pipeline is raised once the others have done their work.
        """
        taken, errors = await _ended(self._pipeline() for _ in range(PIPELINES))
        if errors:
            raise errors[0]
        return sum(taken)

    def finish(self) -> None:
        """Claim nothing any more: what is in hand is sent and recorded, the rest is for a later run."""
        self._finishing = True

    async def _pipeline(self) -> int:
        taken = 0
        while not self._finishing and (batch := await self._batch()):
            taken += batch
        return taken

    async def _batch(self) -> int:
        """Claim and send one batch; returns how many deliveries were in it.

        An error in one send is raised once the others are recorded: only that one's outcome is unknown.
        """
        now = self.world.clock.now()
        async with self.world.store.unit_of_work() as work:
            pace = await work.paces.get(TENANT) or fresh(TENANT, now)
            if pace.is_halted(now) or pace.next_free > now + LOOK_AHEAD:
                return 0
            batch = await work.deliveries.claim(now, batch_size(self.rate), self.world.house.lease)
            if not batch:
                return 0
            prepared = await prepare(self.world, work, batch, now)
            times = await self._reserve(work, pace, prepared, now)
        results, errors = await self._send_all(prepared, times)
        await self._record(results)
        if errors:
            raise errors[0]
        return len(batch)

    async def _reserve(
        self, work: UnitOfWork, pace: Pace, prepared: Sequence[Prepared], now: datetime
    ) -> Reservation:
        sends = sum(isinstance(one, Ready) for one in prepared)
        after, times = reserve(pace, sends, self.rate, now)
        if after != pace:
            await work.paces.put(after)
        return times

    async def _send_all(
        self, prepared: Sequence[Prepared], times: Reservation
    ) -> tuple[Sequence[Result], Sequence[BaseException]]:
        ready = [one for one in prepared if isinstance(one, Ready)]
        held = [Result(one.delivery, one.decision) for one in prepared if isinstance(one, Held)]
        sent, errors = await _ended(self._send(one, times.at(place)) for place, one in enumerate(ready))
        return [*held, *sent], errors

    async def _send(self, one: Ready, at: datetime) -> Result:
        await self.world.clock.wait_until(at)
        halted = self._halted_until
        if halted and self.world.clock.now() < halted:
            return Result(one.delivery, PutOff(halted))
        reply = await self.world.outbound.send(one.reference, one.message)
        decision = decide(reply, one.delivery.attempts, self.world.chance.fraction())
        await self._note(decision)
        return Result(one.delivery, decision)

    async def _note(self, decision: Decision) -> None:
        """What others have to know at once, before the rest of the batch has ended."""
        if isinstance(decision, TryAgain) and decision.everyone:
            self.refused |= decision.note.startswith("401")
            self.throttled += decision.note.startswith("429")
            await self._halt(self.world.clock.now() + decision.after)
        elif isinstance(decision, Settle) and decision.state is State.SENT:
            self.refused = False

    async def _halt(self, until: datetime) -> None:
        """Send nothing before `until`: neither what this process has in hand nor anything of this store."""
        self._halted_until = max(until, self._halted_until or until)
        async with self.world.store.unit_of_work() as work:
            pace = await work.paces.get(TENANT) or fresh(TENANT, until)
            await work.paces.put(pace.halted(until))

    async def _record(self, results: Sequence[Result]) -> None:
        now = self.world.clock.now()
        async with self.world.store.unit_of_work() as work:
            await work.deliveries.put_all([after(result, now) for result in results])
            await _forget_chats(work, results, now)
        for result in results:
            if isinstance(result.decision, Settle):
                self.counts[result.decision.state] += 1


def batch_size(rate: float) -> int:
    """How many sends at `rate` fit into the look-ahead: each has ended well before its lease has."""
    return BATCH if rate == UNLIMITED else max(1, min(BATCH, int(rate * LOOK_AHEAD.total_seconds())))


def after(result: Result, now: datetime) -> Delivery:
    """The delivery as its decision leaves it."""
    match result.decision:
        case Settle(state=state, note=note):
            return result.delivery.settled_as(state, now, note)
        case TryAgain(after=wait, note=note):
            return result.delivery.put_off(now + wait, note)
        case PutOff(until=until):
            return result.delivery.postponed(until)


async def settle_abandoned(world: World) -> int:
    """At the start on a store that nobody shares: what is claimed was being sent when the last run ended.

    Whether it arrived is unknown, so it is counted and not repeated. Returns how many there were. On a shared
    store the same follows when their leases have run out.
    """
    now = world.clock.now()
    if world.store.shared:
        return 0
    async with world.store.unit_of_work() as work:
        abandoned = await work.deliveries.in_flight()
        await work.deliveries.put_all([d.settled_as(State.UNKNOWN, now, ABANDONED) for d in abandoned])
    return len(abandoned)


async def _forget_chats(work: UnitOfWork, results: Sequence[Result], now: datetime) -> None:
    """Nothing is planned for whom nothing can reach, until they write or install again."""
    gone = [r.delivery.person for r in results if isinstance(r.decision, Settle) and r.decision.unreachable]
    if gone:
        people = await work.people.get_all(gone)
        await work.people.put_all([person.leaving(now) for person in people.values()])


async def _ended(these: Iterable[Awaitable[T]]) -> tuple[list[T], list[BaseException]]:
    """What came of each and what went wrong, once all have ended: nothing goes on behind an error."""
    ended = await asyncio.gather(*these, return_exceptions=True)
    errors = [one for one in ended if isinstance(one, BaseException)]
    return [one for one in ended if not isinstance(one, BaseException)], errors
