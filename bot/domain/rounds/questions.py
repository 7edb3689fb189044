"""The questions of a round: two that are always asked, and others that take turns. Their wording is data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.text.language import say

CONFIDENCE = "confidence"
WORKLOAD = "workload"
SAVED = "minutes_saved"
CHECKING = "minutes_checking"
RULES = "rules_clear"
BECAME = "time_became"

MOST_AT_ONCE = 2
"""Questions of one turn: minutes saved and minutes checking are one, so that neither is asked alone."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with five answers, valued 1 to 5 in order.

    `about` is what a summary calls it. `scores` are what the answers weigh in a mean, and `unit` what of:
    minutes, or points of the scale where it is empty. `ordered` is false where the answers are no scale.
    """

    id: str
    text: str
    about: str
    answers: tuple[str, str, str, str, str]
    scores: tuple[float, ...] = (1, 2, 3, 4, 5)
    unit: str = ""
    ordered: bool = True

    def label(self, value: int) -> str:
        """The answer with this value."""
        return say(self.answers[value - 1])

    @property
    def title(self) -> str:
        """What a summary calls it, to be said."""
        return say(self.about)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions in one version of their wording. A turn is one or two that are asked together."""

    version: int
    fixed: tuple[Question, Question]
    turns: tuple[tuple[Question, ...], ...]

    def turn(self, first: str) -> Sequence[Question]:
        """The turn that begins with this question; empty where there is none (any more)."""
        return next((turn for turn in self.turns if turn[0].id == first), ())

    def following(self, first: str) -> str:
        """The first question of the turn after that one; of the first turn for a question that is unknown."""
        ids = [turn[0].id for turn in self.turns]
        return ids[(ids.index(first) + 1) % len(ids)] if first in ids else ids[0]

    @property
    def every(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {question.id: question for part in (self.fixed, *self.turns) for question in part}
