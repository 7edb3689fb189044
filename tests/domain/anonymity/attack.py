"""The attacks: what somebody can work out who holds everything that was ever published.

The first attacker knows who was in which group and who answered in each round, takes it that nobody changed
their answer and that no count was moved further than 999 in 1000 are. Linear programming then bounds what
people of each sort may have said; where there is no solution, the attacker was wrong. The second one knows
all answers but one.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from bot.domain.anonymity.blurring import ACROSS, NESTED, SCALE, likelihood, spread
from bot.domain.anonymity.crossing import GIVING_WAY
from bot.domain.anonymity.publishing import Published
from bot.domain.staff.groups import Group, Level
from tests.domain.anonymity.organisations import Member, Round

INFEASIBLE = 2
"""`linprog`'s status where there is no solution."""

Sort = tuple[tuple[Group, ...], ...]
"""Where a person counted in each round; people of one sort cannot be told apart by any figure."""


NESTED_LEVELS = {Level.TEAM, Level.SITE, Level.ORGANISATION}

FURTHEST = {NESTED: 6, ACROSS: 20}
"""A part's count is moved further than this once in 1500 times: the attacker takes it that it never is."""


def room(group: Group, figure_spread: float) -> int:
    """How far a figure may have been moved: so far for each part that it is made of."""
    decay = NESTED if group.level in NESTED_LEVELS else ACROSS
    return FURTHEST[decay] * round(figure_spread / spread(decay))


class WrongGuess(Exception):
    """What the attacker takes for granted cannot be so."""


@dataclass
class LinearAttack:
    """What the published figures of several rounds say of each sort of people, as linear bounds."""

    rounds: Sequence[Round]
    releases: Sequence[Published]
    blurred: bool = True

    def __post_init__(self) -> None:
        where: dict[int, list[tuple[Group, ...]]] = {}
        for number, members in enumerate(self.rounds):
            for member in members:
                where.setdefault(member.name, [()] * len(self.rounds))[number] = member.groups
        sizes = Counter(tuple(places) for places in where.values())
        self.sorts = list(sizes)
        self._sizes = np.array([sizes[sort] for sort in self.sorts], dtype=float)
        self._rows, self._bounds = self._published()
        columns = np.arange(self._shape[1])
        self._each = csr_array((np.ones(columns.size), (columns // len(SCALE), columns)))

    @property
    def _shape(self) -> tuple[int, int]:
        return 1, len(self.sorts) * len(SCALE)

    def _published(self) -> tuple[csr_array, np.ndarray]:
        """Every published count, from above and from below."""
        columns: list[np.ndarray] = []
        bounds: list[tuple[int, int]] = []
        for number, release in enumerate(self.releases):
            for group, figures in release.items():
                inside = np.array([at for at, sort in enumerate(self.sorts) if group in sort[number]])
                off = room(group, figures[0].spread) if self.blurred else 0
                columns += [inside * len(SCALE) + place for place in range(len(SCALE))]
                bounds += [(count + off, off - count) for count in figures[0].values]
        rows = np.repeat(np.arange(len(columns)), [len(inside) for inside in columns])
        above = csr_array(
            (np.ones(rows.size), (rows, np.concatenate(columns))), (len(columns), self._shape[1])
        )
        return vstack([above, -above]), np.array(bounds, dtype=float).T.ravel()

    def pinned(self) -> list[Sort]:
        """The sorts whose people can have given one answer only, whatever all others said.

        Raises WrongGuess where there is no solution at all.
        """
        possible: list[set[int]] = [set() for _ in self.sorts]
        for turn in range(
            len(SCALE)
        ):  # wishes for everybody at once settle most; what is left is asked one by one
            if any(len(found) < 2 for found in possible):
                self._note(possible, -np.tile(np.roll(np.arange(5.0), turn), len(self.sorts)))
        for at, found in enumerate(possible):
            for value in range(len(SCALE)):
                if len(found) < 2 and value not in found:
                    goal = np.zeros(self._shape[1])
                    goal[at * len(SCALE) + value] = -1
                    self._note(possible, goal)
        return [sort for sort, found in zip(self.sorts, possible, strict=True) if len(found) < 2]

    def _note(self, possible: list[set[int]], goal: np.ndarray) -> None:
        """Take note of the answers that at least one person of each sort gives in the best solution."""
        solved = linprog(
            goal, A_ub=self._rows, b_ub=self._bounds, A_eq=self._each, b_eq=self._sizes, method="highs"
        )
        if solved.status == INFEASIBLE:
            raise WrongGuess
        assert solved.status == 0, solved.message
        for at, values in enumerate(solved.x.reshape(-1, len(SCALE))):
            possible[at].update(int(value) for value in np.flatnonzero(values >= 1 - 1e-6))


def certainties(members: Round, release: Published) -> Iterator[float]:
    """For every person: how sure of their answer is whoever knows all others' and had no idea before.

    All that is published of the round is used: each part of the nested groups that can be told apart by
    subtracting, the role and the licence.
    """
    truth = {group: Counter(m.answer for m in members if group in m.groups) for group in release}
    parts = {group: _parts(group, release) for group in release}
    for member in dict.fromkeys(members):
        weights = [math.prod(_weights(member, value, release, truth, parts)) for value in SCALE]
        yield weights[member.answer - 1] / sum(weights)


def presences(members: Round, release: Published) -> Iterator[float]:
    """For every person: how sure that they answered is whoever knows all others' answers and their opinion.

    Where the same groups are shown with them and without, and the two were as likely before.
    """
    truth = {group: Counter(m.answer for m in members if group in m.groups) for group in release}
    parts = {group: _parts(group, release) for group in release}
    for member in dict.fromkeys(members):
        there = math.prod(_weights(member, member.answer, release, truth, parts))
        away = math.prod(_weights(member, None, release, truth, parts))
        yield there / (there + away)


def _parts(group: Group, release: Published) -> Sequence[Group]:
    """What is shown directly within a nested group."""
    if group.level is Level.SITE:
        return [one for one in release if one.level is Level.TEAM and one.name[0] == group.name]
    if group.level is Level.ORGANISATION:
        sites = [one for one in release if one.level is Level.SITE]
        loose = [o for o in release if o.level is Level.TEAM and all(o.name[0] != s.name for s in sites)]
        return [*sites, *loose]
    return []


def _weights(
    member: Member,
    answer: int | None,
    release: Published,
    truth: Mapping[Group, Counter[int]],
    parts: Mapping[Group, Sequence[Group]],
) -> Iterator[float]:
    """The likelihood of everything that this person had a part in, had they given this answer, or none."""
    nested = [g for g in member.groups if g in release and g.level in NESTED_LEVELS]
    for group in (*nested[:1], *(g for g in member.groups if g in release and g.level in GIVING_WAY)):
        decay = NESTED if group.level in NESTED_LEVELS else ACROSS
        for place, value in enumerate(SCALE):
            true = truth[group][value] - sum(truth[inner][value] for inner in parts[group])
            seen = release[group][0].values[place] - sum(release[i][0].values[place] for i in parts[group])
            others = true - (value == member.answer)
            yield likelihood(seen - others - (value == answer), decay)
