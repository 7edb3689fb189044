"""What JSON can say, as a type."""

from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
"""A JSON document: objects with string keys, lists, text, finite numbers, booleans, null."""
