"""Everything of an embedded store → an empty database: in batches, resumed where it stopped, and verified.

The source is locked and only read. How far each table has come is kept in the target, in the same transaction
as the rows: whatever ends the process, the next run goes on from there.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads
from pydantic_core import from_json, to_json

from bot.errors import StoreBusy, StoreDamaged, StoreFailed, WrongStore
from bot.storage.documents import encode
from bot.storage.postgres import rows
from bot.storage.postgres.faults import failing
from bot.storage.postgres.migrating import migrate, outdated
from bot.storage.postgres.pool import parameters
from bot.storage.postgres.session import Connection, Session
from bot.storage.postgres.statements import STATEMENTS
from bot.storage.tiny.files import Lock
from bot.storage.tiny.store import TinyStore

BATCH = 1_000
"""Rows in one transaction."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Is told what is being done, how many rows that has come to, and how many there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table: the statement that writes its rows, the one that reads all of them, and what reads a row."""

    table: str
    write: str
    read: str
    row: Callable[[TupleRow], object]


PARTS = (
    Part("people", "people_put", "all_people", rows.person),
    Part("experiences", "experiences_put", "all_experiences", rows.experience),
    Part("votes", "votes_put", "all_votes", rows.votes),
    Part("deliveries", "deliveries_add", "all_deliveries", rows.delivery),
    Part("delivery_counts", "delivery_counts_put", "delivery_counts", rows.delivery_count),
    Part("rounds", "round_put", "rounds", rows.round_),
    Part("answers", "answers_put", "all_answers", rows.answer),
    Part("publications", "publications_add", "all_publications", rows.publication),
    Part("plans", "plan_put", "all_plans", rows.plan),
    Part("introductions", "introduction_put", "all_introductions", rows.introduction),
    Part("help_requests", "help_request_put", "all_help_requests", rows.help_request),
    Part("champions", "champion_put", "champions", rows.profile),
    Part("contributions", "contribution_put", "all_contributions", rows.contribution),
    Part("paces", "pace_put", "all_paces", rows.pace),
    Part("audit", "audit_add", "all_audit", rows.audit_record),
)
"""Every table of a store."""


@dataclass(slots=True)
class Sum:
    """A count and a checksum over rows in any order: equal sums mean equal rows."""

    count: int = 0
    checksum: int = 0

    def add(self, row: object) -> None:
        """Take in one row more."""
        digest = hashlib.sha256(to_json(encode(row))).digest()
        self.count += 1
        self.checksum = (self.checksum + int.from_bytes(digest, "big")) % 2**256


def sum_of(these: Iterable[object]) -> Sum:
    """The sum of some rows."""
    total = Sum()
    for row in these:
        total.add(row)
    return total


@dataclass(slots=True)
class Source:
    """The rows of every table of a store, and their sums."""

    tables: Mapping[str, Sequence[object]]
    sums: Mapping[str, Sum] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = {table: sum_of(these) for table, these in self.tables.items()}

    @property
    def fingerprint(self) -> str:
        """A name for exactly these rows."""
        told = sorted((table, one.count, one.checksum) for table, one in self.sums.items())
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def __len__(self) -> int:
        return sum(one.count for one in self.sums.values())


async def move(path: Path, url: str, progress: Progress, batch: int = BATCH) -> int | None:
    """Move everything, verify it, and return how many rows that was; None where they had been moved before.

    Raises StoreBusy where the source or the target is in use, WrongStore for a target that has other rows,
    StoreDamaged where what arrived is not what was sent, and StoreFailed, StoreOutdated or StoreDamaged for
    what is wrong with either store. After any of these the source is as before.
    """
    with _read(path) as source:
        await asyncio.to_thread(_prepare, url)
        with failing():
            async with _target(url) as connection:
                moved = await _begin(connection, source)
                if moved is None:
                    return None
                await _copy(connection, source, moved, progress, batch)
                await _verify(connection, source, progress)
                await _note(
                    connection, source, {part.table: len(source.tables[part.table]) for part in PARTS}
                )
    return len(source)


def _prepare(url: str) -> None:
    """Make the newest schema where it is not there."""
    if outdated(url):
        migrate(url)


@contextmanager
def _read(path: Path) -> Iterator[Source]:
    """The rows of the store in a file, which nobody else may open meanwhile."""
    if not path.exists():
        raise StoreFailed(f"{path}: there is no store here; set STEADY_DRIP_STORE to the one to move")
    lock = Lock(path)
    try:
        store = TinyStore.open(path, read_only=True)
        yield Source({part.table: store.rows(part.table) for part in PARTS})
    finally:
        lock.release()


@asynccontextmanager
async def _target(url: str) -> AsyncIterator[Connection]:
    """A connection on which nobody else moves anything into the same database."""
    async with await psycopg.AsyncConnection.connect(parameters(url), autocommit=True) as connection:
        set_json_loads(from_json, connection)
        await connection.execute("SET timezone = 'UTC'")
        alone = await (await connection.execute(STATEMENTS["moves_alone"])).fetchone()
        if alone is None or not alone[0]:
            raise StoreBusy("another process is moving a store into this database; wait for it to end")
        yield connection


async def _begin(connection: Connection, source: Source) -> Mapping[str, int] | None:
    """How many rows of each table were moved before; None where all were moved and verified."""
    found = await (await connection.execute(STATEMENTS["moves"])).fetchall()
    if not found:
        strangers = await (await connection.execute(STATEMENTS["moves_strangers"])).fetchone()
        if strangers is None or strangers[0]:
            raise WrongStore("the target holds data of its own; name an empty database")
        return dict.fromkeys(source.tables, 0)
    if any(told != source.fingerprint for _, told, _, _ in found):
        raise WrongStore(
            "the target holds a move of another store, or this one has changed since; name an empty database"
        )
    if all(finished for *_, finished in found):
        return None
    return dict.fromkeys(source.tables, 0) | {table: moved for table, _, moved, _ in found}


async def _copy(
    connection: Connection, source: Source, moved: Mapping[str, int], progress: Progress, batch: int
) -> None:
    done = sum(moved.values())
    for part in PARTS:
        these = source.tables[part.table]
        for start in range(moved[part.table], len(these), batch):
            progress("moving", done, len(source))
            some = these[start : start + batch]
            session = Session(connection)
            await session.write(part.write, some)
            await session.write("moves_put", [_noted(source, part.table, start + len(some))])
            await session.commit()
            done += len(some)
    progress("moving", done, len(source))


async def _verify(connection: Connection, source: Source, progress: Progress) -> None:
    """Read everything back. Raises StoreDamaged for the first table whose count or checksum is not right."""
    done = 0
    for part in PARTS:
        there = Sum()
        async for row in _rows(connection, part):
            there.add(row)
            if there.count % BATCH == 0:
                progress("verifying", done + there.count, len(source))
        here = source.sums[part.table]
        if there != here:
            what = (
                f"{there.count} rows where {here.count} were sent"
                if there.count != here.count
                else "a row differs"
            )
            raise StoreDamaged(
                f"{part.table}: {what}. Something else wrote there: empty the database, move again."
            )
        done += there.count
    progress("verifying", done, len(source))


async def _rows(connection: Connection, part: Part) -> AsyncIterator[object]:
    """All rows of a table of the target, a batch in memory at a time."""
    async with connection.transaction(), connection.cursor("moved", binary=True) as cursor:
        cursor.itersize = BATCH
        await cursor.execute(STATEMENTS[part.read])
        async for found in cursor:
            try:
                yield part.row(found)
            except ValueError as error:
                raise StoreDamaged(f"{part.table}: a row cannot be read: {error}") from None


async def _note(connection: Connection, source: Source, moved: Mapping[str, int]) -> None:
    """Note that every table was moved and verified."""
    session = Session(connection)
    noted = [_noted(source, table, number) | {"finished": True} for table, number in moved.items()]
    await session.write("moves_put", noted)
    await session.commit()


def _noted(source: Source, table: str, moved: int) -> dict[str, object]:
    return {"part": table, "source": source.fingerprint, "moved": moved, "finished": False}
