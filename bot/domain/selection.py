"""Which prompt comes next: eligible, not seen lately, fresh ones first, and always the same for one slot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.cadence import stable_number
from bot.domain.people import Person
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
        if prompt.suits(person.role)
        and person.licence.covers(prompt.needs)
        and now.date() <= prompt.review_by
    ]


def choose(
    prompts: Iterable[Prompt],
    person: Person,
    seen: Mapping[PromptId, datetime],
    now: datetime,
) -> Choice | None:
    """The next prompt for a slot at `now`, or None where all were seen within `REPEAT_AFTER`."""
    fresh = [p for p in eligible(prompts, person, now) if not _seen_lately(p, seen, now)]
    if not fresh:
        return None
    prompt = min(fresh, key=lambda p: _order(p, person))
    return Choice(prompt, _reason(prompt))


def choose_again(
    prompts: Iterable[Prompt], person: Person, seen: Mapping[PromptId, datetime], now: datetime
) -> Choice | None:
    """For somebody who asks when nothing is new: the one they saw longest ago; None without any at all."""
    candidates = eligible(prompts, person, now)
    if not candidates:
        return None
    prompt = min(candidates, key=lambda p: (seen.get(p.id, datetime.min.replace(tzinfo=now.tzinfo)), p.id))
    return Choice(prompt, "you have seen all the others more recently")


def _seen_lately(prompt: Prompt, seen: Mapping[PromptId, datetime], now: datetime) -> bool:
    return prompt.id in seen and now - seen[prompt.id] < REPEAT_AFTER


def _order(prompt: Prompt, person: Person) -> tuple[bool, bool, int, int]:
    """Colleagues' prompts first, then the own role's, easy before hard, then a stable mix."""
    return (
        not prompt.source,
        person.role not in prompt.roles,
        prompt.level,
        stable_number(f"{person.id}:{prompt.id}"),
    )


def _reason(prompt: Prompt) -> str:
    if prompt.source:
        return "it is new, and worked for somebody who does your job"
    if EVERYONE in prompt.roles:
        return "it helps everybody who uses AI at work"
    return {
        1: "it is an easy first win in your job",
        2: "it is a good next step in your job",
    }.get(prompt.level, "it goes a step further than most")
