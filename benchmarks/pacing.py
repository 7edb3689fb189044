"""Whether the budget holds: messages a second as the connector sees them, from one replica and from several.

Run as `python -m benchmarks.pacing STORE CONNECTOR BUDGET`, it is one replica; `measure_pace` starts them.
Every replica is a process with a dispatcher and its ticks, as in the service, and the clock is the machine's.
"""

import asyncio
import sys
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from benchmarks.connector import loopback_connector
from benchmarks.sending import bench
from bot.scheduling.ticks import Tick, ticking
from bot.services.outbox.dispatching import Dispatcher
from bot.storage.postgres.store import PostgresStore
from tests.storage.postgres.server import database, opened

BUDGET = 50.0
"""Messages a second: Teams' own limit for an app in a tenant."""

MEASURED = 60.0
"""Seconds, from the first arrival after `SETTLING`."""

SETTLING = 2.0
"""Seconds at the beginning that are left out of the mean, while replicas start; no window is left out."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the connector saw: the most messages in any second, and the mean over a minute."""

    busiest: int
    mean: float


async def measure_pace(replicas: int, budget: float = BUDGET) -> Pace:
    """Send for a little over a minute with so many replicas on one PostgreSQL."""
    sends = int((MEASURED + 2 * SETTLING) * budget)
    async with loopback_connector() as url:
        with database() as store:
            async with opened(store) as filled, bench(url, filled) as ours:
                await ours.keep_due(sends)
            command = [sys.executable, "-m", "benchmarks.pacing", store, url, str(budget)]
            processes = [await asyncio.create_subprocess_exec(*command) for _ in range(replicas)]
            ended = [await process.wait() for process in processes]
        if any(ended):
            raise RuntimeError("a replica failed")
        async with aiohttp.ClientSession() as session, session.get(f"{url}/arrivals") as response:
            return pace(sorted(await response.json()))


def pace(arrivals: Sequence[float]) -> Pace:
    """The pace of arrivals, in seconds and in order."""
    busiest = max(bisect_left(arrivals, first + 1.0) - at for at, first in enumerate(arrivals))
    begin = arrivals[0] + SETTLING
    counted = bisect_left(arrivals, begin + MEASURED) - bisect_left(arrivals, begin)
    return Pace(busiest, counted / MEASURED)


async def _replica(store: str, url: str, budget: float) -> None:
    """Dispatch until nothing is due."""
    kept = await PostgresStore.open(store)
    async with bench(url, kept) as ours:
        dispatcher = Dispatcher(ours.world, budget)
        clock = ours.world.clock
        async with ticking([Tick("dispatch", timedelta(seconds=1), dispatcher.dispatch_due)]):
            while await _backlog(kept, now := clock.now()):
                await clock.wait_until(now + timedelta(seconds=0.5))
    await kept.close()


async def _backlog(store: PostgresStore, now: datetime) -> int:
    async with store.unit_of_work() as work:
        return (await work.deliveries.backlog(now)).waiting


if __name__ == "__main__":
    asyncio.run(_replica(sys.argv[1], sys.argv[2], float(sys.argv[3])))
