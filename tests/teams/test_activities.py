"""Activities, read."""

import pytest

from bot.domain.json import Json
from bot.domain.staff.people import ConversationReference, PersonId
from bot.errors import NotUnderstood
from bot.teams import activities
from bot.teams.activities import Origin
from tests.teams import sent

URL = "https://smba.trafficmanager.net/uk/"
NOBODY: list[dict[str, Json]] = [
    {},
    {"aadObjectId": ""},
    {"aadObjectId": "somebody:else"},
    {"aadObjectId": {"$ne": 1}},
]
MALFORMED: list[dict[str, Json]] = [
    {},
    {"type": "message"},
    {"from": 5},
    {"conversation": "x"},
    {"timestamp": "yesterday"},
    {"membersAdded": [1]},
    {"type": ""},
    {"serviceUrl": ""},
    {"conversation": None},
]


def test_the_person_is_who_teams_says_in_lower_case() -> None:
    """The object id of the sender, however it is spelt."""
    assert activities.person(activities.parse(sent.activity("message"))) == PersonId(sent.USER)


@pytest.mark.parametrize("sender", NOBODY)
def test_nobody_is_nobody(sender: dict[str, Json]) -> None:
    """Without an object id of Entra's shape there is no person."""
    with pytest.raises(NotUnderstood, match="no_person"):
        activities.person(activities.parse({**sent.activity("message"), "from": {"id": "29:x", **sender}}))


def test_the_reference_has_all_that_a_later_message_needs() -> None:
    """Tenant, conversation, service URL, and both ids."""
    assert activities.reference(activities.parse(sent.activity("message", URL))) == ConversationReference(
        tenant=sent.TENANT,
        conversation=sent.CONVERSATION,
        service_url=URL,
        user="29:user-id-0",
        bot="28:bot",
    )


@pytest.mark.parametrize("channel_data", [None, {}, {"tenant": None}, {"tenant": "x"}, "x"])
def test_the_tenant_is_found_in_the_conversation_too(channel_data: Json) -> None:
    """ChannelData comes first, and may be missing or odd."""
    raw = sent.activity("message", URL, channelData=channel_data)
    assert activities.reference(activities.parse(raw)).tenant == sent.TENANT
    assert activities.origin(raw) == Origin("msteams", URL, sent.TENANT)


def test_an_origin_is_read_from_anything() -> None:
    """What is absent or of another kind is empty, before anybody has checked a token."""
    odd: dict[str, Json] = {
        "channelId": 5,
        "serviceUrl": None,
        "conversation": [],
        "channelData": {"tenant": 1},
    }
    assert activities.origin(odd) == Origin("", "", "")


@pytest.mark.parametrize("changes", [{"recipient": None}, {"from": None}, {"from": {"id": ""}}])
def test_a_reference_is_whole_or_none(changes: dict[str, Json]) -> None:
    """Half an address is none."""
    with pytest.raises(NotUnderstood, match="no_conversation"):
        activities.reference(activities.parse({**sent.activity("message", URL), **changes}))


@pytest.mark.parametrize("raw", MALFORMED)
def test_what_is_no_activity_is_not_understood(raw: dict[str, Json]) -> None:
    """The SDK's own errors stay inside, and so does what they quote."""
    whole = {**sent.activity("message", URL), **raw} if len(raw) == 1 and "type" not in raw else raw
    with pytest.raises(NotUnderstood) as caught:
        activities.parse(whole)
    assert str(caught.value) in {"malformed_activity", "incomplete_activity"}


@pytest.mark.parametrize(("kind", "personal"), [("personal", True), ("groupChat", False), ("channel", False)])
def test_only_a_personal_chat_is_personal(kind: str, *, personal: bool) -> None:
    """A missing type is not personal either."""
    chat: Json = {"id": "c", "conversationType": kind}
    assert activities.is_personal(activities.parse(sent.activity("message", conversation=chat))) is personal
    assert not activities.is_personal(activities.parse(sent.activity("message", conversation={"id": "c"})))


def _mention(who: str, text: Json) -> Json:
    return {"type": "mention", "mentioned": {"id": who, "name": "x"}, "text": text}


@pytest.mark.parametrize(
    ("text", "entities", "expected"),
    [
        ("tip", None, "tip"),
        ("<at>Test Bot</at>&nbsp;tip", [_mention("28:bot", "<at>Test Bot</at>")], "tip"),
        ("<at>Test Bot</at> tip", [{"type": "clientInfo"}, _mention("28:bot", "<at>Test Bot</at>")], "tip"),
        ("ask <at>Kim</at>", [_mention("29:kim", "<at>Kim</at>")], "ask <at>Kim</at>"),
        ("tip", [_mention("28:bot", None)], "tip"),
        ("tip", [{"type": "mention", "mentioned": 5}], "tip"),
        (None, None, ""),
        ("a\0b\ud800", None, "ab"),
    ],
)
def test_typed_words_are_what_is_left_without_the_bots_name(
    text: Json, entities: Json, expected: str
) -> None:
    """Only the bot's own mention goes, and only as the entity spells it."""
    assert (
        activities.typed(activities.parse(sent.activity("message", text=text, entities=entities))) == expected
    )


def test_a_novel_is_read_up_to_a_point() -> None:
    """A typed line has an end."""
    assert len(activities.typed(activities.parse(sent.activity("message", text="x" * 200_000)))) == 500
