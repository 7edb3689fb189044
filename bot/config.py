"""Settings: read once, from the environment and a `.env` file; every problem reported at once."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.anonymity import DEFAULT_THRESHOLD, SMALLEST_THRESHOLD
from bot.errors import Problems

PREFIX = "STEADY_DRIP_"
HOME = Path(__file__).resolve().parent.parent


class ContentSettings(BaseSettings):
    """Where the content is: known even where another setting is wrong."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    content: Path = Field(HOME, description="The folder that has prompts_library/, cards/ and manifest/.")


class Settings(ContentSettings):
    """Everything that an operator decides. Each field is the variable STEADY_DRIP_<NAME>."""

    app_id: str = Field("", description="The bot's app (client) id in Entra. Needed except with --local.")
    app_secret: SecretStr = Field(SecretStr(""), description="The app's client secret.")
    tenant_id: str = Field("", description="The one tenant whose people may use the bot.")
    store: str = Field(
        "tinydb:var/steady-drip.tinydb",
        description="Where everything is kept: tinydb:PATH.",
        pattern=r"^tinydb:.+",
    )
    host: str = Field("127.0.0.1", description="The address to listen on. --local allows loopback only.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(3978, description="The port to listen on.")
    organisation: str = Field("Your organisation", description="The organisation's name, as staff know it.")
    threshold: int = Field(
        DEFAULT_THRESHOLD,
        ge=SMALLEST_THRESHOLD,
        description="The fewest answers that a summary shows. Fixed for each round when it opens.",
    )
    pulse_every_weeks: int = Field(
        4, ge=1, le=52, description="Weeks from one round of questions to the next."
    )
    pulse_open_days: int = Field(7, ge=1, le=28, description="Days for which a round takes answers.")
    pulse_start: date = Field(date(2026, 1, 5), description="The day on which the first round opens.")
    sends_per_second: float = Field(
        40, ge=1, le=50, description="The most messages a second, all replicas together. Teams' limit is 50."
    )
    time_speed: float = Field(
        1.0, ge=1, le=50_000, description="How fast time runs. Above 1 only with --local."
    )
    copilot_link: str = Field(
        "https://m365.cloud.microsoft/chat", description="Where Copilot Chat opens; empty shows no link."
    )
    domain: str = Field("", description="The public host name of the bot, for the manifest.")
    website_url: str = Field("", description="About the service, for the manifest (https).")
    privacy_url: str = Field("", description="The privacy notice, for the manifest (https).")
    terms_url: str = Field("", description="The terms of use, for the manifest (https).")
    token_issuer: str = Field("https://api.botframework.com", description="Who issues Teams' tokens.")
    token_metadata: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where the issuer's signing keys are described.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least level to log."
    )


def read_settings() -> Settings:
    """The settings. Raises Problems naming every variable that is wrong and how to mend it."""
    try:
        return Settings()
    except ValidationError as error:
        raise Problems([f"{PREFIX}{_name(one['loc'])}: {one['msg']}" for one in error.errors()]) from error
    except UnicodeDecodeError as error:
        raise Problems([".env:1: the file is not UTF-8 text; save it as UTF-8"]) from error


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


def _name(where: tuple[int | str, ...]) -> str:
    return str(where[0]).upper() if where else ""
