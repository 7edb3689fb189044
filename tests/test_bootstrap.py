"""The whole service, composed for real: up on a free port, answering, and down without a trace."""

import gc
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import structlog

from bot.bootstrap import LOOPBACK, house, office, open_store, service, store_path
from bot.bootstrap.worlds import world_of
from bot.config import Settings
from bot.content.library import load_library
from bot.domain.library.prompts import App
from bot.domain.messages import Note
from bot.domain.outbox.replies import NotSent
from bot.domain.staff.hours import Nation
from bot.errors import Problems, StoreBusy
from bot.services.rounds.reporting import published
from bot.storage.memory import MemoryStore
from bot.system import SystemClock
from bot.teams.sender import Nowhere
from tests.commands.processes import without_settings
from tests.ports import free_port
from tests.samples import reference

READY = '{"store": "ok", "token": "ok", "keys": "ok", "scheduler": "ok", "sending": "ok"}'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder without settings; the logging that an office sets up ends with the test."""
    without_settings(tmp_path, monkeypatch)
    yield tmp_path
    structlog.reset_defaults()


@pytest.fixture
def settings(here: Path) -> Settings:
    """A local run on a free port with a store of its own."""
    return Settings.model_validate(
        {"store": f"tinydb:{here / 'store.tinydb'}", "port": free_port(), "time_speed": 5760}
    )


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """Asks over HTTP."""
    async with aiohttp.ClientSession() as session:
        yield session


async def answer(client: aiohttp.ClientSession, port: int, path: str) -> tuple[int, str]:
    """Status and body of a GET."""
    async with client.get(f"http://127.0.0.1:{port}{path}") as found:
        return found.status, await found.text()


async def test_the_service_starts_and_answers(settings: Settings, client: aiohttp.ClientSession) -> None:
    """On the port of the settings: it lives, it is ready, and it knows no other address."""
    async with service(settings, local=True) as port:
        assert port == settings.port
        assert await answer(client, port, "/healthz") == (200, "ok")
        assert await answer(client, port, "/readyz") == (200, READY)
        assert (await answer(client, port, "/"))[0] == 404
        assert (await answer(client, port, "/api/messages"))[0] == 405


async def test_it_ends_cleanly(settings: Settings, client: aiohttp.ClientSession) -> None:
    """The port is closed, the store is free for somebody else, and the time was kept."""
    async with service(settings, local=True) as port:
        await answer(client, port, "/healthz")
    with pytest.raises(aiohttp.ClientConnectorError):
        await answer(client, port, "/healthz")
    await (await open_store(settings)).close()
    assert store_path(settings).with_suffix(".clock").exists()


async def test_it_starts_again_on_the_same_store(settings: Settings, client: aiohttp.ClientSession) -> None:
    """With the same people and the same closed round: the sample data are loaded once."""
    figures = []
    for _ in range(2):
        async with service(settings, local=True) as port:
            assert (await answer(client, port, "/readyz"))[0] == 200
        async with office(settings, read_only=True) as world, world.store.unit_of_work() as work:
            figures.append((await work.people.groups(), await work.pulses.rounds()))
    assert figures[0] == figures[1]
    assert sum(figures[0][0].values()) == 60


async def test_time_goes_on_in_the_next_run(settings: Settings) -> None:
    """The second run begins no earlier than the first one ended."""
    kept = []
    for _ in range(2):
        async with service(settings, local=True):
            pass
        kept.append(datetime.fromisoformat(store_path(settings).with_suffix(".clock").read_text("ascii")))
    assert kept[0] < kept[1]


async def test_the_store_is_held_while_it_runs(settings: Settings) -> None:
    """A second writer is refused, a reader is not."""
    async with service(settings, local=True):
        with pytest.raises(StoreBusy):
            await open_store(settings)
        async with office(settings, read_only=True) as world:
            assert (await published(world, "operator:sample", "Patient Access")).shown


async def test_nobody_waits_while_what_was_loaded_is_searched_for_garbage(settings: Settings) -> None:
    """The rows of the store are left out of it as long as the service runs, and no longer."""
    async with service(settings, local=True):
        assert gc.get_freeze_count() > 1_000
    assert gc.get_freeze_count() == 0


async def test_a_port_that_is_taken_leaves_nothing_behind(settings: Settings) -> None:
    """The second service says which port, loads no sample data, and its store is free again."""
    other = settings.model_copy(update={"store": f"{settings.store}.other"})
    async with service(settings, local=True):
        with pytest.raises(Problems, match=f"port {settings.port} is in use; choose another with"):
            async with service(other, local=True):
                pass
    async with office(other) as world, world.store.unit_of_work() as work:
        assert await work.people.groups() == {}


async def test_in_earnest_nothing_is_loaded_and_tokens_are_asked_for(
    settings: Settings, client: aiohttp.ClientSession
) -> None:
    """Without --local there are no sample data, and nobody comes in without a token."""
    real = settings.model_copy(update={"time_speed": 1.0, "app_id": "sample-app", "tenant_id": "sample"})
    async with service(real, local=False) as port:
        address = f"http://127.0.0.1:{port}/api/messages"
        async with client.post(address, json={"type": "message", "text": "hi"}) as refused:
            assert refused.status == 401
    async with office(real, read_only=True) as world, world.store.unit_of_work() as work:
        assert await work.people.groups() == {}


async def test_broken_content_begins_nothing(settings: Settings, here: Path) -> None:
    """Before the store is opened, so that no empty one is left."""
    with pytest.raises(Problems):
        async with service(settings.model_copy(update={"content": here}), local=True):
            pass
    assert not store_path(settings).exists()


async def test_an_office_sends_nothing(settings: Settings) -> None:
    """Commands have a world whose way out is shut."""
    async with office(settings) as world:
        assert isinstance(world.outbound, Nowhere)
        assert await world.outbound.send(reference("sam"), Note("Title", [], [])) == NotSent()
        assert isinstance(world.clock, SystemClock)
        assert not world.house.local_run


def test_a_house_is_what_the_operator_decided(settings: Settings) -> None:
    """Each setting arrives where the use cases look for it; an empty link is no link."""
    decided = {
        "pulse_every_weeks": 2,
        "threshold": 7,
        "keep_history_days": 100,
        "keep_audit_days": 50,
        "keep_after_uninstall_days": 9,
    }
    ours = house(settings.model_copy(update=decided), local=True)
    assert (ours.calendar.every, ours.threshold, ours.local_run) == (timedelta(days=14), 7, True)
    assert (ours.keep_history, ours.keep_audit) == (timedelta(days=100), timedelta(days=50))
    assert ours.keep_after_uninstall == timedelta(days=9)
    assert ours.calendar.start == settings.pulse_start
    assert ours.calendar.skipped == frozenset()
    assert house(settings, local=False).calendar.skipped == {1, 4, 7, 10}
    assert ours.links == {App.COPILOT_CHAT: settings.copilot_link}
    assert house(settings.model_copy(update={"copilot_link": ""}), local=False).links == {}


def test_loopback_is_this_machine_alone() -> None:
    """No address in the list can be reached from elsewhere."""
    assert sorted(LOOPBACK) == ["127.0.0.1", "::1", "localhost"]


@pytest.mark.parametrize("local", [True, False])
async def test_bank_holidays_count_in_a_local_run_too(settings: Settings, *, local: bool) -> None:
    """A confirmation says that nothing comes on them, and only the clock differs there."""
    store, library = MemoryStore(), load_library(settings.content / "prompts_library")
    world = world_of(settings, store, library, SystemClock(), Nowhere(), local=local)
    assert date(2026, 12, 25) in world.holidays[Nation.ENGLAND]
