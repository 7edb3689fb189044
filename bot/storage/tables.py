"""The working set's parts: tables of frozen rows with indexes that keep themselves, and what undoes a change.

A table knows nothing of what its rows mean. What it promises is cost: looking up a key, a bucket or a span
of a bucket never touches the other rows, however long the history is.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")

Position = datetime | str
"""Where a row stands in its bucket; rows at the same position are ordered by key."""

_position = itemgetter(0)


class Index(Generic[Row]):
    """Rows in buckets, each bucket in order.

    `buckets` says in which buckets a row belongs (in none: it is not indexed), `order` where it stands there.
    """

    def __init__(
        self,
        buckets: Callable[[Row], Iterable[Hashable]],
        order: Callable[[Row], Position] = lambda _: "",
    ) -> None:
        self._buckets = buckets
        self._order = order
        self._entries: dict[Hashable, list[tuple[Position, str]]] = {}

    def add(self, key: str, row: Row) -> None:
        """Enter a row that is not there yet."""
        for bucket in self._buckets(row):
            insort(self._entries.setdefault(bucket, []), (self._order(row), key))

    def fill(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Enter many rows that are not there yet; sorts once."""
        for key, row in rows:
            for bucket in self._buckets(row):
                self._entries.setdefault(bucket, []).append((self._order(row), key))
        for entries in self._entries.values():
            entries.sort()

    def discard(self, key: str, row: Row) -> None:
        """Take out a row that is there."""
        for bucket in self._buckets(row):
            entries = self._entries[bucket]
            del entries[bisect_left(entries, (self._order(row), key))]
            if not entries:
                del self._entries[bucket]

    def keys(
        self, bucket: Hashable, first: Position | None = None, last: Position | None = None
    ) -> Iterator[str]:
        """The keys in a bucket from one position to another, both included, in order.

        The index must not change while this is read.
        """
        entries = self._entries.get(bucket, [])
        return (entries[at][1] for at in _span(entries, first, last))

    def count(self, bucket: Hashable, first: Position | None = None, last: Position | None = None) -> int:
        """How many keys `keys` would give, without reading them."""
        return len(_span(self._entries.get(bucket, []), first, last))

    def sizes(self) -> Mapping[Any, int]:
        """How many rows each bucket holds; no bucket is empty."""
        return {bucket: len(entries) for bucket, entries in self._entries.items()}


def _span(entries: Sequence[tuple[Position, str]], first: Position | None, last: Position | None) -> range:
    """Where the entries from one position to another stand, both included."""
    start = 0 if first is None else bisect_left(entries, first, key=_position)
    return range(start, len(entries) if last is None else bisect_right(entries, last, key=_position))


class Table(Generic[Row]):
    """Rows by key, and their indexes. Rows must be frozen: the table hands out the ones that it holds."""

    def __init__(self, name: str, key: Callable[[Row], str], **indexes: Index[Row]) -> None:
        self.name = name
        self.key = key
        self._rows: dict[str, Row] = {}
        self._indexes = indexes

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def get(self, key: str) -> Row | None:
        """The row with this key, or None."""
        return self._rows.get(key)

    def find(
        self, index: str, bucket: Hashable, first: Position | None = None, last: Position | None = None
    ) -> Iterator[Row]:
        """The rows of an index's bucket, as `Index.keys` gives them."""
        return map(self._rows.__getitem__, self._indexes[index].keys(bucket, first, last))

    def count(
        self, index: str, bucket: Hashable, first: Position | None = None, last: Position | None = None
    ) -> int:
        """How many rows `find` would give, without reading them."""
        return self._indexes[index].count(bucket, first, last)

    def sizes(self, index: str) -> Mapping[Any, int]:
        """How many rows each bucket of an index holds."""
        return self._indexes[index].sizes()

    def fill(self, rows: Iterable[Row]) -> None:
        """Take in many rows, of which none is known; no unit of work is needed."""
        added = {self.key(row): row for row in rows}
        self._rows.update(added)
        for index in self._indexes.values():
            index.fill(added.items())

    def set(self, key: str, row: Row | None) -> None:
        """Add or replace a row, or take it away where None is given."""
        before = self._rows.get(key)
        for index in self._indexes.values():
            if before is not None:
                index.discard(key, before)
            if row is not None:
                index.add(key, row)
        if row is None:
            self._rows.pop(key, None)  # not there: added and taken away in one unit of work, then undone
        else:
            self._rows[key] = row


class Changes:
    """What one unit of work changed, so that it can be made durable or undone."""

    def __init__(self) -> None:
        self._before: dict[Table[Any], dict[str, Any]] = {}
        self._open = True

    def __bool__(self) -> bool:
        return bool(self._before)

    def put(self, table: Table[Row], row: Row) -> None:
        """Add or replace a row. An equal row is no change.

        Raises RuntimeError once the unit of work is over: nothing would keep that change.
        """
        self._set(table, table.key(row), row)

    def remove(self, table: Table[Row], row: Row) -> None:
        """Take a row away. Raises RuntimeError as `put` does."""
        self._set(table, table.key(row), None)

    def _set(self, table: Table[Row], key: str, row: Row | None) -> None:
        if not self._open:
            raise RuntimeError("this unit of work is over; begin another to write")
        before = table.get(key)
        if row != before:
            self._before.setdefault(table, {}).setdefault(key, before)
            table.set(key, row)

    def rows(self) -> Iterator[tuple[str, str, object]]:
        """Each change as the table's name, the key and the row as it is now."""
        for table, keys in self._before.items():
            for key in keys:
                yield table.name, key, table.get(key)

    def close(self) -> None:
        """Take no more changes."""
        self._open = False

    def keep(self) -> None:
        """Make the changes final: `undo` has no effect any more."""
        self.close()
        self._before.clear()

    def undo(self) -> None:
        """Set everything back to how it was."""
        self.close()
        for table, rows in self._before.items():
            for key, before in rows.items():
                table.set(key, before)
        self._before.clear()
