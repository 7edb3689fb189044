"""The files of a store: how one is replaced, where its good copy is, who has it open, what damage means."""

import errno
import fcntl
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from bot.errors import StoreBusy, StoreDamaged, StoreFailed

OWNER_ONLY = 0o600
"""Nobody but the account that runs the bot reads the files."""


def size_of(path: Path) -> int:
    """How many bytes a file has; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


def is_newer(path: Path, than: Path) -> bool:
    """Whether a file exists and was written at the same time as another or later."""
    return path.exists() and path.stat().st_mtime_ns >= than.stat().st_mtime_ns


def good_copy(path: Path) -> Path:
    """Where the newest good copy of a store's file is kept."""
    return _beside(path, ".good")


def waiting(path: Path) -> Path:
    """Where other processes leave records for the one that writes."""
    return _beside(path, ".waiting")


def damaged(path: Path, where: str, what: str) -> StoreDamaged:
    """The error for a file that cannot be read whole: what is wrong, and the command that mends it."""
    return StoreDamaged(f"{path}, {where}: {what}. {_way_on(path)}")


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Turn what the machine says (disk full, not permitted …) into StoreFailed that says what to do."""
    try:
        yield
    except OSError as error:
        said = [f"{path}: {error.strerror or error}", *_MENDS.get(error.errno or 0, ())]
        raise StoreFailed("; ".join(said)) from error


_ROOM = ("make room on the disk, then do it again",)
_FOLDER = ("a file stands where its folder has to be: name another path",)
_RIGHT = ("run this as the account that may, or name another path",)
_MENDS = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EEXIST: _FOLDER,
    errno.ENOTDIR: _FOLDER,
    errno.EISDIR: ("name a file in that folder",),
    errno.EACCES: _RIGHT,
    errno.EPERM: _RIGHT,
    errno.EROFS: _RIGHT,
}


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the block ends: durably, and at once or not at all."""
    fresh = _beside(path, ".new")
    try:
        with open(fresh, "wb", opener=owner_only) as file:  # Path.open takes no opener
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def remove_leftovers(path: Path) -> None:
    """Remove new files that a crash left half written: they may hold what was to be forgotten."""
    for unfinished in (_beside(path, ".new"), _beside(good_copy(path), ".new")):
        unfinished.unlink(missing_ok=True)


class Lock:
    """One process's hold on a store; the system lets go of it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take it.

        Raises StoreBusy where another process has it.
        """
        self._file = os.open(_beside(path, ".lock"), os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        try:
            self._take(path)
        except BaseException:
            self.release()
            raise

    def _take(self, path: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(_busy(path, os.pread(self._file, 20, 0).decode().strip())) from error
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let go of it."""
        os.close(self._file)


def _busy(path: Path, pid: str) -> str:
    return (
        f"{path} is open in another process (pid {pid or 'unknown'}). "
        f"Stop that process first and start it again after this, or give this one a file of its own."
    )


def _way_on(path: Path) -> str:
    good = good_copy(path)
    if not good.exists():
        return "There is no good copy beside it: restore it from a backup, or move it away to start empty."
    when = datetime.fromtimestamp(good.stat().st_mtime, UTC)
    return (
        f"The newest good copy is from {when:%Y-%m-%d %H:%M:%S} UTC; what came later is not in it. "
        f"To go on from it: cp {shlex.quote(str(good))} {shlex.quote(str(path))}"
    )


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def owner_only(name: str, flags: int) -> int:
    """Open a file that nobody else may read, for `open(…, opener=owner_only)`."""
    return os.open(name, flags, OWNER_ONLY)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
