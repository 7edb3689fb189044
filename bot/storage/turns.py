"""One unit of work after the other: it is kept whole when its block ends, undone whole when that raises."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.storage.tables import Changes
from bot.storage.units import Unit
from bot.storage.working import Tables

Keep = Callable[[Changes], Awaitable[None]]
"""Makes changes durable and calls `Changes.keep`; where it raises before that, they are undone."""


class Turns:
    """Who may use the working set now. Waiting is fair: first come, first served."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Hold the working set alone.

        Raises RuntimeError for a task that holds it already: it would wait for itself, and all others for it.
        """
        task = asyncio.current_task()
        if self._holder is not None and self._holder is task:
            raise RuntimeError("a unit of work is open in this task; end it before the next")
        async with self._lock:
            self._holder = task
            try:
                yield
            finally:
                self._holder = None

    @asynccontextmanager
    async def unit(self, tables: Tables, keep: Keep) -> AsyncIterator[Unit]:
        """A unit of work over the tables, whose changes `keep` makes durable."""
        async with self.one():
            changes = Changes()
            try:
                yield Unit(tables, changes)
                changes.close()
                await keep(changes)
            finally:
                changes.undo()


async def to_the_end(work: Callable[[], None]) -> None:
    """Do blocking work in a worker thread.

    Waits until that has ended, even where this task is cancelled meanwhile; CancelledError comes after it.
    """
    done = asyncio.get_running_loop().run_in_executor(None, work)
    cancelled = False
    while not done.done():
        try:
            await asyncio.wait({done})
        except asyncio.CancelledError:
            cancelled = True
    if cancelled:
        done.exception()  # looked at, so that nobody is warned of it
        raise asyncio.CancelledError
    done.result()
