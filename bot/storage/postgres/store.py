"""The store for more than one machine, or more than a few thousand people: PostgreSQL.

Any number of processes share one database. A unit of work is one transaction (READ COMMITTED).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Self

import psycopg

from bot.services.ports import UnitOfWork
from bot.storage.postgres.faults import failing
from bot.storage.postgres.migrating import check_current
from bot.storage.postgres.pool import Limits, Pool, parameters
from bot.storage.postgres.session import Connection, Session
from bot.storage.postgres.statements import STATEMENTS
from bot.storage.postgres.units import Unit

_EMPTYING = (
    "rounds_locked",
    "rounds_set_aside",
    "answers_set_aside",
    "rounds_emptied",
    "rounds_put_back",
    "answers_put_back",
)


class PostgresStore:
    """Fulfils `ports.Store` on one database.

    "Units do not interleave" means here, across all processes:

    - Units that ask about the same person come one after the other, from the first question to the end, also
      where there is no such person yet; so do units that get the same pace. Others run at the same time.
    - `people.due`, `deliveries.claim`, `roll_up` and `forget` take what no other unit has, and never wait.
    - `seen_each`, `worked`, `holding`, `leading`, `reachable`, `groups`, `memberships`, `in_flight`,
      `backlog`, `rolled_up`, `tallies`, `closed_rounds`, `published`, `submitted` and `approved` take
      nothing: what they say may be changed by others before the unit ends.
    - What `deliveries.get`, `open_for` and `contributions.get` gave is changed by nobody else until the end.
    - Units that list the rounds or put one come one after the other; those that get one wait only for these.
    - Writes without a question before them are last come, last kept.

    A unit holds people one lock each, in memory that all connections share: some thousands at a time, by the
    server's `max_locks_per_transaction`. More than that is a StoreFailed: go through a roster in batches.
    Where two units wait for each other, the server ends one: StoreFailed, and nothing of it was kept. The
    same goes for a lock, a statement, an idle unit or a connection that takes longer than `Limits` allows.
    """

    shared = True

    def __init__(self, url: str, pool: Pool) -> None:
        """Use a pool that is open; `open` is the way in."""
        self._url = url
        self._pool = pool
        self._busy: set[asyncio.Task[object] | None] = set()

    @classmethod
    async def open(cls, url: str, *, pool_size: int = 10, limits: Limits | None = None) -> Self:
        """Open the store in a database.

        Raises StoreOutdated where that needs `steady-drip migrate` or a newer release, StoreFailed where it
        cannot be reached.
        """
        pool = Pool(url, pool_size, limits or Limits())
        await asyncio.to_thread(check_current, url)
        await pool.open()
        return cls(url, pool)

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work. See the class for what it shares with others."""
        with self._one_per_task():
            connection = await self._pool.take()
            try:
                async with _transaction(connection) as session:
                    yield Unit(session)
            finally:
                await self._pool.give_back(connection)

    async def forget(self) -> None:
        """Leave nothing in the tables' files of rounds as they were, nor of answers that are gone.

        Both files are replaced and removed, whatever other transactions might still see; nobody can answer
        for that moment. What PostgreSQL cannot promise: the write-ahead log holds both until it is recycled;
        archives of it, replicas that lag and backups hold them until they expire; the disk may keep what a
        file system has let go of; and a server that logs statements with their values has logged them. Raises
        StoreFailed where it cannot be done; call it again then.
        """
        with failing():
            connection = await psycopg.AsyncConnection.connect(parameters(self._url), autocommit=True)
            async with connection, connection.transaction():
                for name in _EMPTYING:
                    await connection.execute(STATEMENTS[name])

    async def erase(self) -> None:
        """Nothing to do: what was removed is in no row any more, and vacuuming is the server's own business.

        What PostgreSQL cannot promise at once: the bytes of removed rows lie in the tables' files until a
        vacuum and new rows have taken their place, and in the write-ahead log until it is recycled; archives
        of it, replicas that lag and backups hold them until they expire.
        """

    async def close(self) -> None:
        """Let go of all connections; closing twice does nothing."""
        await self._pool.close()

    @contextmanager
    def _one_per_task(self) -> Iterator[None]:
        """Raise RuntimeError for a unit inside a unit: it would wait for what the outer one holds."""
        task = asyncio.current_task()
        if task in self._busy:
            raise RuntimeError("a unit of work is open in this task; end it before the next")
        self._busy.add(task)
        try:
            yield
        finally:
            self._busy.discard(task)


@asynccontextmanager
async def _transaction(connection: Connection) -> AsyncIterator[Session]:
    session = Session(connection)
    try:
        yield session
        await session.commit()
    except BaseException:
        await session.roll_back()
        raise
