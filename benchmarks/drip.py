"""How long choosing a tip takes, and what a year of drip comes to for hundreds of made-up people.

The year is lived with the service's own planner, sender and store; only time, and what people do, is made up.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from statistics import median, quantiles

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.drip.selection import REPEAT_AFTER, choose
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import EVERYONE
from bot.domain.staff.people import Licence, Person, PersonId
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from tests.samples import MONDAY, prompt, staff
from tests.town_years import TownYear, townsfolk
from tests.years import START, Came, covered, unevenness, year_of

PROMPTS = 1_000
CHOICES = 2_000
SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
EVEN = [
    prompt(f"{skill}-{n}", roles=(EVERYONE,), skill=skill, needs=Licence.NOTHING)
    for skill in SKILLS
    for n in range(12)
]
"""A library with as much of each skill."""

SAME_HOURS = 20_000
"""People whose hours are alike: with 500 chance alone would move a half-hour by more than a fifth."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Milliseconds of processor time to choose one of `PROMPTS`: the middle, and the slowest in 100."""

    median_ms: float
    slowest_in_hundred_ms: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year of drip: what came unasked, and what of it should not have come.

    `kinds` is how many sorts of messages there were, answers that people were told to expect among them.
    """

    people: int
    unasked: int
    tips: int
    kinds: int
    faults: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Evenness:
    """How far skills are from even, in parts of it, over a year of tips that follow nobody's answers.

    `even` is of a library with as much of each skill; the others are of the one that ships: `shipped` for
    people who chose one to five tips a week, `usual` for the same people at two, and `most` for them at five
    without an AI tool: that asks for up to 65 prompts within `REPEAT_AFTER`, of the fewest that anybody has.
    `off_the_best` is how far the choice in `shipped` is from the evenest that its prompts allow.
    """

    even: float
    shipped: float
    usual: float
    most: float
    off_the_best: float


def measure_choice() -> Choosing:
    """Choose for people with forty prompts behind them, all of the library being theirs."""
    library = [
        prompt(f"tip-{n}", roles=(EVERYONE,), skill=SKILLS[n % 6], level=n % 3 + 1) for n in range(PROMPTS)
    ]
    shelf = Shelf(library, {})
    seen = frozenset(one.id for one in library[:40])
    took = []
    for number in range(CHOICES):
        person = replace(staff(), id=PersonId(f"person-{number}"))
        began = time.process_time()
        choose(shelf, person, seen, MONDAY)
        took.append((time.process_time() - began) * 1_000)
    return Choosing(median(took), quantiles(took, n=100)[-1])


def measure_year(people: int = 500) -> Year:
    """A year of so many people, two of three with rotas or odd hours, in earnest."""
    began = time.perf_counter()
    town = TownYear(townsfolk(people), load_library(HOME / "prompts_library"))
    post = asyncio.run(town.live())
    came = Counter(one.kind for one in post if one.unasked)
    return Year(
        people=people,
        unasked=came.total(),
        tips=came["tip"],
        kinds=len({one.kind for one in post}),
        faults=len(town.faults()),
        seconds=time.perf_counter() - began,
    )


def measure_evenness(people: int = 500) -> Evenness:
    """A year each with a library that has as much of each skill, and three with the one that ships."""
    library = load_library(HOME / "prompts_library")
    shipped, even = Shelf(library.prompts, {}, library.rules), Shelf(EVEN, {})
    town = list(townsfolk(people).values())
    as_chosen = [(person, year_of(person, shipped)) for person in town]
    best = defaultdict[str, float](float)
    for person, came in as_chosen:
        for skill, share in evenest(shipped, person, sum(1 for one in came if one.prompt)).items():
            best[skill] += share
    found = covered(shipped, [one for _, came in as_chosen for one in came])
    return Evenness(
        even=_uneven(even, town),
        shipped=unevenness(found),
        usual=_uneven(shipped, [_at(person, 2, person.licence) for person in town]),
        most=_uneven(shipped, [_at(person, 5, Licence.NOTHING) for person in town]),
        off_the_best=off(found, best),
    )


def _uneven(shelf: Shelf, people: Sequence[Person]) -> float:
    """How far the skills of all their years together are from even."""
    came: list[Came] = []
    for person in people:
        came += year_of(person, shelf)
    return unevenness(covered(shelf, came))


def _at(person: Person, per_week: int, licence: Licence) -> Person:
    """The same person with so many tips a week and this licence."""
    chosen = person.preferences
    rhythm = replace(chosen.rhythm, per_week=per_week)
    return person.choosing(replace(chosen, rhythm=rhythm, licence=licence))


def measure_load(people: int = SAME_HOURS) -> float:
    """How far the fullest or emptiest half-hour of a week is from even, of people who work the same hours."""
    everybody = [staff(f"person {n}") for n in range(people)]
    town = TownYear({p.id: p for p in everybody}, load_library(HOME / "prompts_library"))
    asyncio.run(_a_week_of_minutes(town))
    halves = Counter(f"{one.at.hour}:{one.at.minute // 30:02}" for one in town.box.post)
    halves.pop("16:00")  # the margin begins in the middle of it
    return unevenness(halves)


async def _a_week_of_minutes(town: TownYear) -> None:
    """Plan and send every minute of the hours in which anybody hears; nobody answers."""
    await town.begin()
    dispatcher = Dispatcher(town.world)
    for day, minute in product(range(7), range(9 * 60, 17 * 60)):
        town.clock.at = START + timedelta(days=day, minutes=minute)
        await nudging.plan_due(town.world)
        await dispatcher.dispatch_due()


def evenest(shelf: Shelf, person: Person, tips: int) -> dict[str, float]:
    """So many tips over a year, as even as the prompts that suit somebody allow: filled up like water."""
    times = 365 / REPEAT_AFTER.days
    section = shelf.section(person.role, person.licence, START.date())
    room = {skill: len(entries) * times for skill, entries in section.items()}
    level, left = 0.0, float(tips)
    for n, size in enumerate(sorted(room.values())):
        step = min(left / (len(room) - n), size - level)
        level, left = level + step, left - step * (len(room) - n)
    return {skill: min(size, level) for skill, size in room.items()}


def off(found: Counter[str], best: Mapping[str, float]) -> float:
    """How far the skill that is farthest off is from its best share."""
    return max(abs(found[skill] - share) / share for skill, share in best.items())
