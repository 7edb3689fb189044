"""Putting things into a world before a test, and looking at what it kept after."""

from collections.abc import Mapping

from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import Delivery
from bot.domain.rounds.pulses import Round
from bot.domain.staff.people import Person, PersonId
from bot.services.ports import World
from bot.services.records import person_of
from bot.storage.memory import MemoryStore


async def keep(world: World, *rows: Person | Delivery | Round | Experience) -> None:
    """Put people, deliveries, rounds and experiences into the store."""
    async with world.store.unit_of_work() as work:
        for row in rows:
            match row:
                case Person():
                    await work.people.put(row)
                case Delivery():
                    await work.deliveries.add(row)
                case Round():
                    await work.pulses.put_round(row)
                case Experience():
                    await work.experiences.put(row)


async def person_in(world: World, person: PersonId) -> Person:
    """A person as they are kept now."""
    async with world.store.unit_of_work() as work:
        return await person_of(work, person)


async def open_for(world: World, person: PersonId) -> list[Delivery]:
    """What may still be sent to somebody."""
    async with world.store.unit_of_work() as work:
        return list(await work.deliveries.open_for(person))


async def delivery_in(world: World, key: str) -> Delivery:
    """A delivery that is known to be there."""
    async with world.store.unit_of_work() as work:
        found = await work.deliveries.get(key)
    assert found is not None, key
    return found


async def experiences_in(world: World, person: PersonId) -> list[Experience]:
    """What somebody was shown, oldest first."""
    async with world.store.unit_of_work() as work:
        return list(await work.experiences.of(person))


def everything(world: World) -> Mapping[str, Mapping[str, object]]:
    """All rows of a memory store, to see that nothing was stored."""
    assert isinstance(world.store, MemoryStore)
    return {table.name: dict(table._rows) for table in world.store._tables}


def but_the_audit(world: World) -> Mapping[str, Mapping[str, object]]:
    """All rows of a memory store, but the records of who used a right."""
    return {name: rows for name, rows in everything(world).items() if name != "audit"}
