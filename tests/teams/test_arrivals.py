"""Whoever gets the app, and whoever takes it off: what Teams says then, and what is kept."""

import pytest

from bot.services.ports import World
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent
from tests.teams.connector_server import ScriptedConnector
from tests.teams.posting import here, known, planned, post


async def test_an_installation_is_two_events_and_one_welcome(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The welcome waits in the outbox; the events themselves are answered with nothing."""
    assert await post(inbound, sent.installation("add", teams.url)) == Answer(200)
    assert await post(inbound, sent.members_added(teams.url, "29:user-id-0", "28:bot")) == Answer(200)
    assert len(await planned(world)) == 1
    assert teams.requests == []
    me = await known(world)
    assert me is not None
    assert me.reference == here(teams.url)


@pytest.mark.parametrize("who", ["28:bot", "29:user-id-0"])
async def test_either_member_makes_an_arrival(
    inbound: Inbound, world: World, teams: ScriptedConnector, who: str
) -> None:
    """The bot or the person: Teams names one or both."""
    await post(inbound, sent.members_added(teams.url, who))
    assert len(await planned(world)) == 1


async def test_somebody_else_is_no_arrival(inbound: Inbound, world: World, teams: ScriptedConnector) -> None:
    """A third member says nothing about this person."""
    await post(inbound, sent.members_added(teams.url, "29:somebody"))
    assert await known(world) is None


@pytest.mark.parametrize(
    ("action", "reachable"), [("remove", False), ("remove-upgrade", True), ("odd", True)]
)
async def test_only_a_removal_is_a_goodbye(
    inbound: Inbound, world: World, teams: ScriptedConnector, action: str, *, reachable: bool
) -> None:
    """Half of an upgrade looks like a removal and is none."""
    await post(inbound, sent.installation("add", teams.url))
    assert await post(inbound, sent.installation(action, teams.url)) == Answer(200)
    me = await known(world)
    assert me is not None
    assert (me.reference is not None) is reachable


async def test_the_last_word_of_a_removal_does_not_undo_it(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Teams may also say that the members left: that is not somebody writing."""
    await post(inbound, sent.installation("add", teams.url))
    await post(inbound, sent.installation("remove", teams.url))
    await post(inbound, sent.activity("conversationUpdate", teams.url, membersRemoved=[{"id": "28:bot"}]))
    me = await known(world)
    assert me is not None
    assert me.reference is None
