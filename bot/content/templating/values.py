"""The values that expressions yield, and what each may be used as."""

from enum import Enum
from typing import Final, TypeAlias, TypeGuard

from bot.content.templating.number_text import number_text
from bot.domain.json import Json
from bot.errors import TemplateError


class Missing(Enum):
    """What a path yields that leads nowhere: JavaScript's undefined, which is not null."""

    MISSING = "undefined"


MISSING: Final = Missing.MISSING
Value: TypeAlias = "Json | Missing"


def is_nothing(value: Value) -> TypeGuard[Missing | None]:
    """Whether it is null or missing."""
    return value is None or value is MISSING


def is_true(value: Value) -> bool:
    """Anything but false, null and missing is true: so are 0 and an empty text."""
    return not is_nothing(value) and value is not False


def is_number(value: Value) -> TypeGuard[int | float]:
    """Whether it is a number; a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number(value: Value) -> float:
    """The number that it is. Raises TemplateError for anything else."""
    if is_number(value):
        return float(value)
    raise TemplateError(f"{kind(value)} is not a number")


def text(value: Value) -> str:
    """The text that it is. Raises TemplateError for anything else."""
    if isinstance(value, str):
        return value
    raise TemplateError(f"{kind(value)} is not a text")


def written(value: Value) -> str:
    """A text, number or boolean as a card shows it. Raises TemplateError for anything else."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
    raise TemplateError(f"{kind(value)} cannot be written as text")


def kind(value: Value) -> str:
    """What a value is, for messages, which never show the value: it may be somebody's."""
    kinds = {
        str: "a text",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return kinds.get(type(value), "null" if value is None else "what leads nowhere")
