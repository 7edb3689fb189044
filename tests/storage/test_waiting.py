"""A process that only reads leaves a record, and the one that writes takes it in: once, whole, and soon."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from bot.domain.audit import AuditRecord
from bot.errors import StoreFailed
from bot.storage.tiny.files import waiting
from bot.storage.tiny.store import TinyStore
from tests.contract.rows import SAM, after
from tests.contract.test_audit import read_by
from tests.storage.stores import commit, known


async def leave(path: Path, *records: AuditRecord) -> None:
    """What a command does while the service runs."""
    reader = TinyStore.open(path, read_only=True)
    async with reader.unit_of_work() as work:
        for record in records:
            await work.audit.add(record)
    await reader.close()


async def ids(store: TinyStore) -> list[str]:
    """The ids of all records, oldest first."""
    async with store.unit_of_work() as work:
        return [record.id for record in await work.audit.since(after(-60))]


async def test_the_writer_takes_in_what_waits(store: TinyStore, path: Path) -> None:
    """Before its next unit of work; then nothing waits, and it is in the store's own file for good."""
    await leave(path, read_by(SAM, "a"), read_by(SAM, "b", 1))
    await leave(path, read_by(SAM, "c", 2))
    assert waiting(path).exists()
    assert await ids(store) == ["a", "b", "c"]
    assert not waiting(path).exists()
    await store.close()
    assert await ids(TinyStore.open(path, read_only=True)) == ["a", "b", "c"]


async def test_a_reader_sees_what_waits(store: TinyStore, path: Path) -> None:
    """Two commands in a row know of each other, also while nobody takes anything in."""
    await leave(path, read_by(SAM, "a"))
    reader = TinyStore.open(path, read_only=True)
    assert await ids(reader) == ["a"]
    await reader.close()
    assert await ids(store) == ["a"]


async def test_nothing_else_can_be_left(store: TinyStore, path: Path) -> None:
    """A reader that writes anything but a record is refused, and nothing is kept of it."""
    reader = TinyStore.open(path, read_only=True)
    with pytest.raises(StoreFailed, match="open for reading only"):
        await commit(reader, "sam")
    await reader.close()
    assert not waiting(path).exists()
    assert await known(path, "sam") == [False]
    await store.close()


async def test_many_at_once_lose_nothing(store: TinyStore, path: Path) -> None:
    """Those who leave and the one who takes in do not get in each other's way."""
    names = [f"{number:02}" for number in range(30)]
    leaving = [leave(path, read_by(SAM, name, int(name))) for name in names]
    await asyncio.gather(*leaving, *(commit(store, f"person-{name}") for name in names))
    assert await ids(store) == names


async def test_taken_in_twice_is_there_once(store: TinyStore, path: Path) -> None:
    """After a crash between the commit and the end of the waiting file, it is read again."""
    await leave(path, read_by(SAM, "a"))
    written = waiting(path).read_bytes()
    assert await ids(store) == ["a"]
    waiting(path).write_bytes(written)
    assert await ids(store) == ["a"]


async def test_a_torn_line_is_left_out(store: TinyStore, path: Path) -> None:
    """It was never acknowledged; the others are taken in."""
    await leave(path, read_by(SAM, "a"))
    with waiting(path).open("ab") as file:
        file.write(b"9f2c01aa 0 {")
    assert await ids(store) == ["a"]


async def test_only_the_stores_owner_may_read_it(store: TinyStore, path: Path) -> None:
    """It has ids in it, as the store does. What root's commands leave, the service can take in."""
    if os.getuid() == 0:  # nobody else can give a file away
        os.chown(path, 12345, 12345)
    await leave(path, read_by(SAM, "a"))
    ours, its = os.stat(path), os.stat(waiting(path))  # noqa: PTH116 - two files at once, and nothing blocks
    assert (stat.S_IMODE(its.st_mode), its.st_uid) == (0o600, ours.st_uid)
    await store.close()
