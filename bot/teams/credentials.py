"""The token with which the bot sends."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeAlias

import msal
import requests

from bot.errors import TokenUnavailable

SCOPE = "https://api.botframework.com/.default"
AUTHORITY = "https://login.microsoftonline.com/"

REFRESH_BEFORE = 5 * 60.0
"""Seconds before its end at which a token is replaced."""

TIMEOUT = 8
"""Seconds that each request to the identity provider may take."""

ASK_AGAIN_AFTER = 5.0
"""Seconds for which a failure is the answer to everybody who asks."""

PATIENCE = 20.0
"""Seconds to wait for a token in all, whoever else waits for it."""


class Application(Protocol):
    """As much of msal's confidential client as is needed here."""

    def acquire_token_for_client(self, scopes: list[str]) -> Mapping[str, object]:
        """A dictionary with `access_token` and `expires_in`, or with `error`. Blocks."""


Credential: TypeAlias = str | Mapping[str, object]
"""A secret, or msal's dictionary for a certificate or a federated assertion."""


def certificate(pem: str) -> Credential:
    """The credential in a PEM text that holds a certificate and its private key."""
    return {"private_key": pem, "public_certificate": pem}


def assertion(file: Path) -> Credential:
    """The credential in a file that a platform keeps fresh: it is read again for each token."""
    return {"client_assertion": partial(file.read_text, "utf-8")}


def confidential_client(
    app_id: str, tenant: str, credential: Credential, authority: str = AUTHORITY
) -> Callable[..., Application]:
    """What makes msal's client when it is first needed, since making it asks the network.

    A function and no `partial`, whose `repr` would show the credential.
    """

    def make(**options: object) -> Application:
        application: Application = msal.ConfidentialClientApplication(
            app_id,
            authority=tenants_authority(authority, tenant),
            client_credential=credential,
            **(options or {"timeout": TIMEOUT}),
        )
        return application

    return make


def tenants_authority(authority: str, tenant: str) -> str:
    """The address at which one tenant's tokens are asked for."""
    return f"{authority.rstrip('/')}/{tenant}"


@dataclass(frozen=True, slots=True)
class _Held:
    token: str = field(repr=False)
    expires: float


class NoToken:
    """For the local run: the emulator asks for none."""

    lasts = True

    async def token(self) -> str | None:
        """None."""
        return None

    def refused(self) -> None:
        """There was none."""


class ClientCredentials:
    """A token by client credentials, kept until shortly before its end, asked for once at a time.

    msal blocks, so it runs in a thread. `timer` counts seconds that never run backwards.
    """

    def __init__(
        self,
        make: Callable[[], Application],
        timer: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
        scope: str = SCOPE,
    ) -> None:
        self._make = make
        self._scope = scope
        self._timer = timer
        self._patience = patience
        self._application: Application | None = None
        self._held: _Held | None = None
        self._failure = ("", 0.0)
        self._one_at_a_time = asyncio.Lock()

    async def token(self) -> str | None:
        """A token with time left. Raises TokenUnavailable where there is none and none can be had."""
        if not self._lasts(REFRESH_BEFORE):
            await self._replace()
        return self._held.token if self._held else None

    @property
    def lasts(self) -> bool:
        """Whether there is a token to send with now."""
        return self._lasts(0)

    def refused(self) -> None:
        """Forget the token, msal's own copy of it included."""
        self._held = self._application = None

    async def _replace(self) -> None:
        """Replace the token; a failure is raised only when the old one is of no more use."""
        try:
            async with asyncio.timeout(self._patience), self._one_at_a_time:
                if not self._lasts(REFRESH_BEFORE):
                    self._held = await self._asked()
        except (TokenUnavailable, TimeoutError) as error:
            if not self._lasts(0):
                raise TokenUnavailable(str(error) or "timeout") from error

    async def _asked(self) -> _Held:
        """A new token. What just failed is not asked again by everybody who waits for it."""
        failure, at = self._failure
        if failure and self._timer() - at < ASK_AGAIN_AFTER:
            raise TokenUnavailable(failure)
        try:
            return await asyncio.to_thread(self._acquire)
        except TokenUnavailable as error:
            self._failure = str(error), self._timer()
            raise

    def _acquire(self) -> _Held:
        asked = self._timer()
        try:
            if self._application is None:
                self._application = self._make()
            said = self._application.acquire_token_for_client(scopes=[self._scope])
        except (requests.RequestException, OSError, ValueError, LookupError) as error:
            raise TokenUnavailable(type(error).__name__) from error
        return _held(said, asked)

    def _lasts(self, seconds: float) -> bool:
        return self._held is not None and self._held.expires - self._timer() > seconds


def _held(said: Mapping[str, object], asked: float) -> _Held:
    token, seconds = said.get("access_token"), said.get("expires_in")
    if not isinstance(token, str) or not isinstance(seconds, int | float | str):
        error = said.get("error")
        raise TokenUnavailable(error if isinstance(error, str) else "no_access_token")
    return _Held(token, asked + float(seconds))
