"""The library made ready for choosing: everything that does not depend on the person, worked out once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from bot.domain.cadence import stable_number
from bot.domain.experiences import Votes
from bot.domain.people import Licence, RoleId
from bot.domain.prompts import DataRule, Prompt, PromptId
from bot.domain.rules import LocalRules, Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """A prompt with what its colleagues' experience says of it.

    `mean` and `spread` are those of the chance that it works, given the votes: a beta distribution that
    begins even, so that what few have tried spreads wide. `number` stands for the prompt in draws.
    """

    prompt: Prompt
    mean: float
    spread: float
    number: int
    votes: int

    def is_in_date(self, today: date) -> bool:
        """Whether its review has not run out."""
        return today <= self.prompt.review_by


Section = Mapping[str, Sequence[Entry]]
"""What one role with one licence may get, by skill."""


class Shelf:
    """All prompts, with sections for each role and licence that are made when first asked for."""

    def __init__(
        self, prompts: Iterable[Prompt], votes: Mapping[PromptId, Votes], rules: LocalRules | None = None
    ) -> None:
        """Work out every prompt's chances. What the local rules forbid is left out."""
        allowed = (prompt for prompt in prompts if rules is None or may_be_tried(prompt, rules))
        self._entries = sorted((_entry(p, votes.get(p.id)) for p in allowed), key=lambda e: e.prompt.id)
        self._sections: dict[tuple[RoleId | None, Licence], Section] = {}
        self.skills: Mapping[PromptId, str] = {e.prompt.id: e.prompt.skill for e in self._entries}
        """Each prompt's skill."""
        self.shared = frozenset(e.prompt.id for e in self._entries if e.prompt.source)
        """The prompts that colleagues shared."""

    def section(self, role: RoleId | None, licence: Licence) -> Section:
        """What somebody with this role and licence may get."""
        key = (role, licence)
        if key not in self._sections:
            self._sections[key] = self._made(role, licence)
        return self._sections[key]

    def _made(self, role: RoleId | None, licence: Licence) -> Section:
        section: dict[str, list[Entry]] = {}
        for entry in self._entries:
            if entry.prompt.suits(role) and licence.covers(entry.prompt.needs):
                section.setdefault(entry.prompt.skill, []).append(entry)
        return section


def may_be_tried(prompt: Prompt, rules: LocalRules) -> bool:
    """Whether it may be sent as a tip here: not where the rules say "you must not".

    A prompt about what must never go in is a lesson in that, and stays.
    """
    return prompt.data is DataRule.NEVER or rules.for_prompt(prompt).verdict is not Verdict.MUST_NOT


def _entry(prompt: Prompt, votes: Votes | None) -> Entry:
    said = votes or Votes(prompt.id)
    mean = (1 + said.good) / (2 + said.cast)
    spread = sqrt(mean * (1 - mean) / (3 + said.cast))
    return Entry(prompt, mean, spread, stable_number(prompt.id), said.cast)
