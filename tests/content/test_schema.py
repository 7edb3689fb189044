"""The published schema: current, valid, and of one mind with the format."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.config import HOME
from bot.content.files import read_json
from bot.content.library import prompt_paths, read_sources
from bot.content.schema import NAME, schema_text
from bot.content.writing import SCHEMA_LINE

FOLDER = HOME / "prompts_library"
SCHEMA: Any = read_json(FOLDER / NAME)
VALIDATOR = Draft202012Validator(SCHEMA)


class _AsJson(yaml.SafeLoader):
    """Days stay text, as an editor sees them."""


_AsJson.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_the_schema_is_current() -> None:
    """`make schema` writes it again after a change of the format, the roles or the skills."""
    assert (FOLDER / NAME).read_text("utf-8") == schema_text(read_sources(FOLDER))


def test_the_schema_is_one() -> None:
    """As its own standard has it."""
    Draft202012Validator.check_schema(SCHEMA)


def values_of(path: Path) -> dict[str, object]:
    """A prompt's fields as an editor sees them."""
    values: dict[str, object] = yaml.load(path.read_text("utf-8"), _AsJson)  # noqa: S506 - a safe loader
    return values


def test_every_prompt_keeps_to_it() -> None:
    """What `check` takes, no editor marks as wrong."""
    errors = [
        error.message for path in prompt_paths(FOLDER) for error in VALIDATOR.iter_errors(values_of(path))
    ]
    assert errors == []


@pytest.mark.parametrize(
    "change", [{"level": 9}, {"levle": 1}, {"skill": "juggle"}, {"roles": ["wizard"]}, {"app": "x"}]
)
def test_a_mistake_is_marked(change: dict[str, object]) -> None:
    """An unknown field, role, skill or value."""
    assert list(VALIDATOR.iter_errors({**values_of(prompt_paths(FOLDER)[0]), **change}))


def test_every_file_names_the_schema() -> None:
    """In its first line, so that editors find it without a setting: put `SCHEMA_LINE` there."""
    silent = [
        path.name for path in prompt_paths(FOLDER) if not path.read_text("utf-8").startswith(SCHEMA_LINE)
    ]
    assert silent == []
