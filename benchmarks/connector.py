"""A Bot Framework connector in a process of its own: it takes everything, and says when each request came.

Run as `python -m benchmarks.connector`; it prints its address. `GET /arrivals` gives the moments of the
requests in seconds of one clock, and `DELETE /arrivals` forgets them; `POST /throttle` with
`{"requests": N, "retry_after": S}` refuses the next N with 429.
"""

import asyncio
import json
import sys
import time
from array import array
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus

from aiohttp import web

from bot.web.loopback import beside

TAKEN = b'{"id":"1795398211557"}'
CREATED = b'{"id":"a:created-by-the-benchmark"}'
JSON = "application/json"


class LoopbackConnector:
    """Counts and answers. It routes by hand: the client is what is measured, not the server."""

    def __init__(self) -> None:
        self._arrivals = array("d")
        self._refusing = 0
        self._retry_after = "1"

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take one request."""
        body = await request.read()
        if not request.path.startswith("/v3/"):
            return self._control(request, body)
        self._arrivals.append(time.monotonic())
        if self._refusing:
            self._refusing -= 1
            return web.Response(status=429, headers={"Retry-After": self._retry_after})
        said = TAKEN if request.path.endswith("/activities") else CREATED
        return web.Response(status=HTTPStatus.CREATED, body=said, content_type=JSON)

    def _control(self, request: web.BaseRequest, body: bytes) -> web.Response:
        match request.method, request.path:
            case "GET", "/arrivals":
                return web.json_response(self._arrivals.tolist())
            case "DELETE", "/arrivals":
                self._arrivals = array("d")
            case "POST", "/throttle":
                wanted = json.loads(body)
                self._refusing, self._retry_after = wanted["requests"], str(wanted["retry_after"])
            case _:
                return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.Response(status=HTTPStatus.NO_CONTENT)


async def serve() -> None:
    """Serve until standard input ends, as it does with the process that began this one."""
    runner = web.ServerRunner(web.Server(LoopbackConnector().handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sys.stdout.write(f"http://127.0.0.1:{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def loopback_connector() -> AbstractAsyncContextManager[str]:
    """The address of a connector that runs in another process while the block runs."""
    return beside("benchmarks.connector")


if __name__ == "__main__":
    asyncio.run(serve())
