"""Sample data → the message that it would be, and an empty card to break."""

from pydantic import TypeAdapter

from bot.domain.json import Json
from bot.domain.messages import Message


def message_of(kind: type[Message], data: Json) -> Message:
    """A message with the values of a sample. Raises ValidationError for one whose types do not fit."""
    message: Message = TypeAdapter(kind).validate_python(data)
    return message


def card(*body: Json, **more: Json) -> dict[str, Json]:
    """A card that keeps to every rule, with this body."""
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": "Type help.",
        "body": list(body),
        **more,
    }
