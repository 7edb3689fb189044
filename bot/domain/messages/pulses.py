"""The questions of a round."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Option
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a card: the input's id, the text, and the answers to choose from."""

    id: str
    text: str
    answers: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PulseQuestions(Worded):
    """The micro-pulse of one round: two questions, and up to two more that may be left out.

    `opening` is the line above it, and `closes` a day in words. `tune` is "true" where the person's own tips
    follow their confidence already, else "false".
    """

    template: ClassVar[str] = "pulse"
    round_id: str
    opening: str
    closes: str
    threshold: int
    needed: tuple[Asked, ...]
    optional: tuple[Asked, ...]
    tune: str
