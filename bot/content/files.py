"""Reading YAML and JSON files so that every problem can be named as `file:line: what and how to mend it`."""

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.constructor import ConstructorError, SafeConstructor

from bot.domain.json import Json
from bot.errors import Problems

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

Place: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead from a file's values to one of them."""


DEEPEST = 50
"""Values inside values, as deep as a file may have them."""

QUICK_CHARACTERS = 8_000
"""Up to here libyaml reads a file: it is ten times as quick, but has no end to how deep it goes."""


@dataclass(frozen=True, slots=True)
class Document:
    """A loaded file: its values, and the line (from 1) on which each of them stands."""

    path: Path
    values: Json
    lines: Mapping[Place, int]

    def at(self, *place: str | int) -> str:
        """`file:line` of a value; of the innermost one around it for one that is not there."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.path}:{self.lines.get(place, 1)}"


def read_yaml(path: Path) -> Document:
    """Load a YAML file, plain values only: tags that would build objects are refused.

    Raises Problems with the line of what cannot be read.
    """
    text = _text(path)
    try:
        node, values = _loaded(text)
        lines = dict(_lines(node))
    except yaml.YAMLError as error:
        raise Problems([f"{path}:{_line(error, text)}: {_reason(error)}; mend the YAML there"]) from error
    except RecursionError as error:
        raise Problems([f"{path}:1: the values are nested too deeply; make them plainer"]) from error
    return Document(path, values, lines)


def read_json(path: Path) -> Json:
    """Load a JSON file. Raises Problems with the line of what cannot be read."""
    try:
        values: Json = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise Problems([f"{path}:{error.lineno}: {error.msg}; mend the JSON there"]) from error
    except RecursionError as error:
        raise Problems([f"{path}:1: the values are nested too deeply; make them plainer"]) from error
    return values


def checked(document: Document, model: type[Model]) -> Model:
    """The document's values as `model`. Raises Problems, one line for each thing that is wrong."""
    try:
        return model.model_validate(document.values)
    except ValidationError as error:
        raise Problems([_sentence(document, one) for one in error.errors()]) from error


def attempted(load: Callable[[], T], problems: list[str]) -> T | None:
    """What loads, or None with its problems added to the others: one broken file hides no other."""
    try:
        return load()
    except Problems as error:
        problems.extend(error.lines)
        return None


def explained(error: ErrorDetails) -> str:
    """What pydantic found wrong with one value, and how to mend it; never the value itself."""
    known = _EXPLAINED.get(error["type"])
    if known:
        return known.format(**error.get("ctx", {}))
    message = error["msg"].removeprefix("Value error, ")
    return f"{message[0].lower()}{message[1:]}"


_EXPLAINED = {
    "missing": "is missing; add it",
    "extra_forbidden": "is not a field of this file; correct its name or take it out",
    "string_too_long": "has more than {max_length} characters; shorten it",
    "string_too_short": "is empty; fill it in",
    "too_short": "has too few entries; name at least {min_length}",
    "too_long": "has too many entries; keep at most {max_length}",
    "string_type": "is not a text; put quotation marks round it",
    "list_type": "is not a list; write its entries on lines that begin with a dash",
    "model_type": "is not made of `name: value` lines; write it so",
}


class _Plain(SafeConstructor):
    """Plain values, with the line of each that is not what it says, and of each key that stands twice."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Json:  # noqa: FBT001, FBT002 - as PyYAML has it
        try:
            value: Json = super().construct_object(node, deep)
        except (ValueError, KeyError, AttributeError) as error:  # PyYAML's for 2026-02-30, !!bool perhaps …
            problem = f"{_value(node)} is no {node.tag.rpartition(':')[2]}"
            raise ConstructorError(problem=problem, problem_mark=node.start_mark) from error
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Json]:  # noqa: FBT001, FBT002 - as PyYAML has it
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise ConstructorError(problem=f"{key.value} stands here twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


class _PlainLoader(_Plain, yaml.SafeLoader):
    """Its words for what is wrong are the ones that people read."""


if yaml.__with_libyaml__:

    class _QuickLoader(_Plain, yaml.CSafeLoader):
        """The same with libyaml."""

else:
    _QuickLoader = _PlainLoader  # type: ignore[misc, assignment]  # where PyYAML was built without it


def _loaded(text: str) -> tuple[yaml.Node | None, Json]:
    """The nodes and values of a text. Raises yaml.YAMLError in PyYAML's own words, or RecursionError."""
    if len(text) <= QUICK_CHARACTERS:
        try:
            return _read(_QuickLoader(text))
        except yaml.YAMLError:
            pass  # read again, for the words
    return _read(_PlainLoader(text))


def _read(loader: "_PlainLoader | _QuickLoader") -> tuple[yaml.Node | None, Json]:
    node = loader.get_single_node()
    return node, loader.construct_document(node) if node else None


def _value(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "this"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Problems([f"{path}:1: the file is missing; put it back"]) from error
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as UTF-8"]) from error


def _line(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark:
        return int(mark.line) + 1
    return text.count("\n", 0, getattr(error, "position", 0)) + 1


def _reason(error: yaml.YAMLError) -> str:
    known = getattr(error, "problem", None) or getattr(error, "reason", None)
    return str(known or "this is not YAML")


def _lines(node: yaml.Node | None, place: Place = ()) -> Iterator[tuple[Place, int]]:
    """Each value's place with the line of its key, or of the value itself in a list.

    Raises RecursionError below DEEPEST.
    """
    if len(place) > DEEPEST:
        raise RecursionError
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            yield inner, key.start_mark.line + 1
            yield from _lines(value, inner)
    if isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            inner = (*place, index)
            yield inner, value.start_mark.line + 1
            yield from _lines(value, inner)


def _sentence(document: Document, error: ErrorDetails) -> str:
    field = ".".join(str(part) for part in error["loc"]) or "the whole file"
    return f"{document.at(*error['loc'])}: {field}: {explained(error)}"
