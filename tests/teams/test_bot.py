"""The bot, from the bytes that Teams posts to the bytes that it gets back; real use cases behind it."""

import json
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.domain.json import Json
from bot.domain.people import ConversationReference, Person, PersonId
from bot.services import conversing
from bot.services.ports import World
from bot.teams import cards
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.cards import Card
from bot.teams.connector import Connector
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent
from tests.teams.connector_server import Says, ScriptedConnector
from tests.teams.worlds import render

ME = PersonId(sent.USER)
SECRET = "Mrs Jones of Ward 7"
SET_UP: Json = {"role": "ward-clerk", "licence": "chat", "days": "0,1,2,3,4"}


async def _post(inbound: Inbound, raw: dict[str, Json]) -> Answer:
    return await inbound.receive(None, json.dumps(raw).encode())


async def _me(world: World) -> Person | None:
    async with world.store.unit_of_work() as work:
        return await work.people.get(ME)


async def _planned(world: World) -> list[str]:
    async with world.store.unit_of_work() as work:
        return [delivery.key for delivery in await work.deliveries.open_for(ME)]


def _here(url: str) -> ConversationReference:
    return ConversationReference(sent.TENANT, sent.CONVERSATION, url, "29:user-id-0", "28:bot")


def _card(body: Json) -> Card:
    """The card of an activity that was posted."""
    assert isinstance(body, dict)
    attachments = body["attachments"]
    assert isinstance(attachments, list)
    (attachment,) = attachments
    assert isinstance(attachment, dict)
    card = attachment["content"]
    assert isinstance(card, dict)
    return card


def _in_place(answer: Answer) -> Card:
    """The card of an answer to a button."""
    assert answer.status == 200
    assert isinstance(answer.body, dict)
    assert (answer.body["statusCode"], answer.body["type"]) == (
        200,
        "application/vnd.microsoft.card.adaptive",
    )
    card = answer.body["value"]
    assert isinstance(card, dict)
    return card


async def test_an_installation_is_two_events_and_one_welcome(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The welcome waits in the outbox; the events themselves are answered with nothing."""
    assert await _post(inbound, sent.installation("add", teams.url)) == Answer(200)
    assert await _post(inbound, sent.members_added(teams.url, "29:user-id-0", "28:bot")) == Answer(200)
    assert len(await _planned(world)) == 1
    assert teams.requests == []
    me = await _me(world)
    assert me is not None
    assert me.reference == _here(teams.url)


@pytest.mark.parametrize("who", ["28:bot", "29:user-id-0"])
async def test_either_member_makes_an_arrival(
    inbound: Inbound, world: World, teams: ScriptedConnector, who: str
) -> None:
    """The bot or the person: Teams names one or both."""
    await _post(inbound, sent.members_added(teams.url, who))
    assert len(await _planned(world)) == 1


async def test_somebody_else_is_no_arrival(inbound: Inbound, world: World, teams: ScriptedConnector) -> None:
    """A third member says nothing about this person."""
    await _post(inbound, sent.members_added(teams.url, "29:somebody"))
    assert await _me(world) is None


@pytest.mark.parametrize(
    ("action", "reachable"), [("remove", False), ("remove-upgrade", True), ("odd", True)]
)
async def test_only_a_removal_is_a_goodbye(
    inbound: Inbound, world: World, teams: ScriptedConnector, action: str, *, reachable: bool
) -> None:
    """Half of an upgrade looks like a removal and is none."""
    await _post(inbound, sent.installation("add", teams.url))
    assert await _post(inbound, sent.installation(action, teams.url)) == Answer(200)
    me = await _me(world)
    assert me is not None
    assert (me.reference is not None) is reachable


async def test_the_last_word_of_a_removal_does_not_undo_it(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Teams may also say that the members left: that is not somebody writing."""
    await _post(inbound, sent.installation("add", teams.url))
    await _post(inbound, sent.installation("remove", teams.url))
    await _post(inbound, sent.activity("conversationUpdate", teams.url, membersRemoved=[{"id": "28:bot"}]))
    me = await _me(world)
    assert me is not None
    assert me.reference is None


@pytest.mark.parametrize("kind", ["message", "invoke", "messageReaction", "typing", "event", "somethingNew"])
async def test_whatever_comes_shows_where_the_person_is(
    inbound: Inbound, world: World, teams: ScriptedConnector, kind: str
) -> None:
    """The service URL can change at any time; the newest counts."""
    assert (await _post(inbound, sent.activity(kind, teams.url))).status == 200
    me = await _me(world)
    assert me is not None
    assert me.reference == _here(teams.url)


async def test_hello_is_answered_with_a_card(inbound: Inbound, teams: ScriptedConnector) -> None:
    """One message to the same conversation, with words for the notification."""
    assert await _post(inbound, sent.text("hi", teams.url)) == Answer(200)
    (request,) = teams.requests
    assert request.method == "POST"
    assert request.path == "/v3/conversations/a%3A8b42f30%2Ffe6a%3Bx%40y/activities"
    assert _card(request.body)["template"] == "help"
    assert isinstance(request.body, dict)
    assert request.body["summary"] == "help"


async def test_a_card_arrives_as_it_was_rendered(
    connector: Connector, world: World, teams: ScriptedConnector
) -> None:
    """The SDK's serialiser changes nothing: no number, no empty list, no null, no key."""
    rich: Card = {"a": [1, 2.5, True, None, [], {}, "", "é\n🙂"], "$when": {"msteams": {"width": "Full"}}}
    bot = Inbound(TeamsAdapter(connector), SteadyDripBot(world, lambda _: rich), None)
    await _post(bot, sent.text("hi", teams.url))
    assert _card(teams.last.body) == rich


@pytest.mark.parametrize("text", [None, "", "   ", "<at>Test Bot</at>"])
async def test_a_message_without_words_gets_help(
    inbound: Inbound, teams: ScriptedConnector, text: str | None
) -> None:
    """A picture, a GIF, or only the bot's name."""
    mention: Json = [{"type": "mention", "mentioned": {"id": "28:bot"}, "text": "<at>Test Bot</at>"}]
    await _post(inbound, sent.activity("message", teams.url, text=text, entities=mention))
    assert _card(teams.last.body)["template"] == "help"


async def test_a_button_is_answered_in_place(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The set-up is kept for the sender, and the first tip replaces the card."""
    card = _in_place(await _post(inbound, sent.execute("set_up", SET_UP, teams.url)))
    assert card["template"] == "tip"
    assert teams.requests == []
    me = await _me(world)
    assert me is not None
    assert me.role == "ward-clerk"


async def test_the_old_kind_of_button_replaces_its_card(inbound: Inbound, teams: ScriptedConnector) -> None:
    """A Submit comes as a message; the card that it came from is updated."""
    value: Json = {"verb": "help", "msteams": {"type": "task/submit"}}
    assert await _post(inbound, sent.submit(value, teams.url)) == Answer(200)
    (request,) = teams.requests
    assert request.method == "PUT"
    assert request.path.endswith(f"/activities/{sent.CARD}")
    assert _card(request.body)["template"] == "help"


async def test_where_a_card_cannot_be_replaced_a_new_one_comes(
    inbound: Inbound, teams: ScriptedConnector
) -> None:
    """The update is refused, so the answer is sent."""
    teams.will(Says(404, "ActivityNotFoundInConversation"))
    await _post(inbound, sent.submit({"verb": "help"}, teams.url))
    assert [request.method for request in teams.requests] == ["PUT", "POST"]


async def test_where_no_card_is_named_a_new_one_comes(inbound: Inbound, teams: ScriptedConnector) -> None:
    """Some clients do not say which card it was."""
    await _post(inbound, {**sent.submit({"verb": "help"}, teams.url), "replyToId": None})
    assert [request.method for request in teams.requests] == ["POST"]


async def test_a_reply_to_a_message_does_not_replace_it(inbound: Inbound, teams: ScriptedConnector) -> None:
    """Typed words are answered by a new message, whatever they reply to."""
    await _post(inbound, sent.text("hi", teams.url, replyToId=sent.CARD))
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
        assert await _post(inbound, sent.invoke(name, value, teams.url)) == Answer(200, {})
    assert lines == []


STALE = conversing.stale().title
ODD: list[tuple[str, Json, str]] = [
    ("no_such_verb", {}, "unknown_verb"),
    (SECRET, {}, "unknown_verb"),
    ("open", {"prompt_id": "x", "person": SECRET}, "open_extra"),
    ("pulse", {"round_id": SECRET, "confidence": 9, "workload": 1}, "pulse_out_of_range"),
]


@pytest.mark.parametrize(("verb", "data", "code"), ODD)
async def test_an_odd_button_gets_a_kind_note_and_one_line_in_the_log(
    inbound: Inbound, teams: ScriptedConnector, verb: str, data: Json, code: str
) -> None:
    """The line has the event, the code and the activity's id, and nothing of what was sent."""
    with capture_logs() as lines:
        card = _in_place(await _post(inbound, sent.execute(verb, data, teams.url)))
    assert card["fallbackText"] == STALE
    assert lines == [
        {
            "event": "activity_not_understood",
            "code": code,
            "activity": sent.ACTIVITY,
            "log_level": "warning",
        }
    ]


async def test_an_odd_submit_gets_the_same_note(inbound: Inbound, teams: ScriptedConnector) -> None:
    """In the place of the card it came from."""
    await _post(inbound, sent.submit([SECRET], teams.url))
    assert (teams.last.method, _card(teams.last.body)["fallbackText"]) == ("PUT", STALE)


async def test_who_it_is_never_comes_from_the_card(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Without an object id there is nobody to act for, whatever the payload says."""
    stranger: Json = {"id": "29:x"}
    raw = {**sent.execute("stop", {"aadObjectId": str(ME)}, teams.url), "from": stranger}
    assert _in_place(await _post(inbound, raw))["fallbackText"] == STALE
    assert await _me(world) is None


GROUP: Json = {"id": "19:g@thread.v2", "conversationType": "groupChat", "isGroup": True}
ELSEWHERE = conversing.elsewhere().title


async def test_a_group_is_told_once_where_to_go(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """One reply, and nothing is stored."""
    await _post(inbound, sent.text("tip", teams.url, conversation=GROUP))
    (request,) = teams.requests
    assert _card(request.body)["fallbackText"] == ELSEWHERE
    assert await _me(world) is None


async def test_a_button_in_a_group_does_nothing(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The answer is the same note."""
    raw = sent.execute("set_up", SET_UP, teams.url, conversation=GROUP)
    assert _in_place(await _post(inbound, raw))["fallbackText"] == ELSEWHERE
    assert await _me(world) is None


async def test_joining_a_group_is_no_arrival(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Nobody is welcomed, and nothing is said to everybody."""
    assert await _post(inbound, sent.installation("add", teams.url, conversation=GROUP)) == Answer(200)
    assert await _me(world) is None
    assert teams.requests == []


class BrokenStore:
    """A store whose every unit of work fails."""

    def unit_of_work(self) -> "BrokenStore":
        """A unit that cannot begin."""
        return self

    async def __aenter__(self) -> "BrokenStore":
        raise RuntimeError(SECRET)

    async def __aexit__(self, *_: object) -> None:
        """Never reached."""


TROUBLE = conversing.trouble().title


@pytest.fixture
def broken(connector: Connector, world: World) -> Inbound:
    """A bot whose store is broken."""
    faulty = replace(world, store=BrokenStore())  # type: ignore[arg-type]  # a fault, not a store
    return Inbound(TeamsAdapter(connector), SteadyDripBot(faulty, render), None)


async def test_our_own_fault_is_said_kindly_and_logged_by_type(
    broken: Inbound, teams: ScriptedConnector
) -> None:
    """Beside the card, which keeps what was typed; the log has the error's type, not its message."""
    with capture_logs() as lines:
        answer = await _post(broken, sent.execute("tip", {}, teams.url))
    assert answer == Answer(200, cards.words(conversing.TROUBLE))
    (line,) = lines
    assert (line["event"], line["error"], line["activity"]) == ("turn_failed", "RuntimeError", sent.ACTIVITY)
    assert SECRET not in repr(line)


async def test_our_own_fault_in_a_message(broken: Inbound, teams: ScriptedConnector) -> None:
    """The note is sent."""
    assert await _post(broken, sent.text("tip", teams.url)) == Answer(200)
    assert _card(teams.last.body)["fallbackText"] == TROUBLE


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("installationUpdate", Answer(200)), ("event", Answer(200)), ("invoke", Answer(200, {}))],
)
async def test_our_own_fault_where_no_card_is_expected(
    broken: Inbound, teams: ScriptedConnector, kind: str, answer: Answer
) -> None:
    """Nothing is said, and Teams is not told to come again."""
    assert await _post(broken, sent.activity(kind, teams.url, action="add")) == answer
    assert teams.requests == []


async def test_a_reply_that_cannot_be_delivered_ends_the_turn(
    inbound: Inbound, teams: ScriptedConnector
) -> None:
    """The answer and the apology both fail; the request is still answered."""
    teams.will(Says(403, "ConversationBlockedByUser"), Says(403, "ConversationBlockedByUser"))
    with capture_logs() as lines:
        assert await _post(inbound, sent.text("hi", teams.url)) == Answer(200)
    assert [line["event"] for line in lines] == ["turn_failed", "apology_failed"]


async def test_a_renderer_that_fails_leaves_an_empty_answer(
    connector: Connector, world: World, teams: ScriptedConnector
) -> None:
    """A button is answered in words; in the chat not even the apology can be rendered."""

    def fails(_: object) -> Card:
        raise ValueError(SECRET)

    bot = Inbound(TeamsAdapter(connector), SteadyDripBot(world, fails), None)
    said = await _post(bot, sent.execute("tip", {}, teams.url))
    assert said == Answer(200, cards.words(conversing.TROUBLE))
    assert (await _post(bot, sent.text("tip", teams.url)), teams.requests) == (Answer(200), [])


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "too_deep"),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "too_deep"),
        (b"[]", "not_an_object"),
        (b"5", "not_an_object"),
        (b"{}", "incomplete_activity"),
        (b'{"from":5}', "malformed_activity"),
    ],
)
async def test_what_is_no_activity_is_refused_shortly(inbound: Inbound, body: bytes, error: str) -> None:
    """400, and a code that quotes nothing."""
    assert await inbound.receive(None, body) == Answer(400, {"error": error})
