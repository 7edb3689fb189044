"""The guard: refuse a release whose difference to what was released before is a handful of people.

It knows nothing of sites and rounds. A release is a set of cells (a team's answers in one round, or one
person's); whoever holds several releases can add and subtract them, and knows in the end each set of cells
that lie in the same releases. None of these may be of 1 to `threshold` - 1 people.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import Generic, TypeVar

Cell = TypeVar("Cell", bound=Hashable)


class Ledger(Generic[Cell]):
    """What has been released, as blocks of cells that nobody outside can tell apart. Begins with nothing."""

    def __init__(self, people: Mapping[Cell, int], threshold: int) -> None:
        """`people` says how many there are in each cell."""
        self._people = people
        self._threshold = threshold
        self._block: dict[Cell, int] = dict.fromkeys(people, 0)
        self._blocks = 1
        self._in: dict[int, int] = {0: sum(people.values())}

    def admit(self, cells: Collection[Cell]) -> bool:
        """Take note of a release and return True, or return False and change nothing where it exposes a few.

        Nothing is said of people whom no release holds: how many there are is known to nobody.
        """
        inside: dict[int, list[Cell]] = defaultdict(list)
        for cell in set(cells):
            inside[self._block[cell]].append(cell)
        sizes = {block: self._count(found) for block, found in inside.items()}
        if any(self._few(sizes[block]) or self._leaves_few(block, sizes[block]) for block in sizes):
            return False
        for block, found in inside.items():
            self._split(block, found, sizes[block])
        return True

    def _split(self, block: int, cells: list[Cell], people: int) -> None:
        if people == self._in[block] and block:
            return
        self._in[block] -= people
        self._in[self._blocks] = people
        self._block.update(dict.fromkeys(cells, self._blocks))
        self._blocks += 1

    def _leaves_few(self, block: int, people: int) -> bool:
        return block != 0 and self._few(self._in[block] - people)

    def _few(self, people: int) -> bool:
        return 0 < people < self._threshold

    def _count(self, cells: Collection[Cell]) -> int:
        return sum(self._people[cell] for cell in cells)
