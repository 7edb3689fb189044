"""Who used a lead's or an administrator's right, when, and on what; never a word of what they saw."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.staff.people import GroupId, PersonId


class Act(StrEnum):
    """What somebody did. The values are in people's files: never rename one."""

    SUMMARY_READ = "summary_read"
    SUMMARY_WITHHELD = "summary_withheld"
    SUMMARY_REFUSED = "summary_refused"
    SUMMARY_SENT = "summary_sent"
    PLAN_SET = "plan_set"
    AUDIT_READ = "audit_read"
    AUDIT_REFUSED = "audit_refused"
    PEOPLE_IMPORTED = "people_imported"
    PREVIEWED = "previewed"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    COVERAGE_READ = "coverage_read"
    COVERAGE_REFUSED = "coverage_refused"
    INSTALLS_READ = "installs_read"
    INSTALLS_REFUSED = "installs_refused"
    CHAMPION_ADMITTED = "champion_admitted"
    CHAMPION_REFUSED = "champion_refused"
    PROMPTS_BUNDLED = "prompts_bundled"
    PROMPTS_RECEIVED = "prompts_received"
    STORE_MOVED = "store_moved"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"


OPERATOR = "operator"
"""Whoever works at the command line; the account follows after a colon."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on: a group's round, or a person; nothing for what concerns everybody."""

    group: GroupId | None = None
    round: str | None = None
    person: str | None = None


NOTHING = Subject()


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One use of a right (UTC). `who` is a person's id, or `operator:` and an account of the machine.

    Where a person was erased, a random name stands in for their id: the same one in all of their records.
    """

    id: str
    at: datetime
    who: str
    act: Act
    group: GroupId | None = None
    round: str | None = None
    person: str | None = None

    def unlinked(self, person: PersonId, stand_in: str) -> Self:
        """The same record with another name where it named this person."""
        who = stand_in if self.who == person else self.who
        return replace(self, who=who, person=stand_in if self.person == person else self.person)


def operator(account: str) -> str:
    """The name under which an account of the machine acts."""
    return f"{OPERATOR}:{account}"
