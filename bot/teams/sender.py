"""Messages that the bot sends by itself."""

import json
from functools import lru_cache

import structlog

from bot.domain.json import Json
from bot.domain.messages import Message, PulseQuestions, Tip
from bot.domain.outbox.replies import (
    RETRIED,
    Accepted,
    Chat,
    Crowded,
    NoAnswer,
    NotSent,
    Rejected,
    Reply,
    WithoutToken,
    chat_after,
)
from bot.domain.staff.people import ConversationReference
from bot.teams import cards
from bot.teams.cards import Render
from bot.teams.connector import Connector

log = structlog.get_logger()

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

    async def send(self, reference: ConversationReference, message: Message) -> Reply | Crowded:
        """Send one message. Raises what `render` raises, and nothing for what a network can do."""
        body = self.body(message)
        reply = await self._connector.post(reference.service_url, reference.conversation, body)
        if not isinstance(reply, Accepted | Crowded):
            _tell(reply, chat=reference.conversation, card=message.template, size=len(body))
        return reply

    def body(self, message: Message) -> bytes:
        """The activity as it is posted."""
        return self._kept(message) if isinstance(message, SAME_FOR_MANY) else self._written(message)

    def _written(self, message: Message) -> bytes:
        alert: Json = {"notification": {"alert": True}}
        return json.dumps({**cards.message(self._render(message)), "channelData": alert}).encode()


class Nowhere:
    """An outbound for commands that send nothing."""

    async def send(self, reference: ConversationReference, message: Message) -> Reply:  # noqa: ARG002 - the port
        """Refuse to send."""
        return NotSent()


def _tell(reply: Reply, **ids: object) -> None:
    """Log what did not arrive, as loudly as somebody has to act on it."""
    match reply:
        case WithoutToken(code=code):
            log.error("token_unavailable", code=code)
        case Rejected(status=401, code=code):
            log.error("service_refused", code=code)
        case Rejected(status=429, retry_after=wait):
            log.warning("throttled", seconds=wait and wait.total_seconds())
        case Rejected(status=status, code=code) if status in RETRIED:
            log.warning("connector_failed", status=status, code=code)
        case Rejected(status=status, code=code) if chat_after(reply) is not Chat.THERE:
            log.info("chat_refused", status=status, code=code, **ids)
        case Rejected(status=status, code=code):
            log.error("message_refused", status=status, code=code, **ids)
        case NoAnswer():
            log.warning("outcome_unknown", **ids)
        case _:
            log.warning("connector_not_reached", **ids)
