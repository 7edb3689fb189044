"""No object that holds a secret shows it: what is printed, logged or raised by mistake gives nothing away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.domain.rounds.pulses import Round
from bot.storage.postgres.pool import Limits, Pool
from bot.storage.postgres.store import PostgresStore
from bot.teams import credentials
from bot.teams.credentials import ClientCredentials, certificate, confidential_client
from tests.samples import MONDAY

SECRET = "s3cret-of-a-sample"
URL = f"postgresql://drip:{SECRET}@127.0.0.1:1/drip"


def settings() -> Settings:
    """Settings with a secret wherever one may stand."""
    return Settings.model_construct(app_secret=SecretStr(SECRET), metrics_token=SecretStr(SECRET), store=URL)


async def token_source() -> ClientCredentials:
    """What holds a token that was asked for."""

    class Application:
        def acquire_token_for_client(self, scopes: list[str]) -> dict[str, object]:
            return {"access_token": SECRET, "expires_in": 3600, "scopes": scopes}

    source = ClientCredentials(Application)
    assert await source.token() == SECRET
    return source


HOLDERS: dict[str, Callable[[], object]] = {
    "settings": settings,
    "a round": lambda: Round("r", MONDAY, MONDAY, SECRET.encode()),
    "a token": lambda: credentials._Held(SECRET, 1.0),
    "what makes msal's client": lambda: confidential_client("app", "tenant", SECRET),
    "the same with a certificate": lambda: confidential_client("app", "tenant", certificate(SECRET)),
    "the same in a token source": lambda: ClientCredentials(confidential_client("app", "tenant", SECRET)),
    "a federated token's file": lambda: confidential_client("a", "t", credentials.assertion(Path("file"))),
}


@pytest.mark.parametrize("make", HOLDERS.values(), ids=HOLDERS)
def test_it_is_not_in_what_is_printed(make: Callable[[], object]) -> None:
    """Neither alone nor in a list."""
    holder = make()
    for shown in (repr(holder), str(holder), repr([holder])):
        assert SECRET not in shown


def test_there_are_secrets_in_the_settings() -> None:
    """The test above would pass in silence without any."""
    held = {name for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
    assert held == {"app_secret", "metrics_token"}, "a new one belongs into `settings` above"


async def test_a_token_that_was_asked_for() -> None:
    """The source's parts give nothing away either."""
    source = await token_source()
    assert SECRET not in repr(source)
    assert SECRET not in repr(vars(source))


async def test_a_store_with_a_password_in_its_url() -> None:
    """Neither the store nor its pool of connections shows it."""
    pool = Pool(URL, 1, Limits())
    assert SECRET not in repr([pool, PostgresStore(URL, pool)])
