"""How long things are kept: what was sent and shown, and records of rights; and who stays erased."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.drip.selection import REPEAT_AFTER
from bot.domain.staff.people import PersonId

SMALLEST_HISTORY = REPEAT_AFTER + timedelta(days=1)
"""What planning looks back on: a prompt does not come back within `REPEAT_AFTER`. The cap looks back on days,
and a round asks for its own deliveries while it is open, which is at most four weeks."""

DEFAULT_HISTORY = timedelta(days=180)
"""Half a year: twice what planning needs, so that what went wrong in a quarter can still be looked into."""

DEFAULT_AFTER_UNINSTALL = timedelta(days=90)
"""A quarter: somebody who changes phones, jobs or their mind finds their choices again."""

DEFAULT_AUDIT = timedelta(days=365)
"""A year: long enough for a yearly review of who read which summary."""


@dataclass(frozen=True, slots=True)
class Known:
    """Of whom a store knows more than the staff list says, and the ids of its records of who used a right."""

    people: Set[PersonId]
    records: Set[str]


def erased_since(restored: Known, before: Known | None) -> Set[PersonId] | None:
    """Who was erased since a backup was made: whom it knows, and the store before knew no more.

    None where nobody can say: there was no store before, or another one, such as one begun when it was lost.
    """
    if before is None or (restored.records and restored.records.isdisjoint(before.records)):
        return None
    return restored.people - before.people
