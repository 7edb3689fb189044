"""What the tests of bot.teams share."""

from collections.abc import AsyncIterator

import pytest

from bot.services.ports import World
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken
from bot.teams.inbound import Inbound
from tests.teams.connector_server import ScriptedConnector, connector_server
from tests.teams.worlds import SHORT, StillClock, a_world, render


@pytest.fixture
async def teams() -> AsyncIterator[ScriptedConnector]:
    """Teams' side: a connector that records and follows a script."""
    async with connector_server() as server:
        yield server


@pytest.fixture
async def connector() -> AsyncIterator[Connector]:
    """Our side, without a token."""
    async with Connector(NoToken(), StillClock()) as ours:
        yield ours


@pytest.fixture
async def hasty() -> AsyncIterator[Connector]:
    """Our side, without a token and with little patience."""
    async with Connector(NoToken(), StillClock(), SHORT) as ours:
        yield ours


@pytest.fixture
def world() -> World:
    """A world with an empty memory."""
    return a_world()


@pytest.fixture
def inbound(connector: Connector, world: World) -> Inbound:
    """The bot as a local run wires it."""
    return Inbound(TeamsAdapter(connector), SteadyDripBot(world, render), None)
