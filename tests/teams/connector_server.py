"""A Bot Framework connector on a loopback port: it records what it gets and answers by script."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bot.domain.json import Json


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    authorization: str | None
    body: Json


@dataclass(frozen=True, slots=True)
class Says:
    """One scripted answer."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class NeverAnswers:
    """One scripted silence: the request is read, and nothing comes back."""


class Resets:
    """One scripted fault: the request is read, then the connection breaks."""


class BreaksOff:
    """One scripted fault: the connector takes the message and breaks off in the middle of saying so."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One scripted delay: the message is taken, and something else happens before that is said."""

    happens: Callable[[], object]


Answer = Says | NeverAnswers | Resets | BreaksOff | Meanwhile


class ScriptedConnector:
    """Answers with the script while it lasts, and after that takes everything with a numbered id."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.script: deque[Answer] = deque()
        self.url = ""
        self._silence = asyncio.Event()
        self._came = asyncio.Condition()

    def will(self, *answers: Answer) -> None:
        """Add to the script."""
        self.script.extend(answers)

    @property
    def last(self) -> Request:
        """The newest request."""
        return self.requests[-1]

    async def reached(self, requests: int) -> None:
        """Return once so many requests have come in all."""
        async with self._came:
            await self._came.wait_for(lambda: len(self.requests) >= requests)

    def release(self) -> None:
        """End every silence, so that the server can stop."""
        self._silence.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Record one request and do what comes next in the script."""
        body = await request.json() if request.can_read_body else None
        self.requests.append(
            Request(request.method, request.raw_path, request.headers.get("Authorization"), body)
        )
        async with self._came:
            self._came.notify_all()
        answer = self.script.popleft() if self.script else self._taken()
        return await self._carry_out(request, answer)

    def _taken(self) -> Says:
        return Says(201, f'{{"id":"activity-{len(self.requests)}"}}')

    async def _carry_out(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        match answer:
            case Says():
                return web.Response(status=answer.status, text=answer.body, headers=answer.headers)
            case NeverAnswers():
                await self._silence.wait()
            case Resets():
                _abort(request)
            case BreaksOff():
                return await _half_an_answer(request)
            case Meanwhile():
                await asyncio.to_thread(answer.happens)
                return await self._carry_out(request, self._taken())
        return web.Response()


async def _half_an_answer(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(status=201, headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b'{"id":')
    _abort(request)
    return response


def _abort(request: web.Request) -> None:
    transport = request.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()


@asynccontextmanager
async def connector_server() -> AsyncIterator[ScriptedConnector]:
    """A scripted connector that listens while the block runs."""
    connector = ScriptedConnector()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", connector.handle)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        connector.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield connector
    finally:
        connector.release()
        await runner.cleanup()


@asynccontextmanager
async def slamming_server() -> AsyncIterator[str]:
    """An address that takes a connection and closes it before it has read anything."""

    async def slam(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()
        writer.close()

    async with _raw_server(slam) as port:
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def mute_server() -> AsyncIterator[str]:
    """An https address that takes a connection and never shakes hands."""
    over = asyncio.Event()

    async def keep_quiet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with _raw_server(keep_quiet) as port:
        try:
            yield f"https://127.0.0.1:{port}"
        finally:
            over.set()


@asynccontextmanager
async def _raw_server(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[int]:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
