"""Which groups are shown: none that is small, and none that leaves a few people over when subtracted."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from bot.domain.anonymity import SMALLEST_THRESHOLD
from bot.domain.staff.groups import Group


@dataclass(frozen=True, slots=True)
class Node:
    """A group with the number of people who answered, and its parts; parts do not overlap.

    The parts need not be all: people in no part count in the whole alone.
    """

    group: Group
    people: int
    parts: Sequence["Node"] = ()


@dataclass(slots=True)
class Shown:
    """A group that is shown, and what is shown within it directly.

    `rest` is how many people are in it and in nothing that is shown within it: what anybody can subtract.
    """

    group: Group
    people: int
    within: list["Shown"] = field(default_factory=list)

    @property
    def rest(self) -> int:
        """The people that are left when everything shown within is taken away."""
        return self.people - sum(one.people for one in self.within)

    def each(self) -> Iterator["Shown"]:
        """This group and every one that is shown within it, the inner ones first."""
        for one in self.within:
            yield from one.each()
        yield self


def shown(whole: Node, threshold: int) -> Shown | None:
    """What may be shown of a whole and its parts; None where it is too small itself.

    Promise: every group shown has `threshold` people or more, and so has every rest that is not empty.
    Groups that lie within one another have no other differences than sums of rests. Where a rest would be
    too small, the next smallest group is hidden with it, so that the two are one rest.
    Raises ValueError for a threshold below `SMALLEST_THRESHOLD`.
    """
    check(threshold)
    if whole.people < threshold:
        return None
    found = Shown(whole.group, whole.people, list(_parts(whole.parts, threshold)))
    while 0 < found.rest < threshold:
        hide_smallest(found, frozenset())
    return found


def check(threshold: int) -> None:
    """Raise ValueError for a threshold that protects nobody."""
    if threshold < SMALLEST_THRESHOLD:
        raise ValueError(f"a threshold of {threshold} protects nobody; use {SMALLEST_THRESHOLD} or more")


def _parts(parts: Sequence[Node], threshold: int) -> Iterator[Shown]:
    for part in parts:
        found = shown(part, threshold)
        if found is not None:
            yield found


def hide_smallest(found: Shown, among: Set[Group]) -> None:
    """Hide the smallest of these groups that is shown directly within; of all, where none of them is."""
    inside = [one for one in found.within if one.group in among] or found.within
    _hide(min(inside, key=_size), found)


def _hide(one: Shown, inside: Shown) -> None:
    """Hide a group; what is shown within it is shown within the outer one from now on."""
    inside.within = [other for other in inside.within if other is not one] + one.within


def _size(one: Shown) -> tuple[int, Group]:
    return one.people, one.group


def rests(found: Shown) -> Mapping[Group, int]:
    """The rest of every group that is shown."""
    return {one.group: one.rest for one in found.each()}
