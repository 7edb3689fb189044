"""Tables, indexes and what undoes a change."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.tables import Changes, Index, Table


@dataclass(frozen=True)
class Coat:
    """A row."""

    name: str
    colours: frozenset[str]
    bought: str


def coats() -> Table[Coat]:
    """Coats by name, found by each of their colours in the order of when they were bought."""
    return Table("coats", lambda c: c.name, colour=Index(lambda c: c.colours, lambda c: c.bought))


def names(table: Table[Coat], colour: str, first: str | None = None, last: str | None = None) -> list[str]:
    """The names of the coats of a colour."""
    return [coat.name for coat in table.find("colour", colour, first, last)]


RED, BLUE = frozenset({"red"}), frozenset({"blue"})

rows = st.builds(
    Coat, st.sampled_from("abcd"), st.frozensets(st.sampled_from("rgb")), st.sampled_from("1234")
)


def test_rows_are_found_in_every_bucket_of_theirs() -> None:
    """A row in two buckets is found in both, in order of position and then of key."""
    table = coats()
    table.fill([Coat("b", RED | BLUE, "1"), Coat("a", RED, "1"), Coat("c", RED, "0")])
    assert names(table, "red") == ["c", "a", "b"]
    assert names(table, "blue") == ["b"]
    assert names(table, "green") == []


def test_a_span_includes_both_ends() -> None:
    """From one position to another, both of them, whatever the keys are."""
    table = coats()
    table.fill(Coat(f"c{at}", RED, str(at)) for at in range(6))
    assert names(table, "red", "2", "4") == ["c2", "c3", "c4"]
    assert names(table, "red", first="4") == ["c4", "c5"]
    assert names(table, "red", last="0") == ["c0"]


def test_sizes_leave_out_empty_buckets() -> None:
    """A bucket whose last row went away is not there."""
    table, changes = coats(), Changes()
    table.fill([Coat("a", RED, "1"), Coat("b", RED, "1")])
    changes.put(table, Coat("a", BLUE, "1"))
    changes.put(table, Coat("b", BLUE, "1"))
    assert table.sizes("colour") == {"blue": 2}


def test_an_equal_row_is_no_change() -> None:
    """Putting what is there already leaves nothing to be kept."""
    table, changes = coats(), Changes()
    table.fill([Coat("a", RED, "1")])
    changes.put(table, Coat("a", RED, "1"))
    assert not changes


def test_changes_are_named_as_they_are_now() -> None:
    """A row that was put twice is one change."""
    table, changes = coats(), Changes()
    changes.put(table, Coat("a", RED, "1"))
    changes.put(table, Coat("a", BLUE, "1"))
    assert list(changes.rows()) == [("coats", "a", Coat("a", BLUE, "1"))]


def test_a_row_that_is_removed_is_nowhere() -> None:
    """Neither by its key nor in a bucket; the change says so, and it can be undone."""
    table, changes = coats(), Changes()
    table.fill([Coat("a", RED, "1")])
    changes.remove(table, Coat("a", RED, "1"))
    assert (table.get("a"), names(table, "red")) == (None, [])
    assert list(changes.rows()) == [("coats", "a", None)]
    changes.undo()
    assert names(table, "red") == ["a"]


@pytest.mark.parametrize("end", [Changes.close, Changes.keep, Changes.undo])
def test_nothing_is_put_after_the_end(end: object) -> None:
    """What comes too late would be kept by nobody, so it raises."""
    changes = Changes()
    assert callable(end)
    end(changes)
    with pytest.raises(RuntimeError):
        changes.put(coats(), Coat("a", RED, "1"))


def test_what_was_kept_is_not_undone() -> None:
    """Undoing after keeping has no effect."""
    table, changes = coats(), Changes()
    changes.put(table, Coat("a", RED, "1"))
    changes.keep()
    changes.undo()
    assert table.get("a") == Coat("a", RED, "1")


@given(before=st.lists(rows, unique_by=lambda c: c.name), puts=st.lists(st.tuples(rows, st.booleans())))
def test_undoing_restores_everything(before: list[Coat], puts: list[tuple[Coat, bool]]) -> None:
    """After any changes and `undo`, rows and indexes are as before."""
    table, untouched, changes = coats(), coats(), Changes()
    table.fill(before)
    untouched.fill(before)
    for row, stays in puts:
        changes.put(table, row)
        if not stays:
            changes.remove(table, row)
    changes.undo()
    assert [table.get(name) for name in "abcd"] == [untouched.get(name) for name in "abcd"]
    assert [names(table, colour) for colour in "rgb"] == [names(untouched, colour) for colour in "rgb"]
    assert len(table) == len(before)


@given(puts=st.lists(rows))
def test_indexes_agree_with_a_search(puts: list[Coat]) -> None:
    """An index finds what looking at every row would find, in the same order."""
    table, changes = coats(), Changes()
    for row in puts:
        changes.put(table, row)
    kept = {row.name: row for row in puts}.values()
    for colour in "rgb":
        found = sorted((c.bought, c.name) for c in kept if colour in c.colours)
        assert names(table, colour) == [name for _, name in found]
        assert table.count("colour", colour, "2", "3") == sum("2" <= bought <= "3" for bought, _ in found)
