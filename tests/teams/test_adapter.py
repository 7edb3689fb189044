"""botbuilder's turns over our own connector."""

import pytest
from botbuilder.core import TurnContext

from bot.errors import NotDelivered
from bot.teams import activities
from bot.teams.adapter import TeamsAdapter
from bot.teams.connector import Connector
from tests.teams import sent
from tests.teams.connector_server import Resets, Says, ScriptedConnector


async def _hello(context: TurnContext) -> None:
    await context.send_activity("hello")


async def _take_back(context: TurnContext) -> None:
    await context.delete_activity(sent.CARD)


async def test_a_turn_may_say_words_and_take_a_message_back(
    connector: Connector, teams: ScriptedConnector
) -> None:
    """What botbuilder offers works, also where this bot has no use for it yet."""
    asked = activities.parse(sent.text("hi", teams.url))
    adapter = TeamsAdapter(connector)
    assert await adapter.process_activity(asked, _hello) is None
    assert await adapter.process_activity(asked, _take_back) is None
    assert [request.method for request in teams.requests] == ["POST", "DELETE"]
    assert teams.last.path.endswith(sent.CARD)


async def test_what_was_not_taken_is_raised_with_a_code(
    connector: Connector, teams: ScriptedConnector
) -> None:
    """A refusal by its status and code, a fault by its kind."""
    asked = activities.parse(sent.text("hi", teams.url))
    teams.will(Says(502), Says(403, "MessageWritesBlocked"), Resets())
    for code in ("502", "403_MessageWritesBlocked", "NoAnswer"):
        with pytest.raises(NotDelivered, match=f"^{code}$"):
            await TeamsAdapter(connector).process_activity(asked, _hello)
