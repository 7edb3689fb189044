"""The library made ready for choosing: everything that does not depend on the person, worked out once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from bot.domain.library.experiences import Votes
from bot.domain.library.prompts import DataRule, Prompt, PromptId
from bot.domain.library.rules import LocalRules, Verdict
from bot.domain.staff.cadence import stable_number
from bot.domain.staff.people import Licence, RoleId


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


Section = Mapping[str, Sequence[Entry]]
"""What one role with one licence may get on a day, by skill."""


class Shelf:
    """All prompts, with sections for each role, licence and day that are made when first asked for."""

    def __init__(
        self, prompts: Iterable[Prompt], votes: Mapping[PromptId, Votes], rules: LocalRules | None = None
    ) -> None:
        """Work out every prompt's chances. What the local rules forbid is left out."""
        allowed = (prompt for prompt in prompts if rules is None or may_be_tried(prompt, rules))
        self._entries = sorted((_entry(p, votes.get(p.id)) for p in allowed), key=lambda e: e.prompt.id)
        self._sections: dict[tuple[RoleId | None, Licence, date], Section] = {}
        self.skills: Mapping[PromptId, str] = {e.prompt.id: e.prompt.skill for e in self._entries}
        """Each prompt's skill."""
        self.numbers: Mapping[str, int] = {skill: stable_number(skill) for skill in self.skills.values()}
        """What stands for each skill in draws."""
        self.shared = frozenset(e.prompt.id for e in self._entries if e.prompt.source)
        """The prompts that colleagues shared."""

    def section(self, role: RoleId | None, licence: Licence, today: date) -> Section:
        """What somebody with this role and licence may get; nothing whose review has run out by `today`."""
        key = (role, licence, today)
        if key not in self._sections:
            self._sections[key] = self._made(*key)
        return self._sections[key]

    def _made(self, role: RoleId | None, licence: Licence, today: date) -> Section:
        section: dict[str, list[Entry]] = {}
        for entry in self._entries:
            prompt = entry.prompt
            if prompt.suits(role) and licence.covers(prompt.needs) and prompt.counts_on(today):
                section.setdefault(prompt.skill, []).append(entry)
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
