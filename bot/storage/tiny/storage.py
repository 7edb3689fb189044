"""A TinyDB storage on a journal: a write adds one line with what changed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

from tinydb.storages import Storage

from bot.errors import StoreFailed
from bot.storage.documents import Document
from bot.storage.tiny.files import damaged, failing, good_copy, replacing, size_of
from bot.storage.tiny.journal import Journal, Line
from bot.storage.tiny.lines import Change, as_json, header, packed, sealed, unpacked
from bot.storage.tiny.views import Changed, Kept

EMPTY = header(lines=1)
"""A file without a single commit."""


class JournalStorage(Storage):
    """Fulfils TinyDB's `Storage`: `read` gives all tables, `write` takes all tables.

    What `read` gives is never a copy of the documents, and what `write` takes is compared with what is kept
    only where it is neither as `read` gave it nor `Changed`.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Read a file; a writer begins one where there is none.

        Raises StoreDamaged for one that is not whole, StoreFailed where the machine says no.
        """
        self._path = path
        self._tables: dict[str, Kept] = {}
        with failing(path):
            _begin(path, read_only=read_only)
            self._journal = Journal(path, read_only=read_only)
            try:
                self._load()
            except BaseException:
                self.close()
                raise

    def read(self) -> dict[str, Any]:
        return dict(self._tables)

    def write(self, data: Mapping[str, Mapping[str, Document]]) -> None:
        """Make the tables as they are in `data`, durably.

        Raises StoreFailed where that cannot be done; then nothing has changed.
        """
        if changes := list(self._changes(data)):
            payload = packed(changes)
            self._note(payload, self._journal.append(payload))

    def close(self) -> None:
        self._journal.close()

    def documents(self) -> int:
        """How many documents there are."""
        return sum(len(table) for table in self._tables.values())

    def garbage(self, of: str | None = None) -> int:
        """How many documents the file holds beside those, because they were replaced or removed since."""
        return sum(table.garbage for name, table in self._tables.items() if of in {None, name})

    def removals(self) -> int:
        """How often the file says that a document was removed: what it was still stands before that."""
        return sum(table.removals for table in self._tables.values())

    def compact(self) -> None:
        """Make a new file, and a new good copy, of the newest documents alone, in the order of their keys.

        The good copy comes first: where this is cut short, the file still shows that it was not done.
        Raises StoreFailed where that cannot be done; then the file is as before.
        """
        with failing(self._path):
            self._journal.check_ours()
            self._load()
            with replacing(self._path) as fresh:
                fresh.writelines(self._newest())
                self._copy(fresh)
            self.close()
            self._journal = Journal(self._path, read_only=False)
            self._load()

    def keep_good_copy(self) -> None:
        """Make a new good copy of the file as it is, each line checked on the way.

        Raises StoreFailed or StoreDamaged; then the older copy stays.
        """
        with failing(self._path), replacing(good_copy(self._path)) as copy:
            copy.writelines(line.raw for line in self._journal.lines())

    def _load(self) -> None:
        self._tables = {}
        for line in self._journal.lines():
            if line.number > 1:
                self._note_line(line)

    def _note_line(self, line: Line) -> None:
        try:
            self._note(line.payload, line.start)
        except (TypeError, ValueError) as error:
            raise damaged(self._path, f"line {line.number}", "it is not a commit") from error

    def _note(self, payload: bytes, start: int) -> None:
        for entry in unpacked(payload):
            if entry.table not in self._tables:
                self._tables[entry.table] = Kept(entry.table, self._journal)
            self._tables[entry.table].note(entry, start)

    def _changes(self, data: Mapping[str, Mapping[str, Document]]) -> Iterator[Change]:
        for name in {**self._tables, **data}:
            kept: Mapping[str, Document] = self._tables.get(name, {})
            table = data.get(name, {})
            if table is not kept:
                for key, document in _changed(kept, table).changes():
                    yield name, key, None if document is None else as_json(document)

    def _newest(self) -> Iterator[bytes]:
        documents = [(table, key) for table in sorted(self._tables) for key in sorted(self._tables[table])]
        yield header(1 + len(documents))
        for number, (table, key) in enumerate(documents, 2):
            yield sealed(number, packed([(table, key, self._tables[table].raw(key))]))

    def _copy(self, fresh: BinaryIO) -> None:
        fresh.flush()
        with replacing(good_copy(self._path)) as copy, Path(fresh.name).open("rb") as whole:
            copyfileobj(whole, copy)


def _changed(kept: Mapping[str, Document], table: Mapping[str, Document]) -> Changed:
    """The table as changes to what is kept, whatever it is."""
    if isinstance(table, Changed):
        return table
    return Changed(kept, {**dict.fromkeys(kept), **table})


def _begin(path: Path, *, read_only: bool) -> None:
    """Begin a file where there is none, but never where one was lost.

    Raises StoreDamaged where the file holds nothing although its good copy does.
    """
    if size_of(path) <= len(EMPTY) < size_of(good_copy(path)):
        raise damaged(path, "all of it", "it is missing or empty")
    if size_of(path) == 0 and read_only:
        raise StoreFailed(f"{path}: there is no store yet; start the bot once, or correct the path")
    if size_of(path) == 0:
        with replacing(path) as file:
            file.write(EMPTY)
