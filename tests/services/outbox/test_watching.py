"""How the service is, told without a word about anybody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.outbox.delivery import State
from bot.errors import StoreFailed
from bot.services.outbox.dispatching import Dispatcher
from bot.services.outbox.watching import Figures, Watch, backlog, store_answers
from bot.services.ports import UnitOfWork, World
from bot.storage.memory import MemoryStore
from tests.contract.rows import after, delivery
from tests.fakes import SettableClock

AT_ONCE = timedelta(milliseconds=10)


class Failing(MemoryStore):
    """A store that cannot be read."""

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """Fail."""
        raise StoreFailed("down")
        yield  # type: ignore[unreachable]  # makes it a generator


class Hanging(MemoryStore):
    """A store that never answers."""

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """Wait for ever."""
        await asyncio.Event().wait()
        yield  # type: ignore[misc]  # never reached


async def test_a_store_that_can_be_read_works(world: World) -> None:
    """And has nothing waiting at first."""
    assert await store_answers(world)
    waits = await backlog(world)
    assert waits is not None
    assert (waits.waiting, waits.oldest) == (0, None)


@pytest.mark.parametrize("store", [Failing, Hanging])
async def test_a_store_that_fails_or_hangs_is_down(world: World, store: type[MemoryStore]) -> None:
    """Neither is an error of whoever asks, and a probe gets its answer in time."""
    broken = replace(world, store=store())
    assert not await store_answers(broken, AT_ONCE)
    assert await backlog(broken, AT_ONCE) is None


async def test_figures_are_those_of_now(world: World, clock: SettableClock) -> None:
    """The outbox from the store, the sends from the dispatcher, the rest from whoever knows."""
    async with world.store.unit_of_work() as work:
        await work.deliveries.add(delivery(due=after(-2)))
    clock.forward(timedelta(minutes=1))
    dispatcher = Dispatcher(world)
    dispatcher.counts[State.SENT] = 3
    dispatcher.throttled, dispatcher.refused = 1, True
    watch = Watch(world, dispatcher, {"token": lambda: False}, lambda: {"plan": 0.5})
    assert await watch.figures() == Figures(
        parts={"store": True, "token": False, "sending": False},
        waiting=1,
        oldest=180.0,
        sends={"sent": 3, "dropped": 0, "refused": 0, "unknown": 0},
        throttled=1,
        lags={"plan": 0.5},
    )
