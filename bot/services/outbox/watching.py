"""How the service itself is: what probes and dashboards ask. Nothing here is about a person."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.outbox.delivery import Backlog, State
from bot.errors import SteadyDripError
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World

PATIENCE = timedelta(seconds=2)
"""How long the store may take to answer before it counts as down: probes give up after a few seconds."""

NOBODY = "probe"
"""A tenant that there is not: asking for its pace reads the store and holds nobody up."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How things stand now: counters count from this process's start, `lags` and `oldest` are seconds.

    `waiting` and `oldest` are None where the store does not answer.
    """

    parts: Mapping[str, bool]
    waiting: int | None
    oldest: float | None
    sends: Mapping[str, int]
    throttled: int
    lags: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Watch:
    """Looks at the store, at the sends, and at what else it is given: `others` says of each whether it works.

    `lags` says by how many seconds each tick is late.
    """

    world: World
    dispatcher: Dispatcher
    others: Mapping[str, Callable[[], bool]]
    lags: Callable[[], Mapping[str, float]]

    async def parts(self) -> Mapping[str, bool]:
        """Whether each part works."""
        others = {name: works() for name, works in self.others.items()}
        return {
            "store": await store_answers(self.world),
            **others,
            "sending": not self.dispatcher.refused,
        }

    async def figures(self) -> Figures:
        """What a dashboard is told."""
        waits = await backlog(self.world)
        return Figures(
            parts=await self.parts(),
            waiting=waits.waiting if waits else None,
            oldest=waits.age(self.world.clock.now()).total_seconds() if waits else None,
            sends={state.value: self.dispatcher.counts[state] for state in State if state.is_final},
            throttled=self.dispatcher.throttled,
            lags=self.lags(),
        )


async def store_answers(world: World, patience: timedelta = PATIENCE) -> bool:
    """Whether the store can be read. Never raises for what a store can do."""
    try:
        async with asyncio.timeout(patience.total_seconds()), world.store.unit_of_work() as work:
            await work.paces.get(NOBODY)
    except (SteadyDripError, TimeoutError, OSError):
        return False
    return True


async def backlog(world: World, patience: timedelta = PATIENCE) -> Backlog | None:
    """What is due and not settled; None where the store does not say so in time."""
    try:
        async with asyncio.timeout(patience.total_seconds()), world.store.unit_of_work() as work:
            return await work.deliveries.backlog(world.clock.now())
    except (SteadyDripError, TimeoutError, OSError):
        return None
