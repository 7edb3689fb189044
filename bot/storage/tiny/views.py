"""Tables as TinyDB sees them: what is kept, read when asked for, and what is changed on top of that."""

import json
from collections.abc import Iterator, Mapping, MutableMapping
from typing import cast

from bot.storage.documents import Document
from bot.storage.tiny.files import damaged
from bot.storage.tiny.journal import Journal
from bot.storage.tiny.lines import Entry


class Kept(Mapping[str, Document]):
    """One table's newest documents. Each is read from the file when asked for, and is the asker's own."""

    def __init__(self, name: str, journal: Journal) -> None:
        self._name = name
        self._journal = journal
        self._places: dict[str, tuple[int, int]] = {}
        self._written = 0
        self.removals = 0

    def __getitem__(self, key: str) -> Document:
        try:
            return cast("Document", json.loads(self.raw(key).decode("ascii")))
        except ValueError as error:
            where = f"table {self._name}, document {key}"
            raise damaged(self._journal.path, where, "it is not JSON") from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def garbage(self) -> int:
        """How many documents and removals the file holds that are not the newest of their key."""
        return self._written - len(self._places)

    def raw(self, key: str) -> bytes:
        """A document's JSON."""
        return self._journal.read(*self._places[key])

    def note(self, entry: Entry, start: int) -> None:
        """Take note of an entry in a payload that starts at this byte of the file."""
        self._written += 1
        if entry.length is None:
            self._places.pop(entry.key, None)
            self.removals += 1
        else:
            self._places[entry.key] = (start + entry.start, entry.length)


class Changed(MutableMapping[str, Document]):
    """A table as TinyDB changes it: what is kept, and what was touched since."""

    def __init__(
        self, kept: Mapping[str, Document], touched: Mapping[str, Document | None] | None = None
    ) -> None:
        self._kept = kept
        self._touched = dict(touched or {})

    def __getitem__(self, key: str) -> Document:
        if key not in self._touched:
            self._touched[key] = self._kept[key]  # the asker may change it in place
        document = self._touched[key]
        if document is None:
            raise KeyError(key)
        return document

    def __setitem__(self, key: str, document: Document) -> None:
        self._touched[key] = document

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched[key] = None

    def __contains__(self, key: object) -> bool:
        return self._touched[key] is not None if key in self._touched else key in self._kept

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._kept if key in self)
        yield from (key for key in list(self._touched) if key not in self._kept and key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._touched = dict.fromkeys(self._kept)

    def changes(self) -> Iterator[tuple[str, Document | None]]:
        """What is not as it is kept."""
        return ((key, new) for key, new in self._touched.items() if new != self._kept.get(key))
