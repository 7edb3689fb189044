"""Somebody takes a raw copy of every file of a store after a round has closed, and looks for who said what.

They know who was asked and how voices are made, and they got the secret while the round was open. One ward
has one person, so that a look at its row would be enough.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.rounds.pulses import FIRST, voice
from bot.domain.staff.groups import Level
from bot.domain.staff.people import GroupId, Person
from bot.services.ports import Store, World
from bot.services.rounds import closing, reminding
from bot.storage.memory import MemoryStore
from bot.storage.postgres.store import PostgresStore
from bot.storage.tiny.store import TinyStore
from tests.fakes import SettableClock
from tests.kept import keep
from tests.rounds import MIXED, OPENS, SECRET, a_round, answered
from tests.samples import OPEN_FOR, WARD, staff
from tests.storage.postgres.server import connected, database

ODD = GroupId("Ward of one sample")
ASKED = [
    staff(f"Voice {team} {number}", team=team)
    for team, size in ((WARD, 12), (ODD, 1))
    for number in range(size)
]

Copy = Callable[[], bytes]


@asynccontextmanager
async def _memory(_: Path) -> AsyncIterator[tuple[Store, Copy]]:
    store = MemoryStore()
    yield store, lambda: repr([dict(table._rows) for table in store._tables]).encode()


@asynccontextmanager
async def _tiny(folder: Path) -> AsyncIterator[tuple[Store, Copy]]:
    store = TinyStore.open(folder / "store.tinydb")
    yield store, lambda: b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    await store.close()


@asynccontextmanager
async def _postgres(_: Path) -> AsyncIterator[tuple[Store, Copy]]:
    with database() as url:
        store = await PostgresStore.open(url)
        yield store, lambda: _relations(url)
        await store.close()


def _relations(url: str) -> bytes:
    """Every table's and index's file, as it is on the disk."""
    with connected(url) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid), true) FROM pg_class "
            "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i', 't')"
        ).fetchall()
    return b"".join(bytes(row[0]) for row in found if row[0])


BACKENDS: dict[str, Callable[[Path], AbstractAsyncContextManager[tuple[Store, Copy]]]] = {
    "memory": _memory,
    "tiny": _tiny,
    "postgres": _postgres,
}


async def open_round(world: World) -> None:
    """A round in which thirteen people have answered and one has not."""
    await keep(world, *ASKED, staff("Silent Sample"))
    round_ = replace(a_round(), reminds=OPENS, reminded_to=FIRST)
    await answered(world, {WARD: MIXED, ODD: [(1, 5)]}, round_, is_open=True)


def traces(person: Person) -> list[bytes]:
    """What somebody would look for who has the secret: the person's three voices."""
    return [voice(SECRET, person.id, level).encode() for level in (Level.TEAM, Level.ROLE, Level.LICENCE)]


@pytest.mark.parametrize("backend", BACKENDS)
async def test_a_raw_copy_leads_to_nobody(world: World, tmp_path: Path, backend: str) -> None:
    """While the round is open its secret links a voice to a person; afterwards there is neither."""
    async with BACKENDS[backend](tmp_path) as (store, copy):
        world = replace(world, store=store)
        await open_round(world)
        assert all(trace in copy() for person in ASKED for trace in traces(person))  # the search finds them

        clock = SettableClock(OPENS)
        await reminding.remind_due(replace(world, clock=clock))
        clock.at = OPENS + OPEN_FOR
        assert await closing.close_due(replace(world, clock=clock)) == 1
        async with store.unit_of_work() as work:
            assert all(r.secret is None and r.sealed for r in await work.pulses.rounds())
        left = copy()
        assert SECRET not in left
        assert not any(trace in left for person in ASKED for trace in traces(person))
        assert f"team:{ODD}".encode() not in left
        assert hashlib.sha256(SECRET).hexdigest().encode() not in left
        assert b"reminder:" not in left


@pytest.mark.parametrize("backend", BACKENDS)
async def test_what_can_be_asked_after_the_close_is_what_was_published(
    world: World, tmp_path: Path, backend: str
) -> None:
    """No answer is left, and the ward of one is in nothing that is."""
    async with BACKENDS[backend](tmp_path) as (store, _):
        world = replace(world, store=store)
        await open_round(world)
        await closing.close_due(replace(world, clock=SettableClock(OPENS + OPEN_FOR)))
        async with store.unit_of_work() as work:
            assert await work.pulses.is_silent("2026-11-02")
            voices = [voice(SECRET, person.id, Level.TEAM) for person in ASKED]
            assert await work.pulses.answered("2026-11-02", voices) == set()
            shown = await work.pulses.published("2026-11-02")
            assert {one.group for one in shown} == {
                "organisation:",
                "site:North site",
                "role:ward-clerk",
                "licence:chat",
            }
            assert await work.pulses.published_of([f"team:{ODD}", f"team:{WARD}"]) == []
