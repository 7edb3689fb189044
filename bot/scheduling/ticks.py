"""APScheduler as a metronome: ticks that call a use case and nothing else. What is due lives in the store."""

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()

# That a tick is left out while the last one still runs is meant, and goes on for hours in a long drip.
logging.getLogger("apscheduler").setLevel(logging.ERROR)

PATIENCE = timedelta(seconds=45)
"""How long a tick that runs may go on when the service ends: longer than a send may take, and its record."""

Lags = Callable[[], Mapping[str, float]]
"""By how many seconds each tick is late; one that is at work counts as on time, however long it takes."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to call again and again."""

    name: str
    every: timedelta
    call: Callable[[], Awaitable[object]]


@asynccontextmanager
async def ticking(ticks: Sequence[Tick], patience: timedelta = PATIENCE) -> AsyncIterator[Lags]:
    """Call each tick again and again while the block runs: a late one once, none while it still runs.

    Yields what says how late they are. On leaving no call begins any more; one that runs may end within
    `patience`, then it is cancelled.
    """
    guards = [_Guard(tick) for tick in ticks]
    scheduler = _scheduler(guards)
    scheduler.start()
    try:
        yield lambda: {guard.tick.name: guard.lag for guard in guards}
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(_ended(guards), patience.total_seconds())
        scheduler.shutdown(wait=False)
        await _ended(guards)


def _scheduler(guards: Sequence["_Guard"]) -> AsyncIOScheduler:
    scheduler = AsyncIOScheduler(timezone=UTC)
    for guard in guards:
        scheduler.add_job(
            guard.run,
            IntervalTrigger(seconds=guard.tick.every.total_seconds(), timezone=UTC),
            id=guard.tick.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    return scheduler


class _Guard:
    """A tick's call, whose failure is logged and does not stop the next one."""

    def __init__(self, tick: Tick) -> None:
        self.tick = tick
        self._turn = asyncio.Lock()
        self._over = False
        self._due = time.monotonic() + tick.every.total_seconds()
        self._began_late = 0.0

    @property
    def lag(self) -> float:
        """By how many seconds the last call began late, or the next one is."""
        overdue = 0.0 if self._turn.locked() else time.monotonic() - self._due
        return max(self._began_late, overdue)

    async def run(self) -> None:
        async with self._turn:
            if not self._over:
                self._began_late = max(0.0, time.monotonic() - self._due)
                await self._call()
                self._due = after(self._due, self.tick.every.total_seconds(), time.monotonic())

    async def end(self) -> None:
        """Begin no call any more, and wait for the one that runs."""
        self._over = True
        async with self._turn:
            pass

    async def _call(self) -> None:
        try:
            await self.tick.call()
        except Exception as error:  # one of the two outer loops: log and go on
            log.error("tick_failed", tick=self.tick.name, error=type(error).__name__)


def after(due: float, every: float, now: float) -> float:
    """The first moment after `now`, and at least one after `due`, on the grid of `due` and `every`."""
    return due + every * max(1, math.floor((now - due) / every) + 1)


async def _ended(guards: Sequence[_Guard]) -> None:
    await asyncio.gather(*(guard.end() for guard in guards))
