"""The HTTP side over a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
import pytest
from aiohttp import web

from bot.domain.json import Json
from bot.services.outbox.watching import Figures
from bot.web import app as door
from bot.web.app import LARGEST_BODY, build_app
from bot.web.metrics import Metrics
from bot.web.serving import serving


@dataclass(frozen=True)
class Said:
    """An answer as the web side expects one."""

    status: int
    body: Json = None
    retry_after: int | None = None


class Behind:
    """What stands behind the door."""

    def __init__(self) -> None:
        self.answer = Said(200)
        self.received: list[tuple[str | None, bytes]] = []
        self.parts: Mapping[str, bool] = {"store": True, "teams": True}
        self.waiting: int | None = 5

    async def receive(self, authorization: str | None, body: bytes) -> Said:
        """Remember it and answer."""
        self.received.append((authorization, body))
        return self.answer

    async def ready(self) -> Mapping[str, bool]:
        """How the parts are."""
        return self.parts

    async def look(self) -> Figures:
        """How things stand."""
        return Figures(self.parts, self.waiting, self.waiting, {"sent": 7, "unknown": 0}, 3, {"plan": 0.25})

    def app(self, token: str | None = None) -> web.Application:
        """The application before it."""
        return build_app(self.receive, self.ready, Metrics(self.look), metrics_token=token)


@pytest.fixture
def behind() -> Behind:
    """What stands behind the door."""
    return Behind()


@pytest.fixture
async def http(behind: Behind) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the running application."""
    async with (
        serving(behind.app(), "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        yield session


async def test_hands_on_header_and_body_as_they_came(http: aiohttp.ClientSession, behind: Behind) -> None:
    """The door reads neither."""
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json; charset=utf-8"}
    async with http.post("/api/messages", data=b"{not json", headers=headers) as response:
        assert (response.status, await response.read()) == (200, b"")
    assert behind.received == [("Bearer x", b"{not json")]


@pytest.mark.parametrize(
    ("answer", "text"), [(Said(200, {}), "{}"), (Said(401, {"error": "no"}), '{"error": "no"}')]
)
async def test_answers_with_status_and_json(
    http: aiohttp.ClientSession, behind: Behind, answer: Said, text: str
) -> None:
    """An empty object is a body; None is none."""
    behind.answer = answer
    async with http.post("/api/messages", json={}) as response:
        assert (response.status, response.content_type) == (answer.status, "application/json")
        assert await response.text() == text


async def test_an_oversize_body_is_refused(http: aiohttp.ClientSession, behind: Behind) -> None:
    """413, and nothing behind the door hears of it."""
    headers = {"Content-Type": "application/json"}
    async with http.post("/api/messages", data=b"x" * (LARGEST_BODY + 1), headers=headers) as response:
        assert response.status == 413
    assert behind.received == []


async def test_a_body_that_never_ends_is_given_up(
    http: aiohttp.ClientSession, behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """408: a connection is not held by a byte now and then."""
    monkeypatch.setattr(door, "BODY_PATIENCE", 0.05)
    over = asyncio.Event()

    async def dripping() -> AsyncIterator[bytes]:
        yield b"{"
        await over.wait()

    headers = {"Content-Type": "application/json"}
    async with http.post("/api/messages", data=dripping(), headers=headers) as response:
        assert response.status == 408
    over.set()
    assert behind.received == []


async def test_a_full_house_says_when_to_come_again(http: aiohttp.ClientSession, behind: Behind) -> None:
    """In the header that clients read."""
    behind.answer = Said(503, {"error": "busy"}, 2)
    async with http.post("/api/messages", json={}) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "2")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_content_type_is_refused(
    http: aiohttp.ClientSession, behind: Behind, kind: str
) -> None:
    """A form of a web page cannot post here."""
    async with http.post("/api/messages", data=b"{}", headers={"Content-Type": kind}) as response:
        assert response.status == 415
    assert behind.received == []


async def test_other_ways_in_do_not_exist(http: aiohttp.ClientSession) -> None:
    """GET is not for messages, and there is no other page."""
    async with http.get("/api/messages") as messages, http.get("/") as root:
        assert (messages.status, root.status) == (405, 404)


async def test_healthz_says_that_the_process_lives(http: aiohttp.ClientSession) -> None:
    """Without asking any part."""
    async with http.get("/healthz") as response:
        assert (response.status, await response.text()) == (200, "ok")


@pytest.mark.parametrize(("works", "status", "word"), [(True, 200, "ok"), (False, 503, "down")])
async def test_readyz_has_a_word_for_each_part(
    http: aiohttp.ClientSession, behind: Behind, *, works: bool, status: int, word: str
) -> None:
    """One part down makes the whole not ready."""
    behind.parts = {"store": works, "teams": True}
    async with http.get("/readyz") as response:
        assert (response.status, await response.json()) == (status, {"store": word, "teams": "ok"})


async def test_a_taken_port_is_an_error(behind: Behind) -> None:
    """The caller hears of it, and can say so."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="address already in use"):
            async with serving(behind.app(), "127.0.0.1", other.getsockname()[1]):
                pass


async def test_a_running_request_may_finish(behind: Behind) -> None:
    """Stopping waits for the answer that is on its way."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(authorization: str | None, body: bytes) -> Said:
        begun.set()
        await go_on.wait()
        return await behind.receive(authorization, body)

    async with aiohttp.ClientSession() as session:
        app = build_app(slowly, behind.ready, Metrics(behind.look))
        async with serving(app, "127.0.0.1", 0) as port:
            answer = asyncio.create_task(session.post(f"http://127.0.0.1:{port}/api/messages", json={}))
            await begun.wait()
            asyncio.get_running_loop().call_later(0.05, go_on.set)
        assert (await answer).status == 200


async def _page(behind: Behind, token: str | None, **headers: str) -> tuple[int, str]:
    async with (
        serving(behind.app(token), "127.0.0.1", 0) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers) as session,
    ):
        await session.post("/api/messages", json={})
        await session.post("/api/messages", data=b"")
        async with session.get("/metrics") as response:
            return response.status, await response.text()


async def test_metrics_tell_how_things_stand(behind: Behind) -> None:
    """The outbox, the sends, the ticks, the parts, and how long Teams' requests took, by status."""
    behind.parts = {"store": True, "token": False}
    status, text = await _page(behind, None)
    assert status == 200
    lines = [
        "steady_drip_queue_depth 5.0",
        "steady_drip_queue_oldest_seconds 5.0",
        'steady_drip_sends_total{outcome="sent"} 7.0',
        'steady_drip_sends_total{outcome="unknown"} 0.0',
        "steady_drip_throttled_total 3.0",
        'steady_drip_tick_lag_seconds{tick="plan"} 0.25',
        'steady_drip_up{part="store"} 1.0',
        'steady_drip_up{part="token"} 0.0',
        'steady_drip_inbound_seconds_count{status="200"} 1.0',
        'steady_drip_inbound_seconds_count{status="415"} 1.0',
    ]
    assert [line for line in lines if line not in text.splitlines()] == []


async def test_metrics_without_a_store_leave_out_the_outbox(behind: Behind) -> None:
    """A figure that nobody knows is not shown as nought."""
    behind.waiting = None
    status, text = await _page(behind, None)
    assert (status, "queue" in text, "steady_drip_sends_total" in text) == (200, False, True)


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic hush", "hush", "Bearer hush\xe9"])
async def test_metrics_open_for_their_token_alone(behind: Behind, given: str) -> None:
    """Everybody else gets 401 and no figure."""
    status, text = await _page(behind, "hush", Authorization=given)
    assert (status, "steady_drip" in text) == (401, False)
    assert (await _page(behind, "hush", Authorization="Bearer hush"))[0] == 200


async def test_without_a_token_there_are_no_metrics(behind: Behind) -> None:
    """Nothing is open by default: the page is not there."""
    assert (await _page(behind, "", Authorization="Bearer "))[0] == 404
