"""One unit of work after the other, and blocking work that is seen to its end."""

import asyncio
import threading

import pytest

from bot.domain.staff.people import Person
from bot.storage.memory import MemoryStore
from bot.storage.turns import to_the_end
from tests.contract.rows import SAM


async def test_a_unit_inside_a_unit_is_refused() -> None:
    """It would wait for itself for ever, so it raises, and the outer one goes on."""
    store = MemoryStore()
    async with store.unit_of_work() as work:
        with pytest.raises(RuntimeError, match="open in this task"):
            await store.unit_of_work().__aenter__()
        await work.people.put(Person(SAM))
    async with store.unit_of_work() as work:
        assert await work.people.get(SAM) == Person(SAM)


async def test_a_unit_that_is_over_takes_nothing() -> None:
    """Somebody who held on to it finds out."""
    store = MemoryStore()
    async with store.unit_of_work() as work:
        pass
    with pytest.raises(RuntimeError, match="is over"):
        await work.people.put(Person(SAM))


class Blocking:
    """Work that goes on until it is let go."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.may_end = threading.Event()
        self.ended = False

    def __call__(self) -> None:
        self.began.set()
        self.may_end.wait(10)
        self.ended = True


async def test_cancelling_waits_for_the_work() -> None:
    """A thread cannot be stopped, so a task that is cancelled, even twice, ends when the work has."""
    work = Blocking()
    task = asyncio.create_task(to_the_end(work))
    assert await asyncio.to_thread(work.began.wait, 10)
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    work.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert work.ended


async def test_what_the_work_raises_is_raised() -> None:
    """An error in the thread is an error of the task."""

    def fails() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        await to_the_end(fails)
