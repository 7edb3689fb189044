"""Time that passes as on a busy machine: many wait at once, the next goes on first, and nobody on time."""

import asyncio
import random
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from bot.domain.messages import Message
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.staff.people import ConversationReference
from tests.samples import MONDAY

STEPS = 30
"""How often all tasks may go on before time does: more than any has to do at one moment."""


@dataclass(slots=True)
class LateClock:
    """Wakes everybody late, by up to `lateness`; once in `stalls` wakings the whole machine stands still."""

    lateness: timedelta
    stalls: int = 0
    stall: timedelta = timedelta(0)
    at: datetime = MONDAY
    _chance: random.Random = field(default_factory=lambda: random.Random(7))
    _waiting: list[tuple[datetime, int, asyncio.Event]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def now(self) -> datetime:
        return self.at

    async def wait_until(self, at: datetime) -> None:
        """Wait until time has got there, and a little longer."""
        woken = asyncio.Event()
        late = self.lateness * self._chance.random()
        heappush(self._waiting, (max(at, self.at) + late, next(self._order), woken))
        await woken.wait()

    async def run(self, *work: Coroutine[Any, Any, object]) -> None:
        """Let time pass until all this work is done."""
        tasks = [asyncio.create_task(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(STEPS):
                await asyncio.sleep(0)
            if self._waiting:
                self._wake_the_next()
        await asyncio.gather(*tasks)

    def _wake_the_next(self) -> None:
        at, _, woken = heappop(self._waiting)
        self.at = max(at, self.at)
        if self.stalls and self._chance.randrange(self.stalls) == 0:
            self.at += self.stall
        woken.set()


@dataclass(slots=True)
class Arrivals:
    """A way out that takes everything and notes when it came."""

    clock: LateClock
    times: list[datetime] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take it."""
        assert message.template
        self.times.append(self.clock.now())
        return Accepted(reference.conversation)

    @property
    def busiest_second(self) -> int:
        """The most that came within less than a second, wherever it begins."""
        most = first = 0
        for last, at in enumerate(self.times):
            while at - self.times[first] >= timedelta(seconds=1):
                first += 1
            most = max(most, last - first + 1)
        return most

    @property
    def a_second(self) -> float:
        """How many came a second, on average."""
        return (len(self.times) - 1) / (self.times[-1] - self.times[0]).total_seconds()
