"""What one person saw and how it went for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.people import PersonId
from bot.domain.prompts import PromptId


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
