"""What every use case is given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.drip.retention import DEFAULT_AFTER_UNINSTALL, DEFAULT_AUDIT, DEFAULT_HISTORY
from bot.domain.library.prompts import App
from bot.domain.outbox.delivery import LEASE
from bot.domain.rounds.calendar import Calendar
from bot.domain.staff.cadence import Days
from bot.domain.staff.hours import Nation
from bot.domain.text.language import Language, Tongue
from bot.services.ports.outside import Chance, Clock, Library, Openings, Outbound
from bot.services.ports.stores import Store


@dataclass(frozen=True, slots=True)
class House:
    """What an operator decided for this organisation.

    `links` says where each app opens (an app may be missing). `first_contact` says that the app is installed
    for everybody by policy, so that the bot may begin a chat with whoever is on the staff list.
    """

    organisation: str
    threshold: int
    calendar: Calendar
    links: Mapping[App, str]
    local_run: bool = False
    help_contact: str = ""
    nation: Nation = Nation.ENGLAND
    lease: timedelta = LEASE
    keep_history: timedelta = DEFAULT_HISTORY
    keep_after_uninstall: timedelta = DEFAULT_AFTER_UNINSTALL
    keep_audit: timedelta = DEFAULT_AUDIT
    first_contact: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a use case may ask for. The composition root makes one.

    Without `openings` no chat is begun from this side.
    `holidays` are each nation's bank holidays; a nation that is missing has none. `tongues` are for words
    that are kept as they were said; in a language that is missing they are in English.
    """

    store: Store
    library: Library
    clock: Clock
    chance: Chance
    outbound: Outbound
    house: House
    openings: Openings | None = None
    holidays: Mapping[Nation, Days] = field(default_factory=dict)
    tongues: Mapping[Language, Tongue] = field(default_factory=dict)
