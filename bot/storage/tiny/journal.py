"""An append-only file of checked lines: what was acknowledged is on the disk, what was not is nowhere."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import structlog

from bot.errors import StoreFailed
from bot.storage.tiny.files import damaged, failing
from bot.storage.tiny.lines import lines_at_first, sealed, unsealed

log = structlog.get_logger()


class Line(NamedTuple):
    """A whole and checked line of the file, the byte at which its payload starts, and the payload."""

    number: int
    raw: bytes
    start: int
    payload: bytes


class Journal:
    """One file, open for as long as this lives. A writer must be its only one (see `files.Lock`)."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        """Open a file that exists. `lines` must be read to its end before anything is appended."""
        self.path = path
        self._file = os.open(path, os.O_RDONLY if read_only else os.O_RDWR)
        self._read_only = read_only
        self._size = 0
        self._count = 0
        self._clean = False

    def lines(self) -> Iterator[Line]:
        """Every line from the header on.

        The last one, if it was never finished or its commit failed, is not there: a writer cuts it off.
        Raises StoreDamaged at the first line that is not as it was written.
        """
        if self._count:
            self._cut()
        at_first = 1
        size = count = 0
        with open(self._file, "rb", closefd=False) as file:  # by descriptor
            file.seek(0)
            for raw in file:
                if not raw.endswith(b"\n"):
                    break
                count += 1
                line = self._checked(count, size, raw)
                if count == 1:
                    at_first = self._at_first(line)
                yield line
                size += len(raw)
        if count < max(at_first, self._count):
            raise damaged(self.path, f"line {count + 1}", "it is missing or cut short")
        self._end_at(size, count)

    def append(self, payload: bytes) -> int:
        """Write one line, and return once it is on the disk: the byte at which the payload starts.

        Raises StoreFailed, for example for a full disk; then the file is as before, and may be used again.
        """
        line = sealed(self._count + 1, payload)
        with failing(self.path):
            self.check_ours()
            self._cut()
            try:
                self._write(line)
            except OSError:
                with suppress(OSError):  # if this fails too, the next append begins with it
                    self._cut()
                raise
        self._size += len(line)
        self._count += 1
        return self._size - 1 - len(payload)

    def check_ours(self) -> None:
        """Raise StoreFailed where we may not write, or where somebody moved or changed the file."""
        if self._read_only or self._file < 0:
            raise StoreFailed(f"{self.path} is {'closed' if self._file < 0 else 'open for reading only'}")
        ours, there = os.fstat(self._file), self.path.stat()
        same = (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)
        if not same or (self._clean and ours.st_size != self._size):
            raise StoreFailed(f"{self.path} was changed or replaced by another program; restart to read it")

    def read(self, start: int, length: int) -> bytes:
        """Some bytes of the file."""
        return os.pread(self._file, length, start)

    def close(self) -> None:
        """Let go of the file; closing twice does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _checked(self, number: int, size: int, raw: bytes) -> Line:
        try:
            payload = unsealed(number, raw)
        except ValueError as error:
            raise damaged(self.path, f"line {number}", str(error)) from error
        return Line(number, raw, size + len(raw) - 1 - len(payload), payload)

    def _at_first(self, line: Line) -> int:
        try:
            return lines_at_first(line.payload)
        except ValueError as error:
            raise damaged(self.path, "line 1", str(error)) from error

    def _end_at(self, size: int, count: int) -> None:
        """Know where the last whole line ends; a writer cuts off what stands behind it."""
        self._size, self._count = size, count
        torn = os.fstat(self._file).st_size - size
        if not self._read_only and torn:
            log.warning("torn_commit_cut_off", bytes=torn, line=count + 1)
        with failing(self.path):
            self._clean = self._read_only or not torn
            self._cut()

    def _cut(self) -> None:
        """Take away what an unfinished line left behind."""
        if not self._clean:
            os.ftruncate(self._file, self._size)
            os.fsync(self._file)
            self._clean = True

    def _write(self, line: bytes) -> None:
        self._clean = False
        written = 0
        while written < len(line):
            written += os.pwrite(self._file, line[written:], self._size + written)
        os.fsync(self._file)
        self._clean = True
