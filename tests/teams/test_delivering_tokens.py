"""A sender whose token is refused, or ends while it sends: the real msal, a real connector, a store."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.outbox.delivery import State
from bot.domain.outbox.replies import LONGEST_WAIT, TOKEN_WAIT
from bot.services.ports import World
from bot.teams.connector import Patience
from bot.teams.credentials import REFRESH_BEFORE
from tests.fakes import SettableClock
from tests.samples import MONDAY
from tests.teams.authority import REFUSED, Said, a_token, authority, client_of
from tests.teams.connector_server import Says, ScriptedConnector
from tests.teams.deliveries import Post, both_shapes, post_office
from tests.teams.worlds import a_world


@pytest.fixture
def world(clock: SettableClock) -> World:
    """An empty memory, and time that a test moves."""
    return replace(a_world(), clock=clock)


@pytest.fixture
def seconds(clock: SettableClock) -> Callable[[], float]:
    """The same time as the tokens count it."""
    return lambda: (clock.at - MONDAY).total_seconds() + 1_000.0


@asynccontextmanager
async def before(
    world: World, teams: ScriptedConnector, seconds: Callable[[], float], *script: Said
) -> AsyncIterator[Post]:
    """A sender whose tokens come from a provider with this script."""
    async with (
        authority(*script) as entra,
        post_office(world, teams, client_of(entra, seconds), Patience()) as post,
    ):
        yield post


def tokens(teams: ScriptedConnector) -> list[str | None]:
    """What the connector was shown, in order."""
    return [request.authorization for request in teams.requests]


async def test_a_refused_secret_stops_everything_and_loses_nothing(
    world: World, teams: ScriptedConnector, clock: SettableClock, seconds: Callable[[], float]
) -> None:
    """Nothing is sent, readiness can tell; once the secret is mended it goes on by itself."""
    async with before(world, teams, seconds, *[REFUSED] * 30) as post:
        await post.keep_kims()
        clock.forward(timedelta(seconds=1))
        told = []
        with capture_logs() as logs:
            for _ in range(30):
                waiting = await post.dispatches()
                told.append(post.dispatcher.refused)
                clock.forward(TOKEN_WAIT)
        assert (waiting.state, waiting.note) == (State.PLANNED, "no_token_invalid_client")
        assert teams.requests == []
        assert {(log["event"], log["log_level"], log["code"]) for log in logs} == {
            ("token_unavailable", "error", "invalid_client")
        }
        await post.dispatches()
        assert post.dispatcher.counts == {State.SENT: 2}
        assert [*told, post.dispatcher.refused] == [True] * 30 + [False]


@pytest.mark.parametrize("body", both_shapes("BotNotRegistered"))
async def test_a_401_asks_for_another_token(
    world: World, teams: ScriptedConnector, clock: SettableClock, seconds: Callable[[], float], body: str
) -> None:
    """All sends stop, the log tells; after the wait a new token is shown, and all goes on by itself."""
    async with before(world, teams, seconds) as post:
        teams.will(Says(401, body))
        with capture_logs() as logs:
            waiting = await post.dispatches()
        assert (waiting.note, waiting.due) == ("401_BotNotRegistered", clock.at + LONGEST_WAIT)
        assert [(log["event"], log["log_level"]) for log in logs] == [("service_refused", "error")]
        told = [post.dispatcher.refused]
        clock.at = waiting.due
        assert (await post.dispatches()).state is State.SENT
        assert [*told, post.dispatcher.refused] == [True, False]
        assert tokens(teams) == ["Bearer t0ken-1", "Bearer t0ken-2"]


async def test_a_token_that_ends_is_replaced_before(
    world: World, teams: ScriptedConnector, clock: SettableClock, seconds: Callable[[], float]
) -> None:
    """Between two sends, minutes before its end: the second one shows a new token."""
    async with before(world, teams, seconds, a_token(int(REFRESH_BEFORE) - 10)) as post:
        await post.dispatches()
        await post.keep_kims()
        clock.forward(timedelta(seconds=90))
        await post.dispatches()
        assert post.dispatcher.counts == {State.SENT: 2}
        assert tokens(teams) == ["Bearer t0ken-1", "Bearer t0ken-2"]
