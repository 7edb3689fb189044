"""Taking a roster in: what the organisation says of its people, without touching what they chose."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import Act
from bot.domain.drip.first_contact import waiting
from bot.domain.drip.slots import begins_anew, start_moved
from bot.domain.outbox.delivery import State
from bot.domain.rounds.pulses import FIRST
from bot.domain.staff.people import Person, PersonId, RosterEntry
from bot.services import auditing
from bot.services.drip import timing
from bot.services.peers import offering
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
            enrolled += await keep(world, work, batch, hello=world.house.first_contact)
    return enrolled


async def missing(world: World, entries: Collection[RosterEntry]) -> Sequence[PersonId]:
    """Those on the staff list who are not among these entries, in order of ids."""
    here = {entry.id for entry in entries}
    gone: list[PersonId] = []
    after: PersonId | None = FIRST
    while after is not None:
        async with world.store.unit_of_work() as work:
            listed = await work.people.listed(after, BATCH)
        gone.extend(one for one in listed if one not in here)
        after = listed[-1] if listed else None
    return gone


async def let_go(world: World, people: Iterable[PersonId]) -> None:
    """Take people off the staff list: their rights end, nothing is sent, and the clock of leaving starts.

    Requests for help that wait for them go to somebody else at once; what they asked themselves is over.
    Of somebody of whom nothing but the entry is kept, nothing is left at all.
    """
    now = world.clock.now()
    for batch in batches(people, BATCH):
        async with world.store.unit_of_work() as work:
            await work.help_requests.held()
            known = await work.people.get_all(batch)
            left = [person.off_the_list(now) for person in known.values()]
            await work.people.put_all([person for person in left if not person.is_bare])
            for person in left:
                if person.is_bare:
                    await work.people.remove(person.id)
                open_ones = await work.deliveries.open_for(person.id)
                await work.deliveries.put_all([d.settled_as(State.DROPPED, now, "left") for d in open_ones])
            for person in left:
                await offering.part(world, work, person.id)


async def keep(
    world: World, work: UnitOfWork, entries: Sequence[RosterEntry], *, hello: bool = False
) -> Enrolled:
    """Keep entries, each of another person, within a unit of work that does more.

    With `hello`, whoever the bot has never met gets a time for one, also who was here before.
    """
    now = world.clock.now()
    known = await work.people.get_all([entry.id for entry in entries])
    people = [(known.get(entry.id) or Person(entry.id), entry) for entry in entries]
    timed = [(one, await _timed(world, work, one, one.on_the_list(entry, now))) for one, entry in people]
    greeted = [(before, waiting(after, now) if hello else after) for before, after in timed]
    await work.people.put_all([after for before, after in greeted if after != before])
    added = sum(1 for person, _ in people if person.roster is None)
    changed = sum(1 for person, entry in people if person.roster != entry) - added
    return Enrolled(added, changed, len(people) - added - changed)


async def _timed(world: World, work: UnitOfWork, before: Person, after: Person) -> Person:
    """Somebody on the list, with another slot, or without the time for a hello, where the row has it so."""
    now = world.clock.now()
    if begins_anew(before, after, now):
        return await timing.with_next_slot(world, work, after)
    if after.is_unmet and start_moved(before, after, now):
        return replace(after, next_nudge=None)
    return after
