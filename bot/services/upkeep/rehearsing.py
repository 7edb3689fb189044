"""Rehearsing a drip: the real planner, store, dispatcher and sender, made-up people, a clock that skips.

Everything that matters stands in the store, so a rehearsal that was interrupted goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.outbox.delivery import LEASE
from bot.domain.outbox.pacing import fresh
from bot.domain.rehearsals import (
    LONG_LEASE,
    START,
    TEAM,
    Rehearsal,
    Report,
    next_step,
    person,
    person_id,
    report,
)
from bot.domain.staff.people import RoleId
from bot.errors import NotDelivered, WrongStore
from bot.services.drip import nudging
from bot.services.outbox.dispatching import TENANT, Dispatcher, reach, settle_abandoned
from bot.services.ports import Clock, Store, World
from bot.services.upkeep.sampling import holds_rehearsal

BATCH = 1_000
"""People made in one unit of work."""

A_MOMENT = timedelta(milliseconds=20)
"""How long to wait for what is due and cannot be sent yet: another replica, or a halt."""

PATIENCE = timedelta(minutes=15)
"""How long a connector may go on asking to wait without taking one message: a few of the longest waits."""

Tell = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(slots=True)
class Others:
    """Whether another rehearsal is sending on the same store: then time must not skip, or its leases end.

    `left` are the deliveries that nobody is at work on any more: what was claimed before this run began, and
    what has been claimed for a whole lease of real time since.
    """

    left: frozenset[str]
    _busy: frozenset[str] = frozenset()
    _since: datetime | None = None

    def at_work(self, claimed: frozenset[str], now: datetime) -> bool:
        """Whether anybody is, as far as what is claimed at `now` says; ask it again and again until not."""
        same = self._busy & claimed - self.left
        if not same or self._since is None:
            self._busy, self._since = claimed - self.left, now
        elif now - self._since > LEASE:
            self.left |= same
        return bool(claimed - self.left)


@dataclass(slots=True)
class Patience:
    """Until when a connector that asks to wait is waited for: `PATIENCE` from the last delivery settled.

    Its times are those that have really passed: a clock's, less what it skipped.
    """

    ends: datetime
    _settled: int = 0
    _throttled: int = 0

    def is_over(self, settled: int, throttled: int, now: datetime) -> bool:
        """Whether nothing was settled for so long, and the connector has asked to wait meanwhile.

        `settled` and `throttled` are how often either has happened until now.
        """
        if settled > self._settled or throttled == self._throttled:
            self._settled, self._throttled, self.ends = settled, throttled, now + PATIENCE
        return now >= self.ends


class SkippingClock(Clock, Protocol):
    """A clock that can be told to go on at a later time."""

    @property
    def skipped(self) -> timedelta:
        """How much time it was told to leave out until now."""

    def skip_to(self, at: datetime) -> None:
        """Make it `at`, or leave it where that has passed."""


async def time_of(store: Store) -> datetime:
    """Where a rehearsal's time stands: where its row of sends does, or at its beginning."""
    async with store.unit_of_work() as work:
        pace = await work.paces.get(TENANT)
    return max(START, pace.next_free) if pace else START


def patient(world: World) -> World:
    """The same world with leases that outlast every skip of another rehearsal's clock."""
    return replace(world, house=replace(world.house, lease=LONG_LEASE))


async def people_of(world: World, rehearsal: Rehearsal, tell: Tell) -> None:
    """Make the people that the store does not have yet.

    Raises WrongStore for one that has anybody else, so that nobody real is ever part of a rehearsal.
    """
    await _refuse_others(world)
    roles = list(world.library.roles)
    for begin in range(0, rehearsal.people, BATCH):
        end = min(begin + BATCH, rehearsal.people)
        await _make(world, range(begin, end), roles)
        tell("People", end, rehearsal.people)


async def rehearse(
    world: World, clock: SkippingClock, dispatcher: Dispatcher, rehearsal: Rehearsal, tell: Tell
) -> Report:
    """Plan and send until everybody has had their tips; `clock` is the world's.

    People whom an earlier rehearsal of more left in the store take part, and are counted. Raises NotDelivered
    where the connector refuses the service itself, and where it does nothing but ask to wait for `PATIENCE`.
    """
    began = clock.now() - clock.skipped
    patience = Patience(began + PATIENCE)
    await settle_abandoned(world)
    people = await _people_in(world)
    others = Others(await _in_flight(world))
    while clock.now() < rehearsal.ends or await _claimable(world):
        while await nudging.plan_due(world):
            pass
        await dispatcher.dispatch_due()
        _refuse_in_vain(dispatcher, patience, clock.now() - clock.skipped)
        tell("Tips", dispatcher.counts.total(), people * rehearsal.nudges)
        row = await _row(world, clock, reach(dispatcher.rate))
        await _go_on(world, clock, row, others, patience.ends + clock.skipped)
    seconds = (clock.now() - clock.skipped - began).total_seconds()
    async with world.store.unit_of_work() as work:
        totals = dict(await work.deliveries.totals())
    return report(people, totals, dispatcher.counts.total(), seconds)


def _refuse_in_vain(dispatcher: Dispatcher, patience: Patience, now: datetime) -> None:
    """Raise NotDelivered where waiting does not help, or has not helped for too long."""
    if dispatcher.refused:
        raise NotDelivered(
            "The connector refuses the service (401). Mend that and run this again: it goes on."
        )
    if patience.is_over(dispatcher.counts.total(), dispatcher.throttled, now):
        raise NotDelivered(
            f"For {PATIENCE // timedelta(minutes=1)} minutes the connector has asked to wait (429) and taken "
            "nothing. Nothing is lost: run this again once it takes messages, and it goes on."
        )


async def _refuse_others(world: World) -> None:
    async with world.store.unit_of_work() as work:
        if await holds_rehearsal(work):
            return
        if await work.people.groups() or await work.people.reachable("", 1):
            raise WrongStore("This store has other people. A rehearsal needs one of its own: --store.")


async def _people_in(world: World) -> int:
    async with world.store.unit_of_work() as work:
        return (await work.people.groups()).get(TEAM, 0)


async def _make(world: World, numbers: range, roles: Sequence[RoleId]) -> None:
    async with world.store.unit_of_work() as work:
        known = await work.people.get_all([person_id(number) for number in numbers])
        await work.people.put_all([person(n, roles) for n in numbers if person_id(n) not in known])


async def _in_flight(world: World) -> frozenset[str]:
    async with world.store.unit_of_work() as work:
        return frozenset(delivery.key for delivery in await work.deliveries.in_flight())


async def _claimable(world: World) -> datetime | None:
    async with world.store.unit_of_work() as work:
        return await work.deliveries.next_claimable()


async def _row(world: World, clock: SkippingClock, reach: timedelta) -> datetime:
    """Where the row of sends stands; the clock skips there if that is further than dispatchers reserve.

    Then another rehearsal on the same store has skipped on. A halt is waited for, and never skipped.
    """
    async with world.store.unit_of_work() as work:
        pace = await work.paces.get(TENANT) or fresh(TENANT, clock.now())
    if pace.next_free > max(clock.now() + reach, pace.halted_until):
        clock.skip_to(pace.next_free)
    return pace.next_free


async def _go_on(world: World, clock: SkippingClock, row: datetime, others: Others, until: datetime) -> None:
    """Skip to when there is something to do again; wait where there is, and it may not be sent yet.

    The row of sends moves on with the clock, so that a rehearsal that is resumed begins at this time, and
    another one on the same store keeps up. A row that is halted is waited for until `until` at most.
    """
    waiting = await _claimable(world)
    due = waiting is not None and waiting <= clock.now()
    if others.at_work(await _in_flight(world), clock.now()) or due:
        await clock.wait_until(clock.now() + A_MOMENT)
        return
    await clock.wait_until(min(row, until))
    if clock.now() < row:
        return
    step = next_step(clock.now())
    clock.skip_to(step if waiting is None else min(step, waiting))
    async with world.store.unit_of_work() as work:
        pace = await work.paces.get(TENANT) or fresh(TENANT, clock.now())
        await work.paces.put(replace(pace, next_free=max(pace.next_free, clock.now())))
