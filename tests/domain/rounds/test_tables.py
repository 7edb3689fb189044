"""A table that somebody opens in a spreadsheet does nothing of its own accord."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import HOME
from bot.content.catalogues import load_catalogues
from bot.domain.rounds.tables import as_csv, as_lines, harmless
from bot.domain.text.language import Language, in_words, say

WELSH = load_catalogues(HOME / "cards" / "locale")[Language.WELSH]

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=20)


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-2", "@sum", "\t=1", "\r=1", " =1", "  @x"])
def test_what_begins_like_a_formula_stays_text(cell: str) -> None:
    """An apostrophe before it, which spreadsheets hide."""
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [-1.5, 0, 40, 2.8])
def test_our_own_numbers_stay_numbers(cell: float) -> None:
    """Also below nought."""
    assert harmless(cell) == cell


def test_nothing_is_an_empty_cell() -> None:
    """And a table without rows is empty."""
    assert harmless(None) == ""
    assert as_csv([]) == ""


@given(st.lists(st.fixed_dictionaries({"group": texts, "answer": texts}), min_size=1, max_size=5))
def test_every_cell_comes_back(rows: list[dict[str, str]]) -> None:
    """Commas, quotation marks and line breaks do no harm; no cell begins like a formula."""
    read = list(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert [{name: cell.removeprefix("'") for name, cell in row.items()} for row in read] == [
        {name: cell.removeprefix("'") for name, cell in row.items()} for row in rows
    ]
    assert not any(cell.lstrip(" ")[:1] in {*"=+-@\t"} for row in read for cell in row.values() if cell)


def test_a_table_is_said_cell_by_cell() -> None:
    """Words in the reader's language, names of columns and numbers as they are, and still no formula."""
    rows = [{"answer": say("Very"), "percent": 40}, {"answer": "=1", "percent": 60}]
    said = [in_words(line, WELSH) for line in as_lines(rows)]
    assert (said, list(as_lines(rows))) == (
        ["answer,percent", "Iawn,40", "'=1,60"],
        as_csv(rows).splitlines(),
    )
