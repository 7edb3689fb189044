"""Figures for those who lead a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Step
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a chart: the label, and the percentage rounded to 5, or a mean with one decimal."""

    label: str
    percent: float


@dataclass(frozen=True, slots=True)
class Section:
    """One question of a summary: its chart, and the same numbers and what follows from them in words.

    `bars` is empty where the distribution may not be shown; `text` then says why.
    """

    title: str
    bars: Sequence[Share]
    text: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class GroupSummary(Worded):
    """A closed round of one group in figures that expose nobody.

    `findings` are sentences on what lies across questions and rounds; `action` is one thing to do, and why.
    """

    template: ClassVar[str] = "summary"
    group: str
    period: str
    headline: str
    answers: str
    sections: Sequence[Section]
    findings: Sequence[str]
    action: str
    protection: str
    sample_data: bool
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Trend:
    """One question through the rounds: what it is about, a mean a round, and what changed in words."""

    title: str
    points: Sequence[Share]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison(Worded):
    """A group's own rounds beside one another, and beside the organisation's."""

    template: ClassVar[str] = "comparison"
    group: str
    trends: Sequence[Trend]
    beside: Sequence[str]
    protection: str
    sample_data: bool
    steps: Sequence[Step]
