"""Messages that the bot sends by itself."""

from bot.domain.delivery import Reply
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.domain.people import ConversationReference
from bot.teams import cards
from bot.teams.cards import Render
from bot.teams.connector import Connector


class TeamsOutbound:
    """Fulfils `ports.Outbound`: one card as one activity, with a notification."""

    def __init__(self, connector: Connector, render: Render) -> None:
        self._connector = connector
        self._render = render

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Send one message. Raises what `render` raises, and nothing for what a network can do."""
        alert: Json = {"notification": {"alert": True}}
        activity = {**cards.message(self._render(message)), "channelData": alert}
        return await self._connector.post(reference.service_url, reference.conversation, activity)
