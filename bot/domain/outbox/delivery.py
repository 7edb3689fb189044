"""A message on its way: what it is about, for whom, when it may be sent, and what became of it.

The key makes planning idempotent: whoever plans the same thing again finds the key taken. The state says
what happened; what happens next, given what the connector answered, is `replies.decide`.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.outbox.subjects import KIND_OF, PROMISED, Subject
from bot.domain.staff.people import PersonId

LEASE = timedelta(seconds=60)
"""How long a claimed delivery is one dispatcher's own; longer than a send may take."""

ABANDONED = "abandoned"
"""The note of a delivery whose dispatcher vanished: whether it was sent is unknown."""


class State(StrEnum):
    """Where a delivery is. Only `PLANNED` and `CLAIMED` still lead to a send."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
    REFUSED = "refused"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether nothing follows it."""
        return self not in {State.PLANNED, State.CLAIMED}

    @property
    def never_arrived(self) -> bool:
        """Whether it surely reached nobody, and never will."""
        return self in {State.DROPPED, State.REFUSED}

    @property
    def may_have_arrived(self) -> bool:
        """Whether it reached somebody as far as anybody knows."""
        return self in {State.SENT, State.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one person.

    `due` and `expires` bound when it may be sent. `unasked` ones keep to the cap and count towards it.
    `settled` is when it reached a final state; `note` is a code, never prose.
    """

    key: str
    person: PersonId
    subject: Subject
    due: datetime
    expires: datetime
    unasked: bool
    state: State = State.PLANNED
    attempts: int = 0
    claimed_until: datetime | None = None
    settled: datetime | None = None
    note: str = ""

    @property
    def kind(self) -> str:
        """What it is about, as one of `subjects.KINDS`."""
        return KIND_OF[type(self.subject)]

    @property
    def keeps_hours(self) -> bool:
        """Whether it waits for the person's hours, and not beyond a rest: what is unasked or was promised."""
        return self.unasked or isinstance(self.subject, PROMISED)

    @property
    def is_open(self) -> bool:
        """Whether it may still be sent."""
        return not self.state.is_final

    def claimable(self, now: datetime) -> bool:
        """Whether a dispatcher may take it at `now`: due, and not under anybody's lease."""
        return self.is_open and self.due <= now and not self.is_leased(now)

    def is_leased(self, now: datetime) -> bool:
        """Whether a dispatcher has it in hand at `now`."""
        return self.claimed_until is not None and now < self.claimed_until

    def claimed(self, now: datetime, lease: timedelta = LEASE) -> Self:
        """The same delivery under a lease from `now`; noted as `ABANDONED` where a lease had run out."""
        return replace(
            self,
            state=State.CLAIMED,
            attempts=self.attempts + 1,
            claimed_until=now + lease,
            note=ABANDONED if self.state is State.CLAIMED else self.note,
        )

    def settled_as(self, state: State, at: datetime, note: str = "") -> Self:
        """The same delivery in a final state."""
        return replace(self, state=state, settled=at, claimed_until=None, note=note)

    def put_off(self, until: datetime, note: str = "") -> Self:
        """The same delivery, due again at `until`."""
        return replace(self, state=State.PLANNED, due=until, claimed_until=None, note=note)

    def postponed(self, until: datetime) -> Self:
        """The same claimed delivery, not tried after all and due again at `until`: no attempt was used up."""
        return replace(self.put_off(until), attempts=self.attempts - 1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due and not settled: how many deliveries, and since when the oldest has been due."""

    waiting: int
    oldest: datetime | None

    def age(self, now: datetime) -> timedelta:
        """How long the oldest has been due at `now`; zero where nothing waits."""
        return max(now - self.oldest, timedelta(0)) if self.oldest else timedelta(0)


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """How many old deliveries of a kind reached a final state on a day (UTC): all that is kept of them."""

    day: date
    kind: str
    state: State
    number: int


@dataclass(frozen=True, slots=True)
class Total:
    """How many deliveries are in a state, and how many further tries they took together."""

    deliveries: int = 0
    retries: int = 0

    def plus(self, delivery: Delivery) -> "Total":
        """The same with one more."""
        return Total(self.deliveries + 1, self.retries + max(0, delivery.attempts - 1))
