"""Prompts: what somebody can try, and the sort of material that it touches."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from bot.domain.staff.people import Licence, RoleId
from bot.domain.text.language import say

PromptId = NewType("PromptId", str)

EVERYONE = RoleId("everyone")
"""The role of prompts that suit any role."""


class App(StrEnum):
    """Where a prompt is used."""

    COPILOT_CHAT = "copilot-chat"
    OUTLOOK = "outlook"
    WORD = "word"
    EXCEL = "excel"
    POWERPOINT = "powerpoint"
    TEAMS = "teams"

    @property
    def label(self) -> str:
        """The app's name as people know it."""
        names = {App.COPILOT_CHAT: say("Copilot Chat"), App.POWERPOINT: "PowerPoint"}
        return names.get(self, self.value.title())


class DataRule(StrEnum):
    """What sort of material a prompt's task touches; the local rules say what follows from it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL_REMOVE_FIRST = "personal-remove-first"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One example that somebody can try. `minutes` is what it typically takes, checking included.

    `needs` is the least licence it works with. `author` is shown; `source` is empty for the library's
    own prompts and the contribution's id for one that a champion shared.
    """

    id: PromptId
    title: str
    roles: tuple[RoleId, ...]
    task: str
    app: App
    needs: Licence
    level: int
    skill: str
    why: str
    text: str
    good: str
    check: str
    data: DataRule
    minutes: int
    author: str
    licence: str
    reviewed_on: date
    review_by: date
    twin: PromptId | None = None
    source: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether it is something to do and no text for an app: it needs no AI tool, and names none."""
        return self.needs is Licence.NOTHING and self.app is App.COPILOT_CHAT

    def suits(self, role: RoleId | None) -> bool:
        """Whether it is written for this role, or for everyone."""
        return EVERYONE in self.roles or role in self.roles

    def counts_on(self, day: date) -> bool:
        """Whether its review has not run out: after that nobody gets it unasked."""
        return day <= self.review_by
