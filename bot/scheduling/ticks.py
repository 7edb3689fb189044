"""APScheduler as a metronome: ticks that call a use case and nothing else. What is due lives in the store."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to call again and again."""

    name: str
    every: timedelta
    call: Callable[[], Awaitable[object]]


def build_scheduler(ticks: list[Tick]) -> AsyncIOScheduler:
    """A scheduler for the ticks: late ones run once, none overlaps itself. The caller starts and ends it."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for tick in ticks:
        scheduler.add_job(
            _guarded(tick),
            IntervalTrigger(seconds=tick.every.total_seconds(), timezone=UTC),
            id=tick.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    return scheduler


def _guarded(tick: Tick) -> Callable[[], Awaitable[None]]:
    """The tick's call, whose failure is logged and does not stop the next one."""

    async def run() -> None:
        try:
            await tick.call()
        except Exception as error:  # one of the two outer loops: log and go on
            log.error("tick_failed", tick=tick.name, error=type(error).__name__)

    return run
