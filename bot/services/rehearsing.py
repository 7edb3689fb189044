"""Rehearsing a drip: the real planner, store, dispatcher and sender, made-up people, a clock that skips.

Everything that matters stands in the store, so a rehearsal that was interrupted goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.pacing import fresh
from bot.domain.people import RoleId
from bot.domain.rehearsals import START, Rehearsal, Report, next_step, person, person_id, report
from bot.errors import WrongStore
from bot.services import nudging
from bot.services.dispatching import TENANT, Dispatcher, settle_abandoned
from bot.services.ports import Clock, Store, World

BATCH = 1_000
"""People made in one unit of work."""

A_MOMENT = timedelta(milliseconds=20)
"""How long to wait for what is due and cannot be sent yet: another replica, or a halt."""

AHEAD = timedelta(minutes=1)
"""Further than any dispatcher reserves: another rehearsal's clock, which has skipped on."""

Tell = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


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
    """Plan and send until everybody has had their tips; `clock` is the world's."""
    began = clock.now() - clock.skipped
    await settle_abandoned(world)
    while clock.now() < rehearsal.ends or await _claimable(world):
        while await nudging.plan_due(world):
            pass
        await dispatcher.dispatch_due()
        tell("Tips", dispatcher.counts.total(), rehearsal.people * rehearsal.nudges)
        await _go_on(world, clock)
    seconds = (clock.now() - clock.skipped - began).total_seconds()
    async with world.store.unit_of_work() as work:
        totals = dict(await work.deliveries.totals())
    return report(rehearsal.people, totals, dispatcher.counts.total(), seconds)


async def _refuse_others(world: World) -> None:
    async with world.store.unit_of_work() as work:
        if await work.people.get(person_id(0)):
            return
        if await work.people.groups() or await work.people.reachable("", 1):
            raise WrongStore("This store has other people. A rehearsal needs one of its own: --store.")


async def _make(world: World, numbers: range, roles: Sequence[RoleId]) -> None:
    async with world.store.unit_of_work() as work:
        known = await work.people.get_all([person_id(number) for number in numbers])
        await work.people.put_all([person(n, roles) for n in numbers if person_id(n) not in known])


async def _claimable(world: World) -> datetime | None:
    async with world.store.unit_of_work() as work:
        return await work.deliveries.next_claimable()


async def _go_on(world: World, clock: SkippingClock) -> None:
    """Skip to when there is something to do again; wait where there is, and it may not be sent yet.

    The row of sends moves on with the clock, so that a rehearsal that is resumed begins at this time, and
    another one on the same store keeps up.
    """
    row = await time_of(world.store)
    if row > clock.now() + AHEAD:
        clock.skip_to(row)
    waiting = await _claimable(world)
    if waiting is not None and waiting <= clock.now():
        await clock.wait_until(clock.now() + A_MOMENT)
        return
    await clock.wait_until(row)
    step = next_step(clock.now())
    clock.skip_to(step if waiting is None else min(step, waiting))
    async with world.store.unit_of_work() as work:
        pace = await work.paces.get(TENANT) or fresh(TENANT, clock.now())
        await work.paces.put(replace(pace, next_free=max(pace.next_free, clock.now())))
