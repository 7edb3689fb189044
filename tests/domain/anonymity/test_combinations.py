"""Totals are added and subtracted with any weights: no sum is of a handful of people, even without blurring.

Mixed-integer programming looks for weights, from -4 to 4, that leave as few people as possible in the sum.
"""

import math
from collections.abc import Collection

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from bot.domain.anonymity.crossing import Listed
from bot.domain.anonymity.publishing import cuts
from bot.domain.staff.groups import WHOLE, Group, Membership
from tests.domain.anonymity.organisations import LEAST, QUESTION, listed, organisation, tallies

HEAVIEST = 4
ORGANISATIONS = range(20)


def fewest(groups: Collection[Group], people: Listed) -> float:
    """The fewest people that any weighted sum of the groups' totals is about; somebody is in each sum."""
    inside = np.array([[float(group in (*one.groups, WHOLE)) for one in people] for group in groups])
    return min((_fewest_with(at, inside, people) for at in range(len(people))), default=math.inf)


def _fewest_with(at: int, inside: np.ndarray, people: Listed) -> float:
    """The same for sums in which those of one combination weigh 1.

    Unknown are the groups' weights, and for each combination of groups whether its people are in the sum.
    """
    groups, combinations = inside.shape
    reach = HEAVIEST * np.eye(combinations)
    in_sum = np.vstack([np.hstack([inside.T, -reach]), np.hstack([-inside.T, -reach])])
    weighs_one = np.concatenate([inside[:, at], np.zeros(combinations)])
    solved = milp(
        np.concatenate([np.zeros(groups), list(people.values())]),
        constraints=[LinearConstraint(in_sum, -np.inf, 0), LinearConstraint(weighs_one[None], 1, 1)],
        integrality=np.concatenate([np.zeros(groups), np.ones(combinations)]),
        bounds=Bounds(
            np.concatenate([np.full(groups, -HEAVIEST), np.zeros(combinations)]),
            np.concatenate([np.full(groups, HEAVIEST), np.ones(combinations)]),
        ),
    )
    return math.inf if solved.x is None else round(float(solved.fun))


def published_groups(seed: int) -> tuple[set[Group], Listed]:
    """The groups that are shown of an organisation, and who is in it."""
    members = organisation(seed, 1)[0]
    people = listed(members)
    every = cuts(tallies(members), QUESTION, LEAST, people)
    return {one.group for cut in every for one in cut.found.each()}, people


def test_no_sum_of_totals_is_of_a_few_people() -> None:
    """Teams, sites, all, roles and licences together."""
    assert {seed: found for seed in ORGANISATIONS if (found := fewest(*published_groups(seed))) < LEAST} == {}


def test_the_search_has_teeth() -> None:
    """Were every group of ten or more shown, a few people would stand apart."""
    answered = {
        Membership("A", "A0", licence, licence): size for licence, size in (("x", 29), ("y", 23), ("z", 7))
    }
    every = {group for one in answered for group in (*one.groups, WHOLE)}
    large = {
        g for g in every if sum(size for one, size in answered.items() if g in (*one.groups, WHOLE)) >= LEAST
    }
    assert fewest(large, answered) == 7
