"""Messages that go out by themselves."""

from dataclasses import fields, is_dataclass
from typing import get_args, get_origin, get_type_hints

import pytest

from bot.domain.messages import Note
from bot.domain.outbox.replies import Accepted, Rejected
from bot.domain.staff.people import ConversationReference
from bot.domain.text.language import Language
from bot.teams.cards import Card
from bot.teams.connector import Connector
from bot.teams.sender import SAME_FOR_MANY, TeamsOutbound
from tests.teams.connector_server import Says, ScriptedConnector
from tests.teams.worlds import render

NOTE = Note("Good morning", ["One thing."], [])


def _to(url: str) -> ConversationReference:
    return ConversationReference("t", "a:1", url, "29:user", "28:bot")


async def test_sends_one_card_with_a_notification(connector: Connector, teams: ScriptedConnector) -> None:
    """One activity: the card, the words for the notification, and the alert."""
    reply = await TeamsOutbound(connector, render).send(_to(teams.url), NOTE)
    assert reply == Accepted("activity-1")
    assert teams.last.path == "/v3/conversations/a%3A1/activities"
    assert teams.last.body == {
        "type": "message",
        "summary": "Good morning",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": render(NOTE)},
        ],
        "channelData": {"notification": {"alert": True}},
    }


async def test_a_card_without_fallback_text_has_no_words(
    connector: Connector, teams: ScriptedConnector
) -> None:
    """An odd fallbackText is no reason not to send."""

    def bare(_: object) -> Card:
        return {"type": "AdaptiveCard", "fallbackText": 5}

    await TeamsOutbound(connector, bare).send(_to(teams.url), NOTE)
    assert isinstance(teams.last.body, dict)
    assert teams.last.body["summary"] == ""


async def test_a_notification_does_not_say_that_the_card_cannot_be_shown(
    connector: Connector, teams: ScriptedConnector
) -> None:
    """Only the first sentence of the fallbackText is true where the card can be shown."""

    def tip(_: object) -> Card:
        return {"type": "AdaptiveCard", "fallbackText": "A tip from Steady Drip. Your Teams cannot show it."}

    await TeamsOutbound(connector, tip).send(_to(teams.url), NOTE)
    assert isinstance(teams.last.body, dict)
    assert teams.last.body["summary"] == "A tip from Steady Drip"


async def test_a_refusal_is_returned(connector: Connector, teams: ScriptedConnector) -> None:
    """The dispatcher decides what follows, not the sender."""
    teams.will(Says(403, "ConversationBlockedByUser"))
    assert await TeamsOutbound(connector, render).send(_to(teams.url), NOTE) == Rejected(
        403, "ConversationBlockedByUser"
    )


@pytest.mark.parametrize("kind", get_args(SAME_FOR_MANY), ids=lambda kind: kind.__name__)
def test_what_goes_to_thousands_can_be_kept(kind: type) -> None:
    """Nothing in it, however deep, is a list: it is looked up by what it says."""

    def hashable(hint: object) -> bool:
        if isinstance(hint, type) and is_dataclass(hint):
            hints = get_type_hints(hint)
            return all(hashable(hints[field.name]) for field in fields(hint))
        if get_origin(hint) is tuple:
            return all(hashable(part) for part in get_args(hint) if part is not Ellipsis)
        return hint in {str, int, bool, Language}

    assert hashable(kind)
