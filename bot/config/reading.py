"""Reading the settings, once, from the environment and a `.env` file; every problem is reported at once."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.config.env_file import read_env_file
from bot.config.problems import placed_error, strangers
from bot.config.settings import HOME, IN_FILES, PREFIX, ContentSettings, Settings
from bot.config.values import content_of
from bot.errors import Problems


def read_settings(*, store: str | None = None) -> Settings:
    """The settings; `store` is what a command's own option chose instead of theirs.

    Raises Problems: each that is wrong (`.env:LINE: …` in the file) and how to mend it; never a value.
    """
    try:
        file = read_env_file()
    except UnicodeDecodeError as error:
        raise Problems([".env:1: the file is not UTF-8 text; save it as UTF-8"]) from error
    wrong, chosen = [*file.problems, *strangers(file)], {} if store is None else {"store": store}
    try:
        settings = Settings()
        wrong.extend(_said_twice(settings))
        if not wrong:
            return Settings.model_validate(_from_files(settings) | chosen)
    except ValidationError as error:
        wrong.extend(placed_error(one, file, chosen) for one in error.errors())
    raise Problems(wrong)


def _said_twice(settings: Settings) -> Iterator[str]:
    for named, secret in IN_FILES.items():
        if getattr(settings, named) and secret in settings.model_fields_set:
            yield f"{PREFIX}{named.upper()}: {PREFIX}{secret.upper()} is set as well; take one of them out"


def _from_files(settings: Settings) -> dict[str, str]:
    """The secrets that stand in files. Raises ValidationError where one of them is wrong."""
    named = {secret: getattr(settings, file) for file, secret in IN_FILES.items()}
    return {secret: content_of(file) for secret, file in named.items() if file}


def read_content_folder() -> Path:
    """Where the content is, even where other settings are wrong; the default where nothing can be read."""
    try:
        return ContentSettings().content
    except UnicodeDecodeError:
        return HOME


def as_setting(problem: str) -> str:
    """A problem that begins with a field's name, with the variable's name instead; any other as it is."""
    name, _, what = problem.partition(":")
    return f"{PREFIX}{name.upper()}:{what}" if name in Settings.model_fields else problem
