"""No chat is written to more often than Teams takes: deliveries are put off, answers wait a moment."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from botbuilder.core import TurnContext

from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import WelcomeDue
from bot.errors import NotDelivered
from bot.services.ports import World
from bot.teams import activities
from bot.teams.adapter import TeamsAdapter
from bot.teams.budgets import Budgets
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken
from tests.fakes import SettableClock
from tests.kept import delivery_in, keep
from tests.samples import MONDAY
from tests.services.deliveries import KIM, SAM, planned
from tests.teams import sent
from tests.teams.connector_server import ScriptedConnector
from tests.teams.deliveries import post_office
from tests.teams.worlds import SHORT, a_world

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(clock: SettableClock) -> World:
    """An empty memory, and time that a test moves."""
    return replace(a_world(), clock=clock)


async def test_what_is_too_much_for_a_chat_waits_and_arrives(
    world: World, teams: ScriptedConnector, clock: SettableClock
) -> None:
    """Thirty for Sam at once: seven in the first second, nobody else waits for them, and none is lost."""
    cards = [
        planned(SAM, key=f"{n:02}:sam", subject=WelcomeDue(), unasked=False, due=MONDAY) for n in range(29)
    ]
    async with post_office(world, teams) as post:
        await keep(world, *cards)
        await post.keep_kims()
        per_second: Counter[int] = Counter()
        for second in range(15):
            clock.at = MONDAY + second * SECOND
            before = post.requests_to(SAM)
            await post.dispatcher.dispatch_due()
            per_second[second] = post.requests_to(SAM) - before
            assert post.requests_to(KIM) == (second > 0)
        kept = [await delivery_in(world, card.key) for card in cards]
    assert max(per_second.values()) == per_second[0] == 7
    assert max(per_second[at] + per_second[at + 1] for at in range(14)) <= 8
    assert per_second.total() == 30
    assert {(card.state, card.attempts) for card in kept} == {(State.SENT, 1)}


async def _hello(context: TurnContext) -> None:
    await context.send_activity("hello")


async def test_an_answer_waits_until_its_chat_is_free(teams: ScriptedConnector, clock: SettableClock) -> None:
    """Nine answers at once: all arrive, the last two a little later."""
    asked = activities.parse(sent.text("hi", teams.url))
    async with Connector(NoToken(), clock, SHORT) as connector:
        adapter, moments = TeamsAdapter(connector), []
        for _ in range(9):
            await adapter.process_activity(asked, _hello)
            moments.append(clock.at - MONDAY)
    assert len(teams.requests) == 9
    assert [moment > SECOND for moment in moments] == [False] * 7 + [True] * 2


async def test_an_answer_does_not_wait_for_ever(teams: ScriptedConnector, clock: SettableClock) -> None:
    """After sixty in half a minute the next would come too late for its turn: it is not sent."""
    asked = activities.parse(sent.text("hi", teams.url))
    async with Connector(NoToken(), clock, SHORT) as connector:
        adapter = TeamsAdapter(connector)
        for _ in range(60):
            await adapter.process_activity(asked, _hello)
        with pytest.raises(NotDelivered, match="Crowded"):
            await adapter.process_activity(asked, _hello)
    assert len(teams.requests) == 60


def test_only_so_many_chats_are_remembered() -> None:
    """Those that were written to last; a busy one stays."""
    budgets = Budgets(most_chats=2)
    for chat in ["busy"] * 6 + ["one", "busy", "two"]:
        assert budgets.take(chat, MONDAY) == timedelta(0)
    assert len(budgets) == 2
    assert budgets.take("busy", MONDAY) > SECOND
    assert budgets.take("one", MONDAY) == timedelta(0)
