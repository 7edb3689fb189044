"""Moving to PostgreSQL: everything, once, wherever it was cut short; and never over anything else."""

import asyncio
import multiprocessing
import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import State
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Publication
from bot.domain.staff.people import Person, PersonId
from bot.errors import StoreBusy, StoreDamaged, StoreFailed, StoreOutdated, WrongStore
from bot.storage.postgres.moving import PARTS, Sum, move, sum_of
from bot.storage.postgres.store import PostgresStore
from bot.storage.tiny.store import TinyStore
from bot.storage.working import Tables
from tests.contract.rows import ONE, after, answer, delivery, round_
from tests.contract.strategies import Everything, everything
from tests.contract.test_round_trip import assert_there, put
from tests.samples import MONDAY
from tests.storage.postgres.server import bare_database, connected, database, opened
from tests.storage.stores import commit, everything_in, known, make

PEOPLE = 25
KILLS = 4
_PROCESSES = multiprocessing.get_context("forkserver")


class Interrupted(Exception):
    """The process ends here."""


@dataclass
class Watched:
    """A progress that is kept, and at a call of which something happens."""

    at: int = -1
    happens: Callable[[], object] = lambda: None
    seen: list[tuple[str, int, int]] = field(default_factory=list)

    def __call__(self, what: str, done: int, total: int) -> None:
        if len(self.seen) == self.at:
            self.happens()
        self.seen.append((what, done, total))


def interrupt() -> None:
    """End the process."""
    raise Interrupted


@pytest.fixture
def bare() -> Iterator[str]:
    """A database without a schema."""
    with bare_database() as url:
        yield url


@pytest.fixture
async def source(tmp_path: Path) -> Path:
    """A store with an open and a closed round, people, history, and counts of what was rolled up."""
    path = tmp_path / "store.tinydb"
    store = TinyStore.open(path)
    people = [PersonId(f"person-{n:02}") for n in range(PEOPLE)]
    async with store.unit_of_work() as work:
        await work.people.put_all([Person(person, next_nudge=MONDAY) for person in people])
        await work.experiences.put_all([Experience(person, ONE, MONDAY) for person in people])
        await work.deliveries.add_all([delivery(f"d-{n}", person=one) for n, one in enumerate(people)])
        await work.pulses.put_round(round_("open", secret=b"a secret of an open round"))
        await work.pulses.put_round(round_("closed", secret=b"gone").closed())
        await work.pulses.put_answers([answer("voice", 2, 3, of="open")])
        await work.pulses.publish([Publication("closed", "team:ward", (), 40)])
        await work.plans.put(Plan("team:ward", 2))
    async with store.unit_of_work() as work:
        await work.deliveries.put_all([delivery("d-0", person=people[0]).settled_as(State.SENT, MONDAY)])
        await work.deliveries.roll_up(after(1), 9)
    await store.close()
    return path


async def test_everything_is_there(source: Path, bare: str) -> None:
    """In a database that had no schema; the source is byte for byte as before."""
    before = everything_in(source)
    watched = Watched()
    moved = await move(source, bare, watched)
    assert moved == watched.seen[-1][1] == watched.seen[-1][2] == PEOPLE * 3 + 5
    assert [what for what, _, _ in watched.seen] == sorted(what for what, _, _ in watched.seen)
    assert everything_in(source) == before
    async with opened(bare) as store, store.unit_of_work() as work:
        assert len(await work.people.due(MONDAY, 99)) == PEOPLE
        assert [r.secret for r in await work.pulses.rounds()] == [None, b"a secret of an open round"]
        assert await work.pulses.answered("open", ["voice"]) == {"voice"}
        assert [one.rate for one in await work.pulses.published_of(["team:ward"])] == [40]
        assert await work.plans.get("team:ward") == Plan("team:ward", 2)
        assert [count.number for count in await work.deliveries.rolled_up()] == [1]
        assert len(await work.deliveries.claim(MONDAY, 99)) == PEOPLE - 1


async def test_killed_again_and_again_it_ends_whole(source: Path, bare: str) -> None:
    """`kill -9` wherever it stands, four times: the next goes on from there, and at the end all is there."""
    before, chance = everything_in(source), random.Random(7)
    for _ in range(KILLS):
        more = chance.randrange(1, PEOPLE * 3 // KILLS)
        assert await asyncio.to_thread(_killed, source, bare, more) == -signal.SIGKILL
    assert 0 < _arrived(bare) < PEOPLE * 3 - 1
    assert await move(source, bare, Watched()) == PEOPLE * 3 + 5
    assert everything_in(source) == before
    assert _arrived(bare) == PEOPLE * 3 - 1  # one was rolled up
    assert await move(source, bare, Watched()) is None


def _killed(source: Path, url: str, more: int) -> int | None:
    """Move in a process that is killed once so many rows more have arrived; its exit code."""
    process = _PROCESSES.Process(target=_moves, args=(source, url), daemon=True)
    enough = _arrived(url) + more
    process.start()
    while process.is_alive() and _arrived(url) < enough:
        time.sleep(0.005)
    process.kill()
    process.join()
    while _others(url):  # the server takes a moment to notice
        time.sleep(0.005)
    return process.exitcode


def _moves(source: Path, url: str) -> None:
    """Move in small steps, slowly enough to be killed between any two. Runs in a process of its own."""
    asyncio.run(move(source, url, lambda *_: time.sleep(0.02), batch=2))


def _arrived(url: str) -> int:
    """How many people, experiences and deliveries have arrived for good."""
    with connected(url) as connection:
        there = connection.execute("SELECT to_regclass('moves') IS NOT NULL").fetchone()
        if there != (True,):
            return 0
        counted = "SELECT sum(n) FROM (VALUES (1)) one, LATERAL (SELECT count(*) n FROM people UNION ALL "
        counted += "SELECT count(*) FROM experiences UNION ALL SELECT count(*) FROM deliveries) every"
        found = connection.execute(counted.encode()).fetchone()
    return int(found[0]) if found else 0


def _others(url: str) -> bool:
    """Whether anybody else is connected to the database."""
    with connected(url) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    return found != (0,)


@settings(max_examples=10)
@given(rows=everything)
async def test_any_row_moves(tmp_path_factory: pytest.TempPathFactory, rows: Everything) -> None:
    """Whatever the domain allows arrives as it was."""
    path = tmp_path_factory.mktemp("move") / "store.tinydb"
    store = TinyStore.open(path)
    async with store.unit_of_work() as work:
        await put(work, rows)
    await store.close()
    with database() as url:
        await move(path, url, Watched())
        async with opened(url) as there, there.unit_of_work() as work:
            await assert_there(work, rows)


@pytest.mark.parametrize("at", [1, 4, 9, 11])
async def test_a_move_that_was_cut_short_goes_on(source: Path, url: str, at: int) -> None:
    """Wherever it ended; nothing that had arrived is moved again, and nothing is there twice."""
    with pytest.raises(Interrupted):
        await move(source, url, Watched(at, interrupt), batch=10)
    with pytest.raises(StoreOutdated, match="run `steady-drip store move` again"):
        await PostgresStore.open(url)
    with connected(url) as connection:
        arrived = [moved for (moved,) in connection.execute("SELECT moved FROM moves")]
    watched = Watched()
    assert await move(source, url, watched, batch=10) == PEOPLE * 3 + 5
    assert watched.seen[0][1] == sum(arrived)
    async with opened(url) as store, store.unit_of_work() as work:
        assert len(await work.people.due(MONDAY, 99)) == PEOPLE


async def test_moving_again_changes_nothing(source: Path, url: str) -> None:
    """The service may have gone on with the new store meanwhile."""
    await move(source, url, Watched())
    async with opened(url) as store:
        await commit(store, "newcomer")
        assert await move(source, url, Watched()) is None
        async with store.unit_of_work() as work:
            assert await work.people.get(PersonId("newcomer"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE people SET next_nudge = now() WHERE id = 'person-07'", "people: a row differs"),
        ("DELETE FROM experiences WHERE person = 'person-07'", "experiences: 24 rows where 25 were sent"),
        ("UPDATE rounds SET secret = 'other' WHERE id = 'open'", "rounds: a row differs"),
        ("""UPDATE deliveries SET subject = '{"kind": "parcel"}'""", "deliveries: a row cannot be read"),
        ("INSERT INTO answers VALUES ('open', 'x', 'ward', 1, 1)", "answers: 2 rows where 1 were sent"),
    ],
)
async def test_a_row_that_was_tampered_with_is_found(source: Path, url: str, change: str, told: str) -> None:
    """Before anybody may work with the new store; the table is named."""

    def tamper(what: str, done: int, total: int) -> None:
        if (what, done) == ("moving", total):
            with connected(url) as connection:
                connection.execute(change.encode())

    with pytest.raises(StoreDamaged, match=told):
        await move(source, url, tamper)
    with pytest.raises(StoreOutdated):
        await PostgresStore.open(url)


async def test_a_target_with_other_data_is_refused(source: Path, url: str, store: PostgresStore) -> None:
    """Nothing is mixed, and nothing is written."""
    await commit(store, "somebody")
    with pytest.raises(WrongStore, match="name an empty database"):
        await move(source, url, Watched())
    async with store.unit_of_work() as work:
        assert await work.people.due(MONDAY, 9) == []


async def test_a_source_that_has_changed_since_is_refused(source: Path, url: str) -> None:
    """Half of the one and half of the other would be neither."""
    with pytest.raises(Interrupted):
        await move(source, url, Watched(3, interrupt), batch=10)
    store = TinyStore.open(source)
    await commit(store, "newcomer")
    await store.close()
    with pytest.raises(WrongStore, match="has changed since"):
        await move(source, url, Watched())


async def test_a_store_that_is_in_use_is_not_moved(source: Path, url: str) -> None:
    """The service has to stop first; then nothing new can be lost."""
    store = TinyStore.open(source)
    with pytest.raises(StoreBusy, match="Stop that process first"):
        await move(source, url, Watched())
    await store.close()


async def test_one_move_at_a_time(tmp_path: Path, url: str) -> None:
    """Two into one database would get in each other's way."""
    for name in ("one", "other"):
        await make(tmp_path / name, f"{name}'s")
    inner: list[BaseException] = []

    async def second() -> None:
        try:
            await move(tmp_path / "other", url, Watched())
        except StoreBusy as error:
            inner.append(error)

    met = Watched(0, lambda: asyncio.run_coroutine_threadsafe(second(), loop).result(9))
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(lambda: asyncio.run(move(tmp_path / "one", url, met)))
    assert "wait for it to end" in str(inner)


async def test_nothing_to_move_is_said(tmp_path: Path, url: str) -> None:
    """A path without a store is a mistake, and no store is made of it."""
    with pytest.raises(StoreFailed, match="there is no store here"):
        await move(tmp_path / "nowhere", url, Watched())
    assert not everything_in(tmp_path / "nowhere")


async def test_the_source_can_be_used_afterwards(source: Path, url: str) -> None:
    """Nobody holds it any more, however the move ended."""
    with pytest.raises(Interrupted):
        await move(source, url, Watched(0, interrupt))
    assert await known(source, "person-00") == [True]
    await TinyStore.open(source).close()


def test_no_table_is_left_out() -> None:
    """A table that is added later has to be moved too."""
    assert [part.table for part in PARTS] == [table.name for table in Tables()]


def test_sums_know_no_order_but_every_row() -> None:
    """Equal for the same rows in any order; different for a row less, a row twice and another row."""
    sam, alex, kim = (Person(PersonId(name)) for name in ("sam", "alex", "kim"))
    assert sum_of([sam, alex]) == sum_of([alex, sam]) != Sum()
    assert len({repr(sum_of(these)) for these in ([sam], [sam, sam], [sam, alex], [sam, kim])}) == 4
