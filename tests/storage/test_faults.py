"""Real faults: a full disk, a disk that will not sync, a process that is killed."""

# ruff: noqa: ASYNC240  # these tests look at files, and nobody waits for them meanwhile

import errno
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import StoreFailed
from bot.storage.tiny.files import failing, good_copy
from bot.storage.tiny.store import TinyStore
from tests.storage.stores import commit, commit_text, known, knows, no_file_larger_than

LARGE = "x" * 300_000
"""Enough that the limit on a file's size touches no other file of the test run."""


@pytest.mark.parametrize("room", [0, 1, 40, 90])
async def test_a_full_disk_fails_one_commit(store: TinyStore, path: Path, room: int) -> None:
    """What did not fit leaves nothing, in memory as in the file; with room again, the next commit is kept."""
    await commit_text(store, LARGE)
    before = path.read_bytes()
    with no_file_larger_than(len(before) + room), pytest.raises(StoreFailed, match="File too large"):
        await commit(store, "lost", "as well")
    assert path.read_bytes() == before
    assert await knows(store, "lost", "as well") == [False, False]
    await commit(store, "kept")
    assert await known(path, "lost", "kept") == [False, True]


@pytest.mark.parametrize(
    ("code", "mend"),
    [
        (errno.ENOSPC, "; make room on the disk, then do it again"),
        (errno.EDQUOT, "; make room on the disk, then do it again"),
        (errno.EACCES, "; run this as the account that may, or name another path"),
        (errno.EROFS, "; run this as the account that may, or name another path"),
        (errno.ENOTDIR, "; a file stands where its folder has to be: name another path"),
        (errno.EIO, ""),
    ],
    ids=lambda value: errno.errorcode.get(value, "") if isinstance(value, int) else "",
)
def test_what_the_machine_says_comes_with_what_to_do(path: Path, code: int, mend: str) -> None:
    """The file, the machine's own words, and how to mend it where that is known."""
    with pytest.raises(StoreFailed) as failed, failing(path):
        raise OSError(code, os.strerror(code))
    assert str(failed.value) == f"{path}: {os.strerror(code)}{mend}"


async def test_a_store_that_is_a_folder(path: Path) -> None:
    """It is left alone, and a file in it is what to name."""
    path.mkdir()
    with pytest.raises(StoreFailed, match="Is a directory; name a file in that folder"):
        TinyStore.open(path)
    assert list(path.iterdir()) == []


async def test_a_full_disk_fails_forgetting(store: TinyStore, path: Path) -> None:
    """The files are as before, without leftovers; with room again, forgetting works, and so do commits."""
    await commit_text(store, LARGE)
    files = sorted(path.parent.iterdir())
    with no_file_larger_than(200_000), pytest.raises(StoreFailed):
        await store.forget()
    assert sorted(path.parent.iterdir()) == files
    await commit_text(store, "short")
    await store.forget()
    await commit(store, "kept")
    assert path.stat().st_size < 1_000
    assert await known(path, "kept") == [True]


async def test_a_full_disk_does_not_keep_the_store_from_ending(path: Path) -> None:
    """The good copy cannot be made, so the older one stays, and the lock is free."""
    store = TinyStore.open(path)
    good = good_copy(path).read_bytes()
    await commit_text(store, LARGE)
    with no_file_larger_than(200_000):
        await store.close()
    assert good_copy(path).read_bytes() == good
    await TinyStore.open(path).close()
    assert good_copy(path).read_bytes() == path.read_bytes()


async def test_a_full_disk_does_not_keep_the_store_from_opening(path: Path) -> None:
    """What needs room, compaction, waits for another time."""
    store = TinyStore.open(path)
    for number in range(5):
        await commit_text(store, f"{number}{LARGE}")
    await store.close()
    with no_file_larger_than(200_000):
        store = TinyStore.open(path)
        assert await knows(store, "anybody") == [False]
        await store.close()


async def test_a_disk_that_will_not_sync_fails_the_commit(
    store: TinyStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that may not be on the disk is taken back, at the latest before the next one is written."""

    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    await commit(store, "one")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(StoreFailed, match="Input/output error"):
            await commit(store, "lost")
    assert await knows(store, "one", "lost") == [True, False]
    await commit(store, "two")
    assert await known(path, "one", "lost", "two") == [True, False, True]


async def test_a_commit_that_failed_never_comes_back(
    store: TinyStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the line of a failed commit could not be taken back at once, forgetting leaves it out."""

    def fails(*_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        patch.setattr(os, "ftruncate", fails)
        with pytest.raises(StoreFailed):
            await commit(store, "lost")
        assert b"lost" in path.read_bytes()
        with pytest.raises(StoreFailed):
            await store.forget()
    await store.forget()
    assert b"lost" not in path.read_bytes()
    assert await knows(store, "lost") == [False]


def acknowledged(path: Path, first: int, chance: random.Random) -> list[int]:
    """The commits that a process reports as kept before it is killed in the middle of its work."""
    command = [sys.executable, "-m", "tests.storage.committer", str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        numbers = [int(process.stdout.readline()) for _ in range(chance.randint(1, 80))]
        for _ in range(chance.randint(0, 20_000)):  # a moment that is no multiple of a commit
            pass
        process.kill()
        rest = process.stdout.read().split("\n")[:-1]
    return numbers + [int(number) for number in rest]


async def test_every_acknowledged_commit_survives_a_kill(path: Path) -> None:
    """Ten processes are killed at random while they commit and forget; nothing they reported is missing."""
    chance = random.Random()  # chance for a test
    kept: list[int] = []
    for _ in range(10):
        kept += acknowledged(path, len(kept) + 1000, chance)
        store = TinyStore.open(path)
        assert all(await knows(store, *(f"p{number}" for number in kept)))
        await store.close()
