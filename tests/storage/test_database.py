"""TinyDB over the journal: everything that TinyDB can do, at the cost of what changes."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.table import Document

from bot.errors import StoreFailed
from bot.storage.tiny.database import Database
from bot.storage.tiny.storage import JournalStorage
from bot.storage.tiny.views import Changed

COATS = {"a": {"colour": "red"}, "b": {"colour": "blue"}, "c": {"colour": "red"}}


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """A new database with three coats."""
    with Database(path) as opened:
        opened.put({"coats": COATS})
        yield opened


def contents(database: Database) -> dict[str, dict[str, object]]:
    """Every table's documents, without tables that are empty."""
    tables = {name: {str(d.doc_id): dict(d) for d in database.table(name)} for name in database.tables()}
    return {name: {**documents} for name, documents in tables.items() if documents}


def reopened(database: Database, path: Path) -> dict[str, dict[str, object]]:
    """The contents as the file has them."""
    with Database(path, read_only=True) as read:
        assert contents(database) == contents(read)
        return contents(read)


def test_queries_find_documents(database: Database) -> None:
    """TinyDB's own searches work, and see later changes."""
    coats = database.table("coats")
    red = where("colour") == "red"
    assert [str(d.doc_id) for d in coats.search(red)] == ["a", "c"]
    database.put({"coats": {"a": {"colour": "green"}}})
    assert [str(d.doc_id) for d in coats.search(red)] == ["c"]
    assert coats.count(where("colour").exists()) == len(coats) == 3


def test_tinydb_updates_are_kept(database: Database, path: Path) -> None:
    """Insert, update, upsert and remove change what they say and nothing else."""
    coats = database.table("coats")
    coats.insert(Document({"colour": "white"}, "d"))  # type: ignore[arg-type]  # our ids are texts
    coats.update({"size": 4}, where("colour") == "blue")
    coats.upsert(Document({"colour": "black"}, "a"))  # type: ignore[arg-type]  # the same
    coats.remove(doc_ids=["c"])  # type: ignore[list-item]  # the same
    expected = {"a": {"colour": "black"}, "b": {"colour": "blue", "size": 4}, "d": {"colour": "white"}}
    assert reopened(database, path) == {"coats": expected}


def test_tables_can_be_emptied_and_dropped(database: Database, path: Path) -> None:
    """Truncating one table or dropping all leaves the others, or nothing."""
    database.put({"hats": {"a": {"size": 7}}})
    database.table("coats").truncate()
    assert reopened(database, path) == {"hats": {"a": {"size": 7}}}
    database.drop_tables()
    assert reopened(database, path) == {}


def test_a_dropped_table_is_gone(database: Database, path: Path) -> None:
    """One table goes, another stays."""
    database.put({"hats": {"a": {"size": 7}}})
    database.drop_table("coats")
    assert reopened(database, path) == {"hats": {"a": {"size": 7}}}


def test_documents_need_a_key(database: Database) -> None:
    """TinyDB's counted ids would not be ours."""
    with pytest.raises(TypeError, match="key"):
        database.table("coats").insert({"colour": "red"})


def test_what_was_removed_is_not_there(database: Database) -> None:
    """A table that is being changed is a dict like any other: a removed document is a missing key."""
    table = Changed(database.storage.read()["coats"])
    del table["a"]
    with pytest.raises(KeyError):
        table["a"]
    with pytest.raises(KeyError):
        del table["a"]
    assert sorted(table) == ["b", "c"]
    assert list(table.changes()) == [("a", None)]


def test_a_plain_tinydb_can_use_the_storage(path: Path) -> None:
    """The storage keeps what any TinyDB writes, whole tables of it."""
    with TinyDB(path, storage=JournalStorage) as plain:
        assert plain.insert_multiple([{"colour": "red"}, {"colour": "blue"}]) == [1, 2]
        plain.update({"colour": "green"}, doc_ids=[1])
        plain.remove(doc_ids=[2])
    with TinyDB(path, storage=JournalStorage) as plain:
        assert plain.all() == [{"colour": "green"}]


def test_what_is_read_is_nobody_elses(database: Database) -> None:
    """Changing a document that was read changes nothing that is kept."""
    found = database.table("coats").get(where("colour") == "blue")
    assert isinstance(found, dict)
    found["colour"] = "spoilt"
    assert contents(database) == {"coats": COATS}


def test_putting_what_is_there_writes_nothing(database: Database, path: Path) -> None:
    """An equal document is no change."""
    before = path.read_bytes()
    database.put({"coats": {"a": {"colour": "red"}}})
    assert path.read_bytes() == before


def test_several_tables_are_one_line(database: Database, path: Path) -> None:
    """One put is one commit, however many tables it changes."""
    before = path.read_bytes().count(b"\n")
    database.put({"coats": {"d": {}}, "hats": {"a": {}, "b": {}}})
    assert path.read_bytes().count(b"\n") == before + 1


def traffic() -> int:
    """How many bytes this process has read and written until now."""
    counted = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(counted["rchar"]) + int(counted["wchar"])


def test_a_change_costs_what_it_changes(database: Database) -> None:
    """With five thousand documents in the file, changing three reads and writes next to nothing."""
    database.put({"history": {f"{n:05}": {"text": "x" * 100} for n in range(5000)}})
    before = traffic()
    database.put({"coats": {"a": {"colour": "green"}}, "history": {"00007": {}, "new": {"text": "y"}}})
    assert traffic() - before < 4_000


def test_a_read_only_database_refuses(database: Database, path: Path) -> None:
    """Neither changes nor compaction; reading goes on."""
    with Database(path, read_only=True) as reader:
        with pytest.raises(StoreFailed, match="reading only"):
            reader.put({"coats": {"a": {}}})
        with pytest.raises(StoreFailed, match="reading only"):
            reader.storage.compact()
        assert contents(reader) == contents(database)


def test_compaction_sorts_by_key(path: Path) -> None:
    """One document a line, in the order of tables and keys, and nothing of the order in which they came."""
    with Database(path) as database:
        for key in "cab":
            database.put({"hats": {key: {"n": 1}}, "coats": {key: {"n": 1}}})
        database.storage.compact()
    written = [json.loads(line.split(b" ")[2])[0][:2] for line in path.read_bytes().splitlines()[1:]]
    assert written == [[table, key] for table in ("coats", "hats") for key in "abc"]


tables = st.sampled_from(["hats", "coats"])
documents = st.none() | st.dictionaries(st.sampled_from("xy"), st.text(max_size=5), max_size=2)
puts = st.dictionaries(tables, st.dictionaries(st.sampled_from("abc"), documents, max_size=3), max_size=2)
COMPACT, REOPEN = "compact", "reopen"


@settings(max_examples=60)
@given(steps=st.lists(puts | st.sampled_from([COMPACT, REOPEN]), max_size=8))
def test_it_agrees_with_a_dict(steps: list[dict[str, dict[str, dict[str, str] | None]] | str]) -> None:
    """After any changes, compactions and openings, there is what a dict would have."""
    model: dict[str, dict[str, object]] = {"hats": {}, "coats": {}}
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "store")
        for step in steps:
            if step == COMPACT:
                database.storage.compact()
            elif step == REOPEN:
                database.close()
                database = Database(Path(folder) / "store")
            elif isinstance(step, dict):
                database.put(step)
                for table, changed in step.items():
                    kept = model[table] | changed
                    model[table] = {key: document for key, document in kept.items() if document is not None}
            assert contents(database) == {name: table for name, table in model.items() if table}
            assert database.storage.documents() == sum(map(len, model.values()))
        database.close()
