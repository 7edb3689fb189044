"""Messages that the bot sends by itself."""

import json
from functools import lru_cache

from bot.domain.delivery import Reply
from bot.domain.json import Json
from bot.domain.messages import Message, PulseQuestions, Tip
from bot.domain.people import ConversationReference
from bot.teams import cards
from bot.teams.cards import Render
from bot.teams.connector import Connector

SAME_FOR_MANY = Tip | PulseQuestions
"""What goes to thousands without a word about one person in it, so that it is written once."""

KEPT = 1_024
"""Written messages that are kept, of about 5 KB each: a library of a few hundred prompts fits in."""


class TeamsOutbound:
    """Fulfils `ports.Outbound`: one card as one activity, with a notification."""

    def __init__(self, connector: Connector, render: Render) -> None:
        self._connector = connector
        self._render = render
        self._kept = lru_cache(KEPT)(self._written)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Send one message. Raises what `render` raises, and nothing for what a network can do."""
        return await self._connector.post(reference.service_url, reference.conversation, self.body(message))

    def body(self, message: Message) -> bytes:
        """The activity as it is posted."""
        return self._kept(message) if isinstance(message, SAME_FOR_MANY) else self._written(message)

    def _written(self, message: Message) -> bytes:
        alert: Json = {"notification": {"alert": True}}
        return json.dumps({**cards.message(self._render(message)), "channelData": alert}).encode()
