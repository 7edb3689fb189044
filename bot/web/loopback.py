"""A connector on this machine that takes every message, as a process of its own: for rehearsals."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count

from aiohttp import web

from bot.web.serving import serving

HOST = "127.0.0.1"


def loopback_connector() -> AbstractAsyncContextManager[str]:
    """Its address while the block runs."""
    return beside(__name__)


@asynccontextmanager
async def beside(module: str) -> AsyncIterator[str]:
    """The address that a module prints as a process of its own; it ends with the block, and with this one.

    A Ctrl-C at the terminal is for this process alone: what it is sending then still gets its answer.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, stdin=PIPE, stdout=PIPE, start_new_session=True
    )
    try:
        yield (await _stream(process.stdout).readline()).decode().strip()
    finally:
        await process.communicate(b"")  # closes its stdin, which is its sign to end


def _stream(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    """The stream that was asked for."""
    if stream is None:
        raise RuntimeError("the connector's process has no output")
    return stream


async def _serve_until_stdin_ends() -> None:
    ids = count(1)

    async def take(request: web.Request) -> web.StreamResponse:
        await request.read()
        return web.json_response({"id": f"activity-{next(ids)}"}, status=201)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    async with serving(app, HOST, 0) as port:
        print(f"http://{HOST}:{port}", flush=True)  # noqa: T201 - how the other process learns the address
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve_until_stdin_ends())
