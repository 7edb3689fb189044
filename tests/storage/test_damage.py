"""What a damaged file leads to: what was never acknowledged is cut off, anything else is refused."""

# ruff: noqa: ASYNC240  # these tests look at files, and nobody waits for them meanwhile

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest
from structlog.testing import capture_logs

from bot.errors import StoreDamaged, StoreFailed
from bot.storage.tiny.database import Database
from bot.storage.tiny.files import good_copy
from bot.storage.tiny.lines import FORMAT, VERSION, as_json, packed, sealed
from bot.storage.tiny.storage import JournalStorage
from bot.storage.tiny.store import TinyStore
from tests.storage.stores import commit, commit_text, everything_in, known, make

Break = Callable[[list[bytes]], list[bytes]]


@pytest.fixture
async def written(path: Path) -> Path:
    """A closed store with three commits: a header and three lines."""
    await make(path, "one", "two", "three")
    return path


def damage(path: Path, change: Break) -> None:
    """Change the lines of a file."""
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


async def test_a_torn_last_line_is_cut_off_at_every_byte(written: Path) -> None:
    """However much of the last commit was written, the others are there, and the next commit follows them."""
    whole = written.read_bytes()
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in range(last, len(whole)):
        written.write_bytes(whole[:end])
        store = TinyStore.open(written)
        await commit(store, "four")
        await store.close()
        assert await known(written, "one", "two", "three", "four") == [True, True, False, True]


async def test_cutting_off_is_logged(written: Path) -> None:
    """An event says how much it was, and nothing of what it was."""
    written.write_bytes(written.read_bytes()[:-9])
    with capture_logs() as logs:
        await TinyStore.open(written).close()
    events = [entry for entry in logs if entry["event"] == "torn_commit_cut_off"]
    assert [(e["line"], set(e)) for e in events] == [(4, {"event", "log_level", "bytes", "line"})]


LATER = {"format": FORMAT, "version": VERSION + 1, "lines": 1}

DAMAGES: dict[str, tuple[str, Break]] = {
    "a changed byte": ("line 2", lambda x: [x[0], x[1].replace(b"one", b"One"), *x[2:]]),
    "a changed checksum": ("line 3", lambda x: [*x[:2], b"0" * 8 + x[2][8:], x[3]]),
    "a missing line": ("line 3", lambda x: [x[0], x[1], x[3]]),
    "a doubled line": ("line 3", lambda x: [x[0], x[1], x[1], *x[2:]]),
    "two lines swapped": ("line 2", lambda x: [x[0], x[2], x[1], x[3]]),
    "a missing line break": ("line 2", lambda x: [x[0], x[1][:-1], *x[2:]]),
    "a torn line in the middle": ("line 2", lambda x: [x[0], x[1][:20], *x[2:]]),
    "an empty line": ("line 2", lambda x: [x[0], b"\n", *x[1:]]),
    "text behind it": ("line 5", lambda x: [*x, b"hello\n"]),
    "a last line with zeros": ("line 4", lambda x: [*x[:3], b"\0" * 30 + x[3][30:]]),
    "a missing header": ("line 1", lambda x: x[1:]),
    "a damaged header": ("line 1", lambda x: [x[0][:12], *x[1:]]),
    "a later format": ("line 1", lambda x: [sealed(1, as_json(LATER)), *x[1:]]),
    "another file": ("line 1", lambda _: [b"people:\n", b"  - sam\n" * 40]),
    "a commit that is none": ("line 2", lambda x: [x[0], sealed(2, b'{"people":{}}'), *x[2:]]),
    "a document that is no JSON": (
        "table people, document one",
        lambda x: [x[0], sealed(2, packed([("people", "one", b"{oops}")])), *x[2:]],
    ),
    "a document that is no person": (
        "table people, document one",
        lambda x: [x[0], sealed(2, packed([("people", "one", b'{"id":"one","reference":7}')])), *x[2:]],
    ),
    "a document under another key": (
        "table people, document one",
        lambda x: [x[0], sealed(2, packed([("people", "one", b'{"id":"two"}')])), *x[2:]],
    ),
}


@pytest.mark.parametrize(("where", "change"), DAMAGES.values(), ids=DAMAGES)
async def test_damage_is_refused_and_explained(written: Path, where: str, change: Break) -> None:
    """The error names the file, the place, the good copy with its time, and the command that uses it."""
    good = good_copy(written)
    damage(written, change)
    before = everything_in(written)
    with pytest.raises(StoreDamaged) as refused:
        TinyStore.open(written)
    message = str(refused.value)
    assert f"{written}, {where}:" in message
    assert f"cp {good} {written}" in message
    assert " UTC" in message
    assert everything_in(written) == before


async def test_the_command_in_the_error_goes_on(written: Path) -> None:
    """With the good copy in its place, everything up to the last clean end is there, and the lock is free."""
    damage(written, DAMAGES["a changed byte"][1])
    with pytest.raises(StoreDamaged):
        TinyStore.open(written)
    copyfile(good_copy(written), written)
    await TinyStore.open(written).close()
    assert await known(written, "one", "two", "three") == [True, True, True]


def test_no_changed_byte_goes_unnoticed(tmp_path: Path) -> None:
    """Whichever byte of a file is another one, the file is refused; all but the very last one."""
    path = tmp_path / "store"
    with Database(path) as database:
        database.put({"people": {"a": {"name": "A"}}})
        database.put({"people": {"a": {"name": "B"}}})
    whole = path.read_bytes()
    for at in range(len(whole) - 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        with pytest.raises(StoreDamaged):
            JournalStorage(path)


async def test_a_compacted_file_may_not_be_shorter(path: Path) -> None:
    """A file that was renamed into place was whole, so what is missing from it was lost, not torn."""
    store = TinyStore.open(path)
    await commit(store, "one", "two")
    await store.forget()
    await store.close()
    whole = path.read_bytes()
    for end in (len(whole) - 1, whole.rindex(b"\n", 0, -1) + 1):
        path.write_bytes(whole[:end])
        with pytest.raises(StoreDamaged, match="line 3: it is missing or cut short"):
            TinyStore.open(path)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("left", ["nothing", "no byte", "half the header", "the header"])
async def test_a_lost_file_is_not_a_fresh_start(written: Path, *, left: str, read_only: bool) -> None:
    """Where there is a good copy with something in it, a missing or empty file is damage."""
    header = written.read_bytes().splitlines(keepends=True)[0]
    written.write_bytes({"half the header": header[:20], "the header": header}.get(left, b""))
    if left == "nothing":
        written.unlink()
    with pytest.raises(StoreDamaged, match=r"missing or empty.*cp "):
        TinyStore.open(written, read_only=read_only)


@pytest.mark.parametrize("exists", [False, True])
async def test_nothing_at_all_is_a_fresh_start(path: Path, *, exists: bool) -> None:
    """A missing or empty file without a good copy becomes a store; its folder is made where necessary."""
    path = path.parent / "new" / "store"
    if exists:
        path.parent.mkdir()
        path.touch()
    await make(path, "one")
    assert await known(path, "one") == [True]


async def test_damage_without_a_good_copy_says_so(written: Path) -> None:
    """Then a backup is what is left."""
    good_copy(written).unlink()
    damage(written, DAMAGES["a changed byte"][1])
    with pytest.raises(StoreDamaged, match="no good copy"):
        TinyStore.open(written)


@pytest.mark.parametrize("change", [lambda x: x.replace(b"one", b"One"), lambda x: x[:-1]])
async def test_damage_while_it_is_open_does_not_reach_the_good_copy(
    written: Path, change: Callable[[bytes], bytes]
) -> None:
    """A clean end checks what it copies; the older copy stays where that is not whole."""
    good = good_copy(written).read_bytes()
    store = TinyStore.open(written)
    await commit(store, "four")
    await commit(store, "five")
    written.write_bytes(change(written.read_bytes()))
    await store.close()
    assert good_copy(written).read_bytes() == good


async def test_damage_while_it_is_open_is_not_compacted_away(path: Path) -> None:
    """Forgetting checks every line before it writes them anew."""
    store = TinyStore.open(path)
    await commit_text(store, "first")
    await commit_text(store, "second")
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(whole.index(b"second"))
        file.write(b"!")
    with pytest.raises(StoreDamaged):
        await store.forget()
    await store.close()


async def test_a_file_that_somebody_moved_takes_no_commits(path: Path) -> None:
    """Writing on into a file that nobody finds any more would lose what was acknowledged."""
    store = TinyStore.open(path)
    await commit(store, "one")
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(StoreFailed):
        await commit(store, "two")
    path.write_bytes(path.with_name("elsewhere").read_bytes())
    with pytest.raises(StoreFailed, match="replaced by another program"):
        await commit(store, "two")
    await store.close()
    assert await known(path, "one", "two") == [True, False]
