"""Blurred counts → what people read: rounded shares, a mean and how sure it is, a change or none.

Nothing here touches an answer: whatever comes in may be published as it is, so nothing can expose anybody.
Rounding, intervals and hiding are there so that nobody reads more into a figure than it can carry.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.blurring import SCALE

ROUNDED_TO = 5
"""Percentages and numbers of people are rounded to this many."""

ALIKE = 3
"""Where so few or fewer seem to have said something else (or a tenth), a question counts as unanimous."""

CERTAINTY = 1.96
"""Standard errors of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One question of one group as it is kept and published: blurred counts of the values 1 to 5.

    `spread` is the variance that blurring added to each count.
    """

    question: str
    values: tuple[int, int, int, int, int]
    spread: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """One question's figures: a rounded percentage a value, the mean and half its 95 % interval."""

    percent: Mapping[int, int]
    mean: float
    margin: float

    @property
    def low(self) -> int:
        """The percentage of the two lowest answers together."""
        return self.percent[1] + self.percent[2]

    @property
    def high(self) -> int:
        """The percentage of the two highest answers together."""
        return self.percent[4] + self.percent[5]


@dataclass(frozen=True, slots=True)
class Unanimous:
    """Nearly everybody said the same, so showing it would say what each person said."""


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two means, half its 95 % interval, and whether it is more than chance would make."""

    by: float
    margin: float

    @property
    def clear(self) -> bool:
        """Whether nought lies outside the interval."""
        return abs(self.by) > self.margin


def people(figure: Figure) -> int:
    """About how many answered, rounded to 5; blurred as well."""
    return rounded(sum(figure.values))


def distribution(figure: Figure, scores: Sequence[float] = SCALE) -> Distribution | Unanimous:
    """The shares and the mean of a figure, each value weighing its score; or that they are not shown.

    The interval holds the chance of who answered and the blur: ±0.6 among 20 people, ±0.2 among 100 for
    answers with a standard deviation of 1. Means and margins have one decimal.
    """
    counts = [max(0, count) for count in figure.values]
    total = sum(counts)
    if looks_unanimous(figure):
        return Unanimous()
    mean = sum(score * count for score, count in zip(scores, counts, strict=True)) / total
    squares = [(score - mean) ** 2 for score in scores]
    chance = sum(one * count for one, count in zip(squares, counts, strict=True)) / total**2
    blur = figure.spread * sum(squares) / total**2
    return Distribution(
        percent={value: rounded(100 * count / total) for value, count in zip(SCALE, counts, strict=True)},
        mean=round(mean, 1),
        margin=round(CERTAINTY * math.sqrt(chance + blur), 1),
    )


def looks_unanimous(figure: Figure) -> bool:
    """Whether at most a few seem to have said anything but the commonest value.

    Looked for in the blurred counts on purpose: a rule on the true ones would tell whoever knows all other
    answers whether the last is the same.
    """
    commonest = max(figure.values)
    others = sum(figure.values) - commonest
    return commonest <= 0 or others <= max(ALIKE, commonest / 9)


def change(before: Distribution, after: Distribution) -> Change:
    """From one round to a later one; the two are taken as independent, which errs on the careful side."""
    return Change(round(after.mean - before.mean, 1), round(math.hypot(before.margin, after.margin), 1))


def net(gained: Distribution, spent: Distribution) -> Change:
    """What is left of a gain after what it cost, with its interval."""
    return change(spent, gained)


def rounded(number: float) -> int:
    """To the nearest 5, from nought on."""
    return max(0, ROUNDED_TO * round(number / ROUNDED_TO))
