"""The bot, from the bytes that Teams posts to the bytes that it gets back; real use cases behind it."""

import pytest
from structlog.testing import capture_logs

from bot.domain.json import Json
from bot.services.ports import World
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.cards import Card
from bot.teams.connector import Connector
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent
from tests.teams.connector_server import Says, ScriptedConnector
from tests.teams.posting import SET_UP, card_in, here, in_place, known, post


@pytest.mark.parametrize("kind", ["message", "invoke", "messageReaction", "typing", "event", "somethingNew"])
async def test_whatever_comes_shows_where_the_person_is(
    inbound: Inbound, world: World, teams: ScriptedConnector, kind: str
) -> None:
    """The service URL can change at any time; the newest counts."""
    assert (await post(inbound, sent.activity(kind, teams.url))).status == 200
    me = await known(world)
    assert me is not None
    assert me.reference == here(teams.url)


async def test_hello_is_answered_with_a_card(inbound: Inbound, teams: ScriptedConnector) -> None:
    """One message to the same conversation, with words for the notification."""
    assert await post(inbound, sent.text("hi", teams.url)) == Answer(200)
    (request,) = teams.requests
    assert request.method == "POST"
    assert request.path == "/v3/conversations/a%3A8b42f30%2Ffe6a%3Bx%40y/activities"
    assert card_in(request.body)["template"] == "help"
    assert isinstance(request.body, dict)
    assert request.body["summary"] == "help"


async def test_a_card_arrives_as_it_was_rendered(
    connector: Connector, world: World, teams: ScriptedConnector
) -> None:
    """The SDK's serialiser changes nothing: no number, no empty list, no null, no key."""
    rich: Card = {"a": [1, 2.5, True, None, [], {}, "", "é\n🙂"], "$when": {"msteams": {"width": "Full"}}}
    bot = Inbound(TeamsAdapter(connector), SteadyDripBot(world, lambda _: rich), None)
    await post(bot, sent.text("hi", teams.url))
    assert card_in(teams.last.body) == rich


@pytest.mark.parametrize("text", [None, "", "   ", "<at>Test Bot</at>"])
async def test_a_message_without_words_gets_help(
    inbound: Inbound, teams: ScriptedConnector, text: str | None
) -> None:
    """A picture, a GIF, or only the bot's name."""
    mention: Json = [{"type": "mention", "mentioned": {"id": "28:bot"}, "text": "<at>Test Bot</at>"}]
    await post(inbound, sent.activity("message", teams.url, text=text, entities=mention))
    assert card_in(teams.last.body)["template"] == "help"


async def test_a_button_is_answered_in_place(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The set-up is kept for the sender, and the first tip replaces the card."""
    card = in_place(await post(inbound, sent.execute("set_up", SET_UP, teams.url)))
    assert card["template"] == "tip"
    assert teams.requests == []
    me = await known(world)
    assert me is not None
    assert me.role == "ward-clerk"


async def test_the_old_kind_of_button_replaces_its_card(inbound: Inbound, teams: ScriptedConnector) -> None:
    """A Submit comes as a message; the card that it came from is updated."""
    value: Json = {"verb": "help", "msteams": {"type": "task/submit"}}
    assert await post(inbound, sent.submit(value, teams.url)) == Answer(200)
    (request,) = teams.requests
    assert request.method == "PUT"
    assert request.path.endswith(f"/activities/{sent.CARD}")
    assert card_in(request.body)["template"] == "help"


async def test_where_a_card_cannot_be_replaced_a_new_one_comes(
    inbound: Inbound, teams: ScriptedConnector
) -> None:
    """The update is refused, so the answer is sent."""
    teams.will(Says(404, "ActivityNotFoundInConversation"))
    await post(inbound, sent.submit({"verb": "help"}, teams.url))
    assert [request.method for request in teams.requests] == ["PUT", "POST"]


async def test_where_no_card_is_named_a_new_one_comes(inbound: Inbound, teams: ScriptedConnector) -> None:
    """Some clients do not say which card it was."""
    await post(inbound, {**sent.submit({"verb": "help"}, teams.url), "replyToId": None})
    assert [request.method for request in teams.requests] == ["POST"]


async def test_a_reply_to_a_message_does_not_replace_it(inbound: Inbound, teams: ScriptedConnector) -> None:
    """Typed words are answered by a new message, whatever they reply to."""
    await post(inbound, sent.text("hi", teams.url, replyToId=sent.CARD))
    assert [request.method for request in teams.requests] == ["POST"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message/submitAction", {"actionName": "feedback", "actionValue": {"reaction": "like"}}),
        ("message/fetchTask", {}),
        ("composeExtension/query", {"commandId": "x"}),
        ("task/fetch", None),
        ("signin/verifyState", {"state": "1"}),
        ("something/new", 5),
    ],
)
async def test_other_invokes_are_taken_note_of(
    inbound: Inbound, teams: ScriptedConnector, name: str, value: Json
) -> None:
    """200 with an empty object, and no fault behind it: the SDK would say 501."""
    with capture_logs() as lines:
        assert await post(inbound, sent.invoke(name, value, teams.url)) == Answer(200, {})
    assert lines == []
