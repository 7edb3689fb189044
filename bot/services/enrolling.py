"""Taking a roster in: what the organisation says of its people, without touching what they chose."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.domain.people import RosterEntry
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of


@dataclass(frozen=True, slots=True)
class Enrolled:
    """How many people were new, how many changed, and how many stayed as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


async def enrol(world: World, entries: Iterable[RosterEntry]) -> Enrolled:
    """Keep every entry, as one unit of work. The same entries a second time change nothing."""
    async with world.store.unit_of_work() as work:
        return await keep(work, entries)


async def keep(work: UnitOfWork, entries: Iterable[RosterEntry]) -> Enrolled:
    """Keep every entry within a unit of work that does more."""
    added = changed = unchanged = 0
    for entry in entries:
        person = await person_of(work, entry.id)
        if person.roster == entry:
            unchanged += 1
            continue
        added += person.roster is None
        changed += person.roster is not None
        await work.people.put(replace(person, roster=entry))
    return Enrolled(added, changed, unchanged)
