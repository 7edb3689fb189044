"""A closed round's counts → everything that is ever shown of it, decided once for all groups together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import attrgetter

from bot.domain.anonymity.blurring import ACROSS, NESTED, SCALE, Counts, Draw, blurred, spread
from bot.domain.anonymity.crossing import Cut, Kin, Listed, uncross
from bot.domain.anonymity.figures import Figure
from bot.domain.anonymity.releases import Ledger
from bot.domain.anonymity.suppression import Node, Shown, check, shown
from bot.domain.staff.groups import WHOLE, Group, Level, Membership


@dataclass(frozen=True, slots=True)
class Tally:
    """What a store may say of a group in a round: for each question the counts of its values, never who."""

    group: Group
    site: str
    counts: Mapping[str, Counts]

    def answers(self, question: str) -> int:
        """How many people answered a question."""
        return sum(self.counts.get(question, {}).values())


Published = Mapping[Group, Sequence[Figure]]
"""The figures of each group that may be shown; all other groups have too few answers."""


def publish(
    tallies: Sequence[Tally], questions: Sequence[str], threshold: int, listed: Listed, draw: Draw
) -> Published:
    """All that may be shown of a round.

    Each question is decided for itself: fewer people answer an optional one. Where a team's people are on
    several sites, the largest part counts as the team, and the others count on their sites only. `listed` is
    the staff list as it is when the round closes. A role or a licence of which it has fewer people than
    answered is not shown, and none is where it has nobody of a team or a site that is shown: then it does not
    say who lies where.
    Raises ValueError for a threshold below the smallest.
    """
    check(threshold)
    found: dict[Group, list[Figure]] = {}
    for question in questions:
        for group, figure in _figures(tallies, question, threshold, listed, draw):
            found.setdefault(group, []).append(figure)
    return found


def _figures(
    tallies: Sequence[Tally], question: str, threshold: int, listed: Listed, draw: Draw
) -> Iterator[tuple[Group, Figure]]:
    found = cuts(tallies, question, threshold, listed)
    if not found or not all(_keeps_everybody_safe(cut.found, threshold) for cut in found):
        return
    nested, *across = found
    by_group = {tally.group: tally for tally in largest(tallies)}
    yield from _nested(nested.found, by_group, question, draw)
    for one in (shown_ for cut in across for shown_ in cut.found.within):
        values = blurred(by_group[one.group].counts[question], ACROSS, draw)
        yield one.group, _figure(question, values, spread(ACROSS))


def cuts(tallies: Sequence[Tally], question: str, threshold: int, listed: Listed) -> Sequence[Cut]:
    """What may be shown by site and team, by role and by licence, in this order; empty where nothing may."""
    whole = shown(tree(tallies, question), threshold)
    if whole is None:
        return []
    found = [Cut(whole, _team_and_site({t.group: t.site for t in largest(tallies)}))]
    if not _are_listed(found[0], listed):
        return found
    for level in (Level.ROLE, Level.LICENCE):
        of_level = [Node(t.group, t.answers(question)) for t in tallies if t.group.level is level]
        people = _on_list(listed, level)
        parts = [one for one in of_level if one.people <= people[one.group.name]]
        across = shown(Node(WHOLE, whole.people, parts), threshold)
        if across is not None and across.within:
            found.append(Cut(across, _of_level(level)))
    uncross(found, listed, threshold)
    return found


def _are_listed(found: Cut, listed: Listed) -> bool:
    """Whether the staff list has somebody in each group that is shown of a cut."""
    known = {WHOLE, *chain.from_iterable({found.kin(member) for member in listed})}
    return all(one.group in known for one in found.found.each())


def _team_and_site(sites: Mapping[Group, str]) -> Callable[[Membership], Kin]:
    """Where somebody counts by team and site: not in a team that counts on another site than theirs."""

    @cache
    def kin(name: str, site: str) -> Kin:
        team = Group(Level.TEAM, name)
        return (*([team] if sites.get(team) == site else []), Group(Level.SITE, site))

    return lambda member: kin(member.team, member.site)


def _on_list(listed: Listed, level: Level) -> Counter[str]:
    """How many people the staff list has in each group of a level: names of levels are names of fields."""
    found, name_of = Counter[str](), attrgetter(level.value)
    for member, people in listed.items():
        found[name_of(member)] += people
    return found


def _of_level(level: Level) -> Callable[[Membership], Kin]:
    """Where somebody counts by role, or by licence."""

    @cache
    def kin(name: str) -> Kin:
        return (Group(level, name),)

    name_of = attrgetter(level.value)
    return lambda member: kin(name_of(member))


def tree(tallies: Sequence[Tally], question: str) -> Node:
    """The organisation with its sites and their teams, and how many answered a question in each."""
    kept = largest(tallies)
    teams: dict[str, list[Node]] = {}
    for tally in kept:
        if tally.group.level is Level.TEAM:
            teams.setdefault(tally.site, []).append(Node(tally.group, tally.answers(question)))
    sites = [
        Node(tally.group, tally.answers(question), teams.get(tally.group.name, []))
        for tally in kept
        if tally.group.level is Level.SITE
    ]
    whole = sum(tally.answers(question) for tally in kept if tally.group == WHOLE)
    return Node(WHOLE, whole, sites)


def largest(tallies: Sequence[Tally]) -> Sequence[Tally]:
    """One tally a group: of a team on several sites the largest, of two alike the first by name."""
    by_size = sorted(tallies, key=lambda t: (-sum(map(t.answers, t.counts)), t.site))
    found: dict[Group, Tally] = {}
    for tally in by_size:
        found.setdefault(tally.group, tally)
    return list(found.values())


def _keeps_everybody_safe(found: Shown, threshold: int) -> bool:
    """Whether the guard lets everything through that is about to be shown; the suppression saw to that."""
    ledger = Ledger({one.group: one.rest for one in found.each()}, threshold)
    return all(ledger.admit([inner.group for inner in one.each()]) for one in found.each())


def _nested(
    found: Shown, tallies: Mapping[Group, Tally], question: str, draw: Draw
) -> Iterator[tuple[Group, Figure]]:
    """Every group of a tree: its rest is blurred once, and sums are made of what is blurred.

    So subtracting one figure from another gives what was blurred, and never the truth.
    """
    totals: dict[Group, tuple[list[int], int]] = {}
    for one in found.each():
        values, rests = _rest(one, tallies, question, draw)
        for inner in one.within:
            inner_values, inner_rests = totals[inner.group]
            values = [a + b for a, b in zip(values, inner_values, strict=True)]
            rests += inner_rests
        totals[one.group] = values, rests
        yield one.group, _figure(question, values, spread(NESTED) * rests)


def _rest(one: Shown, tallies: Mapping[Group, Tally], question: str, draw: Draw) -> tuple[list[int], int]:
    """The blurred counts of those who are in nothing that is shown within, and 1 where there is anybody."""
    if one.rest == 0:
        return [0] * len(SCALE), 0
    counts = Counter(tallies[one.group].counts[question])
    for inner in one.within:
        counts.subtract(tallies[inner.group].counts[question])
    return list(blurred(counts, NESTED, draw)), 1


def _figure(question: str, values: Sequence[int], variance: float) -> Figure:
    one, two, three, four, five = values
    return Figure(question, (one, two, three, four, five), round(variance, 3))
