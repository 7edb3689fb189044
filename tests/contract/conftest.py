"""Every backend that must keep the contract: to add one, say how it is opened, in a line of `BACKENDS`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.services.ports import Store, UnitOfWork
from bot.storage.memory import MemoryStore
from bot.storage.tiny.store import TinyStore
from tests.storage.postgres.server import postgres


class Reopened:
    """A TinyStore that is closed after every unit of work: whatever it says, it has read from the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = asyncio.Lock()

    @property
    def shared(self) -> bool:
        return False

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        async with self._turn, _tiny(self._path) as store, store.unit_of_work() as work:
            yield work

    async def erase(self) -> None:
        await self.forget()

    async def forget(self) -> None:
        async with self._turn, _tiny(self._path) as store:
            await store.forget()

    async def close(self) -> None:
        """Nothing is open."""


@asynccontextmanager
async def _memory(_: Path) -> AsyncIterator[Store]:
    yield MemoryStore()


@asynccontextmanager
async def _tiny(path: Path) -> AsyncIterator[Store]:
    store = TinyStore.open(path)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def _reopened(path: Path) -> AsyncIterator[Store]:
    yield Reopened(path)


BACKENDS: dict[str, Callable[[Path], AbstractAsyncContextManager[Store]]] = {
    "memory": _memory,
    "tiny": _tiny,
    "tiny-reopened": _reopened,
    "postgres": postgres,
}
"""How each backend is opened, given a place where it may keep a file."""


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of each backend."""
    async with BACKENDS[request.param](tmp_path / "store") as opened:
        yield opened
