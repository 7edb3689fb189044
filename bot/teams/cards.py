"""A card on its way to Teams: the attachment, and the words that a notification shows for it."""

from collections.abc import Callable
from typing import Self, TypeAlias

from bot.domain.json import Json
from bot.domain.messages import Message

Card: TypeAlias = dict[str, Json]
"""An Adaptive Card as JSON."""

Render: TypeAlias = Callable[[Message], Card]
"""What turns a message into its card."""

CARD_TYPE = "application/vnd.microsoft.card.adaptive"


def summary(card: Card) -> str:
    """What a notification or a list of chats shows for the card: the first sentence of its fallbackText.

    The rest of that text is for a client that cannot show the card, and would be wrong on any other.
    """
    text = card.get("fallbackText")
    return text.split(". ")[0].rstrip(".") if isinstance(text, str) else ""


def attachment(card: Card) -> dict[str, Json]:
    """The card as an activity carries it."""
    return {"contentType": CARD_TYPE, "content": card}


def message(card: Card) -> dict[str, Json]:
    """An activity with nothing but the card, and the words for the notification."""
    return {"type": "message", "summary": summary(card), "attachments": [attachment(card)]}


class Body(dict[str, Json]):
    """The body of an answer to a button. The SDK copies deeply what it sends; nothing changes this."""

    def __deepcopy__(self, _: object) -> Self:
        return self


def replacement(card: Card) -> Body:
    """The body of an answer to `adaptiveCard/action` that puts this card in the place of the pressed one."""
    return Body(statusCode=200, type=CARD_TYPE, value=card)


def words(text: str) -> dict[str, Json]:
    """The body of an answer to `adaptiveCard/action` that leaves the pressed card as it is and says this."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
