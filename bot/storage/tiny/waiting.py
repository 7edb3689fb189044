"""Records that wait beside a store: how a command leaves one while the service has the store open.

One process writes a store. Another, that only reads it, still has to leave a record of having done so: it
appends a line here, and the writer takes it in before its next unit of work.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import structlog

from bot.storage.documents import Document
from bot.storage.tiny.files import failing, owner_only, waiting
from bot.storage.tiny.lines import as_json, sealed, unsealed

log = structlog.get_logger()


class Waiting:
    """The file of one store in which documents wait. Each is there whole once `add` has returned."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._path = waiting(store)

    def __bool__(self) -> bool:
        """Whether there is anything to take in; costs a look at the folder."""
        return self._path.exists()

    def add(self, documents: Sequence[Document]) -> None:
        """Leave documents, durably. Raises StoreFailed."""
        with failing(self._path), self._locked() as file:
            file.write(b"".join(sealed(0, as_json(document)) for document in documents))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[Document]:
        """What waits; it goes on waiting. Raises StoreFailed."""
        with failing(self._path):
            return _documents(self._path.read_bytes()) if self else []

    @contextmanager
    def taking(self) -> Iterator[list[Document]]:
        """What waits; gone when the block ends well, and nobody can add meanwhile. Raises StoreFailed."""
        with failing(self._path), self._locked():
            yield _documents(self._path.read_bytes())
            self._path.unlink()

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        """The file, ours alone until the block ends; made where there is none."""
        while True:
            with open(self._path, "ab", opener=owner_only) as file:  # Path.open takes no opener
                fcntl.flock(file, fcntl.LOCK_EX)
                self._hand_over(file)
                if self._is_there(file):  # else it was taken while we waited for the lock
                    yield file
                    return

    def _hand_over(self, file: BinaryIO) -> None:
        """Let the account that writes the store have the file also where root has made it."""
        owner = self._store.stat()
        if os.getuid() != owner.st_uid:
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)

    def _is_there(self, file: BinaryIO) -> bool:
        ours = os.fstat(file.fileno())
        return self._path.exists() and self._path.stat().st_ino == ours.st_ino


def _documents(written: bytes) -> list[Document]:
    """The whole lines of a file; a torn one was never acknowledged."""
    return [document for line in written.splitlines(keepends=True) for document in _document(line)]


def _document(line: bytes) -> Iterator[Document]:
    try:
        yield json.loads(unsealed(0, line))
    except ValueError:
        log.warning("waiting_line_left_out")
