"""*Share as prompt* on any message: Teams asks for a form, shows it in a dialog, and sends it back filled in.

The message that it was pressed on fills the form and is kept nowhere: what counts is what the person sends.
"""

from html.parser import HTMLParser

from botbuilder.schema import Activity

from bot.domain.commands import Command, ShowHelp
from bot.domain.commands.sharing import ShowShareForm
from bot.domain.json import Json
from bot.domain.library.contributions import LONGEST_PROMPT
from bot.teams import cards, payloads
from bot.teams.activities import UNKEEPABLE
from bot.teams.cards import Card

FETCH = "composeExtension/fetchTask"
SUBMIT = "composeExtension/submitAction"
COMMAND = "sharePrompt"
"""The command's id in the manifest."""

NAMES = frozenset({FETCH, SUBMIT})

LONGEST_MARKUP = 8_000
"""Of a message's HTML, which holds more than a prompt may have; reading odd HTML takes its length squared."""


def command(activity: Activity) -> Command:
    """What is asked for: the form with the message's words, or what a button of the dialog stands for.

    Raises NotUnderstood for what no dialog of ours can have sent.
    """
    value = activity.value if isinstance(activity.value, dict) else {}
    if activity.name == FETCH:
        return ShowShareForm(_words_of(value.get("messagePayload"))[:LONGEST_PROMPT])
    return payloads.from_submit(value.get("data"))


def closes(asked: Command) -> bool:
    """Whether the button ends the dialog: "Cancel" asks for help anywhere else."""
    return isinstance(asked, ShowHelp)


def dialog(card: Card, title: str) -> dict[str, Json]:
    """The body of an answer that shows a card in the dialog. There, only `Action.Submit` comes back."""
    shown: Json = {
        "title": title,
        "height": "large",
        "width": "medium",
        "card": cards.attachment(_as_submitted(card)),
    }
    return {"task": {"type": "continue", "value": shown}}


def _as_submitted(card: Card) -> Card:
    """The card with each button as its own fallback."""
    replaced = _with_fallbacks(card)
    return replaced if isinstance(replaced, dict) else card


def _with_fallbacks(part: Json) -> Json:
    if isinstance(part, list):
        return [_with_fallbacks(one) for one in part]
    if not isinstance(part, dict):
        return part
    if part.get("type") == "Action.Execute":
        return part.get("fallback")
    return {name: _with_fallbacks(one) for name, one in part.items()}


class _Words(HTMLParser):
    """The words of a message, each paragraph on a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's
        if tag in {"p", "div", "br", "li"}:
            self.words.append("\n")


def _words_of(message: object) -> str:
    """The text of the message that the command was pressed on; empty for none."""
    body = message.get("body") if isinstance(message, dict) else None
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, str):
        return ""
    parser = _Words()
    parser.feed(UNKEEPABLE.sub("", content[:LONGEST_MARKUP]))
    parser.close()
    return "\n".join(line.strip() for line in "".join(parser.words).splitlines() if line.strip())
