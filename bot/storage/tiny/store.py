"""The embedded store: the working set in memory, and TinyDB on a journal for what must last.

For one process and up to a few thousand people. Every commit is on the disk before it is acknowledged.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

import structlog

from bot.errors import StoreDamaged, StoreFailed
from bot.services.ports import UnitOfWork
from bot.storage.documents import READERS, Document, encode
from bot.storage.tables import Changes, Table
from bot.storage.tiny.database import Database
from bot.storage.tiny.files import Lock, damaged, failing, good_copy, is_newer, remove_leftovers
from bot.storage.tiny.waiting import Waiting
from bot.storage.turns import Turns, to_the_end
from bot.storage.working import Tables

OUTGROWN = 250_000
"""With more documents than this the start recommends PostgreSQL: about 2,400 people.

Two tips a week and 180 days of history are 104 documents a person. 316,000 documents took 9 s to open and
400 MB, on a busy machine.
"""

SECRETS = "rounds"
"""The table whose replaced values are secrets: where a crash prevented `forget`, opening makes up for it."""

AUDIT = "audit"
"""The one table to which a process that only reads may add."""

log = structlog.get_logger()
Row = TypeVar("Row")


class TinyStore:
    """Fulfils `ports.Store` on one file (and beside it a good copy and a lock)."""

    def __init__(self, path: Path, database: Database) -> None:
        """Read everything; `open` is the way in."""
        self._path = path
        self._database = database
        self._waiting = Waiting(path)
        self._read_only = True
        self._turns = Turns()
        self._tables = Tables()
        self._closing = ExitStack()
        for table in self._tables:
            table.fill(self._rows(table))

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the store in a file; begin one where there is neither the file nor a good copy of it.

        `read_only` reads what was committed until now, while another process may go on writing.
        Raises StoreDamaged, StoreBusy or StoreFailed, each with what to do about it.
        """
        path = path.resolve()
        with ExitStack() as closing, failing(path):
            if not read_only:
                closing.callback(_claimed(path).release)
            database = Database(path, read_only=read_only)
            closing.callback(database.close)
            store = cls(path, database)
            if read_only:
                store._look_at_what_waits()
            else:
                store._read_only = False
                store._tidy()
                closing.callback(store._keep_good_copy)
            store._closing = closing.pop_all()
        return store

    @property
    def shared(self) -> bool:
        return False

    def rows(self, table: str) -> Sequence[object]:
        """All rows of a table, in the order of their keys: for moving them to another store."""
        named: Table[object] = getattr(self._tables, table)
        return sorted(named, key=named.key)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work. One that is cancelled while its commit is being written is kept all the same.

        Where the store was opened to read, audit records alone can be added: they wait for the writer.
        """
        if self._waiting and not self._read_only:
            async with self._turns.one():
                await to_the_end(self._take_in)
        async with self._turns.unit(self._tables, self._keep) as work:
            yield work

    async def erase(self) -> None:
        """The same as `forget`: the file and its good copy are written anew, of what there is now."""
        await self.forget()

    async def forget(self) -> None:
        """Leave no byte of what was replaced or removed in any file of the store, nor the order of answers.

        Raises StoreFailed where that cannot be done, for example on a full disk; call it again then.
        """
        async with self._turns.one():
            await to_the_end(self._database.storage.compact)

    async def close(self) -> None:
        """Keep a good copy and let go of the files; closing twice does nothing."""
        async with self._turns.one():
            await to_the_end(self._closing.close)

    async def _keep(self, changes: Changes) -> None:
        if changes:
            write = self._leave if self._read_only and _only_added_to_audit(changes) else self._write
            await to_the_end(partial(write, changes))

    def _leave(self, changes: Changes) -> None:
        """Leave audit records for the writer. Runs in a worker thread."""
        self._waiting.add([encode(row) for _, _, row in changes.rows()])
        changes.keep()

    def _take_in(self) -> None:
        """Make durable what other processes left. Runs in a worker thread, while nobody else works."""
        with self._waiting.taking() as documents:
            changes = Changes()
            try:
                for record in map(READERS[AUDIT], documents):
                    changes.put(self._tables.audit, record)
                self._write(changes)
            finally:
                changes.undo()

    def _look_at_what_waits(self) -> None:
        found = [READERS[AUDIT](document) for document in self._waiting.read()]
        self._tables.audit.fill(one for one in found if self._tables.audit.get(one.id) is None)

    def _write(self, changes: Changes) -> None:
        """Make changes durable, and final once they are. Runs in a worker thread."""
        documents: dict[str, dict[str, Document | None]] = defaultdict(dict)
        for table, key, row in changes.rows():
            try:
                documents[table][key] = None if row is None else encode(row)
            except ValueError as error:
                raise StoreFailed(f"{table} {key} cannot be kept: {error}") from None
        self._database.put(documents)
        changes.keep()

    def _rows(self, table: Table[Row]) -> Iterator[Row]:
        read = READERS[table.name]
        for document in self._database.table(table.name):
            key = str(document.doc_id)
            try:
                row: Row = read(document)
            except ValueError as error:
                raise damaged(self._path, f"table {table.name}, document {key}", str(error)) from error
            if table.key(row) != key:
                raise damaged(self._path, f"table {table.name}, document {key}", "it has another key")
            yield row

    def _tidy(self) -> None:
        """Compact where it pays, or where what was to go is still in the file; else see to a good copy."""
        storage = self._database.storage
        documents = storage.documents()
        log.info("store_opened", documents=documents, garbage=storage.garbage())
        if documents > OUTGROWN:
            log.warning("store_outgrown", documents=documents, recommended=OUTGROWN)
        if storage.garbage(of=SECRETS) or storage.removals() or storage.garbage() > documents:
            self._compact()
        elif not is_newer(good_copy(self._path), self._path):
            self._keep_good_copy()

    def _compact(self) -> None:
        try:
            self._database.storage.compact()
        except StoreFailed as error:
            log.warning("store_not_compacted", reason=type(error.__cause__).__name__)

    def _keep_good_copy(self) -> None:
        """Make one; where that fails, the older one stays, and nothing else is the worse for it."""
        try:
            self._database.storage.keep_good_copy()
        except (StoreDamaged, StoreFailed) as error:
            log.warning("good_copy_failed", reason=type(error).__name__)


def _only_added_to_audit(changes: Changes) -> bool:
    return all(table == AUDIT and row is not None for table, _, row in changes.rows())


def _claimed(path: Path) -> Lock:
    """Our lock on a file, with its folder made and a crashed process's leftovers removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = Lock(path)
    remove_leftovers(path)
    return lock
