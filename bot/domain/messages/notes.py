"""Short answers, and what works at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from bot.domain.messages.parts import Step
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class Note(Worded):
    """A short answer with up to six next steps. `lines` are paragraphs.

    `refused` is a word for the log where a command was not carried out; it is never shown.
    """

    template: ClassVar[str] = "note"
    title: str
    lines: Sequence[str]
    steps: Sequence[Step]
    refused: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Help(Worded):
    """Everything that works, in one look. `opening` is the line above it."""

    template: ClassVar[str] = "help"
    opening: str
    champion: bool
    reviewer: bool
    lead: bool
    administrator: bool
