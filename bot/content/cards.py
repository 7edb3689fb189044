"""Messages → cards: one template of `cards/` a message, expanded with the message's own fields.

Each template is put into each language once, when it is loaded, and before anything is filled in.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias, get_args

from bot.content.card_texts import in_words
from bot.content.catalogues import Catalogue, load_catalogues
from bot.content.files import read_json
from bot.content.templating import expand
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.domain.text.language import Language, Said
from bot.errors import Problems, TemplateError

Card: TypeAlias = dict[str, Json]

MESSAGES: tuple[type[Message], ...] = get_args(Message)
"""Every class of message; each has a template."""


class Cards:
    """The card templates in every language, loaded once, with the catalogues that put them into it."""

    def __init__(self, folder: Path) -> None:
        """Load the templates. Raises Problems where one is missing or no JSON, or a catalogue is broken."""
        templates = load_templates(folder)
        self._catalogues = load_catalogues(folder / "locale")
        self._templates = {
            language: {name: translated(template, catalogue) for name, template in templates.items()}
            for language, catalogue in self._catalogues.items()
        }

    @property
    def tongues(self) -> Mapping[Language, Catalogue]:
        """The languages other than English."""
        return {name: one for name, one in self._catalogues.items() if name is not Language.ENGLISH}

    def render(self, message: Message) -> Card:
        """The card of a message in its language. Raises TemplateError where a template cannot be expanded."""
        catalogue = self._catalogues[message.language]
        template = self._templates[message.language][message.template]
        return expanded(template, _plain(asdict(message), catalogue))


def translated(template: Json, catalogue: Catalogue) -> Json:
    """A template in a catalogue's language, and saying so."""
    if catalogue.language is Language.ENGLISH or not isinstance(template, dict):
        return template
    words = in_words(template, catalogue.text)
    return {**words, "lang": str(catalogue.language)} if isinstance(words, dict) else words


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


def _plain(value: object, catalogue: Catalogue) -> Json:
    """Tuples as lists and enums as text, all the way down, as JSON has neither; sentences in the language."""
    if isinstance(value, dict):
        return {str(key): _plain(one, catalogue) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, catalogue) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.in_tongue(catalogue) if isinstance(value, Said) else str(value)
