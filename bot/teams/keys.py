"""The public keys with which Teams signs, fetched without blocking and kept."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import aiohttp
import jwt
import structlog
from pydantic import BaseModel, Field, ValidationError

from bot.domain.json import Json

log = structlog.get_logger()

SHORTEST_GAP = 60.0
"""Seconds between two fetches, whatever the tokens name: strangers must not make us a burden."""

FIRST_GAP = 5.0
"""The same while there is no key at all, since nobody is let in until there is one."""

FRESH = 3_600.0
"""Seconds after which keys are fetched again in the background, so that a withdrawn one goes."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One key, and the channels for which it may sign."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class _Metadata(BaseModel):
    jwks_uri: str


class _Key(BaseModel, extra="allow"):
    kid: str
    kty: str
    endorsements: frozenset[str] = frozenset()


class _KeySet(BaseModel):
    keys: list[dict[str, object]] = Field(max_length=1_000)


class SigningKeys:
    """The keys behind an OpenID metadata address. `timer` counts seconds that never run backwards."""

    def __init__(
        self, metadata: str, timeout: float = 10, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._metadata = metadata
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._timer = timer
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched: float | None = None
        self._tried: float | None = None
        self._one_at_a_time = asyncio.Lock()

    async def find(self, key_id: str) -> SigningKey | None:
        """The key with this id, None where there is none. An unknown id fetches, at most once a minute."""
        if key_id not in self._keys:
            async with self._one_at_a_time:
                await self._refresh()
        return self._keys.get(key_id)

    async def keep_fresh(self) -> None:
        """Fetch again where the keys are an hour old or there are none; to be called every few seconds."""
        if not self._is_younger(self._fetched, FRESH):
            async with self._one_at_a_time:
                await self._refresh()

    @property
    def known(self) -> bool:
        """Whether there are keys to check tokens with."""
        return bool(self._keys)

    async def _refresh(self) -> None:
        """Fetch again unless that was tried just now; a failure keeps the keys that are there."""
        if self._is_younger(self._tried, SHORTEST_GAP if self._keys else FIRST_GAP):
            return
        self._tried = self._timer()
        try:
            self._keys = await self._fetch()
            self._fetched = self._tried
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            log.error("signing_keys_not_fetched", error=type(error).__name__)

    async def _fetch(self) -> Mapping[str, SigningKey]:
        async with aiohttp.ClientSession(timeout=self._timeout, raise_for_status=True) as session:
            metadata = _Metadata.model_validate(await _json(session, self._metadata))
            found = _KeySet.model_validate(await _json(session, metadata.jwks_uri))
        return dict(_usable(found.keys))

    def _is_younger(self, moment: float | None, age: float) -> bool:
        return moment is not None and self._timer() - moment < age


async def _json(session: aiohttp.ClientSession, address: str) -> Json:
    async with session.get(address) as response:
        document: Json = await response.json(content_type=None)
        return document


def _usable(found: Iterable[dict[str, object]]) -> Iterable[tuple[str, SigningKey]]:
    """The RSA keys among those found; one that cannot be read is left out."""
    for described in found:
        try:
            key = _Key.model_validate(described)
            yield key.kid, SigningKey(jwt.PyJWK(described, algorithm="RS256"), key.endorsements)
        except (ValidationError, jwt.PyJWTError):
            continue
