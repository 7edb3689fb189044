"""Reading YAML and JSON files so that every problem can be named as `file:line: what and how to mend it`."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.domain.json import Json
from bot.errors import Problems

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded file: its values, and the line (from 1) on which each top-level key stands."""

    path: Path
    values: Json
    lines: dict[str, int]

    def at(self, key: str) -> str:
        """`file:line` of a top-level key; of the first line for a key that is not there."""
        return f"{self.path}:{self.lines.get(key, 1)}"


def read_yaml(path: Path) -> Document:
    """Load a YAML file, plain values only: tags that would build objects are refused.

    Raises Problems with the line of what cannot be read.
    """
    text = _text(path)
    try:
        values = yaml.safe_load(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Problems([f"{path}:{_line(error)}: {_reason(error)}; mend the YAML there"]) from error
    return Document(path, values, _key_lines(node))


def read_json(path: Path) -> Json:
    """Load a JSON file. Raises Problems with the line of what cannot be read."""
    try:
        values: Json = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise Problems([f"{path}:{error.lineno}: {error.msg}; mend the JSON there"]) from error
    return values


def checked(document: Document, model: type[T]) -> T:
    """The document's values as `model`. Raises Problems, one line for each thing that is wrong."""
    try:
        return model.model_validate(document.values)
    except ValidationError as error:
        raise Problems([_sentence(document, one["loc"], one["msg"]) for one in error.errors()]) from error


def gathered(loaders: Iterable[Callable[[], T]]) -> tuple[list[T], list[str]]:
    """What loads, and the problems of what does not: one broken file hides no other."""
    loaded: list[T] = []
    problems: list[str] = []
    for load in loaders:
        try:
            loaded.append(load())
        except Problems as error:
            problems.extend(error.lines)
    return loaded, problems


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Problems([f"{path}:1: the file is missing; put it back"]) from error
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as UTF-8"]) from error


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "this is not YAML")


def _key_lines(node: yaml.Node | None) -> dict[str, int]:
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: key.start_mark.line + 1 for key, _ in node.value}


def _sentence(document: Document, where: tuple[int | str, ...], message: str) -> str:
    field = ".".join(str(part) for part in where) or "the whole file"
    top = str(where[0]) if where else ""
    return f"{document.at(top)}: {field}: {message[0].lower()}{message[1:]}"
