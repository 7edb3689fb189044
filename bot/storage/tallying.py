"""Answers → counts of the groups that enough people of are in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.domain.anonymity.publishing import Tally
from bot.domain.rounds.pulses import Answer
from bot.domain.staff.groups import WHOLE, Group, Level

QUESTIONS = ("confidence", "workload", "third", "beside")
"""The values of an answer, as tallies call them."""


Counts = Mapping[str, Counter[int]]


def tallied(answers: Iterable[Answer], least: int) -> Sequence[Tally]:
    """The counts of every group with `least` answers or more, by group and site, values in order."""
    found: dict[tuple[Group, str], Counts] = {}
    for (key, site), counts in _leaves(answers).items():
        for place in _places(Group.of(key), site):
            total = found.setdefault(place, _none())
            for question in QUESTIONS:
                total[question].update(counts[question])
    every = (Tally(group, site, _in_order(found[group, site])) for group, site in sorted(found))
    return [tally for tally in every if tally.answers(QUESTIONS[0]) >= least]


def _leaves(answers: Iterable[Answer]) -> Mapping[tuple[str, str], Counts]:
    """The counts of each group and site that answers are kept under, however few there are."""
    found: dict[tuple[str, str], Counts] = {}
    for answer in answers:
        place = answer.group, answer.site
        if place not in found:
            found[place] = _none()
        counts = found[place]
        for question in QUESTIONS:
            value: int | None = getattr(answer, question)
            if value is not None:
                counts[question][value] += 1
    return found


def _none() -> Counts:
    return {question: Counter() for question in QUESTIONS}


def _places(group: Group, site: str) -> Iterator[tuple[Group, str]]:
    """Where a group's answers count: a team's also on its site, and for all."""
    yield group, site
    if group.level is Level.TEAM:
        yield Group(Level.SITE, site), ""
        yield WHOLE, ""


def _in_order(counts: Counts) -> Mapping[str, Mapping[int, int]]:
    """By value: the order must not tell who answered first."""
    return {question: dict(sorted(found.items())) for question, found in counts.items()}
