"""The HTTP side: one door for Teams, and two questions that an operator's probes ask."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiohttp import web

from bot.domain.json import Json

LARGEST_BODY = 256 * 1024
"""Bytes. Teams' activities stay below 100 KB."""


class Answer(Protocol):
    """What to answer: a status, and JSON or nothing."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> Json: ...


Receive = Callable[[str | None, bytes], Awaitable[Answer]]
"""Takes the Authorization header and the body of a request."""

Ready = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says of each part whether it works."""


def build_app(receive: Receive, ready: Ready) -> web.Application:
    """The application: POST /api/messages, GET /healthz, GET /readyz."""
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(
        [
            web.post("/api/messages", _messages(receive)),
            web.get("/healthz", _healthz),
            web.get("/readyz", _readyz(ready)),
        ]
    )
    return app


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _messages(receive: Receive) -> Handler:
    async def messages(request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        answer = await receive(request.headers.get("Authorization"), await request.read())
        if answer.body is None:
            return web.Response(status=answer.status)
        return web.json_response(answer.body, status=answer.status)

    return messages


async def _healthz(_: web.Request) -> web.StreamResponse:
    """Whether the process answers at all."""
    return web.Response(text="ok")


def _readyz(ready: Ready) -> Handler:
    async def readyz(_: web.Request) -> web.StreamResponse:
        parts = await ready()
        words = {part: "ok" if works else "down" for part, works in parts.items()}
        return web.json_response(words, status=200 if all(parts.values()) else 503)

    return readyz
