"""`rehearse`: prints figures that add up; killed again and again, it goes on and nobody hears twice."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.outbox.delivery import State
from bot.services.outbox.dispatching import BATCH, PIPELINES
from bot.services.ports import Store
from bot.services.records import SMALL_BATCH
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command
from tests.commands.forked import Forked
from tests.commands.processes import PATIENCE_SECONDS
from tests.storage.postgres.server import bare_database, database, opened, setting_of
from tests.teams.connector_server import Says, ScriptedConnector, connector_server


@dataclass(frozen=True, slots=True)
class Ordeal:
    """A rehearsal to be killed again and again: its store, how to look into it, its size, how often.

    `batch` is how many deliveries it claims at once.
    """

    store: str
    look: Callable[[], AbstractAsyncContextManager[Store]]
    people: int
    kills: int
    batch: int


def test_it_prints_what_came_of_it(command: Command, here: Path) -> None:
    """Against its own connector: everybody got theirs, and every figure is there."""
    done = command("rehearse", "--people", "40", "--nudges", "2", "--store", f"tinydb:{here}/r.tinydb")
    assert done.exit_code == 0, done.output
    figures = dict(line.split(": ") for line in done.stdout.splitlines())
    whole = ("people", "planned", "sent", "retried", "stopped", "unknown", "handled")
    assert [int(figures[name]) for name in whole] == [40, 80, 80, 0, 0, 0, 80]
    assert float(figures["seconds"]) > 0
    assert float(figures["per second"]) > 0
    assert int(figures["peak memory mib"]) > 10
    assert (here / "r.tinydb").exists()
    assert not (here / "var").exists()
    assert done.stderr == ""


def test_a_store_of_something_else_is_refused(command: Command, here: Path) -> None:
    """The sample roster's people are in it: exit code 1, and what to do."""
    roster = here / "roster.csv"
    header = "id,name,upn,role,licence,site,team,rights,leads,topics"
    one = "00000000-0000-0000-0000-000000000001,Sam Sample,sam@sample.invalid,ward-clerk,chat,North,Ward 4,,,"
    roster.write_text(f"{header}\n{one}\n", encoding="utf-8")
    assert command("people", "import", str(roster)).exit_code == 0
    done = command("rehearse", "--people", "2", "--store", "tinydb:var/steady-drip.tinydb")
    assert done.exit_code == 1
    assert "--store" in done.stderr


def test_a_store_that_cannot_be_named(command: Command) -> None:
    """The problem names the option, and not the setting that it stands for."""
    done = command("rehearse", "--people", "2", "--store", "sqlite:x")
    assert done.exit_code == 1
    assert done.stderr.startswith("--store: must be tinydb:PATH")
    assert "STEADY_DRIP" not in done.stderr


def test_a_connector_that_is_not_there_spoils_nothing(command: Command, here: Path) -> None:
    """Exit code 1 and one line, before anything is written."""
    done = command("rehearse", "--people", "2", "--connector", "http://127.0.0.1:9")
    assert done.exit_code == 1
    assert done.stderr.startswith("--connector: nobody listens at http://127.0.0.1:9;")
    assert not (here / "var").exists()


def test_a_connector_is_an_address(command: Command, here: Path) -> None:
    """Exit code 2, as for every option that is typed wrong, and how it begins."""
    done = command("rehearse", "--people", "2", "--connector", "localhost:8080")
    assert done.exit_code == 2
    assert "--connector" in done.stderr
    assert "begins with http:// or https://" in " ".join(done.stderr.split())
    assert not (here / "var").exists()


def test_a_database_that_is_not_there(command: Command) -> None:
    """One line with the place, and what to look at; never the password."""
    store = "postgresql://drip:s3cret@127.0.0.1:1/drip"
    done = command("rehearse", "--people", "2", "--store", store)
    assert done.exit_code == 1
    assert done.stderr == (
        "no connection to PostgreSQL at 127.0.0.1:1/drip (OperationalError): "
        "is it running, and are the address, the user and the password right?\n"
    )


def test_a_database_without_tables(command: Command) -> None:
    """The command that makes them is named."""
    with bare_database() as url:
        done = command("rehearse", "--people", "2", "--store", setting_of(url))
    assert done.exit_code == 1
    assert done.stderr == (
        "the database is not up to date; run `steady-drip migrate` with STEADY_DRIP_STORE naming it, "
        "then start again\n"
    )


async def test_a_store_in_use(command: Command, here: Path) -> None:
    """Who has it, and the two ways on."""
    store = TinyStore.open(here / "r.tinydb")
    done = await asyncio.to_thread(command, "rehearse", "--people", "2", "--store", f"tinydb:{here}/r.tinydb")
    await store.close()
    assert done.exit_code == 1
    assert done.stderr.endswith("start it again after this, or give this one a file of its own.\n")


def test_a_folder_that_cannot_be_made(command: Command, here: Path) -> None:
    """A file stands where the folder was to be: that is said, and the way out."""
    (here / "var").write_text("", encoding="ascii")
    done = command("rehearse", "--people", "2")
    assert done.exit_code == 1
    assert done.stderr == (
        f"{here}/var/rehearsal.tinydb: File exists; "
        "a file stands where its folder has to be: name another path\n"
    )


def test_a_second_run_says_that_figures_are_older(command: Command, here: Path) -> None:
    """With the option that begins anew; nothing went wrong, so the exit code is 0."""
    options = ["rehearse", "--people", "3", "--store", f"tinydb:{here}/r.tinydb"]
    command(*options)
    done = command(*options)
    assert done.exit_code == 0
    assert "sent: 3" in done.stdout
    assert done.stderr == (
        "Some figures are of earlier runs on this store; --store begins a new one elsewhere.\n"
    )


async def test_what_was_not_taken_is_no_success(tmp_path: Path) -> None:
    """A connector that says no to one of two: the figures are printed, and the exit code is 1."""
    async with connector_server() as connector:
        connector.will(Says(400))
        store = f"tinydb:{tmp_path}/r.tinydb"
        options = ["--people", "2", "--store", store, "--connector", connector.url, "--json"]
        process = Forked(["rehearse", *options], tmp_path / "printed.txt")
        assert await process.ended() == 1
    assert '"stopped": 1' in process.printed()
    assert "1 messages were not taken. The store keeps that: use another --store." in process.printed()


async def test_two_at_once_share_the_work(tmp_path: Path) -> None:
    """Two processes on one PostgreSQL, clocks that skip apart: both end well, everybody hears once."""
    people, nudges = 200, 1
    with database() as url:
        async with connector_server() as connector:
            options = ["--people", str(people), "--nudges", str(nudges), "--store", setting_of(url)]
            both = [
                Forked(["rehearse", *options, "--connector", connector.url, "--json"], tmp_path / f"{n}.txt")
                for n in range(2)
            ]
            ends = await asyncio.wait_for(asyncio.gather(*(one.ended() for one in both)), PATIENCE_SECONDS)
            assert ends == [0, 0], [one.printed() for one in both]
            heard = Counter(request.path for request in connector.requests)
        async with opened(url) as store, store.unit_of_work() as work:
            totals = await work.deliveries.totals()
    assert {state: total.deliveries for state, total in totals.items()} == {State.SENT: people * nudges}
    assert set(heard.values()) == {nudges}
    assert len(heard) == people


@pytest.fixture(params=["tiny", "postgres"])
async def ordeal(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Ordeal]:
    """Twenty kills among 5,000 people on PostgreSQL; fewer on TinyDB, which other tests kill as well."""
    if request.param == "postgres":
        with database() as url:
            yield Ordeal(setting_of(url), lambda: opened(url), people=5_000, kills=20, batch=BATCH)
        return
    path = tmp_path / "rehearsal.tinydb"

    @asynccontextmanager
    async def look() -> AsyncIterator[Store]:
        store = TinyStore.open(path, read_only=True)
        yield store
        await store.close()

    yield Ordeal(f"tinydb:{path}", look, people=1_000, kills=5, batch=SMALL_BATCH)


async def test_it_survives_being_killed(ordeal: Ordeal, tmp_path: Path) -> None:
    """Killed as it sends: nobody twice, what was in flight is unknown, all others are sent, all adds up."""
    chance = random.Random(5)
    in_flight: set[str] = set()
    async with connector_server() as connector:
        for _ in range(ordeal.kills):
            process = _started(ordeal, connector, tmp_path)
            more = chance.randrange(1, ordeal.people // ordeal.kills // 2)
            await asyncio.wait_for(connector.reached(len(connector.requests) + more), PATIENCE_SECONDS)
            await process.kill()
            new = await _in_flight(ordeal) - in_flight
            assert len(new) <= ordeal.batch * PIPELINES
            in_flight |= new
        last = _started(ordeal, connector, tmp_path)
        assert await last.ended() == 0, last.printed()
        heard = Counter(request.path for request in connector.requests)
    figures, _ = json.JSONDecoder().raw_decode(last.printed())  # a remark follows
    assert max(heard.values()) == 1
    assert figures["unknown"] <= len(in_flight)
    assert figures["stopped"] == 0
    assert figures["planned"] == ordeal.people == figures["sent"] + figures["unknown"]
    assert figures["sent"] <= len(heard) <= figures["sent"] + figures["unknown"]


def _started(ordeal: Ordeal, connector: ScriptedConnector, folder: Path) -> Forked:
    options = [
        "--people",
        str(ordeal.people),
        "--store",
        ordeal.store,
        "--connector",
        connector.url,
        "--json",
    ]
    return Forked(["rehearse", *options], folder / "printed.txt")


async def _in_flight(ordeal: Ordeal) -> set[str]:
    async with ordeal.look() as store, store.unit_of_work() as work:
        return {delivery.key for delivery in await work.deliveries.in_flight()}
