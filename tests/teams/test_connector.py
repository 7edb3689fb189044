"""The connector's client against real sockets: each documented refusal, and each way a network fails."""

import asyncio
import socket
from datetime import timedelta

import pytest

from bot.domain.outbox.replies import Accepted, NoAnswer, NotSent, Rejected, Reply, WithoutToken
from bot.errors import TokenUnavailable
from bot.teams.connector import Connector
from tests.teams.connector_server import (
    BreaksOff,
    NeverAnswers,
    Resets,
    Says,
    ScriptedConnector,
    mute_server,
    slamming_server,
)
from tests.teams.worlds import StillClock

HELLO = {"type": "message", "text": "hello"}


class OneToken:
    """A token source with one token."""

    async def token(self) -> str | None:
        """The token."""
        return "t0ken"

    def refused(self) -> None:
        """There is no other."""


class BrokenTokens:
    """A token source that has none to give."""

    async def token(self) -> str | None:
        """Nothing."""
        raise TokenUnavailable("invalid_client")

    def refused(self) -> None:
        """There was none."""


async def test_posts_to_the_conversation_with_the_token(teams: ScriptedConnector) -> None:
    """The address has the quoted id, the header the token, the body the activity; the reply has the id."""
    async with Connector(OneToken(), StillClock()) as connector:
        reply = await connector.post(f"{teams.url}/emea/", "19:a/b;x=1@thread", HELLO)
    assert reply == Accepted("activity-1")
    assert teams.last.method == "POST"
    assert teams.last.path == "/emea/v3/conversations/19%3Aa%2Fb%3Bx%3D1%40thread/activities"
    assert (teams.last.authorization, teams.last.body) == ("Bearer t0ken", HELLO)


async def test_replaces_and_deletes_by_quoted_id(connector: Connector, teams: ScriptedConnector) -> None:
    """An update is a PUT, a deletion a DELETE without a body, both on the activity."""
    await connector.put(teams.url, "c", "1:2/3", HELLO)
    await connector.delete(teams.url, "c", "1:2/3")
    path = "/v3/conversations/c/activities/1%3A2%2F3"
    assert [(r.method, r.path, r.body) for r in teams.requests] == [
        ("PUT", path, HELLO),
        ("DELETE", path, None),
    ]


async def test_without_a_token_there_is_no_header(connector: Connector, teams: ScriptedConnector) -> None:
    """A local run sends no authorization at all."""
    await connector.post(teams.url, "c", HELLO)
    assert teams.last.authorization is None


REFUSALS = [
    (400, '{"error":{"code":"Bad Argument"}}', Rejected(400, "BadArgument")),
    (401, '{"error":{"code":"BotNotRegistered"}}', Rejected(401, "BotNotRegistered")),
    (403, '{"error":{"code":"BotDisabledByAdmin"}}', Rejected(403, "BotDisabledByAdmin")),
    (403, '{"error":{"code":"BotNotInConversationRoster"}}', Rejected(403, "BotNotInConversationRoster")),
    (404, '{"error":{"code":"BotNotInConversationRoster"}}', Rejected(404, "BotNotInConversationRoster")),
    (403, '{"error":{"code":"ConversationBlockedByUser"}}', Rejected(403, "ConversationBlockedByUser")),
    (403, '{"error":{"code":"ForbiddenOperationException"}}', Rejected(403, "ForbiddenOperationException")),
    (
        403,
        '{"errorCode":209,"message":"{\\"subCode\\":\\"MessageWritesBlocked\\",\\"details\\":null}"}',
        Rejected(403, "MessageWritesBlocked"),
    ),
    (404, '{"error":{"code":"ConversationNotFound"}}', Rejected(404, "ConversationNotFound")),
    (412, '{"error":{"code":"PreconditionFailed"}}', Rejected(412, "PreconditionFailed")),
    (413, '{"error":{"code":"MessageSizeTooBig"}}', Rejected(413, "MessageSizeTooBig")),
    (500, '{"error":{"code":"ServiceError"}}', Rejected(500, "ServiceError")),
    (502, "<html>Bad gateway</html>", Rejected(502)),
    (503, "", Rejected(503)),
    (504, "upstream", Rejected(504)),
]


@pytest.mark.parametrize(("status", "body", "expected"), REFUSALS)
async def test_each_refusal_keeps_its_status_and_code(
    connector: Connector, teams: ScriptedConnector, status: int, body: str, expected: Reply
) -> None:
    """Every row of Teams' table of errors, in both shapes of body and in none."""
    teams.will(Says(status, body))
    assert await connector.post(teams.url, "c", HELLO) == expected


@pytest.mark.parametrize("header", ["90", "Mon, 23 Nov 2026 09:31:30 GMT"])
async def test_throttling_says_how_long(connector: Connector, teams: ScriptedConnector, header: str) -> None:
    """Retry-After comes as seconds or as a date."""
    teams.will(Says(429, '{"error":{"code":"Throttled"}}', {"Retry-After": header}))
    reply = await connector.post(teams.url, "c", HELLO)
    assert reply == Rejected(429, "Throttled", timedelta(seconds=90))


async def test_a_redirect_does_not_take_the_token_along(teams: ScriptedConnector) -> None:
    """The request goes to one address only."""
    teams.will(Says(307, "", {"Location": f"{teams.url}/elsewhere"}))
    async with Connector(OneToken(), StillClock()) as connector:
        assert await connector.post(teams.url, "c", HELLO) == Rejected(307)
    assert len(teams.requests) == 1


async def test_a_refused_connection_was_not_sent(connector: Connector) -> None:
    """Nobody listens there."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert await connector.post(f"http://127.0.0.1:{unused.getsockname()[1]}", "c", HELLO) == NotSent()


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://127.0.0.1", "http://", "http://name.invalid"])
async def test_an_impossible_address_was_not_sent(connector: Connector, url: str) -> None:
    """There is nothing to connect to."""
    assert await connector.post(url, "c", HELLO) == NotSent()


async def test_a_handshake_that_never_ends_was_not_sent(hasty: Connector) -> None:
    """The time-out struck before the request could go out."""
    async with mute_server() as url:
        assert await hasty.post(url, "c", HELLO) == NotSent()


async def test_a_connection_closed_before_reading_has_no_answer(connector: Connector) -> None:
    """The request may have been read; the client cannot know."""
    async with slamming_server() as url:
        assert await connector.post(url, "c", HELLO) == NoAnswer()


async def test_a_connection_closed_after_reading_has_no_answer(
    connector: Connector, teams: ScriptedConnector
) -> None:
    """The message may have been delivered."""
    teams.will(Resets())
    assert await connector.post(teams.url, "c", HELLO) == NoAnswer()
    assert len(teams.requests) == 1


async def test_silence_has_no_answer(hasty: Connector, teams: ScriptedConnector) -> None:
    """The time-out strikes after the request went out."""
    teams.will(NeverAnswers())
    assert await hasty.post(teams.url, "c", HELLO) == NoAnswer()


async def test_a_broken_body_does_not_undo_the_status(connector: Connector, teams: ScriptedConnector) -> None:
    """The connector said 201 before it broke off: the message was taken."""
    teams.will(BreaksOff())
    assert await connector.post(teams.url, "c", HELLO) == Accepted("")


async def test_without_a_needed_token_nothing_is_sent(teams: ScriptedConnector) -> None:
    """No token means no request; the provider's code says why."""
    async with Connector(BrokenTokens(), StillClock()) as connector:
        assert await connector.post(teams.url, "c", HELLO) == WithoutToken("invalid_client")
    assert teams.requests == []


async def test_one_pool_serves_many_at_once(connector: Connector, teams: ScriptedConnector) -> None:
    """A hundred sends at once are all taken."""
    replies = await asyncio.gather(*(connector.post(teams.url, f"c{n}", HELLO) for n in range(100)))
    assert all(isinstance(reply, Accepted) for reply in replies)
    assert len(teams.requests) == 100
