"""Rows of figures as CSV that is safe to open: no cell is taken for a formula."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from functools import partial

from bot.domain.text.language import Said, Tongue, in_words

Row = Mapping[str, object]
"""Cells by the names of their columns; every row of a table has the same."""

_FORMULA = re.compile(r"[=+\-@\t\r\n]")
"""How a cell begins that spreadsheets would work out. A number of our own may begin with a minus."""


def as_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV with a header; empty for no rows."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(name) for name in rows[0]])
    writer.writerows([harmless(row[name]) for name in rows[0]] for row in rows)
    return text.getvalue()


def as_lines(rows: Sequence[Row]) -> Sequence[Said]:
    """The lines of the same, each to be said; the names of its columns are for a program and stay."""
    return [Said(line, partial(_line, rows, number)) for number, line in enumerate(as_csv(rows).splitlines())]


def _line(rows: Sequence[Row], number: int, tongue: Tongue) -> str:
    said = [
        {name: in_words(cell, tongue) if isinstance(cell, str) else cell for name, cell in row.items()}
        for row in rows
    ]
    return as_csv(said).splitlines()[number]


def harmless(cell: object) -> object:
    """A number as it is, and text so that it stays text: an apostrophe before what begins like a formula."""
    if cell is None:
        return ""
    if isinstance(cell, str) and _FORMULA.match(cell.lstrip(" ")):
        return f"'{cell}"
    return cell
