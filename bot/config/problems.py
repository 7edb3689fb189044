"""What is wrong with the settings, said so that it can be mended; never a value."""

import os
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from pydantic import SecretStr
from pydantic_core import ErrorDetails

from bot.config.env_file import EnvFile
from bot.config.settings import PREFIX, Settings


def strangers(file: EnvFile) -> Iterator[str]:
    """The variables that begin like a setting and are none."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    in_environment = {name.upper() for name in os.environ}  # noqa: TID251 - this module is its one reader
    for name in sorted({*file.lines, *in_environment}):
        if name.startswith(PREFIX) and name not in known:
            yield _placed(name.removeprefix(PREFIX), _stranger(name, known), file)


def _stranger(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.8)
    return f"is not a setting; did you mean {near[0]}?" if near else "is not a setting; take it out"


def _placed(name: str, sentence: str, file: EnvFile) -> str:
    """The problem of a variable, with its line where it comes from the file; the environment wins."""
    variable = f"{PREFIX}{name}"
    in_environment = variable in {one.upper() for one in os.environ}  # noqa: TID251 - as above
    place = f".env:{file.lines[variable]}: " if variable in file.lines and not in_environment else ""
    return f"{place}{variable}: {sentence}"


def placed_error(error: ErrorDetails, file: EnvFile, chosen: Mapping[str, str]) -> str:
    """The problem of a setting, or of the command's own option where that is what is wrong."""
    field, words = str(error["loc"][0]), _mend(error)
    ours = error["input"] == chosen.get(field)
    return f"--{field}: {words}" if ours else _placed(field.upper(), words, file)


def _mend(error: ErrorDetails) -> str:
    """What a value must be, in our words; never the value itself."""
    field = str(error["loc"][0])
    words = _WORDS.get(error["type"], "cannot be used; write it like {default}")
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    if error["type"].startswith("date_"):
        words = "must be a day of the calendar, such as {default}"
    known = {name: str(value).replace("'", "") for name, value in error.get("ctx", {}).items()}
    default = Settings.model_fields[field].default
    return words.format_map({**known, "default": "" if isinstance(default, SecretStr) else default})


_WORDS = {
    "string_pattern_mismatch": "must be tinydb:PATH or postgresql://…, such as {default}",
    "int_parsing": "must be a whole number, such as {default}",
    "int_parsing_size": "must be a whole number, such as {default}",
    "float_parsing": "must be a number, such as {default}",
    "greater_than_equal": "must be {ge} or more, such as {default}",
    "less_than_equal": "must be {le} or less, such as {default}",
    "literal_error": "must be {expected}",
}
