"""Messages → cards: one template of `cards/` a message, expanded with the message's own fields."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias, get_args

from bot.content.files import read_json
from bot.content.templating import expand
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.errors import Problems, TemplateError

Card: TypeAlias = dict[str, Json]

MESSAGES: tuple[type[Message], ...] = get_args(Message)
"""Every class of message; each has a template."""


class Cards:
    """The card templates, loaded once."""

    def __init__(self, folder: Path) -> None:
        """Load the templates. Raises Problems where one is missing or no JSON."""
        self._templates: Mapping[str, Json] = load_templates(folder)

    def render(self, message: Message) -> Card:
        """The card of a message. Raises TemplateError for a template that cannot be expanded."""
        return expanded(self._templates[message.template], _plain(asdict(message)))


def load_templates(folder: Path) -> dict[str, Json]:
    """Every message's template by name. Raises Problems for all that are missing or broken."""
    templates: dict[str, Json] = {}
    problems: list[str] = []
    for message in MESSAGES:
        try:
            templates[message.template] = read_json(folder / f"{message.template}.json")
        except Problems as error:
            problems.extend(error.lines)
    if problems:
        raise Problems(problems)
    return templates


def expanded(template: Json, data: Json) -> Card:
    """A template with its data as a card. Raises TemplateError where that is no JSON object."""
    card = expand(template, data)
    if not isinstance(card, dict):
        raise TemplateError("a card template must be a JSON object")
    return card


def _plain(value: object) -> Json:
    """Tuples as lists and enums as text, all the way down, as JSON has neither."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)
