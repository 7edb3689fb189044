"""The only way from answers to figures: totals of enough people, rounded, with their uncertainty.

A threshold alone does not protect, so a distribution in which everybody said the same is not shown
either, percentages are rounded, and every mean carries its interval.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.anonymity import SMALLEST_THRESHOLD

ROUNDED_TO = 5
"""Percentages are rounded to this many points."""

Counts = Mapping[int, int]
"""How many chose each value of the scale 1 to 5; values that nobody chose may be missing."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a store may say of a group in a round: counts a value, never who."""

    confidence: Counts
    workload: Counts

    @property
    def answers(self) -> int:
        """How many people answered."""
        return sum(self.confidence.values())


@dataclass(frozen=True, slots=True)
class Distribution:
    """One question's figures: a rounded percentage a value, the mean and half its 95 % interval."""

    percent: Mapping[int, int]
    mean: float
    margin: float


@dataclass(frozen=True, slots=True)
class Unanimous:
    """Everybody said the same, so showing it would say what each person said."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A group's published figures for one round. `answers` is rounded down to a multiple of 5."""

    answers: int
    confidence: Distribution | Unanimous
    workload: Distribution | Unanimous


@dataclass(frozen=True, slots=True)
class TooFew:
    """Nothing may be shown: fewer people than the threshold answered."""

    threshold: int


def summarise(tally: Tally, threshold: int) -> Summary | TooFew:
    """The figures that may be shown of a tally, or `TooFew`.

    Raises ValueError for a threshold below `SMALLEST_THRESHOLD`.
    """
    if threshold < SMALLEST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} protects nobody; use {SMALLEST_THRESHOLD} or more")
    if tally.answers < threshold:
        return TooFew(threshold)
    return Summary(
        answers=tally.answers // ROUNDED_TO * ROUNDED_TO,
        confidence=_distribution(tally.confidence),
        workload=_distribution(tally.workload),
    )


def _distribution(counts: Counts) -> Distribution | Unanimous:
    if sum(1 for number in counts.values() if number) <= 1:
        return Unanimous()
    total = sum(counts.values())
    mean = sum(value * number for value, number in counts.items()) / total
    variance = sum(number * (value - mean) ** 2 for value, number in counts.items()) / (total - 1)
    return Distribution(
        percent={value: _rounded(counts.get(value, 0) / total) for value in range(1, 6)},
        mean=round(mean, 1),
        margin=round(1.96 * math.sqrt(variance / total), 1),
    )


def _rounded(part: float) -> int:
    return ROUNDED_TO * round(part * 100 / ROUNDED_TO)
