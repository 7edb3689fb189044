"""The `.env` file: on which lines it sets a variable of ours, and which of its lines cannot be read."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dotenv.parser import Binding, parse_stream

from bot.config.settings import ENV_FILE, PREFIX


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The lines of the .env file that set a variable of ours, by its name in capitals; and the bad lines."""

    lines: Mapping[str, int]
    problems: list[str]


def read_env_file() -> EnvFile:
    """Read the .env file, if there is one. Raises UnicodeDecodeError."""
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # its warnings of bad lines are problems here
    if not ENV_FILE.is_file():
        return EnvFile({}, [])
    with ENV_FILE.open(encoding="utf-8") as text:
        bindings = list(parse_stream(text))
    set_here = {one.key.upper(): _line(one) for one in bindings if one.key and one.value is not None}
    ours = {name: line for name, line in set_here.items() if _OURS.fullmatch(name)}
    return EnvFile(ours, [f".env:{_line(one)}: {_UNREADABLE}" for one in bindings if _is_unreadable(one)])


_OURS = re.compile(rf"{PREFIX}\w*", re.ASCII)
_UNREADABLE = "cannot be read; write NAME=value, with both quotation marks or none"


def _is_unreadable(binding: Binding) -> bool:
    """A line that is no `NAME=value`; an odd name or no `=` matters only where it begins like ours.

    An odd name may hold a secret (`NAME:secret`), so nothing else is said of it.
    """
    name = (binding.key or "").upper()
    odd = binding.value is None or not _OURS.fullmatch(name)
    return binding.error or (odd and name.startswith(PREFIX))


def _line(binding: Binding) -> int:
    """The line of what is written there, not that of the empty lines before it."""
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
