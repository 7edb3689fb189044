"""Settings: read once, from the environment and a `.env` file; every problem reported at once."""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.anonymity import DEFAULT_THRESHOLD, SMALLEST_THRESHOLD
from bot.domain.calendar import NATIONAL_SURVEYS, Calendar
from bot.domain.hours import Nation
from bot.domain.retention import DEFAULT_AFTER_UNINSTALL, DEFAULT_AUDIT, DEFAULT_HISTORY, SMALLEST_HISTORY
from bot.errors import Problems

PREFIX = "STEADY_DRIP_"
HOME = Path(__file__).resolve().parent.parent
ENV_FILE = Path(".env")

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HTTPS = re.compile(r"https://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_ON_THIS_MACHINE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?", re.IGNORECASE | re.ASCII)


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write the name that staff know, or take the line out")
    return text


def _guid(text: str) -> str:
    if text and not _GUID.fullmatch(text):
        raise ValueError("must be a GUID, 8-4-4-4-12 hexadecimal digits; copy it from the Entra admin centre")
    return text


def _https(text: str) -> str:
    if text and not _HTTPS.fullmatch(text):
        raise ValueError("must be a whole address that begins with https://, or empty")
    return text


def _host(text: str) -> str:
    try:
        ip_address(text)
    except ValueError as error:
        if not _HOST_NAME.fullmatch(text):
            words = "must be an IP address or a host name, such as 127.0.0.1 or localhost"
            raise ValueError(words) from error
    return text


def _private(text: str) -> str:
    """An address that tokens depend on: nobody between may read or change what comes from it."""
    if not _HTTPS.fullmatch(text) and not _ON_THIS_MACHINE.fullmatch(text):
        raise ValueError("must be a whole address that begins with https://")
    return text


def _file(name: str) -> str:
    if name:
        _content(name)
    return name


def _content(name: str) -> str:
    """What a file holds, without the line's end. Raises ValueError where that is nothing or no text."""
    try:
        content = Path(name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError("is no file that can be read as text; name one, or take the line out") from error
    if not content:
        raise ValueError("names an empty file; put the secret into it")
    return content


def _months(value: object) -> object:
    """Numbers of months with commas between them; nothing for no month."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() and 1 <= int(part) <= 12 for part in parts):
        raise ValueError("must be numbers of months with commas between, such as 1,4,7,10, or empty")
    return frozenset(map(int, parts))


def _there(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("is no folder; name the one that has prompts_library/, cards/ and manifest/")
    return path


def _folder(name: str) -> str:
    if name and not Path(name).is_dir():
        raise ValueError("is no folder; name the one with the public keys of those you trust, or take it out")
    return name


Guid = Annotated[str, AfterValidator(_guid)]
HttpsOrNone = Annotated[str, AfterValidator(_https)]
PrivateUrl = Annotated[str, AfterValidator(_private)]
FileOrNone = Annotated[str, AfterValidator(_file)]

IN_FILES = {"app_secret_file": "app_secret", "store_file": "store", "metrics_token_file": "metrics_token"}
"""The settings that name a file, each with the secret that the file holds."""


class ContentSettings(BaseSettings):
    """Where the content is: known even where another setting is wrong."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True)

    content: Path = Field(HOME, description="The folder that has prompts_library/, cards/ and manifest/.")


class Settings(ContentSettings):
    """Everything that an operator decides. Each field is the variable STEADY_DRIP_<NAME>."""

    content: Annotated[Path, AfterValidator(_there)] = Field(
        HOME, description="The folder that has prompts_library/, cards/ and manifest/."
    )
    app_id: Guid = Field("", description="The bot's app (client) id in Entra. Needed except with --local.")
    app_secret: SecretStr = Field(SecretStr(""), description="The app's client secret.")
    app_secret_file: FileOrNone = Field("", description="A file that holds the app's client secret.")
    app_certificate_file: FileOrNone = Field(
        "", description="Instead of a secret: a PEM file with the app's certificate and private key."
    )
    app_assertion_file: FileOrNone = Field(
        "", description="Instead of a secret: the file with a workload identity's federated token."
    )
    tenant_id: Guid = Field("", description="The one tenant whose people may use the bot.")
    store: str = Field(
        "tinydb:var/steady-drip.tinydb",
        description="Where everything is kept: tinydb:PATH, or postgresql://… for more than one machine.",
        pattern=r"^(tinydb:.+|postgresql://.+)",
        repr=False,
    )
    store_file: FileOrNone = Field("", description="A file that holds what STEADY_DRIP_STORE would.")
    host: Annotated[str, AfterValidator(_host)] = Field(
        "127.0.0.1", description="The address to listen on. --local allows loopback only."
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(3978, description="The port to listen on.")
    organisation: Annotated[str, AfterValidator(_named)] = Field(
        "Your organisation", description="The organisation's name, as staff know it."
    )
    signing_key_file: FileOrNone = Field(
        "", description="The file with the private key that signs prompts for other organisations."
    )
    trusted_keys: Annotated[str, AfterValidator(_folder)] = Field(
        "",
        description="The folder with the public keys, NAME.pub, of organisations whose prompts are taken in.",
    )
    help_contact: str = Field(
        "", description="Whom to ask where no champion can help; empty: the contact of the local rules."
    )
    threshold: int = Field(
        DEFAULT_THRESHOLD,
        ge=SMALLEST_THRESHOLD,
        description="The fewest answers that a summary shows. Fixed for each round when it opens.",
    )
    pulse_every_weeks: int = Field(
        4, ge=1, le=52, description="Weeks from one round of questions to the next."
    )
    pulse_open_days: int = Field(5, ge=1, le=20, description="Working days for which a round takes answers.")
    pulse_skip_months: Annotated[frozenset[int], NoDecode, BeforeValidator(_months)] = Field(
        NATIONAL_SURVEYS, description="Months (1 to 12) without rounds, because of other surveys."
    )
    pulse_start: date = Field(date(2026, 1, 5), description="The day on which the first round opens.")
    keep_history_days: int = Field(
        DEFAULT_HISTORY.days,
        ge=SMALLEST_HISTORY.days,
        le=3650,
        description="Days for which it is kept what was sent to whom; then only counts are left.",
    )
    keep_after_uninstall_days: int = Field(
        DEFAULT_AFTER_UNINSTALL.days,
        ge=1,
        le=3650,
        description="Days after which data of somebody who removed the app is erased.",
    )
    keep_audit_days: int = Field(
        DEFAULT_AUDIT.days,
        ge=30,
        le=3650,
        description="Days for which it is kept who used a lead's or an administrator's right.",
    )
    nation: Nation = Field(
        Nation.ENGLAND,
        description="Whose bank holidays are free for whoever has not chosen: england, wales, scotland or "
        "northern-ireland.",
    )
    sends_per_second: float = Field(
        40, ge=1, le=50, description="The most messages a second, all replicas together. Teams' limit is 50."
    )
    first_contact: bool = Field(
        default=False,
        description="Whether the bot begins chats itself: only where a policy installs it for everybody.",
    )
    service_url: HttpsOrNone = Field(
        "https://smba.trafficmanager.net/teams/",
        description="Where Teams is asked for a chat with somebody whom the bot never heard of.",
    )
    time_speed: float = Field(
        1.0, ge=1, le=50_000, description="How fast time runs. Above 1 only with --local."
    )
    copilot_link: HttpsOrNone = Field(
        "https://m365.cloud.microsoft/chat", description="Where Copilot Chat opens; empty shows no link."
    )
    domain: str = Field("", description="The public host name of the bot, for the manifest.")
    website_url: HttpsOrNone = Field("", description="About the service, for the manifest (https).")
    privacy_url: HttpsOrNone = Field("", description="The privacy notice, for the manifest (https).")
    terms_url: HttpsOrNone = Field("", description="The terms of use, for the manifest (https).")
    token_issuer: str = Field("https://api.botframework.com", description="Who issues Teams' tokens.")
    token_metadata: PrivateUrl = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the issuer's signing keys are described.",
    )
    token_authority: PrivateUrl = Field(
        "https://login.microsoftonline.com/", description="Who gives the token for sending."
    )
    token_scope: str = Field(
        "https://api.botframework.com/.default", description="What the token for sending is for."
    )
    messages_per_minute: int = Field(
        20, ge=1, le=10_000, description="The most messages and taps of one person in a minute."
    )
    requests_at_once: int = Field(
        200, ge=1, le=10_000, description="The most requests of Teams under way; more are told to come again."
    )
    metrics_token: SecretStr = Field(
        SecretStr(""), description="The bearer token that opens /metrics; without one only --local shows it."
    )
    metrics_token_file: FileOrNone = Field("", description="A file that holds the token for /metrics.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least level to log."
    )

    def calendar(self, *, local: bool) -> Calendar:
        """When rounds open. In a local run no month is skipped, so that there is one to see at any time."""
        return Calendar(
            start=self.pulse_start,
            every=timedelta(weeks=self.pulse_every_weeks),
            working_days=self.pulse_open_days,
            skipped=frozenset() if local else self.pulse_skip_months,
        )


def read_settings(*, store: str | None = None) -> Settings:
    """The settings; `store` is what a command's own option chose instead of theirs.

    Raises Problems: each that is wrong (`.env:LINE: …` in the file) and how to mend it; never a value.
    """
    try:
        file = _read_file()
    except UnicodeDecodeError as error:
        raise Problems([".env:1: the file is not UTF-8 text; save it as UTF-8"]) from error
    wrong, chosen = [*file.problems, *_strangers(file)], {} if store is None else {"store": store}
    try:
        settings = Settings()
        wrong.extend(_said_twice(settings))
        if not wrong:
            return Settings.model_validate(_from_files(settings) | chosen)
    except ValidationError as error:
        wrong.extend(_placed_error(one, file, chosen) for one in error.errors())
    raise Problems(wrong)


def _said_twice(settings: Settings) -> Iterator[str]:
    for named, secret in IN_FILES.items():
        if getattr(settings, named) and secret in settings.model_fields_set:
            yield f"{PREFIX}{named.upper()}: {PREFIX}{secret.upper()} is set as well; take one of them out"


def _from_files(settings: Settings) -> dict[str, str]:
    """The secrets that stand in files. Raises ValidationError where one of them is wrong."""
    named = {secret: getattr(settings, file) for file, secret in IN_FILES.items()}
    return {secret: _content(file) for secret, file in named.items() if file}


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


# The .env file


@dataclass(frozen=True, slots=True)
class _File:
    """The lines of the .env file that set a variable of ours, by its name in capitals; and the bad lines."""

    lines: Mapping[str, int]
    problems: list[str]


def _read_file() -> _File:
    """Read the .env file, if there is one. Raises UnicodeDecodeError."""
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # its warnings of bad lines are problems here
    if not ENV_FILE.is_file():
        return _File({}, [])
    with ENV_FILE.open(encoding="utf-8") as text:
        bindings = list(parse_stream(text))
    set_here = {one.key.upper(): _line(one) for one in bindings if one.key and one.value is not None}
    ours = {name: line for name, line in set_here.items() if _OURS.fullmatch(name)}
    return _File(ours, [f".env:{_line(one)}: {_UNREADABLE}" for one in bindings if _is_unreadable(one)])


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


# What is wrong


def _strangers(file: _File) -> Iterator[str]:
    """The variables that begin like a setting and are none."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    in_environment = {name.upper() for name in os.environ}  # noqa: TID251 - this module is its one reader
    for name in sorted({*file.lines, *in_environment}):
        if name.startswith(PREFIX) and name not in known:
            yield _placed(name.removeprefix(PREFIX), _stranger(name, known), file)


def _stranger(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.8)
    return f"is not a setting; did you mean {near[0]}?" if near else "is not a setting; take it out"


def _placed(name: str, sentence: str, file: _File) -> str:
    """The problem of a variable, with its line where it comes from the file; the environment wins."""
    variable = f"{PREFIX}{name}"
    in_environment = variable in {one.upper() for one in os.environ}  # noqa: TID251 - as above
    place = f".env:{file.lines[variable]}: " if variable in file.lines and not in_environment else ""
    return f"{place}{variable}: {sentence}"


def _placed_error(error: ErrorDetails, file: _File, chosen: Mapping[str, str]) -> str:
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
