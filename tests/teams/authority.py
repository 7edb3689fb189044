"""An identity provider on a loopback port, and the real msal before it."""

import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import requests
from aiohttp import web

from bot.teams.credentials import AUTHORITY, SCOPE, ClientCredentials, Credential, confidential_client


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of the provider."""

    status: int
    body: Mapping[str, object]


REFUSED = Said(401, {"error": "invalid_client", "error_description": "AADSTS7000215"})
"""What Entra answers to a wrong secret."""


def a_token(seconds: int) -> Said:
    """A token for so many seconds; it is numbered when it is given."""
    return Said(200, {"expires_in": seconds, "token_type": "Bearer"})


@dataclass(slots=True)
class Authority:
    """Answers by script, and then gives tokens for an hour; keeps what it was sent."""

    script: deque[Said]
    url: str = ""
    bodies: list[str] = field(default_factory=list)

    async def configuration(self, _: web.Request) -> web.Response:
        """Where everything is."""
        return web.json_response(
            {
                "token_endpoint": f"{AUTHORITY}t/oauth2/v2.0/token",
                "authorization_endpoint": f"{AUTHORITY}t/oauth2/v2.0/authorize",
                "issuer": f"{AUTHORITY}t/v2.0",
                "metadata": [],
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        """The next answer."""
        self.bodies.append(await request.text())
        said = self.script.popleft() if self.script else a_token(3_600)
        token = {"access_token": f"t0ken-{len(self.bodies)}"} if said.status == 200 else {}
        return web.json_response({**said.body, **token}, status=said.status)


@asynccontextmanager
async def authority(*script: Said) -> AsyncIterator[Authority]:
    """A provider that listens while the block runs."""
    entra = Authority(deque(script))
    app = web.Application()
    app.router.add_post("/{path:.*}/token", entra.token)
    app.router.add_get("/{path:.*}", entra.configuration)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    entra.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield entra
    finally:
        await runner.cleanup()


class Rerouted(requests.adapters.HTTPAdapter):
    """Carries what is meant for Microsoft's authority to a loopback port."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, **how: object) -> requests.Response:  # type: ignore[override]  # passed on
        """Send it there."""
        assert request.url
        parts = urlsplit(request.url)
        request.url = f"{self._url}{parts.path}?{parts.query}"
        return super().send(request, **how)  # type: ignore[arg-type]  # passed on


def client_of(
    entra: Authority,
    timer: Callable[[], float] = time.monotonic,
    credential: Credential = "s3cret",
    scope: str = SCOPE,
) -> ClientCredentials:
    """Our own source of tokens, with msal, at this provider."""
    session = requests.Session()
    session.mount("https://", Rerouted(entra.url))
    make = confidential_client("app-id", "t", credential)
    return ClientCredentials(partial(make, http_client=session), timer, scope=scope)
