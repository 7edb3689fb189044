"""What the inputs of a card template are called: tests name an input by its id, people by its label."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bot.content.library import load_library
from tests.playground.processes import ROOT

Input = dict[str, Any]


@cache
def inputs_of(template: str) -> Mapping[str, Input]:
    """The inputs of `cards/<template>.json` by id."""
    content = json.loads((ROOT / "cards" / f"{template}.json").read_text(encoding="utf-8"))
    return {one["id"]: one for one in _inputs(content)}


def option(one: Input, value: str) -> str:
    """What people read for a value of a list of choices."""
    titles = {choice.get("value"): choice["title"] for choice in one["choices"]}
    return str(titles[value] if value in titles else _roles()[value])


@cache
def _roles() -> Mapping[str, str]:
    return {str(role): name for role, name in load_library(ROOT / "prompts_library").roles.items()}


def _inputs(part: object) -> Iterator[Input]:
    if isinstance(part, list):
        for one in part:
            yield from _inputs(one)
    elif isinstance(part, dict):
        if str(part.get("type")).startswith("Input."):
            yield part
        yield from _inputs(list(part.values()))
