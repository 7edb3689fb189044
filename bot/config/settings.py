"""Everything that an operator decides: each setting with its default, its bounds and what it is for."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.config.values import (
    ContentFolder,
    FileOrNone,
    FolderOrNone,
    Guid,
    Host,
    HttpsOrNone,
    Months,
    Name,
    PrivateUrl,
)
from bot.domain.anonymity import DEFAULT_THRESHOLD, SMALLEST_THRESHOLD
from bot.domain.drip.retention import (
    DEFAULT_AFTER_UNINSTALL,
    DEFAULT_AUDIT,
    DEFAULT_HISTORY,
    SMALLEST_HISTORY,
)
from bot.domain.rounds.calendar import NATIONAL_SURVEYS, Calendar
from bot.domain.staff.hours import Nation

PREFIX = "STEADY_DRIP_"
HOME = Path(__file__).resolve().parents[2]
ENV_FILE = Path(".env")

IN_FILES = {"app_secret_file": "app_secret", "store_file": "store", "metrics_token_file": "metrics_token"}
"""The settings that name a file, each with the secret that the file holds."""


class ContentSettings(BaseSettings):
    """Where the content is: known even where another setting is wrong."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=ENV_FILE, extra="ignore", frozen=True)

    content: Path = Field(HOME, description="The folder that has prompts_library/, cards/ and manifest/.")


class Settings(ContentSettings):
    """Everything that an operator decides. Each field is the variable STEADY_DRIP_<NAME>."""

    content: ContentFolder = Field(
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
    host: Host = Field("127.0.0.1", description="The address to listen on. --local allows loopback only.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(3978, description="The port to listen on.")
    organisation: Name = Field("Your organisation", description="The organisation's name, as staff know it.")
    signing_key_file: FileOrNone = Field(
        "", description="The file with the private key that signs prompts for other organisations."
    )
    trusted_keys: FolderOrNone = Field(
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
    pulse_open_days: int = Field(
        5,
        ge=5,
        le=20,
        description="Working days for which a round takes answers. In 5 or more, everybody has a day.",
    )
    pulse_skip_months: Months = Field(
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
