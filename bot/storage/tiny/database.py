"""TinyDB over the journal: its tables, documents and queries; but a change costs what it changes.

TinyDB reads the whole database, changes it, and hands the whole database back to be written. Here "the
whole database" is a view that reads a document when somebody asks for it, and what is handed back knows
what changed.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from tinydb import TinyDB
from tinydb.table import Table

from bot.storage.documents import Document
from bot.storage.tiny.storage import JournalStorage
from bot.storage.tiny.views import Changed


class KeyedTable(Table):
    """A TinyDB table whose documents have our own keys for ids, and whose updates touch what they change."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it, its annotation does not

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        tables = self._storage.read() or {}
        table = Changed(tables.get(self.name, {}))
        updater(table)
        self._storage.write({**tables, self.name: table})  # type: ignore[dict-item]  # a Changed stands in for a dict
        self.clear_cache()

    def _get_next_id(self) -> int:
        raise TypeError("documents have keys of their own here: insert Document(values, key)")


class Database(TinyDB):
    """A TinyDB whose storage is a journal."""

    table_class = KeyedTable
    default_storage_class = JournalStorage  # type: ignore[assignment]  # as above

    @property
    def storage(self) -> JournalStorage:
        """The journal under it."""
        return cast("JournalStorage", super().storage)

    def put(self, changes: Mapping[str, Mapping[str, Document | None]]) -> None:
        """Replace documents in several tables by one durable write; None removes one.

        Raises StoreFailed where that cannot be done; then nothing has changed.
        """
        tables = self.storage.read()
        for name, documents in changes.items():
            tables[name] = Changed(tables.get(name, {}), documents)
        self.storage.write(tables)
        for name in changes:
            self.table(name).clear_cache()
