"""The HTTP side: one door for Teams, and what an operator's probes and dashboards ask."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError

from bot.domain.json import Json
from bot.web.metrics import CONTENT_TYPE, Metrics

LARGEST_BODY = 256 * 1024
"""Bytes. Teams' activities stay below 100 KB."""

BODY_PATIENCE = 10.0
"""Seconds in which a body has to be here: nobody holds a connection by sending a byte now and then."""


class Answer(Protocol):
    """What to answer: a status, JSON or nothing, and perhaps after how many seconds to come again."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> Json: ...
    @property
    def retry_after(self) -> int | None: ...


Receive = Callable[[str | None, bytes], Awaitable[Answer]]
"""Takes the Authorization header and the body of a request."""

Ready = Callable[[], Awaitable[Mapping[str, bool]]]
"""Says of each part whether it works."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build_app(
    receive: Receive, ready: Ready, metrics: Metrics, *, metrics_token: str | None = None
) -> web.Application:
    """The application: POST /api/messages, GET /healthz, GET /readyz, GET /metrics.

    `metrics_token` opens /metrics as a bearer token; None leaves it open, and an empty one takes it away.
    """
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(
        [
            web.post("/api/messages", _measured(_messages(receive), metrics)),
            web.get("/healthz", _healthz),
            web.get("/readyz", _readyz(ready)),
        ]
    )
    if metrics_token != "":
        app.add_routes([web.get("/metrics", _metrics(metrics, metrics_token))])
    return app


def _messages(receive: Receive) -> Handler:
    async def messages(request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json" or "Content-Encoding" in request.headers:
            raise web.HTTPUnsupportedMediaType  # Teams packs nothing, and unpacking is work for strangers
        answer = await receive(request.headers.get("Authorization"), await _body(request))
        headers = {} if answer.retry_after is None else {"Retry-After": str(answer.retry_after)}
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        return web.json_response(answer.body, status=answer.status, headers=headers)

    return messages


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_PATIENCE):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    except (RequestPayloadError, HttpProcessingError) as error:
        raise web.HTTPBadRequest(text="the body is not what its headers say") from error


def _measured(handler: Handler, metrics: Metrics) -> Handler:
    """The handler, with a note of each answer's status and of how long it took."""

    async def measured(request: web.Request) -> web.StreamResponse:
        began = time.monotonic()
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            metrics.answered(refusal.status, time.monotonic() - began)
            raise
        metrics.answered(response.status, time.monotonic() - began)
        return response

    return measured


async def _healthz(_: web.Request) -> web.StreamResponse:
    """Whether the process answers at all."""
    return web.Response(text="ok")


def _readyz(ready: Ready) -> Handler:
    async def readyz(_: web.Request) -> web.StreamResponse:
        parts = await ready()
        words = {part: "ok" if works else "down" for part, works in parts.items()}
        return web.json_response(words, status=200 if all(parts.values()) else 503)

    return readyz


def _metrics(metrics: Metrics, token: str | None) -> Handler:
    expected = None if token is None else f"Bearer {token}".encode()

    async def page(request: web.Request) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if expected is not None and not hmac.compare_digest(given, expected):
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        return web.Response(body=await metrics.page(), headers={"Content-Type": CONTENT_TYPE})

    return page
