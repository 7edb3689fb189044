"""Taking a roster in: what the organisation says of its people, without touching what they chose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.audit import Act
from bot.domain.first_contact import waiting
from bot.domain.people import Person, RosterEntry
from bot.services import auditing
from bot.services.ports import UnitOfWork, World
from bot.services.records import batches

BATCH = 500
"""Entries in one unit of work: a roster of half a million holds nobody up for long."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many people were new, how many changed, and how many stayed as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, more: "Enrolled") -> "Enrolled":
        """Both together."""
        return Enrolled(self.added + more.added, self.changed + more.changed, self.unchanged + more.unchanged)


async def enrol(world: World, who: str, entries: Iterable[RosterEntry]) -> Enrolled:
    """Keep every entry, in batches, once it is on record who does it.

    The same entries a second time change nothing: what was cut short is made whole by loading it again.
    """
    await auditing.keep(world, who, Act.PEOPLE_IMPORTED)
    enrolled = Enrolled()
    for batch in batches(entries, BATCH):
        async with world.store.unit_of_work() as work:
            enrolled += await keep(work, batch, world.clock.now() if world.house.first_contact else None)
    return enrolled


async def keep(
    work: UnitOfWork, entries: Sequence[RosterEntry], hello_after: datetime | None = None
) -> Enrolled:
    """Keep entries, each of another person, within a unit of work that does more.

    With `hello_after`, whoever the bot has never met gets a time for a hello, also who was here before.
    """
    known = await work.people.get_all([entry.id for entry in entries])
    people = [(known.get(entry.id) or Person(entry.id), entry) for entry in entries]
    listed = [(person, replace(person, roster=entry)) for person, entry in people]
    timed = [(person, waiting(after, hello_after) if hello_after else after) for person, after in listed]
    await work.people.put_all([after for person, after in timed if after != person])
    added = sum(1 for person, _ in people if person.roster is None)
    changed = sum(1 for person, entry in people if person.roster != entry) - added
    return Enrolled(added, changed, len(people) - added - changed)
