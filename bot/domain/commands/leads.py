"""For those who lead a group or administer the service."""

from dataclasses import dataclass

from bot.domain.staff.people import GroupId


@dataclass(frozen=True, slots=True)
class ShowSummary:
    """The newest closed round of a group; None means the only group that the person leads."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowSummaryBefore:
    """The round before the newest, as far as the group was shown; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """The figures of a group's newest round as a table to copy; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowComparison:
    """A group's rounds beside one another and the organisation; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """What a group's saved time is for, and the choices; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What saved time is for: the value of an answer, a colon, and the group."""

    choice: str


@dataclass(frozen=True, slots=True)
class ShowInstalls:
    """Who of the staff list does not have the app: those whose ids come after `after`."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class ShowAudit:
    """Who used which right, newest first; the records older than the one with the id `before`, if given."""

    before: str = ""


GroupCommand = ShowSummary | ShowSummaryBefore | ExportSummary | ShowComparison | ShowPlan
"""What a lead asks about a group of theirs."""

LeadCommand = GroupCommand | SetPlan | ShowInstalls | ShowAudit

LEAD_VERBS: dict[str, type[LeadCommand]] = {
    "summary": ShowSummary,
    "summary_before": ShowSummaryBefore,
    "export_summary": ExportSummary,
    "compare": ShowComparison,
    "plan": ShowPlan,
    "set_plan": SetPlan,
    "installs": ShowInstalls,
    "audit": ShowAudit,
}
"""The verbs that cards send, and what each asks for."""
