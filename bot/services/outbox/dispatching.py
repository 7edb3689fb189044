"""Sending what is due: claim a batch, send outside any unit of work, record what came of it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.domain.outbox.delivery import ABANDONED, State
from bot.domain.outbox.pacing import UNLIMITED, Pace, Reservation, fitting, fresh, is_missed, reserve
from bot.domain.outbox.replies import (
    Accepted,
    Crowded,
    Decision,
    NoAnswer,
    NotSent,
    Reply,
    Settle,
    TryAgain,
    decide,
)
from bot.domain.outbox.sending import PutOff
from bot.errors import StoreFailed
from bot.services.gathering import ended
from bot.services.outbox.preparing import Held, Prepared, Ready, prepare
from bot.services.outbox.recording import Result, record
from bot.services.ports import UnitOfWork, World
from bot.services.records import SMALL_BATCH

BATCH = 50
"""Deliveries claimed at once, at most. A crash leaves at most these, times the pipelines, unknown."""

PIPELINES = 4
"""Batches under way at once, so that one slow answer does not hold up the row."""

LOOK_AHEAD = timedelta(seconds=2)
"""How far ahead of now sends are reserved: enough to keep the row full, short against a lease."""

LOOK_EVERY = timedelta(seconds=1)
"""How long a dispatcher goes on with what it has in hand before it looks whether another was told to halt."""

MOST_MISSED = 5
"""Times that a send may miss in a row; a machine that is always late has to send all the same."""

NEVER = datetime.min.replace(tzinfo=UTC)

TENANT = "tenant"
"""One service serves one tenant, so there is one pace."""


@dataclass(slots=True)
class Dispatcher:
    """Sends what is due, at most `rate` a second for the tenant, all dispatchers of a store together.

    `counts` has how many deliveries reached each final state here. `refused` is true while the service itself
    is refused, by the platform (401) or by the identity provider: nothing is lost, and somebody has to mend
    the secret; after that it goes on by itself. `throttled` is how often Teams asked to wait.
    """

    world: World
    rate: float = UNLIMITED
    counts: Counter[State] = field(default_factory=Counter)
    refused: bool = False
    throttled: int = 0
    _finishing: bool = False
    _halted_until: datetime = NEVER
    _looked: datetime = NEVER
    _strikes: int = 0
    _unkept: list[Result] = field(default_factory=list)

    async def dispatch_due(self) -> int:
        """Work through all that is due; returns how many deliveries were taken up.

        An error in one pipeline is raised once the others have done their work.
        """
        taken, errors = await ended(self._pipeline() for _ in range(PIPELINES))
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
        await self._catch_up()
        now = self.world.clock.now()
        async with self.world.store.unit_of_work() as work:
            pace = await self._pace(work, now)
            if pace.is_halted(now) or pace.next_free > now + LOOK_AHEAD:
                return 0
            batch = await work.deliveries.claim(now, self._batch_size, self.world.house.lease)
            if not batch:
                return 0
            prepared = await prepare(self.world, work, batch, now)
            requests = sum(one.requests for one in prepared if isinstance(one, Ready))
            times = await self._reserve(work, pace, requests)
        results, errors = await self._send_all(prepared, times)
        await self._record(results)
        if errors:
            raise errors[0]
        return len(batch)

    @property
    def _batch_size(self) -> int:
        return batch_size(self.rate, shared=self.world.store.shared)

    async def _pace(self, work: UnitOfWork, now: datetime) -> Pace:
        """The tenant's pace as all dispatchers see it at `now`; what it says of a halt holds here at once."""
        self._looked = now
        pace = await work.paces.get(TENANT) or fresh(TENANT, now)
        self._halted_until = max(self._halted_until, pace.halted_until)
        return pace

    async def _reserve(self, work: UnitOfWork, pace: Pace, sends: int) -> Reservation:
        after, times = reserve(pace, sends, self.rate, self.world.clock.now())
        if after != pace:
            await work.paces.put(after)
        return times

    async def _send_all(
        self, prepared: Sequence[Prepared], times: Reservation
    ) -> tuple[Sequence[Result], Sequence[BaseException]]:
        now = self.world.clock.now()
        held = [Result(one.delivery, one.decision, now) for one in prepared if isinstance(one, Held)]
        sends, place = [], 0
        for one in prepared:
            if isinstance(one, Ready):
                sends.append(self._send(one, [times.at(place + turn) for turn in range(one.requests)]))
                place += one.requests
        sent, errors = await ended(sends)
        return [*held, *sent], errors

    async def _send(self, one: Ready, times: Sequence[datetime]) -> Result:
        """One message at the last of its times; a chat that has to be begun first, at the one before."""
        reference = one.reference
        if not reference.conversation:
            begun, result = await self._request(one, times[0], partial(self._begin, one))
            if not isinstance(begun, Accepted):
                return result
            reference = replace(reference, conversation=begun.activity)
        send = partial(self.world.outbound.send, reference, one.message)
        return (await self._request(one, times[-1], send))[1]

    async def _begin(self, one: Ready) -> Reply:
        """Begin a chat and keep it. What went wrong on the way can be done again: it is the same chat."""
        if self.world.openings is None:
            raise RuntimeError("a chat is begun only where there are openings")
        reply = await self.world.openings.open(one.delivery.person, one.reference)
        if isinstance(reply, Accepted) and not await self._kept(one, reply.activity):
            return NotSent()
        return NotSent() if isinstance(reply, NoAnswer) else reply

    async def _kept(self, one: Ready, conversation: str) -> bool:
        """Keep a chat that was begun; False where the store fails. Whoever was erased meanwhile stays so."""
        try:
            async with self.world.store.unit_of_work() as work:
                person = await work.people.get(one.delivery.person)
                if person:
                    await work.people.put(person.met(replace(one.reference, conversation=conversation)))
        except StoreFailed:
            return False
        return True

    async def _request(
        self, one: Ready, at: datetime, ask: Callable[[], Awaitable[Reply | Crowded]]
    ) -> tuple[Reply | None, Result]:
        """Ask at its time what is to be asked; the answer, and what follows from it."""
        try:
            await self._wait(at)
        except StoreFailed:  # nothing was sent, and that is known
            return None, Result(one.delivery, PutOff(at), at)
        now = self.world.clock.now()
        if halted := self._halt_at(now):
            return None, Result(one.delivery, PutOff(halted), now)
        reply = await ask()
        if isinstance(reply, Crowded):
            return None, Result(one.delivery, PutOff(now + reply.wait), now)
        attempts = max(one.delivery.attempts, self._strikes)
        chance, renewable = self.world.chance.fraction(), self.world.openings is not None
        decision = decide(reply, attempts, chance, renewable=renewable)
        await self._note(decision)
        return reply, Result(one.delivery, decision, self.world.clock.now())

    async def _wait(self, at: datetime) -> None:
        """Wait for a reserved time; where it was missed, for another at the row's end, a few times at most.

        Now and then look whether another dispatcher was told to halt.
        """
        await self.world.clock.wait_until(at)
        for _ in range(MOST_MISSED):
            now = self.world.clock.now()
            if not is_missed(at, self.rate, now):
                break
            async with self.world.store.unit_of_work() as work:
                at = (await self._reserve(work, await self._pace(work, now), 1)).first
            await self.world.clock.wait_until(at)
        now = self.world.clock.now()
        if now - self._looked >= LOOK_EVERY:
            async with self.world.store.unit_of_work() as work:
                await self._pace(work, now)

    def _halt_at(self, now: datetime) -> datetime | None:
        """Until when nothing may be sent, None where something may."""
        return self._halted_until if now < self._halted_until else None

    async def _note(self, decision: Decision) -> None:
        """What others have to know at once, before the rest of the batch has ended."""
        if isinstance(decision, TryAgain) and decision.everyone:
            now = self.world.clock.now()
            self.refused |= decision.refused
            self.throttled += decision.note.startswith("429")
            self._strikes += not self._halt_at(now)  # of many that are told at once, one counts
            await self._halt(now + decision.after)
        elif isinstance(decision, Settle) and decision.state is State.SENT:
            self.refused = False
            self._strikes = 0

    async def _halt(self, until: datetime) -> None:
        """Send nothing before `until`: neither what this process has in hand nor anything of this store.

        Where the store fails it holds here, and the others are told by the platform itself.
        """
        self._halted_until = max(until, self._halted_until)
        with suppress(StoreFailed):
            async with self.world.store.unit_of_work() as work:
                pace = await work.paces.get(TENANT) or fresh(TENANT, until)
                await work.paces.put(pace.halted(until))

    async def _record(self, results: Sequence[Result]) -> None:
        """Keep what came of sends. Where the store fails it is not lost: it is kept before the next batch."""
        try:
            async with self.world.store.unit_of_work() as work:
                await record(self.world, work, results)
        except StoreFailed:
            self._unkept += results
            raise
        for result in results:
            if isinstance(result.decision, Settle):
                self.counts[result.decision.state] += 1

    async def _catch_up(self) -> None:
        """Keep what the store would not take when it came back from the platform."""
        unkept, self._unkept = self._unkept, []
        if unkept:
            await self._record(unkept)


def batch_size(rate: float, *, shared: bool = True) -> int:
    """How many sends of one pipeline at `rate`: together they fill the look-ahead, each in small portions.

    Claiming and recording a large batch would keep the process from waking up in time for the others' sends.
    """
    return fitting(rate, LOOK_AHEAD / PIPELINES, BATCH if shared else SMALL_BATCH)


def reach(rate: float) -> timedelta:
    """The furthest ahead of now that a row is reserved at `rate`: one more batch where it was nearly full."""
    now = NEVER
    return LOOK_AHEAD + reserve(fresh(TENANT, now), 2 * batch_size(rate), rate, now)[0].next_free - now


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
