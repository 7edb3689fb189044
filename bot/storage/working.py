"""The working set: which tables there are, how rows are keyed, and what is found without a search."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC
from typing import Any

from bot.domain.audit import AuditRecord
from bot.domain.library.contributions import Contribution, is_shared
from bot.domain.library.experiences import Experience, Votes
from bot.domain.outbox.delivery import Delivery, DeliveryCount, State
from bot.domain.outbox.pacing import Pace
from bot.domain.outbox.subjects import ReminderDue
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round
from bot.domain.staff.people import Person, PersonId, Right
from bot.domain.text.names import plain
from bot.storage.tables import Index, Table

ALL = "all"
"""The bucket of an index that has only one."""


def joined(*parts: str) -> str:
    """One key made of several parts; different parts never make the same key."""
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def _people() -> Table[Person]:
    return Table(
        "people",
        lambda p: p.id,
        next_nudge=Index(lambda p: [ALL] if p.next_nudge else [], lambda p: p.next_nudge or ""),
        listed=Index(lambda p: [ALL] if p.roster else [], lambda p: p.id),
        uninstalled=Index(lambda p: [ALL] if p.uninstalled else [], lambda p: p.uninstalled or ""),
        reachable=Index(lambda p: [ALL] if p.reference else [], lambda p: p.id),
        rights=Index(_rights),
        names=Index(_names),
        leading=Index(lambda p: [ALL] if p.roster and p.roster.leads else [], lambda p: p.id),
        team=Index(lambda p: [p.team] if p.team is not None else []),
    )


def _names(person: Person) -> list[str]:
    """The name on the staff list, as it is looked for in a text."""
    return [plain(person.roster.name)] if person.roster else []


def _rights(person: Person) -> frozenset[Right]:
    return person.roster.rights if person.roster else frozenset()


def _experiences() -> Table[Experience]:
    return Table(
        "experiences",
        lambda e: joined(e.person, e.prompt),
        person=Index(lambda e: [e.person], lambda e: e.shown),
        shown=Index(lambda _: [ALL], lambda e: e.shown),
        shared=Index(lambda e: [e.prompt] if is_shared(e.prompt) else []),
    )


def _deliveries() -> Table[Delivery]:
    return Table(
        "deliveries",
        lambda d: d.key,
        open=Index(lambda d: [ALL] if d.is_open else [], lambda d: d.due),
        person=Index(lambda d: [d.person], lambda d: d.due),
        open_for=Index(lambda d: [d.person] if d.is_open else [], lambda d: d.due),
        unasked=Index(_reached_unasked, lambda d: d.settled or ""),
        reminders=Index(lambda d: [d.subject.round] if isinstance(d.subject, ReminderDue) else []),
        settled=Index(lambda d: [ALL] if d.settled and not d.is_open else [], lambda d: d.settled or ""),
    )


def _reached_unasked(delivery: Delivery) -> list[PersonId]:
    """Whom it reached, or may have reached, unasked."""
    reached = delivery.state in {State.SENT, State.UNKNOWN} and delivery.settled
    return [delivery.person] if delivery.unasked and reached else []


def _delivery_counts() -> Table[DeliveryCount]:
    return Table(
        "delivery_counts",
        lambda c: joined(c.day.isoformat(), c.kind, c.state),
        every=Index(lambda _: [ALL]),
    )


def _rounds() -> Table[Round]:
    return Table("rounds", lambda r: r.id, opens=Index(lambda _: [ALL], lambda r: r.opens))


def _answers() -> Table[Answer]:
    return Table(
        "answers",
        lambda a: joined(a.round, a.voice),
        round=Index(lambda a: [a.round]),
    )


def _publications() -> Table[Publication]:
    return Table(
        "publications",
        lambda p: joined(p.group, p.round),
        round=Index(lambda p: [p.round], lambda p: p.group),
        group=Index(lambda p: [p.group], lambda p: p.round),
    )


def _plans() -> Table[Plan]:
    return Table("plans", lambda p: p.group)


def _introductions() -> Table[Introduction]:
    return Table(
        "introductions",
        lambda i: joined(i.asker, i.champion, i.at.astimezone(UTC).isoformat()),
        asker=Index(lambda i: [i.asker], lambda i: i.at),
        person=Index(lambda i: {i.asker, i.champion}, lambda i: i.at),
        at=Index(lambda _: [ALL], lambda i: i.at),
    )


def _help_requests() -> Table[HelpRequest]:
    return Table(
        "help_requests",
        lambda r: r.id,
        person=Index(lambda r: {r.asker, *r.was_offered_to}, lambda r: r.asked),
        due=Index(lambda r: [ALL] if r.due else [], lambda r: r.due or ""),
        changed=Index(lambda _: [ALL], lambda r: r.changed),
    )


def _champions() -> Table[Profile]:
    return Table("champions", lambda p: p.person, every=Index(lambda _: [ALL]))


def _contributions() -> Table[Contribution]:
    return Table(
        "contributions",
        lambda c: c.id,
        stage=Index(lambda c: [c.stage], lambda c: c.submitted),
        person=Index(lambda c: {p for p in (c.author, c.reviewer) if p}, lambda c: c.submitted),
    )


def _votes() -> Table[Votes]:
    return Table("votes", lambda v: v.prompt)


def _paces() -> Table[Pace]:
    return Table("paces", lambda p: p.tenant)


def _audit() -> Table[AuditRecord]:
    return Table(
        "audit",
        lambda r: r.id,
        at=Index(lambda _: [ALL], lambda r: r.at),
        named=Index(_named, lambda r: r.at),
    )


def _named(record: AuditRecord) -> set[str]:
    return {name for name in (record.who, record.person) if name}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, each under its name."""

    people: Table[Person] = field(default_factory=_people)
    experiences: Table[Experience] = field(default_factory=_experiences)
    votes: Table[Votes] = field(default_factory=_votes)
    deliveries: Table[Delivery] = field(default_factory=_deliveries)
    delivery_counts: Table[DeliveryCount] = field(default_factory=_delivery_counts)
    rounds: Table[Round] = field(default_factory=_rounds)
    answers: Table[Answer] = field(default_factory=_answers)
    publications: Table[Publication] = field(default_factory=_publications)
    plans: Table[Plan] = field(default_factory=_plans)
    introductions: Table[Introduction] = field(default_factory=_introductions)
    help_requests: Table[HelpRequest] = field(default_factory=_help_requests)
    champions: Table[Profile] = field(default_factory=_champions)
    contributions: Table[Contribution] = field(default_factory=_contributions)
    paces: Table[Pace] = field(default_factory=_paces)
    audit: Table[AuditRecord] = field(default_factory=_audit)

    def __iter__(self) -> Iterator[Table[Any]]:
        return (getattr(self, table.name) for table in fields(self))
