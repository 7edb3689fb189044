"""When somebody's next tip comes, whoever or whatever changed it."""

from dataclasses import replace
from datetime import datetime

from bot.domain.drip.nudges import slot_of
from bot.domain.drip.reactions import rest_of
from bot.domain.drip.slots import next_slot
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import Person
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for


async def with_next_slot(world: World, work: UnitOfWork, person: Person) -> Person:
    """The person with their next slot from now on, with everything that holds for them."""
    now, last = world.clock.now(), await rests_from(work, person)
    return replace(person, next_nudge=next_slot(person, now, closed_for(world, person), last=last))


async def rests_from(work: UnitOfWork, person: Person) -> datetime | None:
    """The slot of the last tip that came or is on its way; None without one, or without a rest after it."""
    if not rest_of(person):
        return None
    every = await work.deliveries.of(person.id)
    tips = [one for one in every if isinstance(one.subject, TipDue) and not one.state.never_arrived]
    return max(map(slot_of, tips), default=None)
