"""The HTTP side over a real socket."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
import pytest

from bot.domain.json import Json
from bot.web.app import LARGEST_BODY, build_app
from bot.web.serving import serving


@dataclass(frozen=True)
class Said:
    """An answer as the web side expects one."""

    status: int
    body: Json = None


class Behind:
    """What stands behind the door."""

    def __init__(self) -> None:
        self.answer = Said(200)
        self.received: list[tuple[str | None, bytes]] = []
        self.parts: Mapping[str, bool] = {"store": True, "teams": True}

    async def receive(self, authorization: str | None, body: bytes) -> Said:
        """Remember it and answer."""
        self.received.append((authorization, body))
        return self.answer

    async def ready(self) -> Mapping[str, bool]:
        """How the parts are."""
        return self.parts


@pytest.fixture
def behind() -> Behind:
    """What stands behind the door."""
    return Behind()


@pytest.fixture
async def http(behind: Behind) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the running application."""
    async with (
        serving(build_app(behind.receive, behind.ready), "127.0.0.1", 0) as port,
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
            async with serving(build_app(behind.receive, behind.ready), "127.0.0.1", other.getsockname()[1]):
                pass


async def test_a_running_request_may_finish(behind: Behind) -> None:
    """Stopping waits for the answer that is on its way."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(authorization: str | None, body: bytes) -> Said:
        begun.set()
        await go_on.wait()
        return await behind.receive(authorization, body)

    async with aiohttp.ClientSession() as session:
        async with serving(build_app(slowly, behind.ready), "127.0.0.1", 0) as port:
            answer = asyncio.create_task(session.post(f"http://127.0.0.1:{port}/api/messages", json={}))
            await begun.wait()
            asyncio.get_running_loop().call_later(0.05, go_on.set)
        assert (await answer).status == 200
