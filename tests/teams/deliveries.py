"""A whole sender, from the store to the socket, before a connector on a loopback port."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.outbox.delivery import Delivery
from bot.domain.staff.people import Person
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.teams.connector import Connector, Patience, TokenSource
from bot.teams.credentials import NoToken
from bot.teams.sender import TeamsOutbound
from tests.kept import delivery_in, keep, person_in
from tests.samples import MONDAY
from tests.services.deliveries import KIM, SAM, planned
from tests.teams.connector_server import ScriptedConnector
from tests.teams.worlds import SHORT, render


@dataclass(slots=True)
class Post:
    """Sam has one tip that is due; Kim's is due a second later."""

    world: World
    teams: ScriptedConnector
    dispatcher: Dispatcher

    async def dispatches(self) -> Delivery:
        """Send what is due; what became of Sam's tip."""
        await self.dispatcher.dispatch_due()
        return await delivery_in(self.world, planned(SAM).key)

    async def sam(self) -> Person:
        """Sam as kept now."""
        return await person_in(self.world, SAM.id)

    async def keep_kims(self) -> None:
        """Kim and a tip for Kim."""
        await keep(
            self.world, living_at(self.teams.url, KIM), planned(KIM, due=MONDAY + timedelta(seconds=1))
        )

    def requests_to(self, person: Person) -> int:
        """How many requests were made for somebody."""
        return sum(f"chat-{person.id}/" in request.path for request in self.teams.requests)


@asynccontextmanager
async def post_office(
    world: World, teams: ScriptedConnector, tokens: TokenSource | None = None, patience: Patience = SHORT
) -> AsyncIterator[Post]:
    """The real dispatcher, sender and connector's client, on the world's store."""
    async with Connector(tokens or NoToken(), world.clock, patience) as connector:
        world = replace(world, outbound=TeamsOutbound(connector, render))
        await keep(world, living_at(teams.url, SAM), planned(SAM))
        yield Post(world, teams, Dispatcher(world))


def living_at(url: str, person: Person) -> Person:
    """The same person behind another connector."""
    assert person.reference
    return replace(person, reference=replace(person.reference, service_url=url))


def both_shapes(code: str) -> list[str]:
    """A refusal's body, as it is documented and as it comes as well."""
    inner = json.dumps({"subCode": code, "details": None})
    return [
        json.dumps({"error": {"code": code, "message": "…"}}),
        json.dumps({"errorCode": 209, "message": inner}),
    ]
