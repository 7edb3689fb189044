"""The one way out to Teams: a pooled HTTP session that posts, replaces and deletes activities.

There is no idempotency key, so what matters most of a failure is whether the request can have arrived.
A connection that was never made is `NotSent`; anything that breaks later is `NoAnswer`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Protocol, Self, TypeAlias
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.domain.json import Json
from bot.domain.outbox.replies import Crowded, NoAnswer, NotSent, Rejected, Reply, WithoutToken
from bot.errors import TokenUnavailable
from bot.services.ports import Clock
from bot.teams import replies
from bot.teams.budgets import Budgets

NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
"""What aiohttp raises before a byte of the request has gone out."""

Body: TypeAlias = Mapping[str, Json] | bytes
"""An activity, or one that is written as JSON already."""

AS_JSON = {"Content-Type": "application/json"}

AT_ONCE = 300
"""Connections at most: more than a dispatcher has under way, so that no send waits for one."""


class TokenSource(Protocol):
    """Where the bearer token for sending comes from."""

    async def token(self) -> str | None:
        """A token that is valid now, None where none is needed. Raises TokenUnavailable, before long."""

    def refused(self) -> None:
        """The connector did not take the last one: do not give it again."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait for a connection, and for the whole answer.

    With what a token may take they stay below `delivery.LEASE`, so that a send ends while the delivery is
    still its own.
    """

    connecting: float = 5
    answer: float = 15


class Connector:
    """A Bot Framework connector as seen from the bot. Make it inside a running event loop; close it once.

    Its methods never raise for what a network or the other side can do: they return a `Reply`. What would be
    too much for a chat is not sent: `Crowded`.
    """

    def __init__(self, tokens: TokenSource, clock: Clock, patience: Patience | None = None) -> None:
        self._tokens = tokens
        self._clock = clock
        self._patience = patience or Patience()
        self._budgets = Budgets()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            timeout=aiohttp.ClientTimeout(
                total=self._patience.answer, sock_connect=self._patience.connecting
            ),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection of the pool."""
        await self._session.close()

    async def rest(self, wait: timedelta) -> None:
        """Return after this time, by the same clock that budgets are counted by."""
        await self._clock.wait_until(self._clock.now() + wait)

    async def create(self, service_url: str, conversation: Body) -> Reply:
        """Begin a conversation; `Accepted` has its id."""
        return await self._request("POST", _conversations(service_url), conversation)

    async def post(self, service_url: str, conversation: str, activity: Body) -> Reply | Crowded:
        """Send an activity to a conversation."""
        return await self._within(conversation, "POST", _address(service_url, conversation), activity)

    async def put(
        self, service_url: str, conversation: str, activity_id: str, activity: Body
    ) -> Reply | Crowded:
        """Replace an activity that was sent before."""
        address = _address(service_url, conversation, activity_id)
        return await self._within(conversation, "PUT", address, activity)

    async def delete(self, service_url: str, conversation: str, activity_id: str) -> Reply | Crowded:
        """Take an activity back."""
        address = _address(service_url, conversation, activity_id)
        return await self._within(conversation, "DELETE", address, None)

    async def _within(
        self, conversation: str, method: str, address: str, activity: Body | None
    ) -> Reply | Crowded:
        """One request within the chat's budget."""
        wait = self._budgets.take(conversation, self._clock.now())
        return Crowded(wait) if wait else await self._request(method, address, activity)

    async def _request(self, method: str, address: str, activity: Body | None) -> Reply:
        try:
            headers = await self._headers()
        except TokenUnavailable as error:
            return WithoutToken(str(error))
        try:
            reply = await self._exchange(method, address, activity, headers)
        except NEVER_CONNECTED:
            return NotSent()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return NoAnswer()
        if isinstance(reply, Rejected) and reply.status == HTTPStatus.UNAUTHORIZED:
            self._tokens.refused()
        return reply

    async def _headers(self) -> dict[str, str]:
        token = await self._tokens.token()
        return {**AS_JSON, "Authorization": f"Bearer {token}"} if token else AS_JSON

    async def _exchange(
        self, method: str, address: str, activity: Body | None, headers: Mapping[str, str]
    ) -> Reply:
        """One request. A redirect is not followed: the token is for this address only."""
        url = URL(address, encoded=True)
        data = json.dumps(activity).encode() if isinstance(activity, Mapping) else activity
        async with self._session.request(
            method, url, data=data, headers=headers, allow_redirects=False
        ) as response:
            body = await _body(response)
            wait = response.headers.get("Retry-After")
            return replies.understand(response.status, wait, body, self._clock.now())


async def _body(response: aiohttp.ClientResponse) -> str:
    """The body as text; empty where it does not come whole, since the status alone says enough."""
    try:
        return (await response.read()).decode("utf-8", "replace")
    except (aiohttp.ClientError, TimeoutError, OSError):
        return ""


def _address(service_url: str, conversation: str, activity_id: str = "") -> str:
    """The activities of a conversation, or one of them. Ids are quoted: Teams' hold `:`, `@` and `;`."""
    address = f"{_conversations(service_url)}/{quote(conversation, safe='')}/activities"
    return f"{address}/{quote(activity_id, safe='')}" if activity_id else address


def _conversations(service_url: str) -> str:
    return f"{service_url.rstrip('/')}/v3/conversations"
