"""A backup is whole or refused, tells no secret, and takes no store's place unless told."""

import hashlib
import json
from base64 import b64encode
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import PulseDue, ReminderDue
from bot.domain.staff.people import PersonId
from bot.errors import StoreBusy, StoreDamaged, StoreFailed
from bot.storage.tiny import backup
from bot.storage.tiny.files import good_copy
from bot.storage.tiny.store import TinyStore
from tests.contract.rows import answer, delivery, round_
from tests.samples import MONDAY
from tests.storage.stores import commit, everything_in, known, make, no_file_larger_than

LATER = MONDAY + timedelta(days=1)
ASKED = delivery("asked", subject=PulseDue("r"))


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the backup is; nothing is there yet. Its folder is not the store's."""
    return tmp_path_factory.mktemp("backups") / "monday"


def back(file: Path, path: Path, *, replace: bool = False) -> backup.Restored:
    """Restore a day later."""
    return backup.restore(file, path, LATER, replace=replace)


async def test_what_was_there_comes_back(path: Path, file: Path, tmp_path: Path) -> None:
    """In another place, with how much and from when."""
    await make(path, "sam", "alex")
    assert backup.make(path, file, MONDAY) == 2
    elsewhere = tmp_path / "elsewhere" / "store"
    assert back(file, elsewhere) == backup.Restored(MONDAY, 2, [], None)
    assert await known(elsewhere, "sam", "alex", "kim") == [True, True, False]


async def test_while_the_service_writes(store: TinyStore, path: Path, file: Path, tmp_path: Path) -> None:
    """What was committed before is in it; the store goes on."""
    await commit(store, "sam")
    assert backup.make(path, file, MONDAY) == 1
    await commit(store, "alex")
    back(file, tmp_path / "other")
    assert await known(tmp_path / "other", "sam", "alex") == [True, False]


async def test_no_secret_and_nothing_older(store: TinyStore, path: Path, file: Path, tmp_path: Path) -> None:
    """An open round comes without secret, answers and reminders; what was replaced is not in it."""
    secret = b"thirty-two bytes of pure chance!"
    await commit(store, "long gone")
    async with store.unit_of_work() as work:
        await work.people.remove(PersonId("long gone"))
        await work.pulses.put_round(round_(secret=secret))
        await work.pulses.put_answers([answer("a voice", 2, 2)])
        sent = delivery("sent", subject=ReminderDue("r")).settled_as(State.SENT, MONDAY)
        await work.deliveries.add_all([sent, delivery("planned", subject=ReminderDue("r")), ASKED])
    assert b"a voice" in everything_in(path)  # the search finds it
    assert backup.make(path, file, MONDAY) == 2
    written = everything_in(file)
    gone = [b"long gone", b64encode(secret), b"a voice", b"ward", b"reminder"]
    assert not [words for words in gone if words in written]
    back(file, tmp_path / "other")
    again = TinyStore.open(tmp_path / "other")
    async with again.unit_of_work() as work:
        (round_again,) = await work.pulses.rounds()
        assert await work.pulses.is_silent("r")
        assert await work.deliveries.get("asked") == ASKED
    await again.close()
    assert round_again == round_(secret=bytes(32))
    assert round_again.takes_answers(MONDAY)


async def test_only_its_owner_reads_it_and_none_is_written_over(path: Path, file: Path) -> None:
    """A second one takes another name."""
    await make(path, "sam")
    backup.make(path, file, MONDAY)
    assert f"{file.stat().st_mode & 0o777:o}" == "600"  # noqa: ASYNC240 - nothing else runs
    with pytest.raises(FileExistsError):
        backup.make(path, file, LATER)


@settings(max_examples=40)
@given(data=st.data())
def test_any_damage_is_refused(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One byte changed, or the end cut off, anywhere: nothing is restored, and nothing is made."""
    folder = tmp_path_factory.mktemp("damage")
    first = json.dumps({"format": backup.FORMAT, "version": 1, "made": MONDAY.isoformat()}).encode() + b"\n"
    sums = json.dumps({"lines": 0, "sha256": hashlib.sha256(first).hexdigest()}).encode() + b"\n"
    whole = first + sums
    place = data.draw(st.integers(0, len(whole) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    cut = data.draw(st.booleans())
    end = b"" if cut else bytes([other]) + whole[place + 1 :]
    (folder / "monday").write_bytes(whole[:place] + end)
    with suppress(StoreDamaged):  # else it says the same, as a blank for a blank does
        assert backup.read(folder / "monday") == backup.Backup(MONDAY, [])


async def test_a_store_that_is_there_is_not_lost(path: Path, file: Path) -> None:
    """Without being told, nothing is touched; told, it is moved aside whole, and can be read there."""
    await make(path, "sam")
    backup.make(path, file, MONDAY)
    await make(path, "alex")
    before = everything_in(path)
    with pytest.raises(StoreFailed, match="--replace moves it aside"):
        back(file, path)
    assert everything_in(path) == before
    moved = back(file, path, replace=True).kept
    kept = moved[0]
    assert set(moved) == set(backup.set_aside(path))
    assert await known(path, "sam", "alex") == [True, False]
    assert await known(kept, "sam", "alex") == [True, True]
    assert good_copy(kept).exists()


async def test_a_lost_file_with_a_good_copy_counts_as_a_store(path: Path, file: Path) -> None:
    """The good copy may be newer than any backup."""
    await make(path, "sam")
    backup.make(path, file, MONDAY)
    path.unlink()  # noqa: ASYNC240 - nothing else runs
    with pytest.raises(StoreFailed, match="--replace"):
        back(file, path)
    assert back(file, path, replace=True).erased == set()


async def test_a_store_in_use_is_left_alone(store: TinyStore, path: Path, file: Path) -> None:
    """The service has to stop first."""
    await commit(store, "sam")
    backup.make(path, file, MONDAY)
    with pytest.raises(StoreBusy, match="Stop that process first"):
        back(file, path, replace=True)
    assert await known(path, "sam") == [True]


async def test_a_full_disk_leaves_everything_as_it_was(path: Path, file: Path) -> None:
    """The store is moved only once the restored one is whole beside it."""
    await make(path, "sam", "alex")
    backup.make(path, file, MONDAY)
    before = everything_in(path)
    with no_file_larger_than(100), pytest.raises(StoreFailed):
        back(file, path, replace=True)
    assert everything_in(path) == before
    assert await known(path, "sam") == [True]


async def test_a_damaged_store_can_be_replaced(path: Path, file: Path) -> None:
    """That is what backups are for; its good copy still tells who was erased since."""
    await make(path, "sam")
    backup.make(path, file, MONDAY)
    path.write_bytes(path.read_bytes().replace(b"sam", b"max"))  # noqa: ASYNC240 - nothing else runs
    assert back(file, path, replace=True).erased == set()
    path.write_bytes(b"gone")  # noqa: ASYNC240 - as above; and there is no good copy any more
    assert backup.restore(file, path, MONDAY, replace=True).erased is None
