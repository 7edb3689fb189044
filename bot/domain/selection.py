"""Which prompt comes next: eligible, not seen lately, fresh ones first, and always the same for one slot."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from bot.domain.cadence import stable_number
from bot.domain.people import Licence, Person, RoleId
from bot.domain.prompts import EVERYONE, Prompt, PromptId

REPEAT_AFTER = timedelta(days=90)
"""A prompt that somebody has seen does not come back unasked before this."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A prompt and why it was chosen, in half a sentence that follows "You got this because …"."""

    prompt: Prompt
    reason: str


def eligible(prompts: Iterable[Prompt], person: Person, now: datetime) -> list[Prompt]:
    """The prompts that suit the person's role and licence and whose review has not run out."""
    return [
        prompt
        for prompt in prompts
        if prompt.suits(person.role) and person.licence.covers(prompt.needs) and prompt.counts_on(now.date())
    ]


class Shelf:
    """A library's prompts on one day, put in order once for all who have the same role and licence.

    Planning for half a million people then looks at a few prompts for each of them.
    """

    def __init__(self, prompts: Iterable[Prompt], now: datetime) -> None:
        self._prompts = list(prompts)
        self._skills = {prompt.id: prompt.skill for prompt in self._prompts}
        self._now = now
        self._ranks: dict[tuple[RoleId | None, Licence], Sequence[Sequence[Prompt]]] = {}

    def choose(self, person: Person, seen_lately: Set[PromptId]) -> Choice | None:
        """The person's next prompt, or None where they saw all that suits them within `REPEAT_AFTER`.

        Among equals the skill that they met least lately comes first, so that the drip covers all evenly.
        """
        met = Counter(self._skills.get(prompt) for prompt in seen_lately)
        for rank in self._ranked(person):
            if fresh := [prompt for prompt in rank if prompt.id not in seen_lately]:
                prompt = min(fresh, key=lambda p: (met[p.skill], stable_number(f"{person.id}:{p.id}")))
                return Choice(prompt, _reason(prompt))
        return None

    def _ranked(self, person: Person) -> Sequence[Sequence[Prompt]]:
        """What suits somebody, best first, in ranks of equals."""
        key = person.role, person.licence
        if key not in self._ranks:
            rank = partial(_rank, role=person.role)
            suiting = sorted(eligible(self._prompts, person, self._now), key=rank)
            self._ranks[key] = [list(equals) for _, equals in groupby(suiting, rank)]
        return self._ranks[key]


def choose(
    prompts: Iterable[Prompt],
    person: Person,
    seen: Mapping[PromptId, datetime],
    now: datetime,
) -> Choice | None:
    """The next prompt for a slot at `now`, or None where all were seen within `REPEAT_AFTER`."""
    lately = {prompt for prompt, at in seen.items() if at > now - REPEAT_AFTER}
    return Shelf(prompts, now).choose(person, lately)


def choose_again(
    prompts: Iterable[Prompt], person: Person, seen: Mapping[PromptId, datetime], now: datetime
) -> Choice | None:
    """For somebody who asks when nothing is new: the one they saw longest ago; None without any at all."""
    candidates = eligible(prompts, person, now)
    if not candidates:
        return None
    prompt = min(candidates, key=lambda p: (seen.get(p.id, datetime.min.replace(tzinfo=now.tzinfo)), p.id))
    return Choice(prompt, "you have seen all the others more recently")


def _rank(prompt: Prompt, role: RoleId | None) -> tuple[bool, bool, int]:
    """Colleagues' prompts first, then the own role's, easy before hard; a stable mix decides among equals."""
    return not prompt.source, role not in prompt.roles, prompt.level


def _reason(prompt: Prompt) -> str:
    if prompt.source:
        return "it is new, and worked for somebody who does your job"
    if EVERYONE in prompt.roles:
        return "it helps everybody who uses AI at work"
    return {
        1: "it is an easy first win in your job",
        2: "it is a good next step in your job",
    }.get(prompt.level, "it goes a step further than most")
