"""Answers → counts of the groups that enough people of are in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.anonymity.publishing import Tally
from bot.domain.groups import WHOLE, Group, Level
from bot.domain.pulses import Answer

QUESTIONS = ("confidence", "workload", "third", "beside")
"""The values of an answer, as tallies call them."""


def tallied(answers: Iterable[Answer], least: int) -> Sequence[Tally]:
    """The counts of every group with `least` answers or more, by group and site, values in order."""
    found: dict[tuple[Group, str], dict[str, Counter[int | None]]] = {}
    for answer in answers:
        for place in _places(answer):
            counts = found.setdefault(place, {question: Counter() for question in QUESTIONS})
            for question in QUESTIONS:
                counts[question][getattr(answer, question)] += 1
    every = (Tally(group, site, _clean(found[group, site])) for group, site in sorted(found))
    return [tally for tally in every if tally.answers(QUESTIONS[0]) >= least]


def _places(answer: Answer) -> Iterator[tuple[Group, str]]:
    """Where an answer counts: a team's also on its site, and for all."""
    group = Group.of(answer.group)
    yield group, answer.site
    if group.level is Level.TEAM:
        yield Group(Level.SITE, answer.site), ""
        yield WHOLE, ""


def _clean(counts: Mapping[str, Counter[int | None]]) -> Mapping[str, Mapping[int, int]]:
    """Without what was left out; the order of values must not tell who answered first."""
    given = {
        question: {value: number for value, number in found.items() if value is not None}
        for question, found in counts.items()
    }
    return {question: dict(sorted(found.items())) for question, found in given.items()}
