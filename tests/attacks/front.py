"""The whole service as it runs in earnest, with an issuer of the tests' own: what an attacker meets."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.bootstrap import office, service
from bot.config import Settings
from bot.domain.json import Json
from bot.domain.staff.people import GroupId, Licence, PersonId, Right, RoleId, RosterEntry
from bot.services.upkeep.enrolling import enrol
from tests.ports import free_port
from tests.teams import sent
from tests.teams.identity import APP, SERVICE_URL, TENANT, MetadataServer, metadata_server, token

STAFF = PersonId("00000000-0000-0000-0000-0000000000a1")
CHAMPION = PersonId("00000000-0000-0000-0000-0000000000a2")
REVIEWER = PersonId("00000000-0000-0000-0000-0000000000a3")
LEAD = PersonId("00000000-0000-0000-0000-0000000000a4")

HOSTILE = (
    '**bold** _x_ [press](https://evil.invalid) <b onclick="x">hi</b> <at>all</at> ${name} {{DATE(x)}} '
    '{"type":"Action.OpenUrl","url":"https://evil.invalid"} # head - * 1. `code`'
)
"""Markdown, HTML, a mention, placeholders and card JSON in one."""

STALE = "That is no longer here"


@dataclass(frozen=True, slots=True)
class Front:
    """The running service: where it listens, who signs, and the file in which everything is kept."""

    http: aiohttp.ClientSession
    address: str
    issuer: MetadataServer
    store: Path

    def kept(self) -> bytes:
        """All that is stored: equal before and after means that nothing was."""
        return self.store.read_bytes()

    async def post(
        self, body: bytes, authorization: str | None = "", kind: str = "application/json"
    ) -> tuple[int, bytes]:
        """Post bytes; a good token goes with them unless another authorization, or None, is given."""
        headers = {"Content-Type": kind}
        if authorization is not None:
            headers["Authorization"] = authorization or f"Bearer {GOOD}"
        async with self.http.post(self.address, data=body, headers=headers) as response:
            return response.status, await response.read()

    async def press(self, who: PersonId, verb: str, data: Json = None) -> dict[str, Json]:
        """Press a button as somebody; the card that comes in its place."""
        status, body = await self.post(encoded(pressed(who, verb, data or {})))
        assert status == 200, body
        card: dict[str, Json] = json.loads(body)["value"]
        return card


GOOD = token()


def encoded(raw: Json) -> bytes:
    """As it goes over the wire."""
    return json.dumps(raw).encode()


def activity(who: PersonId, kind: str = "invoke", **changes: Json) -> dict[str, Json]:
    """An activity of somebody of our own tenant."""
    chat: Json = {"conversationType": "personal", "tenantId": TENANT, "id": f"a:{who}"}
    sender: Json = {"id": f"29:{who}", "name": HOSTILE, "aadObjectId": who}
    raw = sent.activity(kind, SERVICE_URL, conversation=chat, channelData={"tenant": {"id": TENANT}})
    return {**raw, "from": sender, **changes}


def pressed(who: PersonId, verb: Json, data: Json) -> dict[str, Json]:
    """A button of somebody."""
    action: Json = {"type": "Action.Execute", "verb": verb, "data": data}
    return activity(who, name="adaptiveCard/action", value={"action": action})


@asynccontextmanager
async def front(folder: Path) -> AsyncIterator[Front]:
    """The service with four people, up while the block runs. It reaches for nothing beyond loopback."""
    async with metadata_server() as issuer, aiohttp.ClientSession() as http:
        settings = Settings.model_validate(_settings(folder, issuer))
        async with office(settings) as world:
            await enrol(world, "tests", _roster())
        async with service(settings, local=False) as port:
            address = f"http://127.0.0.1:{port}/api/messages"
            yield Front(http, address, issuer, folder / "store.tinydb")


def _settings(folder: Path, issuer: MetadataServer) -> dict[str, object]:
    return {
        "store": f"tinydb:{folder / 'store.tinydb'}",
        "port": free_port(),
        "app_id": APP,
        "app_secret": "never-used",
        "tenant_id": TENANT,
        "token_metadata": issuer.address,
        "token_authority": "http://127.0.0.1:9/",
        "pulse_start": "2099-01-05",  # no round opens by itself while a test looks at the store
        "messages_per_minute": 10_000,
    }


def _roster() -> Iterator[RosterEntry]:
    rights = {
        STAFF: frozenset[Right](),
        CHAMPION: frozenset({Right.CHAMPION}),
        REVIEWER: frozenset({Right.REVIEWER}),
        LEAD: frozenset[Right](),
    }
    for person, theirs in rights.items():
        leads = frozenset({GroupId("Ward 1")}) if person == LEAD else frozenset[GroupId]()
        yield RosterEntry(
            id=person,
            name=f"Sample {HOSTILE}"[:100],
            upn=f"{person}@sample.invalid",
            role=RoleId("ward-clerk"),
            licence=Licence.CHAT,
            site="Sample Hospital",
            team=GroupId("Ward 1"),
            rights=theirs,
            leads=leads,
        )
