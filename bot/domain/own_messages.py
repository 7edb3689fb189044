"""What the bot can say of a person's own record; part of `messages.Message`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.language import Worded


@dataclass(frozen=True, slots=True)
class Point:
    """One bar of a chart: a day in short, and an answer from 1 to 5."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Progress(Worded):
    """What somebody tried, which skills they met, and their own confidence over time, for them alone.

    `points` are empty where none is kept; `confidence` then says so, and else says the same in words.
    """

    template: ClassVar[str] = "progress"
    tips: str
    skills: Sequence[str]
    points: Sequence[Point]
    confidence: str
    tuned: bool
