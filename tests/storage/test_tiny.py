"""TinyStore and its files: who may open it, what it leaves behind, what it forgets."""

# ruff: noqa: ASYNC240  # these tests look at files, and nobody waits for them meanwhile

import asyncio
import os
import threading
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.outbox.delivery import State
from bot.domain.staff.people import PersonId
from bot.errors import StoreBusy, StoreFailed
from bot.storage.tiny.files import good_copy
from bot.storage.tiny.store import TinyStore
from tests.contract.rows import add, answer, contribution, delivery, round_
from tests.samples import MONDAY
from tests.storage.stores import commit, commit_text, everything_in, known, knows, make

SECRET = b"thirty-two bytes that nobody sees"


def crash(path: Path, to: Path) -> Path:
    """The files as a crash of the process that has them open would leave them, in another folder."""
    to.mkdir()
    for file in path.parent.iterdir():
        if file.is_file():
            (to / file.name).write_bytes(file.read_bytes())
    return to / path.name


async def test_commits_are_on_the_disk_when_acknowledged(store: TinyStore, path: Path) -> None:
    """Without closing, another reader finds them."""
    await commit(store, "one")
    assert await known(path, "one") == [True]


async def test_a_second_opener_is_told_who_has_it(store: TinyStore, path: Path) -> None:
    """The error names the file and the process, and says what to do."""
    await commit(store, "one")
    with pytest.raises(StoreBusy, match=rf"{path} is open in another process \(pid {os.getpid()}\). Stop"):
        TinyStore.open(path)


async def test_a_closed_store_can_be_opened(path: Path) -> None:
    """The lock goes with the store, also when it is closed twice."""
    store = TinyStore.open(path)
    await store.close()
    await store.close()
    await TinyStore.open(path).close()


async def test_a_closed_store_takes_nothing(path: Path) -> None:
    """A late commit fails and is undone."""
    store = TinyStore.open(path)
    await store.close()
    with pytest.raises(StoreFailed, match="closed"):
        await commit(store, "one")
    assert await knows(store, "one") == [False]


async def test_only_the_owner_reads_the_files(store: TinyStore, path: Path) -> None:
    """They hold what people told us."""
    await commit(store, "one")
    await store.forget()
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir() if file.is_file()} == {0o600}


async def test_a_reader_takes_no_lock_and_writes_nothing(store: TinyStore, path: Path) -> None:
    """It reads what was committed until it opened, refuses to change it, and leaves all files as they are."""
    await commit(store, "one")
    before = everything_in(path)
    reader = TinyStore.open(path, read_only=True)
    with pytest.raises(StoreFailed, match="reading only"):
        await commit(reader, "two")
    with pytest.raises(StoreFailed, match="reading only"):
        await reader.forget()
    assert await knows(reader, "one", "two") == [True, False]
    await reader.close()
    assert everything_in(path) == before


async def test_a_reader_passes_over_a_line_in_the_making(store: TinyStore, path: Path) -> None:
    """While the writer is in the middle of a commit, there is everything but that commit."""
    await commit(store, "one")
    with path.open("ab") as file:
        file.write(b"0123abcd 3 [[")
    assert await known(path, "one") == [True]
    assert path.read_bytes().endswith(b"[[")


async def test_a_reader_outlives_compaction(store: TinyStore, path: Path) -> None:
    """What it has read stays, whatever the writer does to the file."""
    await commit(store, "one")
    reader = TinyStore.open(path, read_only=True)
    await commit(store, "two")
    await store.forget()
    assert await knows(reader, "one", "two") == [True, False]
    await reader.close()


async def test_a_reader_of_nothing_is_told_so(path: Path) -> None:
    """An empty answer to a wrong path would look like the truth."""
    with pytest.raises(StoreFailed, match="no store yet"):
        TinyStore.open(path, read_only=True)
    assert not list(path.parent.iterdir())


async def test_a_place_that_cannot_be_used_is_named(path: Path) -> None:
    """What the machine says comes as StoreFailed with the path."""
    path.mkdir()
    with pytest.raises(StoreFailed, match=f"{path}.*directory"):
        TinyStore.open(path)


async def test_a_clean_end_keeps_a_good_copy(path: Path) -> None:
    """The copy is the whole file."""
    await make(path, "one", "two")
    assert good_copy(path).read_bytes() == path.read_bytes()


async def test_opening_after_a_crash_keeps_a_good_copy(store: TinyStore, path: Path, tmp_path: Path) -> None:
    """What was read whole is worth a copy, where the last end was not clean."""
    await commit(store, "one")
    crashed = crash(path, tmp_path / "crashed")
    recovered = TinyStore.open(crashed)
    assert good_copy(crashed).read_bytes() == crashed.read_bytes()
    assert await knows(recovered, "one") == [True]
    await recovered.close()


async def test_leftovers_of_a_crash_are_removed(path: Path) -> None:
    """A new file that never took its place may hold what was to be forgotten."""
    await make(path, "one")
    leftovers = [path.with_name("store.new"), path.with_name("store.good.new")]
    for leftover in leftovers:
        leftover.write_bytes(SECRET)
    await TinyStore.open(path).close()
    assert SECRET not in everything_in(path)


async def test_garbage_is_compacted_at_opening(path: Path) -> None:
    """When more than half of what the file holds was replaced, the file becomes short again."""
    store = TinyStore.open(path)
    for number in range(50):
        await commit_text(store, f"text {number}")
    await store.close()
    before = path.stat().st_size
    await TinyStore.open(path).close()
    assert path.stat().st_size < before / 20
    assert good_copy(path).read_bytes() == path.read_bytes()


async def test_a_little_garbage_stays(path: Path) -> None:
    """Half or less is not worth a new file."""
    await make(path, "one", "two")
    store = TinyStore.open(path)
    await commit_text(store, "first")
    await commit_text(store, "second")
    await store.close()
    before = path.read_bytes()
    await TinyStore.open(path).close()
    assert path.read_bytes() == before


async def fill_a_round(store: TinyStore) -> None:
    """A round with its secret and two voices, of which one changed its answer."""
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_(secret=SECRET))
    for voice, value in [("zoe", 1), ("adam", 2), ("zoe", 3)]:
        async with store.unit_of_work() as work:
            await work.pulses.put_answers([answer(voice, value, value)])


async def close_the_round(store: TinyStore) -> None:
    """Destroy the secret."""
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_(secret=None))


def written(secret: bytes) -> bytes:
    """A secret as the file has it."""
    return b64encode(secret)


async def test_a_secret_leaves_no_byte_behind(path: Path) -> None:
    """Closing a round and forgetting leaves its secret in no file, the good copy included."""
    store = TinyStore.open(path)
    await fill_a_round(store)
    await store.close()
    assert everything_in(path).count(written(SECRET)) == 2
    store = TinyStore.open(path)
    await close_the_round(store)
    await store.forget()
    assert written(SECRET) not in everything_in(path)
    await store.close()
    assert written(SECRET) not in everything_in(path)


async def test_forgetting_leaves_nothing_that_was_replaced(store: TinyStore, path: Path) -> None:
    """Nor any other value that is not current, and the order of answers says nothing."""
    await fill_a_round(store)
    await commit_text(store, "words that were taken back")
    await commit_text(store, "other words")
    await store.forget()
    left = everything_in(path)
    assert b"taken back" not in left
    assert left.count(b'"voice":"zoe"') == 2
    assert path.read_bytes().index(b"r/adam") < path.read_bytes().index(b"r/zoe")


async def test_a_crash_before_forgetting_is_made_up_for(store: TinyStore, path: Path, tmp_path: Path) -> None:
    """A round that was closed just before a crash loses its secret at the next opening."""
    await fill_a_round(store)
    await commit(store, *(f"p{n}" for n in range(20)))
    await close_the_round(store)
    crashed = crash(path, tmp_path / "crashed")
    recovered = TinyStore.open(crashed)
    assert written(SECRET) not in everything_in(crashed)
    await recovered.close()


async def test_a_cancelled_commit_is_kept_whole(
    store: TinyStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once its block has ended, a unit of work is kept in memory and file, though its task is cancelled."""
    syncing, may_sync = threading.Event(), threading.Event()

    def syncs_slowly(_: int) -> None:
        syncing.set()
        may_sync.wait(10)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", syncs_slowly)
        task = asyncio.create_task(commit(store, "one"))
        assert await asyncio.to_thread(syncing.wait, 10)
        task.cancel()
        may_sync.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await knows(store, "one") == await known(path, "one") == [True]


async def test_a_mistake_fails_its_own_unit_only(store: TinyStore) -> None:
    """Text that no file can hold is refused, named by table and key, and the next commit goes on."""
    with pytest.raises(StoreFailed, match=r"contributions c cannot be kept.*Unicode"):
        await commit_text(store, "half a pair: \ud83d")
    async with store.unit_of_work() as work:
        assert await work.contributions.get("c") is None
    await commit_text(store, "whole")
    async with store.unit_of_work() as work:
        assert await work.contributions.get("c") == replace(contribution("c"), text="whole")


async def test_opening_tells_how_much_there_is(path: Path) -> None:
    """An event with counts, and no more."""
    await make(path, "one", "two")
    with capture_logs() as logs:
        await TinyStore.open(path).close()
    assert logs == [{"event": "store_opened", "log_level": "info", "documents": 2, "garbage": 0}]


async def test_an_outgrown_store_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond its envelope it works, and warns at every opening."""
    await make(path, "one", "two")
    monkeypatch.setattr("bot.storage.tiny.store.OUTGROWN", 1)
    with capture_logs() as logs:
        await TinyStore.open(path).close()
    assert {"event": "store_outgrown", "log_level": "warning", "documents": 2, "recommended": 1} in logs


async def test_history_is_indexed_after_opening(path: Path) -> None:
    """A store that was opened answers as the one that was closed."""
    store = TinyStore.open(path)
    await add(store, delivery("sent"), delivery("open"))
    async with store.unit_of_work() as work:
        await work.deliveries.put(delivery("sent").settled_as(State.SENT, MONDAY))
    await store.close()
    store = TinyStore.open(path)
    async with store.unit_of_work() as work:
        assert await work.deliveries.unasked_since(PersonId("sam"), MONDAY) == [MONDAY]
        assert [d.key for d in await work.deliveries.claim(MONDAY, 5)] == ["open"]
    await store.close()
