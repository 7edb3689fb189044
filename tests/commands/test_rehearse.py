"""`rehearse`: prints figures that add up; killed again and again, it goes on and nobody hears twice."""

import asyncio
import json
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.services.dispatching import BATCH, PIPELINES
from bot.services.ports import Store
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command
from tests.commands.processes import PATIENCE_SECONDS
from tests.storage.postgres.server import database, opened, setting_of
from tests.teams.connector_server import ScriptedConnector, connector_server

PEOPLE = 5_000
KILLS = 20

Look = Callable[[], AbstractAsyncContextManager[Store]]


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
    """The problem names the setting that the option stands for."""
    done = command("rehearse", "--people", "2", "--store", "sqlite:x")
    assert done.exit_code == 1
    assert "tinydb:PATH" in done.stderr


@pytest.fixture(params=["tiny", "postgres"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, Look]]:
    """The name of an empty store, and how to look into it beside the process that has it."""
    if request.param == "postgres":
        with database() as url:
            yield setting_of(url), lambda: opened(url)
        return
    path = tmp_path / "rehearsal.tinydb"

    @asynccontextmanager
    async def look() -> AsyncIterator[Store]:
        store = TinyStore.open(path, read_only=True)
        yield store
        await store.close()

    yield f"tinydb:{path}", look


async def test_it_survives_being_killed(kept: tuple[str, Look]) -> None:
    """Killed twenty times as it sends: nobody twice, unknown is what was in flight, all others are sent."""
    store, look = kept
    chance = random.Random(5)
    in_flight: set[str] = set()
    async with connector_server() as connector:
        for _ in range(KILLS):
            await _killed_after(chance.randrange(1, PEOPLE // KILLS // 2), store, connector)
            mine = await _in_flight(look)
            assert len(mine - in_flight) <= BATCH * PIPELINES
            in_flight |= mine
        figures = await _to_its_end(store, connector)
        heard = Counter(request.path for request in connector.requests)
    assert max(heard.values()) == 1
    assert figures["unknown"] <= len(in_flight)
    assert figures["stopped"] == 0
    assert figures["planned"] == PEOPLE == figures["sent"] + figures["unknown"]
    assert figures["sent"] <= len(heard) <= figures["sent"] + figures["unknown"]


async def _started(store: str, connector: ScriptedConnector) -> asyncio.subprocess.Process:
    options = ["--people", str(PEOPLE), "--store", store, "--connector", connector.url, "--json"]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "rehearse", *options, stdout=pipe, stderr=pipe
    )


async def _killed_after(messages: int, store: str, connector: ScriptedConnector) -> None:
    """Start a rehearsal and kill it once it has sent so many more messages."""
    process = await _started(store, connector)
    enough = asyncio.create_task(connector.reached(len(connector.requests) + messages))
    ended = asyncio.create_task(process.communicate())
    await asyncio.wait([enough, ended], return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE_SECONDS)
    assert enough.done(), "it ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    await ended


async def _to_its_end(store: str, connector: ScriptedConnector) -> Mapping[str, int]:
    process = await _started(store, connector)
    said, complained = await asyncio.wait_for(process.communicate(), 2 * PATIENCE_SECONDS)
    assert process.returncode == 0, complained.decode()
    figures: dict[str, int] = json.loads(said)
    return figures


async def _in_flight(look: Look) -> set[str]:
    async with look() as store, store.unit_of_work() as work:
        return {delivery.key for delivery in await work.deliveries.in_flight()}
