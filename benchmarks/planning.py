"""How long planning a day takes on PostgreSQL, everybody being due, and how much memory the planner needs.

`benchmarks.people` makes the people. `python -m benchmarks.planning URL DAY` plans one day in this process.
"""

import asyncio
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from benchmarks.people import DAY, prompts
from benchmarks.worlds import standing
from bot.config import HOME
from bot.services.drip import nudging
from bot.storage.postgres.store import PostgresStore
from bot.system import loaded

ROOMY = "shared_buffers = 4GB\nmax_wal_size = 8GB\n"
"""What docs/deployment.md advises for the database of a whole health service."""

END_OF_DAY = timedelta(hours=16, minutes=30)
"""When everybody's slot of the day has come, and none is stale."""


@dataclass(frozen=True, slots=True)
class Planning:
    """A day's planning: people, tips, seconds by the clock, the process's own, and its peak memory."""

    people: int
    planned: int
    seconds: float
    processor_seconds: float
    peak_megabytes: float

    @property
    def microseconds_a_person(self) -> float:
        """Wall-clock time a person."""
        return self.seconds / self.people * 1e6


def measure_planning(url: str, people: int) -> Planning:
    """Plan one more day of everybody in a database that was filled with so many people.

    In a process of its own, so that its memory is what planning needs. Raises RuntimeError where somebody was
    left out or had two.
    """
    day = _next_day(url)
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "benchmarks.planning", url, day.isoformat()],
        cwd=HOME,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found = json.loads(done.stdout)
    planned = _planned(url, day)
    if (found["people"], planned) != (people, people):
        raise RuntimeError(f"{found['people']} of {people} people were looked at, {planned} tips planned")
    return Planning(planned=planned, **found)


def _next_day(url: str) -> datetime:
    """The first day after everybody's history, on which they are all made due."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute("SELECT min(next_nudge), max(next_nudge) FROM people").fetchone()
        first, last = row or (DAY, DAY)
        if first < DAY + timedelta(days=1):
            return DAY
        day: datetime = (last + timedelta(days=1)).replace(hour=0, minute=0)
        connection.execute(
            "UPDATE people SET next_nudge = %s + (next_nudge - date_trunc('day', next_nudge, 'UTC'))", (day,)
        )
        connection.execute("VACUUM (ANALYZE) people")
        connection.execute("CHECKPOINT")
    return day


def _planned(url: str, day: datetime) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(
            "SELECT count(DISTINCT person) FROM deliveries "
            "WHERE state = 'planned' AND due >= %s AND due < %s",
            (day, day + timedelta(days=1)),
        ).fetchone()
    return row[0] if row else 0


async def plan(url: str, day: datetime) -> dict[str, float]:
    """Plan everybody who is due on a day, and say what it took."""
    store = await PostgresStore.open(url)
    world = standing(store, day + END_OF_DAY, prompts())
    began, before, people = time.perf_counter(), time.process_time(), 0
    with loaded():  # as in the service
        while looked_at := await nudging.plan_due(world):
            people += looked_at
    seconds, processor = time.perf_counter() - began, time.process_time() - before
    await store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "people": people,
        "seconds": seconds,
        "processor_seconds": processor,
        "peak_megabytes": peak,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(plan(sys.argv[1], datetime.fromisoformat(sys.argv[2])))))
