"""What the collections of a unit of work have in common."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from bot.storage.tables import Changes, Table
from bot.storage.working import ALL, Tables

Row = TypeVar("Row")

SMALLEST_STEP = timedelta.resolution
"""From one moment to the next."""


class Collection:
    """Reads the tables, and writes them through one `Changes`."""

    def __init__(self, tables: Tables, changes: Changes) -> None:
        self._tables = tables
        self._changes = changes

    def _remove(self, table: Table[Row], rows: Iterable[Row | None]) -> int:
        """Take rows away, those that are there; how many that were."""
        there = [row for row in rows if row is not None]
        for row in there:
            self._changes.remove(table, row)
        return len(there)


def earlier(table: Table[Row], index: str, moment: datetime) -> Iterator[Row]:
    """The rows before a moment, earliest first, of an index with one bucket in order of time."""
    return table.find(index, ALL, last=moment - SMALLEST_STEP)
