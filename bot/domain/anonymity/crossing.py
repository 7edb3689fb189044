"""Ways to cut the organisation that cross: where a role is a team but for a few, both tell of these few.

Each cut is safe for itself (see `suppression`): by team and site, by role, by licence. Whoever knows the
staff list also knows which groups of one cut lie wholly within a group of another, and can subtract them.
So this looks at every two cuts together, and at all three. How many answered both in this team and in that
role is known to nobody, not even to the service: answers for a team and for a role cannot be put together. So
it takes from the staff list who lies where, and from the answers how many that are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations, permutations
from typing import Self

from bot.domain.anonymity.suppression import Shown, hide_smallest
from bot.domain.staff.groups import WHOLE, Group, Level, Membership

Listed = Mapping[Membership, int]
"""How many people the staff list has in each combination of groups."""

Kin = tuple[Group, ...]
"""The groups of one cut in which somebody counts, the innermost first, shown or not."""

Joint = Mapping[tuple[Kin, Kin], int]
"""How many people the staff list has in each combination of two cuts' groups."""

GIVING_WAY = frozenset({Level.ROLE, Level.LICENCE})
"""What is hidden where two cuts tell too much: a team's and a site's figures are what a lead acts on."""


@dataclass(frozen=True, slots=True)
class Part:
    """What can be known of a cut: a shown group, or what is left of one without all that is shown within."""

    group: Group
    left: bool = False


HIDDEN = Part(WHOLE, left=True)
"""Whoever is in nothing that is shown."""

MANY = 6
"""Of more parts than this, one and all together are looked at, and not every choice."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut the organisation: what is shown of it, and where somebody counts.

    Its smallest parts are groups with nothing shown within them, and what is left of others: no two overlap.
    """

    found: Shown
    kin: Callable[[Membership], Kin]

    @property
    def answers(self) -> Mapping[Part, int]:
        """How many people answered in each part."""
        every = list(self.found.each())
        left = {Part(one.group, left=True): one.rest for one in every if one.within}
        return {Part(one.group): one.people for one in every} | left

    @property
    def gives_way(self) -> bool:
        """Whether there are groups in it that may be hidden for another cut's sake."""
        return any(one.group.level in GIVING_WAY for one in self.found.within)

    def parts(self, every: Iterable[Kin]) -> Mapping[Kin, Sequence[Part]]:
        """The parts in which somebody of each kin counts: the smallest first, the organisation last."""
        divided = {one.group: bool(one.within) for one in self.found.each()}
        return {kin: list(_parts((*(g for g in kin if g in divided), WHOLE), divided)) for kin in every}


def _parts(shown: Sequence[Group], divided: Mapping[Group, bool]) -> Iterator[Part]:
    if divided[shown[0]]:
        yield Part(shown[0], left=True)
    yield from map(Part, shown)


def uncross(cuts: Sequence[Cut], listed: Listed, threshold: int) -> None:
    """Hide roles and licences, until no two cuts and no three together set a few people apart.

    Promise, for any two cuts: any part of the one, or the smallest ones together in which one of the other
    lies, less all smallest parts of the other that lie wholly within, leaves nobody or `threshold` people who
    answered. Where neither of two lies within the other, they differ, on the staff list, by `threshold`
    people or more.
    And for three: any part of the one, less any smallest parts of the second that lie wholly within, less all
    those of the third that do and have nobody in common with them, leaves nobody or `threshold` people. "Any"
    are all choices up to `MANY` parts; of more, each one and all together.
    """
    if len(cuts) < 2:
        return
    every = [[cut.kin(member) for member in listed] for cut in cuts]
    joint = {(one, other): _joint(every[one], every[other], listed) for one, other in _pairs(cuts)}
    while (conflict := _conflict(cuts, joint, threshold)) is not None:
        cut, involved = conflict
        hide_smallest(cut.found, involved)


def _pairs(cuts: Sequence[Cut]) -> Iterator[tuple[int, int]]:
    return permutations(range(len(cuts)), 2)


def _joint(one: Sequence[Kin], other: Sequence[Kin], listed: Listed) -> Joint:
    found: Counter[tuple[Kin, Kin]] = Counter()
    for pair, people in zip(zip(one, other, strict=True), listed.values(), strict=True):
        found[pair] += people
    return found


def _conflict(
    cuts: Sequence[Cut], joint: Mapping[tuple[int, int], Joint], threshold: int
) -> tuple[Cut, Set[Group]] | None:
    """The cut that has to give way, and those of its groups to choose from; None where nobody is exposed."""
    overlaps: dict[tuple[int, int], Overlap] = {}
    for one, other in _pairs(cuts):
        outer, inner = cuts[one], cuts[other]
        overlaps[one, other] = overlap = Overlap.of(outer, inner, joint[one, other])
        for part, groups in _exposed(outer, inner, overlap, threshold):
            if inner.gives_way:
                return inner, groups
            if outer.gives_way:
                return outer, {part.group}
    return _conflict_of_three(cuts, overlaps, threshold)


def _exposed(outer: Cut, inner: Cut, overlap: "Overlap", threshold: int) -> Iterator[tuple[Part, Set[Group]]]:
    """Parts of one cut that another leaves a few people of, or differs from by a few.

    Each comes with the groups of the other cut of which one has to go.
    """
    answers, smallest = outer.answers, inner.answers
    for part, common in overlap.common.items():
        within = overlap.within(part)
        alike = {one for one in common if overlap.differ_by_few(part, one, threshold)}
        if alike - within:
            yield part, {one.group for one in alike - within}
        if 0 < answers[part] - sum(smallest[one] for one in within) < threshold:
            yield part, _to_go(within, common.keys() - within)
    for hull, inside in overlap.hulls():
        if 0 < sum(answers[one] for one in hull) - sum(smallest[one] for one in inside) < threshold:
            yield min(hull, key=lambda one: (answers[one], one.group)), {one.group for one in inside}


def _conflict_of_three(
    cuts: Sequence[Cut], overlaps: Mapping[tuple[int, int], "Overlap"], threshold: int
) -> tuple[Cut, Set[Group]] | None:
    """The same for a part of one cut less parts of two others."""
    for outer, *others in permutations(range(len(cuts)), 3):
        answers = cuts[outer].answers
        few, many = others
        for part in overlaps[outer, few].common:
            inside = overlaps[outer, few].within(part), overlaps[outer, many].within(part)
            if len(inside[0]) > len(inside[1]) or not all(inside):
                continue
            taken = _taken(inside, cuts[few].answers, cuts[many].answers, overlaps[many, few].touched)
            giving = next((one for one in sorted(others) if cuts[one].gives_way), None)
            if giving is not None and any(0 < answers[part] - people < threshold for people in taken):
                within = inside[others.index(giving)]
                return cuts[giving], _to_go(within, overlaps[outer, giving].common[part].keys() - within)
    return None


def _taken(
    inside: tuple[Set[Part], Set[Part]],
    few: Mapping[Part, int],
    many: Mapping[Part, int],
    touched: Mapping[Part, Set[Part]],
) -> Iterator[int]:
    """How many answered in some of the first parts, and in all of the second that have nobody in common."""
    every = sum(many[one] for one in inside[1])
    for chosen in _choices(sorted(inside[0], key=lambda one: (one.group, one.left))):
        blocked = inside[1] & set[Part]().union(*(touched[one] for one in chosen))
        yield sum(few[one] for one in chosen) + every - sum(many[one] for one in blocked)


def _choices(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    sizes = range(1, len(parts) + 1) if len(parts) <= MANY else (1, len(parts))
    return chain.from_iterable(combinations(parts, size) for size in sizes)


def _to_go(within: Set[Part], across: Set[Part]) -> Set[Group]:
    """The groups that help when hidden: one within, where it then joins people outside; else one across."""
    return {part.group for part in (within if HIDDEN in across else across)}


@dataclass(slots=True)
class Overlap:
    """How many people of the staff list a part of one cut and a smallest part of another have in common."""

    common: dict[Part, Counter[Part]]
    outer: Counter[Part]
    inner: Counter[Part]
    touched: dict[Part, set[Part]]
    """The smallest outer parts with which each inner one has people in common."""

    @classmethod
    def of(cls, outer: Cut, inner: Cut, joint: Joint) -> Self:
        """The overlaps of every part with every smallest part; only those that there are."""
        found = cls(defaultdict(Counter), Counter(), Counter(), defaultdict(set))
        large = outer.parts({kin for kin, _ in joint})
        small = inner.parts({kin for _, kin in joint})
        for (here, there), people in joint.items():
            smallest = small[there][0]
            found.inner[smallest] += people
            found.touched[smallest].add(large[here][0])
            for part in large[here]:
                found.outer[part] += people
                found.common[part][smallest] += people
        return found

    def within(self, part: Part) -> Set[Part]:
        """The smallest inner parts that lie wholly within an outer one."""
        return {one for one, people in self.common[part].items() if people == self.inner[one]}

    def hulls(self) -> Iterator[tuple[Set[Part], Set[Part]]]:
        """Outer parts that together hold an inner one, with all inner ones that lie wholly within them."""
        alike: dict[frozenset[Part], set[Part]] = defaultdict(set)
        for part, touched in self.touched.items():
            alike[frozenset(touched)].add(part)
        for hull in alike:
            yield hull, {part for touched, parts in alike.items() if touched <= hull for part in parts}

    def differ_by_few(self, part: Part, other: Part, threshold: int) -> bool:
        """Whether fewer than `threshold` people are in one of two parts only, and some are in each."""
        common = self.common[part][other]
        alone, others = self.outer[part] - common, self.inner[other] - common
        return alone > 0 and others > 0 and alone + others < threshold
