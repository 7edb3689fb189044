"""Reading what every use case needs: the person, and the whole library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.staff.cadence import NO_DAYS, Days
from bot.domain.staff.people import Person, PersonId
from bot.services.ports import Library, UnitOfWork, World

T = TypeVar("T")

SMALL_BATCH = 10
"""What is worked on at once in a store of one process, which has everybody else wait for the end of it."""


def batches(these: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """The same in order, so many at a time; the last batch may have fewer, and none is empty."""
    rest = iter(these)
    while batch := list(islice(rest, size)):
        yield batch


async def person_of(work: UnitOfWork, person_id: PersonId) -> Person:
    """The person as kept, or a new one with nothing but the id."""
    return await work.people.get(person_id) or Person(person_id)


async def all_prompts(library: Library, work: UnitOfWork) -> Sequence[Prompt]:
    """The library's own prompts and those that colleagues shared and others approved."""
    shared = [contribution.as_prompt() for contribution in await work.contributions.approved()]
    return [*library.prompts, *shared]


async def prompt_of(library: Library, work: UnitOfWork, prompt_id: PromptId) -> Prompt | None:
    """The prompt with this id, None where it is not in the library (any more)."""
    return next((p for p in await all_prompts(library, work) if p.id == prompt_id), None)


async def last_seen(work: UnitOfWork, person_id: PersonId) -> Mapping[PromptId, datetime]:
    """When somebody was last shown each prompt."""
    return {e.prompt: e.shown for e in await work.experiences.of(person_id)}


async def shelf_of(world: World, work: UnitOfWork) -> Shelf:
    """The whole library, ready for choosing, with how prompts went until now."""
    prompts = await all_prompts(world.library, work)
    return Shelf(prompts, await work.votes.all(), world.library.rules)


def closed_for(world: World, person: Person) -> Days:
    """The bank holidays of a person's nation."""
    return world.holidays.get(at_home(world, person).preferences.rhythm.nation, NO_DAYS)


def at_home(world: World, person: Person) -> Person:
    """The person in the house's nation, unless they have set up or saved settings: then they chose one."""
    chosen, nation = person.preferences, world.house.nation
    if chosen.role is not None or chosen.rhythm.nation is nation:
        return person
    return person.choosing(replace(chosen, rhythm=replace(chosen.rhythm, nation=nation)))
