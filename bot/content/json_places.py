"""Places in a JSON document: the line that a value starts on, and the values that a path leads to."""

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TypeAlias

from bot.content.files import Place
from bot.domain.json import Json

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]]|[^\s:,"{}\[\]]+')


def lines_of(text: str) -> Iterator[tuple[Place, int]]:
    """Each value's place in a valid JSON text, with its line."""
    tokens = ((found[0], text.count("\n", 0, found.start()) + 1) for found in _TOKEN.finditer(text))
    yield from _value_lines((), next(tokens), tokens)


_Token: TypeAlias = tuple[str, int]


def _value_lines(place: Place, first: _Token, rest: Iterator[_Token]) -> Iterator[tuple[Place, int]]:
    """The lines of the value that starts with the first token, and of those inside it."""
    start, line = first
    yield place, line
    if start == "{":
        for key, _ in takewhile(lambda token: token[0] != "}", rest):
            yield from _value_lines((*place, json.loads(key)), next(rest), rest)
    elif start == "[":
        for index, item in enumerate(takewhile(lambda token: token[0] != "]", rest)):
            yield from _value_lines((*place, index), item, rest)


def found(node: Json, steps: list[str], place: Place = ()) -> Iterator[tuple[Place, Json]]:
    """The values that the steps lead to, where `*` is every item; None for one that is not there."""
    if not steps:
        yield place, node
    elif isinstance(node, list) and node and steps[0] == "*":
        for index, item in enumerate(node):
            yield from found(item, steps[1:], (*place, index))
    elif isinstance(node, dict) and steps[0] in node:
        yield from found(node[steps[0]], steps[1:], (*place, steps[0]))
    else:
        yield place, None
