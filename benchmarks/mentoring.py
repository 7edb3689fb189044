"""What matching costs among ten thousand champions, and what comes of twenty thousand requests for help.

Run as `python -m benchmarks.mentoring`. The champions, the requests and how people answer are made up;
`tests/domain/mentoring.py` says how. Matching and the life of a request are the real ones.
"""

import json
import random
import sys
from collections.abc import Mapping
from statistics import median, quantiles
from time import process_time

from bot.domain.peers.champions import Profile, Standing
from bot.domain.peers.directory import Directory, Load, Search
from bot.domain.staff.people import PersonId, RoleId
from tests.domain.mentoring import Simulation, champions
from tests.samples import MONDAY

CHAMPIONS = 10_000
ROLES, SITES, TOPICS = 22, 40, 20
SEARCHES = 400


def measure_mentoring(requests: int = 20_000) -> Mapping[str, float]:
    """Milliseconds of matching, and the figures of the simulation: hours, shares from 0 to 1, and counts."""
    return measure_matching() | measure_requests(requests)


def measure_matching() -> dict[str, float]:
    """Milliseconds of the processor to suggest three of ten thousand champions, and to list those once."""
    chance = random.Random(8)  # noqa: S311 - chance that can be repeated
    profiles = [_profile(n, chance) for n in range(CHAMPIONS)]
    loads = {one.person: Load(chance.randrange(2), chance.randrange(6)) for one in profiles}
    began = process_time()
    directory = Directory(profiles)
    listed = process_time() - began
    times = [_timed(directory, _search(n, chance), loads) for n in range(SEARCHES)]
    return {
        "champions": CHAMPIONS,
        "listing_ms": round(listed * 1000, 1),
        "matching_median_ms": round(median(times), 2),
        "matching_p99_ms": round(quantiles(times, n=100)[98], 2),
    }


def measure_requests(requests: int) -> dict[str, float]:
    """So many requests at two thirds of what 300 champions offered."""
    figures = Simulation(champions(300), random.Random(8)).run(requests, a_day=57)  # noqa: S311 - chance that can be repeated
    return {
        "requests": figures.requests,
        "champions_over_their_offer": len(figures.over_offer),
        "furthest_from_even": round(figures.unevenness, 3),
        "median_wait_hours": round(figures.median_wait, 1),
        "share_that_reached_a_person": round(figures.share_reached, 3),
        "share_for_which_three_were_asked_in_vain": round(figures.share_asked_in_vain, 3),
        "share_told_at_once_that_all_are_busy": round(figures.nobody_free / figures.requests, 3),
    }


def _profile(number: int, chance: random.Random) -> Profile:
    return Profile(
        PersonId(f"champion-{number}"),
        Standing.ACTIVE,
        (RoleId(f"role-{chance.randrange(ROLES)}"),),
        tuple({f"topic {chance.randrange(TOPICS)}" for _ in range(2)}),
        f"site {chance.randrange(SITES)}",
    )


def _search(number: int, chance: random.Random) -> Search:
    topics = frozenset({f"topic {chance.randrange(TOPICS)}"})
    role, site = RoleId(f"role-{chance.randrange(ROLES)}"), f"site {chance.randrange(SITES)}"
    return Search(PersonId("asker"), role, site, topics, "", f"request-{number}", frozenset(), {})


def _timed(directory: Directory, search: Search, loads: Mapping[PersonId, Load]) -> float:
    """Milliseconds of one search."""
    began = process_time()
    directory.suggest(search, loads, MONDAY)
    return (process_time() - began) * 1000


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(measure_mentoring(), indent=2)}\n")
