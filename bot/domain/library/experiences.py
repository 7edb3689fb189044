"""What one person saw and how it went for them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from bot.domain.library.prompts import PromptId
from bot.domain.staff.people import PersonId


class Outcome(StrEnum):
    """How a prompt went for somebody who tried it."""

    WORKED = "worked"
    NEEDED_CHANGES = "needed_changes"
    DID_NOT_WORK = "did_not_work"


@dataclass(frozen=True, slots=True)
class Experience:
    """One person and one prompt: when it was last shown (UTC), and the last outcome they gave, if any."""

    person: PersonId
    prompt: PromptId
    shown: datetime
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """How a prompt went for everybody who said so, as totals: no person, and no time."""

    prompt: PromptId
    worked: int = 0
    needed_changes: int = 0
    did_not_work: int = 0

    @property
    def cast(self) -> int:
        """How many people said how it went."""
        return self.worked + self.needed_changes + self.did_not_work

    @property
    def good(self) -> float:
        """What speaks for it: each "worked" whole, each "needed changes" half."""
        return self.worked + self.needed_changes / 2

    def changed(self, before: Outcome | None, after: Outcome) -> Self:
        """The same totals once somebody says `after`, who had said `before`, or nothing."""
        counts = {one: getattr(self, one.value) + (one is after) - (one is before) for one in Outcome}
        return replace(self, **{one.value: max(0, count) for one, count in counts.items()})
