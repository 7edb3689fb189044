"""A prompt → the text of its YAML file, in the order and style of the library."""

from collections.abc import Mapping, Sequence
from datetime import date

import yaml

from bot.content.prompts import PromptFile
from bot.domain.json import Json

SCHEMA_LINE = "# yaml-language-server: $schema=../prompt.schema.json\n"
"""The first line of each file: editors complete fields and mark mistakes by it."""

Plain = Mapping[str, Json]
"""A prompt's fields as plain values; some may be missing while it waits for review."""


def plain_values(file: PromptFile) -> dict[str, Json]:
    """The fields that are filled in, in the order of the format, as YAML and JSON can carry them."""
    values: dict[str, Json] = file.model_dump(mode="json", exclude_none=True)
    return values


def as_yaml(values: Plain, remarks: Sequence[str] = ()) -> str:
    """The file's text: the schema's line, remarks for whoever completes it, and the fields in their order.

    Reading it again gives the same values, whatever they hold.
    """
    ordered = {name: _native(name, values[name]) for name in PromptFile.model_fields if name in values}
    said = "".join(f"# {line}\n" for remark in remarks for line in remark.splitlines())
    written = yaml.dump(ordered, Dumper=_HouseStyle, allow_unicode=True, sort_keys=False, width=108)
    return f"{SCHEMA_LINE}{said}{written}"


class _Block(str):
    """A text that stands as a block, line for line."""

    __slots__ = ()


class _HouseStyle(yaml.SafeDumper):
    """Blocks for prompts, lists in brackets, and everything else plain."""


def _native(name: str, value: Json) -> object:
    if name == "prompt" and isinstance(value, str):
        return _Block(value if value.endswith("\n") else f"{value}\n")
    if name in ("reviewed_on", "review_by") and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _block(dumper: yaml.SafeDumper, text: _Block) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")


def _list(dumper: yaml.SafeDumper, values: list[object]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=True)


_HouseStyle.add_representer(_Block, _block)
_HouseStyle.add_representer(list, _list)
