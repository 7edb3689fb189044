"""One transaction on one connection, with as few round trips as it can do with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeAlias, TypeVar

import psycopg
from psycopg import AsyncClientCursor, AsyncConnection, AsyncCursor
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from pydantic_core import to_json

from bot.errors import StoreDamaged, StoreFailed
from bot.storage.documents import encode
from bot.storage.postgres.faults import failing
from bot.storage.postgres.statements import STATEMENTS

Connection: TypeAlias = AsyncConnection[TupleRow]
Row = TypeVar("Row")

ALL = ("all",)
"""The id of what there is only one of."""


class Session:
    """A transaction that begins with its first statement and ends with `commit` or `roll_back`.

    Once a statement has failed, every later one fails too, the commit included.
    """

    def __init__(self, connection: Connection) -> None:
        """Begin nothing yet. The connection must be in autocommit mode."""
        self._connection = connection
        self._held: set[tuple[str, str]] = set()
        self._began = False
        self._failed = False
        self._open = True

    async def hold(self, lock: str, ids: Iterable[str] = ALL) -> None:
        """Wait until no other unit of work holds any of these; they are this one's until it ends."""
        wanted = sorted({id_ for id_ in ids if (lock, id_) not in self._held})
        if not wanted:
            return
        statement = STATEMENTS[lock] if self._began else b"BEGIN; " + STATEMENTS[lock]
        with self._step():
            self._began = True
            await AsyncClientCursor(self._connection).execute(statement, {"ids": wanted})
        self.held(lock, wanted)

    def held(self, lock: str, ids: Iterable[str]) -> None:
        """Take note of what a statement holds already."""
        self._held.update((lock, id_) for id_ in ids)

    async def rows_in_order(self, name: str, read: Callable[[TupleRow], Row], **values: object) -> list[Row]:
        """What a statement with a limit finds, read no further than the limit whatever the statistics say."""
        await self._run("in_order", {})
        found = await self.rows(name, read, **values)
        await self._run("in_any_order", {})
        return found

    async def rows(self, name: str, read: Callable[[TupleRow], Row], **values: object) -> list[Row]:
        """What a statement finds.

        Raises StoreFailed, and StoreDamaged for a row that this service cannot have written.
        """
        return await _read(name, await self._run(name, values), read)

    async def do(self, name: str, **values: object) -> None:
        """Carry out a statement that finds nothing."""
        await self._run(name, values)

    async def write(self, name: str, rows: Sequence[object]) -> None:
        """Write rows as documents in one statement."""
        if rows:
            await self._run(name, {"documents": _documents(name, rows)})

    async def returned(self, name: str, rows: Sequence[object], read: Callable[[TupleRow], Row]) -> list[Row]:
        """Write rows as documents in one statement; what the statement returns of each that it wrote."""
        if not rows:
            return []
        return await _read(name, await self._run(name, {"documents": _documents(name, rows)}), read)

    async def commit(self) -> None:
        """End the transaction so that it is kept.

        Raises StoreFailed where it was not. Where the connection is lost while the server commits, nobody can
        know whether it was kept: that is a StoreFailed as well, and doing it again must be harmless.
        """
        with self._step():
            self._open = False
            if self._began:
                await self._connection.execute(b"COMMIT")

    async def roll_back(self) -> None:
        """End the transaction so that nothing of it is kept, also where the connection is lost."""
        self._open = False
        if self._began:
            with suppress(psycopg.Error):
                await self._connection.execute(b"ROLLBACK")

    async def _run(self, name: str, values: dict[str, object]) -> AsyncCursor[TupleRow]:
        with self._step():
            if not self._began:
                self._began = True
                await self._connection.execute(b"BEGIN")
            return await self._connection.execute(STATEMENTS[name], values, binary=True)

    @contextmanager
    def _step(self) -> Iterator[None]:
        """One step of a transaction that is open and sound, and is so afterwards only if all went well."""
        if not self._open:
            raise RuntimeError("this unit of work is over; begin another to write")
        if self._failed:
            raise StoreFailed("PostgreSQL: a statement of this unit of work had failed")
        self._failed = True
        with failing():
            yield
        self._failed = False


async def _read(name: str, cursor: AsyncCursor[TupleRow], read: Callable[[TupleRow], Row]) -> list[Row]:
    with failing():
        found = await cursor.fetchall()
    try:
        return [read(row) for row in found]
    except ValueError as error:
        raise StoreDamaged(f"PostgreSQL: {name}: {error}") from None


def _documents(name: str, rows: Sequence[object]) -> Jsonb:
    """Rows as one JSON array of documents.

    Raises StoreFailed for one that cannot be kept: a moment without a zone, text that is not Unicode.
    """
    try:
        return Jsonb([row if isinstance(row, dict) else encode(row) for row in rows], dumps=to_json)
    except ValueError as error:
        raise StoreFailed(f"PostgreSQL: {name}: {error}") from None
