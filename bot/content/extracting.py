"""What Babel finds in files of ours for the catalogues: `cards/locale/babel.cfg` names these functions.

Each yields a line, no function's name, the text and no comments, as Babel asks for.
"""

import json
from collections.abc import Iterator
from typing import IO, TypeAlias

import yaml

from bot.content.card_texts import texts_of
from bot.domain.text.wording import skill_in_words

Found: TypeAlias = Iterator[tuple[int, None, str, list[str]]]


def cards(
    file: IO[bytes],
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001 - Babel names it
) -> Found:
    """The words of a card's template."""
    for text in texts_of(json.load(file)):
        yield 1, None, text, []


def library(
    file: IO[bytes],
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001 - Babel names it
) -> Found:
    """The questions of rounds with their answers, the names of roles, and the local rules."""
    for text in _named(yaml.safe_load(file)):
        yield 1, None, text, []


def skills(
    file: IO[bytes],
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001 - Babel names it
) -> Found:
    """What skills are called inside a sentence."""
    for skill in yaml.safe_load(file):
        yield 1, None, skill_in_words(skill["id"]), []


def _named(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _named(one)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name in {"text", "about", "name", "unit", "contact"}:
                yield str(value)
            elif name == "answers":
                yield from map(str, value)
            else:
                yield from _named(value)
