"""How long choosing a tip takes, and what a year of drip comes to for hundreds of made-up people.

Run as `python -m benchmarks.drip` for these figures alone.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.cadence import Rhythm
from bot.domain.people import Licence, Person, PersonId
from bot.domain.prompts import EVERYONE
from bot.domain.selection import REPEAT_AFTER, choose
from bot.domain.shelves import Shelf
from tests.samples import MONDAY, prompt, staff
from tests.years import Came, faults, made_up, year_of

PROMPTS = 1_000
CHOICES = 2_000
SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
SAME_HOURS = 20_000
"""People whose hours are alike: with 500 chance alone would move a half-hour by more than a fifth."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """Milliseconds of processor time to choose one of `PROMPTS`: the middle, and the slowest in 100."""

    median_ms: float
    slowest_in_hundred_ms: float


@dataclass(frozen=True, slots=True)
class Year:
    """A year of drip: messages, faults, and how far skills and half-hours are from even, in parts of it.

    `uneven_skills` is of a library with as much of each skill, `uneven_skills_shipped` of the one that ships,
    which has far less of some, so that no choice could be even; `off_the_best` is how far that choice is from
    the evenest that those prompts allow.
    """

    people: int
    messages: int
    faults: int
    uneven_skills: float
    uneven_skills_shipped: float
    off_the_best: float
    uneven_load: float
    seconds: float


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
    """A year each, twice: with the library that ships, and with one that has as much of each skill."""
    began = time.perf_counter()
    library = load_library(HOME / "prompts_library")
    shipped = Shelf(library.prompts, {}, library.rules)
    even = Shelf(
        [
            prompt(f"{s}-{n}", roles=(EVERYONE,), skill=s, needs=Licence.NOTHING)
            for s in SKILLS
            for n in range(12)
        ],
        {},
    )
    wrong, came_shipped, came_even, best = 0, list[Came](), list[Came](), dict[str, float]()
    for number in range(people):
        person = made_up(number, list(library.roles))
        for shelf, kept in ((shipped, came_shipped), (even, came_even)):
            came = year_of(person, shelf)
            wrong += len(faults(person, came))
            kept.extend(came)
            if shelf is shipped:
                tips = sum(1 for one in came if one.prompt)
                for skill, share in evenest(shelf, person, tips).items():
                    best[skill] = best.get(skill, 0) + share
    return Year(
        people=people,
        messages=len(came_shipped) + len(came_even),
        faults=wrong,
        uneven_skills=unevenness(covered(even, came_even)),
        uneven_skills_shipped=unevenness(covered(shipped, came_shipped)),
        off_the_best=off(covered(shipped, came_shipped), best),
        uneven_load=unevenness(load()),
        seconds=time.perf_counter() - began,
    )


def covered(shelf: Shelf, came: Sequence[Came]) -> Counter[str]:
    """How many tips there were of each skill."""
    return Counter(shelf.skills[one.prompt] for one in came if one.prompt)


def evenest(shelf: Shelf, person: Person, tips: int) -> dict[str, float]:
    """So many tips over a year, as even as the prompts that suit somebody allow: filled up like water."""
    times = 365 / REPEAT_AFTER.days
    room = {skill: len(e) * times for skill, e in shelf.section(person.role, person.licence).items()}
    level, left = 0.0, float(tips)
    for n, size in enumerate(sorted(room.values())):
        step = min(left / (len(room) - n), size - level)
        level, left = level + step, left - step * (len(room) - n)
    return {skill: min(size, level) for skill, size in room.items()}


def off(found: Counter[str], best: Mapping[str, float]) -> float:
    """How far the skill that is farthest off is from its best share."""
    return max(abs(found[skill] - share) / share for skill, share in best.items())


def load() -> Counter[str]:
    """How many of those who share the default hours hear in each half-hour in which anybody may."""
    times = (Rhythm().time_of_day(f"person-{n}") for n in range(SAME_HOURS))
    halves = Counter(f"{at.hour}:{at.minute // 30}" for at in times)
    halves.pop("16:0", None)  # the margin begins in the middle of it
    return halves


def unevenness(counted: Counter[str]) -> float:
    """How far the fullest or the emptiest is from the mean, in parts of it."""
    mean = counted.total() / len(counted)
    return max(max(counted.values()) / mean - 1, 1 - min(counted.values()) / mean)


if __name__ == "__main__":
    print(measure_choice(), measure_year())  # noqa: T201 - a program of its own
