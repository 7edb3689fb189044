"""First contact, from the staff list to the socket: begun once, kept, and left alone where it is refused."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.domain.drip.first_contact import ASK_AGAIN_AFTER
from bot.domain.outbox.delivery import LEASE, State
from bot.domain.staff.people import Person
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import onboarding
from bot.services.ports import World
from bot.services.upkeep import enrolling
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken
from bot.teams.opening import TeamsOpenings
from bot.teams.sender import TeamsOutbound
from tests.fakes import Crash, SettableClock
from tests.kept import keep, open_for, person_in
from tests.samples import reference, staff
from tests.services.deliveries import SAM, planned
from tests.teams.connector_server import NeverAnswers, Resets, Says, ScriptedConnector
from tests.teams.deliveries import both_shapes, living_at
from tests.teams.worlds import SHORT, a_world, render

KIM = staff("Kim Sample")
CREATED = Says(201, '{"id":"a:new"}')
ASKED = {"bot": {"id": "28:app"}, "members": [{"id": KIM.id}], "channelData": {"tenant": {"id": "tenant"}}}


@dataclass(slots=True)
class Hello:
    """A world that may begin chats, and time that goes from one thing to do to the next."""

    world: World
    clock: SettableClock
    dispatcher: Dispatcher

    async def comes_up(self) -> None:
        """Load the staff list and let time pass until Kim's hello."""
        assert KIM.roster
        await enrolling.enrol(self.world, "operator:sample", [KIM.roster])
        await self.goes_on()

    async def goes_on(self) -> None:
        """Let time pass until the next thing to do for Kim, and do it."""
        waiting = await open_for(self.world, KIM.id)
        slot = waiting[0].due if waiting else (await self.kim()).next_nudge
        assert slot
        self.clock.at = max(slot, self.clock.at)
        await nudging.plan_due(self.world)
        await self.dispatcher.dispatch_due()

    async def kim(self) -> Person:
        """Kim as kept now."""
        return await person_in(self.world, KIM.id)


@pytest.fixture
async def hello(clock: SettableClock, teams: ScriptedConnector) -> AsyncIterator[Hello]:
    """Teams at the default address is the scripted connector."""
    async with beginning(clock, teams) as begun:
        yield begun


@asynccontextmanager
async def beginning(
    clock: SettableClock, teams: ScriptedConnector, rate: float = 0.0
) -> AsyncIterator[Hello]:
    """A world whose chats begin at the scripted connector."""
    async with Connector(NoToken(), clock, SHORT) as connector:
        world = replace(
            a_world(),
            clock=clock,
            outbound=TeamsOutbound(connector, render),
            openings=TeamsOpenings(connector, "app", "tenant", f"{teams.url}/default/"),
        )
        world = replace(world, house=replace(world.house, first_contact=True))
        yield Hello(world, clock, Dispatcher(world, rate))


def paths(teams: ScriptedConnector) -> list[str]:
    """What was asked for, in order."""
    return [request.path for request in teams.requests]


BEGIN = "/default/v3/conversations"
SEND = "/default/v3/conversations/a%3Anew/activities"


async def test_a_chat_is_begun_once_and_kept(hello: Hello, teams: ScriptedConnector) -> None:
    """The welcome comes in it; whoever has not set up is left alone after that."""
    teams.will(CREATED)
    await hello.comes_up()
    assert paths(teams) == [BEGIN, SEND]
    assert teams.requests[0].body == ASKED
    kim = await hello.kim()
    assert kim.reference
    assert (kim.reference.conversation, kim.reference.tenant, kim.next_nudge) == ("a:new", "tenant", None)
    assert hello.dispatcher.counts == {State.SENT: 1}
    assert KIM.roster
    await enrolling.enrol(hello.world, "operator:sample", [KIM.roster])
    assert (await hello.kim()).next_nudge is None


async def test_a_chat_that_is_begun_takes_two_places_in_the_row(
    clock: SettableClock, teams: ScriptedConnector
) -> None:
    """The request to begin it is one of the tenant's fifty a second, too."""
    async with beginning(clock, teams, rate=50) as hello:
        await keep(hello.world, living_at(teams.url, SAM))
        teams.will(CREATED)
        await hello.comes_up()
        async with hello.world.store.unit_of_work() as work:
            pace = await work.paces.get("tenant")
        assert pace
        assert pace.next_free - hello.clock.at == timedelta(microseconds=20_360)
        assert len(teams.requests) == 2


async def test_where_the_app_is_not_installed_nobody_is_asked_again_soon(
    hello: Hello, teams: ScriptedConnector
) -> None:
    """It is counted; a quarter later it is tried again, and an installation is welcomed at once."""
    teams.will(*[Says(403, both_shapes("ForbiddenOperationException")[0])] * 2)
    await hello.comes_up()
    tried = hello.clock.at
    assert hello.dispatcher.counts == {State.REFUSED: 1}
    assert (await hello.kim()).is_unmet
    await hello.goes_on()
    assert hello.clock.at - tried > ASK_AGAIN_AFTER
    assert paths(teams) == [BEGIN, BEGIN]
    await onboarding.arrived(hello.world, KIM.id, replace(reference(KIM.id), service_url=teams.url))
    await hello.dispatcher.dispatch_due()
    assert hello.dispatcher.counts == {State.REFUSED: 2, State.SENT: 1}


async def test_a_block_ends_first_contact(hello: Hello, teams: ScriptedConnector) -> None:
    """Nothing is tried again before the person writes."""
    teams.will(Says(403, both_shapes("ConversationBlockedByUser")[1]))
    await hello.comes_up()
    kim = await hello.kim()
    assert (kim.is_unmet, kim.next_nudge, kim.uninstalled) == (False, None, hello.clock.at)


@pytest.mark.parametrize("fault", [Says(503), Says(201, "no id"), NeverAnswers(), Resets()])
async def test_what_goes_wrong_in_beginning_is_done_again(
    hello: Hello, teams: ScriptedConnector, fault: Says | NeverAnswers | Resets
) -> None:
    """No answer to that is no unknown outcome: Teams gives the same chat again, and nothing is in it."""
    teams.will(fault, CREATED)
    await hello.comes_up()
    await hello.goes_on()
    assert paths(teams) == [BEGIN, BEGIN, SEND]
    assert hello.dispatcher.counts == {State.SENT: 1}


async def test_a_crash_after_the_beginning_keeps_the_chat(
    hello: Hello, teams: ScriptedConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The welcome's outcome is unknown then, and the chat is there for what comes next."""

    async def crash(*_: object) -> None:
        raise Crash

    teams.will(CREATED)
    monkeypatch.setattr(TeamsOutbound, "send", crash)
    with pytest.raises(Crash):
        await hello.comes_up()
    hello.clock.forward(LEASE)
    await hello.dispatcher.dispatch_due()
    kim = await hello.kim()
    assert kim.reference
    assert kim.reference.conversation == "a:new"
    assert hello.dispatcher.counts == {State.UNKNOWN: 1}


async def test_a_chat_that_is_gone_is_begun_anew(hello: Hello, teams: ScriptedConnector) -> None:
    """At the service URL last seen for the person; the message that found it gone goes out in the new one."""
    sam = living_at(f"{teams.url}/uk/", SAM)
    await keep(hello.world, sam, planned())
    teams.will(Says(404, both_shapes("ConversationNotFound")[1]), CREATED)
    await hello.dispatcher.dispatch_due()
    (waiting,) = await open_for(hello.world, SAM.id)
    hello.clock.at = waiting.due
    await hello.dispatcher.dispatch_due()
    assert paths(teams)[1:] == ["/uk/v3/conversations", "/uk/v3/conversations/a%3Anew/activities"]
    kept = await person_in(hello.world, SAM.id)
    assert kept.reference
    assert (kept.reference.service_url, kept.next_nudge) == (f"{teams.url}/uk/", SAM.next_nudge)
    assert hello.dispatcher.counts == {State.SENT: 1}


async def test_without_the_setting_no_chat_is_begun(hello: Hello, teams: ScriptedConnector) -> None:
    """Nobody gets a time for a hello, and a chat that has to be begun is out of reach."""
    world = replace(hello.world, openings=None, house=replace(hello.world.house, first_contact=False))
    assert KIM.roster
    await enrolling.enrol(world, "operator:sample", [KIM.roster])
    assert (await person_in(world, KIM.id)).next_nudge is None
    assert SAM.reference
    await keep(world, replace(SAM, reference=SAM.reference.without_chat()), planned())
    dispatcher = Dispatcher(world)
    await dispatcher.dispatch_due()
    assert dispatcher.counts == {State.DROPPED: 1}
    assert teams.requests == []
