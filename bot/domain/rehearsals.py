"""A rehearsal: made-up people, so that a whole drip can be tried at full size without writing to anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.outbox.delivery import State, Total
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import (
    ConversationReference,
    GroupId,
    Licence,
    Person,
    PersonId,
    Preferences,
    RoleId,
    RosterEntry,
)

START = datetime(2026, 1, 5, tzinfo=UTC)
"""When a rehearsal's time begins: a Monday, at midnight in London."""

STEP = timedelta(minutes=15)
"""How far its clock skips while people are at work; a slot may be planned so late, not later."""

LONG_LEASE = timedelta(days=3)
"""A claim lasts longer than the longest skip, over a weekend: another rehearsal may have skipped since."""

RHYTHM = Rhythm(per_week=1)
"""One tip a week on one of five days, so that K weeks bring everybody K tips."""

TEAM = GroupId("Rehearsal: nobody is real")

SERVICE_URL = "https://rehearsal.invalid/"
"""Where no message can go: the rehearsal's own outbound knows the way to its connector."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How many people get how many tips each, one a week."""

    people: int
    nudges: int

    @property
    def ends(self) -> datetime:
        """When everybody's last slot has passed."""
        return START + timedelta(weeks=self.nudges)


@dataclass(frozen=True, slots=True)
class Report:
    """What the store holds of a rehearsal at its end, and how fast this run was.

    `stopped` are deliveries that will never be sent (refused or dropped); `unknown` are those of which nobody
    can know whether they arrived. `handled` and `seconds` are of this run alone, since one may be resumed.
    """

    people: int
    planned: int
    sent: int
    retried: int
    stopped: int
    unknown: int
    handled: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Deliveries settled a second, by this run."""
        return self.handled / self.seconds if self.seconds else 0.0

    def remarks(self, asked: Rehearsal) -> Sequence[str]:
        """What whoever reads the figures should know of them, a sentence each, given what was asked for."""
        found = []
        if (self.people, self.planned) != (asked.people, asked.people * asked.nudges):
            found.append(
                f"The store has {self.people} people and {self.planned} tips in it; "
                f"{asked.people} with {asked.nudges} each were asked for. A rehearsal that is over takes "
                "nobody in: --store begins a new one elsewhere."
            )
        if self.unknown:
            found.append(
                f"Messages whose outcome is unknown: {self.unknown}. No answer came, or a run ended "
                "meanwhile; none of them is sent again."
            )
        if self.handled < self.sent + self.stopped + self.unknown:
            found.append(
                "Some figures are of earlier runs on this store; --store begins a new one elsewhere."
            )
        if self.stopped:
            found.append(
                f"{self.stopped} messages were not taken. The store keeps that: use another --store."
            )
        return found


def person_id(number: int) -> PersonId:
    """The id of one of the people, counted from 0."""
    return PersonId(f"rehearsal-{number:08d}")


def person(number: int, roles: Sequence[RoleId]) -> Person:
    """One of the people, with a chat, a role in turn, and their first slot."""
    entry = roster_entry(number, roles[number % len(roles)])
    made = Person(entry.id, entry, Preferences(rhythm=RHYTHM), chat(number))
    return replace(made, next_nudge=made.next_slot(START - timedelta(microseconds=1)))


def roster_entry(number: int, role: RoleId) -> RosterEntry:
    """One of the people, as on a staff list."""
    return RosterEntry(
        id=person_id(number),
        name=f"Rehearsal {number}",
        upn=f"rehearsal-{number}@rehearsal.invalid",
        role=role,
        licence=Licence.COPILOT,
        site="Rehearsal",
        team=TEAM,
    )


def chat(number: int) -> ConversationReference:
    """Where one of the people would be, if there were such a place."""
    return ConversationReference(
        tenant="rehearsal",
        conversation=f"rehearsal-{number}",
        service_url=SERVICE_URL,
        user=person_id(number),
        bot="rehearsal",
    )


def next_step(now: datetime) -> datetime:
    """The next quarter of an hour within anybody's hours: nothing is due between."""
    begun = now - (now - START) % STEP
    return next(step for at in count(1) if RHYTHM.allows(step := begun + STEP * at))


def report(people: int, totals: Mapping[State, Total], handled: int, seconds: float) -> Report:
    """The report, from the store's totals at the end."""

    def of(*states: State) -> int:
        return sum(totals[state].deliveries for state in states if state in totals)

    return Report(
        people=people,
        planned=of(*State),
        sent=of(State.SENT),
        retried=sum(total.retries for total in totals.values()),
        stopped=of(State.REFUSED, State.DROPPED),
        unknown=of(State.UNKNOWN),
        handled=handled,
        seconds=seconds,
    )
