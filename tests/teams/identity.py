"""A token issuer of the tests' own: RSA keys, tokens, and the metadata address on a loopback port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache

import jwt
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.domain.json import Json

ISSUER = "https://api.botframework.com"
APP = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-2222-3333-4444-555555555555"
SERVICE_URL = "https://smba.trafficmanager.net/uk/"
REAL_TIME = datetime.fromtimestamp(0, UTC)
"""PyJWT reads the machine's clock, so tokens are dated far from now in both directions."""

FAR = timedelta(days=365 * 100)


@cache
def private_key(name: str) -> rsa.RSAPrivateKey:  # noqa: ARG001  the name is the cache's key
    """A key for each name, made once a run."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


def public_pem(name: str) -> bytes:
    """The public half as text."""
    public = private_key(name).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def published(name: str, *endorsements: str) -> dict[str, Json]:
    """The public half as a key set lists it."""
    described: dict[str, Json] = jwt.algorithms.RSAAlgorithm.to_jwk(
        private_key(name).public_key(), as_dict=True
    )
    return {**described, "kid": name, "use": "sig", "endorsements": list(endorsements)}


def token(kid: str = "good", key: str = "", algorithm: str = "RS256", **changes: object) -> str:
    """A token as Teams sends it, with some claims changed; None leaves a claim out."""
    claims: dict[str, object] = {
        "iss": ISSUER,
        "aud": APP,
        "nbf": REAL_TIME,
        "exp": REAL_TIME + FAR,
        "serviceurl": SERVICE_URL,
    }
    kept = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(kept, private_key(key or kid), algorithm=algorithm, headers={"kid": kid})


class MetadataServer:
    """Serves the keys, counts how often, and fails when told to."""

    def __init__(self) -> None:
        self.keys: list[Json] = [published("good", "msteams"), published("unendorsed", "webchat")]
        self.fetches = 0
        self.fails = False
        self.url = ""

    @property
    def address(self) -> str:
        """Where the metadata is."""
        return f"{self.url}/.well-known/openidconfiguration"

    async def metadata(self, _: web.Request) -> web.Response:
        """The document that says where the keys are."""
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def key_set(self, _: web.Request) -> web.Response:
        """The keys."""
        self.fetches += 1
        return web.Response(status=500) if self.fails else web.json_response({"keys": self.keys})


@asynccontextmanager
async def metadata_server() -> AsyncIterator[MetadataServer]:
    """An OpenID metadata address that listens while the block runs."""
    server = MetadataServer()
    app = web.Application()
    app.add_routes(
        [web.get("/.well-known/openidconfiguration", server.metadata), web.get("/keys", server.key_set)]
    )
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()
