"""Counts → counts that were moved at random, so that no one answer can be read from them.

The noise is the two-sided geometric distribution ("discrete Laplace"; Ghosh, Roughgarden and Sundararajan,
"Universally utility-maximizing privacy mechanisms", 2009): it moves a count by x with a probability that
falls by `decay` for every step. Each count gets its own. One person who answers otherwise moves two counts by
one, so nothing that is made of blurred counts is more than 1/decay² times likelier for one answer than for
another: whatever else somebody knows, nothing is ever certain.
"""

import math
from collections.abc import Callable, Mapping, Sequence

Draw = Callable[[], float]
"""Chance: a number in [0, 1) that nobody can guess. A half each time means: no noise."""

Counts = Mapping[int, int]
"""How many chose each value of the scale 1 to 5; values that nobody chose may be missing."""

SCALE = (1, 2, 3, 4, 5)

NESTED = 1 / 3
"""Teams, sites, organisation. Who knew all other answers and was in two minds is at most 90 % sure after."""

ACROSS = math.sqrt(1 / 2)
"""Roles and licences: larger groups, so they can do with more noise. Each doubles the odds at most: whoever
had no idea which of the five it was is at most 90 % sure after a team's, a role's and a licence's figures.
"""


def spread(decay: float) -> float:
    """The variance of the noise in one count."""
    return 2 * decay / (1 - decay) ** 2


def likelihood(moved: int, decay: float) -> float:
    """How likely it is that a count is moved by so much."""
    return (1 - decay) / (1 + decay) * decay ** abs(moved)


def blurred(counts: Counts, decay: float, draw: Draw) -> Sequence[int]:
    """The five counts of a scale, each moved. They may be negative: so sums of them are right on average."""
    return [counts.get(value, 0) + noise(decay, draw) for value in SCALE]


def noise(decay: float, draw: Draw) -> int:
    """A whole number around nought: the difference of two geometric ones."""
    return _geometric(decay, draw()) - _geometric(decay, draw())


def _geometric(decay: float, fraction: float) -> int:
    """0, 1, 2 … with probabilities that fall by `decay`; the inverse of the distribution at `fraction`."""
    return int(math.log(1 - fraction) / math.log(decay))
