"""What the statements find → rows of the domain: columns as the driver reads them, the rest as documents."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.rows import TupleRow

from bot.domain.anonymity.publishing import Tally
from bot.domain.audit import Act, AuditRecord
from bot.domain.library.contributions import Contribution
from bot.domain.library.experiences import Experience, Outcome, Votes
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.outbox.pacing import Pace
from bot.domain.outbox.subjects import Subject
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round, Worked
from bot.domain.staff.groups import Group, Membership
from bot.domain.staff.people import (
    ConversationReference,
    GroupId,
    Person,
    PersonId,
    Preferences,
    RoleId,
    RosterEntry,
)
from bot.storage.documents import READERS, SUBJECT_READERS, Reader
from bot.storage.tallying import QUESTIONS

_roster = Reader(RosterEntry)
_preferences = Reader(Preferences)
_reference = Reader(ConversationReference)


def person(row: TupleRow) -> Person:
    """A person. Raises ValueError, as all of these do, for a row that cannot be one."""
    id_, next_nudge, roster, preferences, reference, uninstalled = row
    return Person(
        PersonId(id_),
        None if roster is None else _roster(roster),
        _preferences(preferences),
        None if reference is None else _reference(reference),
        next_nudge,
        uninstalled,
    )


def group(row: TupleRow) -> tuple[GroupId, int]:
    """A group and how many people count in it."""
    team, people = row
    return GroupId(team), people


def membership(row: TupleRow) -> tuple[Membership, int]:
    """A combination of groups and how many people are in it."""
    names, people = row
    return Membership(*names), people


def experience(row: TupleRow) -> Experience:
    """An experience."""
    person_id, prompt, shown, outcome = row
    return Experience(person_id, prompt, shown, outcome and Outcome(outcome))


def seen(row: TupleRow) -> tuple[PersonId, frozenset[PromptId]]:
    """What somebody has seen."""
    person_id, prompts = row
    return PersonId(person_id), frozenset(prompts)


def votes(row: TupleRow) -> Votes:
    """A prompt's totals."""
    prompt, worked, needed_changes, did_not_work = row
    return Votes(PromptId(prompt), worked, needed_changes, did_not_work)


def delivery(row: TupleRow) -> Delivery:
    """A delivery."""
    key, person_id, subject, due, expires, unasked, state, *rest = row
    return Delivery(key, PersonId(person_id), _subject(subject), due, expires, unasked, State(state), *rest)


def backlog(row: TupleRow) -> Backlog:
    """What is due and not settled."""
    waiting, oldest = row
    return Backlog(waiting, oldest)


def delivery_count(row: TupleRow) -> DeliveryCount:
    """A count of what was rolled up."""
    day, kind, state, number_ = row
    return DeliveryCount(day, kind, State(state), number_)


def round_(row: TupleRow) -> Round:
    """A round."""
    return Round(*row)


def answer(row: TupleRow) -> Answer:
    """An answer: for moving a store alone."""
    return Answer(*row)


def introduction(row: TupleRow) -> Introduction:
    """An introduction."""
    asker, champion, at = row
    return Introduction(PersonId(asker), PersonId(champion), at)


def place(row: TupleRow) -> tuple[tuple[RoleId, str], int]:
    """A role at a site, and how many people have it there."""
    role, site, people = row
    return (RoleId(role), site), people


def site(row: TupleRow) -> tuple[str, tuple[int, int]]:
    """A site, how many people it has, and how many of them cannot be reached."""
    name, listed, without = row
    return name, (listed, without)


def roster_entry(row: TupleRow) -> RosterEntry:
    """A row of the staff list."""
    return _roster(row[0])


def help_request(row: TupleRow) -> HelpRequest:
    """A request for help."""
    found: HelpRequest = READERS["help_requests"](row[0])
    return found


def profile(row: TupleRow) -> Profile:
    """A champion's profile."""
    found: Profile = READERS["champions"](row[0])
    return found


def contribution(row: TupleRow) -> Contribution:
    """A contribution."""
    found: Contribution = READERS["contributions"](row[0])
    return found


def text(row: TupleRow) -> str:
    """A text alone."""
    found: str = row[0]
    return found


def number(row: TupleRow) -> int:
    """A number alone."""
    found: int = row[0]
    return found


def moment(row: TupleRow) -> datetime:
    """A moment alone."""
    found: datetime = row[0]
    return found


def total(row: TupleRow) -> tuple[State, Total]:
    """A state, and what is in it."""
    state, deliveries, retries = row
    return State(state), Total(deliveries, retries)


def arrival(row: TupleRow) -> tuple[PersonId, datetime]:
    """Whom something reached, and when."""
    person_id, settled = row
    return PersonId(person_id), settled


def in_flight(row: TupleRow) -> tuple[PersonId, str]:
    """Who has something in flight, and its key."""
    person_id, key = row
    return PersonId(person_id), key


def pace(row: TupleRow) -> Pace:
    """A pace."""
    return Pace(*row)


def audit_record(row: TupleRow) -> AuditRecord:
    """A use of a right."""
    id_, at, who, act, *subject = row
    return AuditRecord(id_, at, who, Act(act), *subject)


def tally(row: TupleRow) -> Tally:
    """A group's counts: for each question an array of how many chose 1, 2, 3, 4 and 5."""
    key, site, *counts = row
    by_question = {name: _chosen(found) for name, found in zip(QUESTIONS, counts, strict=True)}
    return Tally(Group.of(key), site, by_question)


def _chosen(counts: Sequence[int]) -> Mapping[int, int]:
    return {value: count for value, count in enumerate(counts, 1) if count}


def publication(row: TupleRow) -> Publication:
    """What was published of a group."""
    found: Publication = READERS["publications"](row[0])
    return found


def plan(row: TupleRow) -> Plan:
    """A group's plan."""
    group_key, purpose = row
    return Plan(group_key, purpose)


def worked(row: TupleRow) -> Worked:
    """A prompt and for how many people it worked."""
    prompt, people = row
    return Worked(prompt, people)


def _subject(document: dict[str, Any]) -> Subject:
    read = SUBJECT_READERS.get(document.get("kind", ""))
    if read is None:
        raise ValueError("its subject is of no known kind")
    return read(document)
