"""A store that lasts as long as the process: the reference for what a store does, and the tests' own."""

from contextlib import AbstractAsyncContextManager

from bot.services.ports import UnitOfWork
from bot.storage.tables import Changes
from bot.storage.turns import Turns
from bot.storage.working import Tables


class MemoryStore:
    """Fulfils `ports.Store` without a file."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._turns = Turns()

    @property
    def shared(self) -> bool:
        return False

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._turns.unit(self._tables, _keep)

    async def erase(self) -> None:
        """Nothing to do: what was removed is nowhere any more."""

    async def forget(self) -> None:
        """Nothing to do: what was replaced is nowhere any more."""

    async def close(self) -> None:
        """Nothing to do: there are no files."""


async def _keep(changes: Changes) -> None:
    changes.keep()
