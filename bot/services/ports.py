"""What the use cases need of the outside world, as protocols. Adapters fulfil them; tests have fakes.

Everything that a use case writes goes through one `UnitOfWork`: it is kept as a whole when the `async with`
block ends, and not at all when the block raises.
"""

from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.audit import AuditRecord
from bot.domain.cadence import Days
from bot.domain.calendar import Calendar
from bot.domain.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.groups import Membership
from bot.domain.hours import Nation
from bot.domain.language import Language, Tongue
from bot.domain.messages import Message
from bot.domain.pacing import Pace
from bot.domain.people import ConversationReference, GroupId, Person, PersonId, Right, RoleId, RosterEntry
from bot.domain.prompts import App, Prompt
from bot.domain.questions import Questionnaire
from bot.domain.replies import Crowded, Reply
from bot.domain.retention import DEFAULT_AFTER_UNINSTALL, DEFAULT_AUDIT, DEFAULT_HISTORY
from bot.domain.rules import LocalRules
from bot.services.peer_ports import Champions, Contributions, HelpRequests, Introductions
from bot.services.pulse_ports import Plans, Pulses
from bot.services.tip_ports import Experiences, PromptVotes


class People(Protocol):
    """The people that the service knows, by id."""

    async def get(self, person: PersonId) -> Person | None:
        """The person, or None."""

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        """Those of the people who are known."""

    async def put(self, person: Person) -> None:
        """Add or replace a person."""

    async def put_all(self, people: Sequence[Person]) -> None:
        """Add or replace several people."""

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        """Up to `limit` people whose `next_nudge` is at or before `now`, earliest first."""

    async def holding(self, right: Right) -> Sequence[Person]:
        """Everybody with a right, ordered by id."""

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        """The ids of up to `limit` people with a conversation, in order, from the next after `after` on."""

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        """The ids of up to `limit` people on the staff list whose ids come after `after`, in order of ids."""

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        """Up to `limit` people who left before a moment, longest ago first."""

    async def remove(self, person: PersonId) -> None:
        """Take a person away; one who is not known is no mistake."""

    async def leading(self) -> Sequence[Person]:
        """Everybody who leads a group, ordered by id."""

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        """How many people of the staff list each role has at each site."""

    async def named(self, names: Sequence[str]) -> Set[str]:
        """Which of these names are on the staff list; as `domain.names.plain` writes them."""

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        """For every site of the staff list, how many people it has, and how many of them are out of reach."""

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        """Up to `limit` entries of people who cannot be reached, whose ids come after `after`, in order."""

    async def memberships(self) -> Mapping[Membership, int]:
        """How many people the staff list has in each combination of site, team, role and licence there is."""

    async def groups(self) -> Mapping[GroupId, int]:
        """Every group of the roster and how many people count in it."""


class Deliveries(Protocol):
    """The outbox and its history."""

    async def add(self, delivery: Delivery) -> bool:
        """Add it and return True; with a key that is known, change nothing and return False."""

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        """Add those whose keys are not known, and return their keys; the others change nothing."""

    async def get(self, key: str) -> Delivery | None:
        """The delivery with this key, or None."""

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        """Take up to `limit` claimable deliveries, earliest due first, under a lease from `now`.

        At most one of each person, and none of somebody who has another that is claimed, even if its lease
        has run out: the cap has to see what became of that one first.
        """

    async def in_flight(self) -> Sequence[Delivery]:
        """All that are claimed, earliest due first, whether their leases have run out or not."""

    async def put(self, delivery: Delivery) -> None:
        """Replace a delivery that is known. Raises KeyError for any other."""

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        """Replace several deliveries; those that are not known (any more) are left out."""

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        """When unasked messages to this person were settled as sent or unknown, from `since` on, in order."""

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        """The same for several people; nobody without any is in it."""

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        """The person's deliveries that may still be sent, earliest due first."""

    async def forget_reminders(self, round_id: str) -> None:
        """Take away every reminder of a round: who had one had not answered."""

    async def backlog(self, now: datetime) -> Backlog:
        """How much is due at `now` and not settled, whether claimed or not. Cheap, and holds nobody up."""

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        """All of one person's, open ones and history, by when they were due."""

    async def remove_of(self, person: PersonId) -> None:
        """Take away all of one person's. Nothing is left of them in any count."""

    async def roll_up(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` that were settled before a moment, oldest first; how many that were.

        What is left of them is a number more in the count of their day, kind and state, without a person.
        """

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        """The counts of all that was rolled up, by day, kind and state."""

    async def next_claimable(self) -> datetime | None:
        """When the first of those that may still be sent is due, or its lease ends; None without any."""

    async def totals(self) -> Mapping[State, Total]:
        """How many there are in each state, and their further tries; no state without any is in it."""


class Paces(Protocol):
    """How fast each tenant may be sent to, as all dispatchers of a store see it."""

    async def get(self, tenant: str) -> Pace | None:
        """The tenant's pace, or None. Units that read the same one do not interleave."""

    async def put(self, pace: Pace) -> None:
        """Add or replace it."""


class Audit(Protocol):
    """Who used a lead's or an administrator's right. Records are added, and changed by `unlink` alone."""

    async def add(self, record: AuditRecord) -> None:
        """Keep a record; one with an id that is known changes nothing."""

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        """Up to `limit` records, newest first; those older than the record with the id `before`, if given."""

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        """All records from a moment on, oldest first."""

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        """All records by or about somebody, oldest first."""

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        """Put another name in the place of this person's id in every record."""

    async def forget(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` records from before a moment, oldest first; how many that were."""


class UnitOfWork(Protocol):
    """All collections, seen and changed as one."""

    @property
    def people(self) -> People: ...
    @property
    def experiences(self) -> Experiences: ...
    @property
    def votes(self) -> PromptVotes: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def pulses(self) -> Pulses: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def introductions(self) -> Introductions: ...
    @property
    def help_requests(self) -> HelpRequests: ...
    @property
    def champions(self) -> Champions: ...
    @property
    def contributions(self) -> Contributions: ...
    @property
    def paces(self) -> Paces: ...
    @property
    def audit(self) -> Audit: ...


class Store(Protocol):
    """Where everything is kept."""

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it at the same time."""

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Begin a unit of work; kept when the block ends, undone when it raises. Units do not interleave.

        Raises StoreFailed where it could not be kept; then nothing of it was.
        """

    async def erase(self) -> None:
        """Make what was removed unreadable in the store's own files as well, as far as a store can."""

    async def forget(self) -> None:
        """Make what was deleted or replaced unreadable in the files as well (a closed round's secret)."""

    async def close(self) -> None:
        """Let go of files and connections."""


class Library(Protocol):
    """The prompts that were loaded from files, and what belongs to them."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        """All of them, in a stable order."""

    @property
    def roles(self) -> Mapping[RoleId, str]:
        """Every role's name, in the order in which people choose."""

    @property
    def rules(self) -> LocalRules:
        """The organisation's local rules."""

    @property
    def synonyms(self) -> Sequence[Sequence[str]]:
        """Groups of words and phrases that people use for the same thing."""

    @property
    def questions(self) -> Questionnaire:
        """What rounds ask."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The time, as an aware UTC datetime."""

    async def wait_until(self, at: datetime) -> None:
        """Return when the time is `at` or later; at once for a time that has passed."""


class Chance(Protocol):
    """Ids and chance: all that is not a function of the input."""

    def new_id(self) -> str:
        """A new id that nobody can guess."""

    def secret(self) -> bytes:
        """32 random bytes."""

    def fraction(self) -> float:
        """A number in [0, 1)."""


class Outbound(Protocol):
    """The way to a person's chat."""

    async def send(self, reference: ConversationReference, message: Message) -> Reply | Crowded:
        """Send one message and say what the connector answered. Never raises for what a network can do."""


class Openings(Protocol):
    """The way to a chat with somebody whom the bot has never met, or whose chat is gone."""

    def place(self, person: PersonId) -> ConversationReference:
        """Where such a chat would be, without a conversation yet; for somebody who was never heard of."""

    async def open(self, person: PersonId, place: ConversationReference) -> Reply:
        """Begin the chat: `Accepted` has its conversation. Doing it again is harmless: it is the same one."""


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
