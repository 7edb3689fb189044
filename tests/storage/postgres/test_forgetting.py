"""What a closed round leaves behind: no secret in the table's file, and no answer."""

import psycopg

from bot.storage.postgres.store import PostgresStore
from tests.contract.rows import answer, round_
from tests.storage.postgres.server import connected

SECRET = b"thirty-two bytes of pure chance!"


def file_of(connection: psycopg.Connection, table: str) -> bytes:
    """What is in a table's file now."""
    connection.execute("CHECKPOINT")
    found = connection.execute(
        "SELECT pg_read_binary_file(pg_relation_filepath(%s::regclass))", (table,)
    ).fetchone()
    assert found is not None
    return bytes(found[0])


async def open_and_close(store: PostgresStore) -> None:
    """A round with three answers, closed; and one that stays open."""
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_(secret=SECRET))
        await work.pulses.put_round(round_("open", secret=b"another"))
    for voice in ("c", "a", "b"):
        async with store.unit_of_work() as work:
            await work.pulses.put_answers([answer(voice, 1, 1)])
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_(secret=SECRET).closed())


async def test_the_secret_is_gone_from_the_file(url: str, store: PostgresStore) -> None:
    """Even where a long transaction, a backup for example, could still see it."""
    await open_and_close(store)
    with connected(url) as connection, connected(url) as old:
        old.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        old.execute("SELECT count(*) FROM people")
        assert SECRET in file_of(connection, "rounds")
        await store.forget()
        assert SECRET not in file_of(connection, "rounds")
    async with store.unit_of_work() as work:
        assert [r.secret for r in await work.pulses.rounds()] == [b"another", None]


async def test_the_answers_of_a_closed_round_are_gone(url: str, store: PostgresStore) -> None:
    """Not a row is left, nor a byte of one in the table's file."""
    await open_and_close(store)
    async with store.unit_of_work() as work:
        await work.pulses.remove_answers("r")
    await store.forget()
    with connected(url) as connection:
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (0,)
        assert b"team:ward" not in file_of(connection, "answers")


async def test_answers_to_an_open_round_stay(store: PostgresStore) -> None:
    """They may still be replaced, and count."""
    await open_and_close(store)
    kept = answer("z", 1, 1, of="open")
    async with store.unit_of_work() as work:
        await work.pulses.put_answers([kept])
    await store.forget()
    async with store.unit_of_work() as work:
        assert await work.pulses.answered("open", ["z"]) == {"z"}
        await work.pulses.put_answers([kept])
