"""Real faults: a server that restarts, waits that are too long, values that cannot be kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql

from bot.domain.staff.people import Person, PersonId
from bot.errors import StoreDamaged, StoreFailed
from bot.services.ports import Store, UnitOfWork
from bot.storage.postgres.faults import failing
from bot.storage.postgres.pool import Limits
from bot.storage.postgres.store import PostgresStore
from tests.contract.rows import ALEX, SAM, add, claim, delivery, read, to_each
from tests.samples import MONDAY
from tests.storage.postgres.server import connected, opened, server
from tests.storage.stores import commit, knows

SHORT = timedelta(seconds=0.1)


@asynccontextmanager
async def limited(url: str, limits: Limits, pool_size: int = 2) -> AsyncIterator[PostgresStore]:
    """A store that loses patience soon."""
    store = await PostgresStore.open(url, pool_size=pool_size, limits=limits)
    try:
        yield store
    finally:
        await store.close()


async def ask_in_order(store: Store, met: asyncio.Barrier, *people: PersonId) -> None:
    """Ask about somebody, wait until the other task has too, then ask about the next."""
    async with store.unit_of_work() as work:
        await work.people.get(people[0])
        await met.wait()
        await work.people.get(people[1])


async def test_a_restart_between_units_is_not_noticed(store: PostgresStore) -> None:
    """Every connection in the pool is lost; each unit finds a new one."""
    await asyncio.gather(*(commit(store, f"before-{n}") for n in range(10)))
    await asyncio.to_thread(server().restart)
    await asyncio.gather(*(commit(store, f"after-{n}") for n in range(10)))
    assert all(await knows(store, *(f"{when}-{n}" for when in ("before", "after") for n in range(10))))


async def test_a_restart_in_the_middle_of_a_unit_fails_it(store: PostgresStore) -> None:
    """Nothing of it was kept, and the next unit goes through."""

    async def interrupted() -> None:
        async with store.unit_of_work() as work:
            await work.people.put(Person(SAM))
            await asyncio.to_thread(server().restart)
            await work.people.put(Person(ALEX))

    with pytest.raises(StoreFailed, match="PostgreSQL"):
        await interrupted()
    assert await knows(store, SAM, ALEX) == [False, False]
    await commit(store, SAM)
    assert await knows(store, SAM) == [True]


async def test_a_restart_before_the_end_of_a_unit_fails_it(store: PostgresStore) -> None:
    """A commit that cannot be made is an error, not a silence."""

    async def interrupted() -> None:
        async with store.unit_of_work() as work:
            await work.people.put(Person(SAM))
            await asyncio.to_thread(server().restart)

    with pytest.raises(StoreFailed, match="PostgreSQL"):
        await interrupted()
    assert await knows(store, SAM) == [False]


async def test_dispatching_goes_on_over_a_restart(store: PostgresStore, replica: PostgresStore) -> None:
    """None is claimed twice; only what was being committed just then may be nobody's until its lease ends."""
    await add(store, *to_each(*(delivery(f"{n:03}") for n in range(200))))
    keys: list[str] = []
    under_way, restarted = asyncio.Event(), asyncio.Event()

    async def dispatch(one: Store) -> None:
        batch: list[str] = []
        while batch or not restarted.is_set():
            try:
                batch = await claim(one, MONDAY, limit=1)
                keys.extend(batch)
            except StoreFailed:
                await asyncio.sleep(0.01)
            under_way.set()

    async def restart() -> None:
        await under_way.wait()
        await asyncio.to_thread(server().restart)
        restarted.set()

    await asyncio.wait_for(asyncio.gather(dispatch(store), dispatch(replica), restart()), 30)
    assert len(keys) == len(set(keys))
    async with store.unit_of_work() as work:
        claimed = {one.key for one in await work.deliveries.in_flight()}
    assert claimed == {f"{n:03}" for n in range(200)}
    assert len(claimed - set(keys)) <= 2


async def test_of_two_that_wait_for_each_other_one_fails(store: PostgresStore) -> None:
    """The server ends one, which may try again; the other is kept."""
    met = asyncio.Barrier(2)
    tasks = [ask_in_order(store, met, SAM, ALEX), ask_in_order(store, met, ALEX, SAM)]
    said = await asyncio.gather(*tasks, return_exceptions=True)
    assert sorted(map(str, said)) == [
        "None",
        "PostgreSQL: DeadlockDetected 40P01; two changes met, and this one was undone; do it again",
    ]


async def test_waiting_for_somebody_has_an_end(url: str, store: PostgresStore) -> None:
    """A unit that is held up for too long fails, and the one that held it up goes on."""
    async with limited(url, Limits(lock=SHORT)) as other, store.unit_of_work() as work:
        await work.people.get(SAM)
        with pytest.raises(StoreFailed, match="55P03; somebody else held it for too long; do it again"):
            await asyncio.create_task(knows(other, SAM))
        await work.people.put(Person(SAM))
    assert await knows(store, SAM) == [True]


async def test_a_statement_has_an_end(url: str, store: PostgresStore) -> None:
    """Whatever it is that takes so long."""
    async with limited(url, Limits(statement=SHORT)) as other, store.unit_of_work() as work:
        await work.people.get(SAM)
        with pytest.raises(StoreFailed, match="57014; the server ended it, or it took too long; do it again"):
            await asyncio.create_task(knows(other, SAM))


async def test_an_idle_unit_has_an_end(url: str) -> None:
    """A process that hangs does not hold anybody up for ever."""
    async with limited(url, Limits(idle=SHORT)) as store:

        async def hangs() -> None:
            async with store.unit_of_work() as work:
                await work.people.put(Person(SAM))
                await asyncio.sleep(0.3)

        with pytest.raises(StoreFailed, match="PostgreSQL"):
            await hangs()
        assert await knows(store, SAM) == [False]


async def test_a_server_that_takes_no_changes(url: str) -> None:
    """A standby after a failover, for example: reading works, and the error asks the right question."""
    with connected(url) as connection:
        database = sql.Identifier(connection.info.dbname)
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(database)
        )
        async with opened(url) as store:
            assert await knows(store, SAM) == [False]
            with pytest.raises(StoreFailed, match="25006; the server takes no changes; is it a standby"):
                await commit(store, SAM)
        connection.execute(sql.SQL("ALTER DATABASE {} RESET ALL").format(database))


async def test_tables_of_another_release(url: str, store: PostgresStore) -> None:
    """One that was taken away under a running service: the command that makes them is named."""
    with connected(url) as connection:
        connection.execute("ALTER TABLE people RENAME TO moved")
        with pytest.raises(StoreFailed, match=r"UndefinedTable 42P01; .* run `steady-drip migrate`"):
            await knows(store, SAM)
        connection.execute("ALTER TABLE moved RENAME TO people")
    assert await knows(store, SAM) == [False]


@pytest.mark.parametrize(
    ("sqlstate", "said"),
    [
        ("08006", "ConnectionFailure 08006; is the server running, and can it be reached?"),
        ("28P01", "InvalidPassword 28P01; are the user and the password of STEADY_DRIP_STORE right?"),
        (
            "40001",
            "SerializationFailure 40001; two changes met, and this one was undone; do it again",
        ),
        (
            "53100",
            "DiskFull 53100; the server has no room left; look at its disk, memory and max_connections",
        ),
        (
            "53300",
            "TooManyConnections 53300; "
            "the server has no room left; look at its disk, memory and max_connections",
        ),
        ("57P01", "AdminShutdown 57P01; the server ended it, or it took too long; do it again"),
        ("23505", "UniqueViolation 23505; the server's log says more"),
    ],
)
def test_each_sort_of_fault_says_how_to_mend_it(sqlstate: str, said: str) -> None:
    """By the server's code; what the driver says beside it is left out, since it may quote people's ids."""
    with pytest.raises(StoreFailed) as failed, failing():
        raise psycopg.errors.lookup(sqlstate)("secret")
    assert str(failed.value) == f"PostgreSQL: {said}"


def test_a_connection_that_was_lost_has_no_code() -> None:
    """Nobody was there to give one."""
    with pytest.raises(StoreFailed) as failed, failing():
        raise psycopg.OperationalError("secret")
    said = "PostgreSQL: OperationalError; is the server running, and can it be reached?"
    assert str(failed.value) == said


async def test_waiting_for_a_connection_has_an_end(url: str) -> None:
    """All of them are taken for too long."""
    async with limited(url, Limits(connection=SHORT), pool_size=1) as store, store.unit_of_work():
        with pytest.raises(StoreFailed, match="PoolTimeout"):
            await asyncio.create_task(commit(store, "sam"))


async def test_a_unit_that_is_cancelled_while_it_waits_holds_nobody_up(store: PostgresStore) -> None:
    """Neither the person it waited for nor its connection."""
    async with store.unit_of_work() as work:
        await work.people.get(SAM)
        waiting = asyncio.create_task(knows(store, SAM))
        await asyncio.wait({waiting}, timeout=0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await knows(store, SAM) == [False]


async def test_a_fault_that_is_swallowed_is_no_commit(store: PostgresStore) -> None:
    """After a statement has failed, nothing of the unit is kept, and its end says so."""

    async def swallows() -> None:
        async with store.unit_of_work() as work:
            await work.people.put(Person(SAM))
            with pytest.raises(StoreFailed):
                await work.people.put(Person(PersonId("\0")))

    with pytest.raises(StoreFailed, match="had failed"):
        await swallows()
    assert await knows(store, SAM) == [False]


@pytest.mark.parametrize(
    "put",
    [
        lambda work: work.people.put(Person(PersonId("secret \0"))),
        lambda work: work.people.put(Person(PersonId("secret \ud800"))),
        lambda work: work.people.get(PersonId("secret \ud800")),
        lambda work: work.people.get(PersonId("secret \0")),
        lambda work: work.deliveries.add(delivery("secret", due=MONDAY.replace(tzinfo=None))),
    ],
    ids=["a NUL", "half a surrogate pair", "half in a question", "NUL in a question", "no zone"],
)
async def test_what_cannot_be_kept_is_refused(
    store: PostgresStore, put: Callable[[UnitOfWork], object]
) -> None:
    """With a code, and without what it was."""
    with pytest.raises(StoreFailed) as failed:
        async with store.unit_of_work() as work:
            await put(work)  # type: ignore[misc]  # each gives an awaitable of its own
    assert "secret" not in repr(failed.value)
    await commit(store, "alex")


async def test_a_row_that_we_cannot_have_written_is_damage(url: str, store: PostgresStore) -> None:
    """Named by what was asked and by field, never guessed at."""
    await add(store, delivery())
    with connected(url) as connection:
        connection.execute("""UPDATE deliveries SET subject = '{"kind": "parcel"}'""")
    with pytest.raises(StoreDamaged, match="delivery: its subject is of no known kind"):
        await read(store, "d")


async def test_a_closed_store_says_so(store: PostgresStore) -> None:
    """Closing twice does nothing, and a unit of work afterwards fails."""
    for _ in range(2):
        await store.close()
    with pytest.raises(StoreFailed, match="PoolClosed"):
        await commit(store, "sam")


def test_rights_that_are_missing_are_not_taken_for_missing_tables() -> None:
    """Whoever lacks a right is told so; a migration would not help."""
    with pytest.raises(StoreFailed, match="InsufficientPrivilege 42501; the user lacks a right"), failing():
        raise psycopg.errors.lookup("42501")
    with pytest.raises(StoreFailed, match=r"UndefinedTable 42P01; .*steady-drip migrate"), failing():
        raise psycopg.errors.lookup("42P01")
