"""The token for sending: the real msal against an authority on a loopback port, and how a token is kept."""

import asyncio
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bot.errors import TokenUnavailable
from bot.teams.credentials import (
    ASK_AGAIN_AFTER,
    AUTHORITY,
    REFRESH_BEFORE,
    SCOPE,
    ClientCredentials,
    NoToken,
    assertion,
    certificate,
    tenants_authority,
)
from tests.teams.authority import REFUSED, a_token, authority, client_of
from tests.teams.identity import private_key


class Timer:
    """Seconds that a test counts."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class Application:
    """As much of msal as is used: it says what a test tells it to, and counts."""

    def __init__(self, **said: object) -> None:
        self.said: Mapping[str, object] = said
        self.asked = 0
        self.waits: threading.Event | None = None

    def acquire_token_for_client(self, scopes: list[str]) -> Mapping[str, object]:
        """Say it."""
        assert scopes == [SCOPE]
        if self.waits:
            self.waits.wait()
        self.asked += 1
        return (
            {**self.said, "access_token": f"token-{self.asked}"} if "expires_in" in self.said else self.said
        )


@pytest.fixture
def timer() -> Timer:
    """The seconds of the token's age."""
    return Timer()


async def test_a_token_is_kept_until_shortly_before_its_end(timer: Timer) -> None:
    """Five minutes before, a new one is asked for."""
    source = ClientCredentials(lambda: Application(expires_in=3_600), timer)
    assert [await source.token(), await source.token()] == ["token-1", "token-1"]
    timer.seconds += 3_600 - REFRESH_BEFORE
    assert await source.token() == "token-2"


async def test_many_at_once_ask_once(timer: Timer) -> None:
    """A burst of sends after a start is one request to the identity provider."""
    application = Application(expires_in=3_600)
    source = ClientCredentials(lambda: application, timer)
    before = source.lasts
    tokens = await asyncio.gather(*(source.token() for _ in range(50)))
    assert (set(tokens), application.asked) == ({"token-1"}, 1)
    assert (before, source.lasts) == (False, True)


async def test_a_refusal_is_raised_as_its_code(timer: Timer) -> None:
    """A wrong secret: the code and nothing of the description."""
    source = ClientCredentials(lambda: Application(error="invalid_client", error_description="long"), timer)
    with pytest.raises(TokenUnavailable) as caught:
        await source.token()
    assert str(caught.value) == "invalid_client"


async def test_a_failed_refresh_keeps_a_token_that_still_lasts(timer: Timer) -> None:
    """In its last five minutes the old token is better than none; after them it is not."""
    application = Application(expires_in=3_600)
    source = ClientCredentials(lambda: application, timer)
    await source.token()
    application.said = {"error": "temporarily_unavailable"}
    timer.seconds += 3_600 - REFRESH_BEFORE
    assert await source.token() == "token-1"
    timer.seconds += REFRESH_BEFORE
    with pytest.raises(TokenUnavailable):
        await source.token()


async def test_a_failure_answers_everybody_for_a_while(timer: Timer) -> None:
    """A batch of sends without a token is one question to the provider; a little later it is asked again."""
    application = Application(error="invalid_client")
    source = ClientCredentials(lambda: application, timer)
    said = await asyncio.gather(*(source.token() for _ in range(50)), return_exceptions=True)
    assert ({str(one) for one in said}, application.asked) == ({"invalid_client"}, 1)
    application.said = {"expires_in": 3_600}
    timer.seconds += ASK_AGAIN_AFTER
    assert await source.token() == "token-2"


async def test_a_token_that_was_refused_is_not_given_again(timer: Timer) -> None:
    """However long it would last: the next one is a new one, and msal begins anew as well."""
    made: list[Application] = []

    def make() -> Application:
        made.append(Application(expires_in=3_600))
        return made[-1]

    source = ClientCredentials(make, timer)
    await source.token()
    source.refused()
    await source.token()
    assert [application.asked for application in made] == [1, 1]


async def test_a_provider_that_never_answers(timer: Timer) -> None:
    """A send does not wait for it for ever; while the old token lasts, it does."""
    over = threading.Event()
    application = Application(expires_in=3_600)
    source = ClientCredentials(lambda: application, timer, patience=0.05)
    await source.token()
    application.waits = over
    timer.seconds += 3_600 - REFRESH_BEFORE
    assert await source.token() == "token-1"
    timer.seconds += REFRESH_BEFORE
    with pytest.raises(TokenUnavailable, match=r"^timeout$"):
        await source.token()
    over.set()


async def test_a_local_run_has_no_token() -> None:
    """The emulator asks for none."""
    assert await NoToken().token() is None


def _pem() -> str:
    """A certificate of the tests' own with its key, in one text as tools write it."""
    key = private_key("certificate")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sample")])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins + timedelta(days=36_500))
    ).sign(key, hashes.SHA256())
    pkcs8 = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (signed.public_bytes(serialization.Encoding.PEM) + pkcs8).decode()


async def test_a_certificate_proves_as_well_as_a_secret() -> None:
    """The request carries an assertion signed with its key, and no secret."""
    async with authority() as entra:
        source = client_of(entra, credential=certificate(_pem()))
        assert await source.token() == "t0ken-1"
    sent = parse_qs(entra.bodies[0])
    assert "client_secret" not in sent
    claims = jwt.decode(
        sent["client_assertion"][0],
        private_key("certificate").public_key(),
        algorithms=["PS256"],
        audience=f"{AUTHORITY}t/oauth2/v2.0/token",
    )
    assert claims["iss"] == "app-id"


async def test_a_federated_token_is_read_from_its_file(tmp_path: Path) -> None:
    """Again each time: the platform replaces it."""
    file = tmp_path / "token"
    file.write_text("federated", encoding="utf-8")
    async with authority() as entra:
        await client_of(
            entra, credential=assertion(file), scope="https://api.botframework.us/.default"
        ).token()
        file.unlink()
        with pytest.raises(TokenUnavailable, match="FileNotFoundError"):
            await client_of(entra, credential=assertion(file)).token()
    sent = parse_qs(entra.bodies[0])
    assert sent["client_assertion"] == ["federated"]
    assert sent["scope"][0].split() == ["https://api.botframework.us/.default"]


def test_another_cloud_has_another_authority() -> None:
    """With or without the slash at its end."""
    for address in ("https://login.microsoftonline.us", "https://login.microsoftonline.us/"):
        assert tenants_authority(address, "t") == "https://login.microsoftonline.us/t"


async def test_msal_gets_a_token_from_the_tenants_authority() -> None:
    """Client credentials, the Bot Framework's scope, without blocking the loop that serves the authority."""
    async with authority() as entra:
        assert await client_of(entra).token() == "t0ken-1"
    (body,) = entra.bodies
    assert "grant_type=client_credentials" in body
    assert "scope=https%3A%2F%2Fapi.botframework.com%2F.default" in body


async def test_a_wrong_secret_at_the_authority() -> None:
    """What Entra answers for it."""
    async with authority(REFUSED) as entra:
        with pytest.raises(TokenUnavailable, match=r"^invalid_client$"):
            await client_of(entra).token()


async def test_msal_asks_again_for_what_was_refused() -> None:
    """Its own cache does not give the same token once more."""
    async with authority(a_token(3_600), a_token(3_600)) as entra:
        source = client_of(entra)
        first = await source.token()
        source.refused()
        assert [first, await source.token()] == ["t0ken-1", "t0ken-2"]


async def test_an_authority_that_nobody_can_reach() -> None:
    """A refused connection is no token, and tried again the next time."""
    async with authority() as entra:
        pass
    with pytest.raises(TokenUnavailable, match="ConnectionError"):
        await client_of(entra).token()
