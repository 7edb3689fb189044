"""The data map is whole: every field of every table is explained, and nothing that is not kept."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta

import pytest

from bot.config import HOME
from bot.domain.own.datamap import DATA_MAP, NOBODYS, Kept
from bot.domain.rounds.calendar import Calendar
from bot.services.own.disclosing import kept_for
from bot.services.ports import House
from bot.storage.documents import READERS
from bot.storage.working import Tables
from tests.storage.postgres.server import connected, database

DERIVED = {
    "people.rights",
    "people.team",
    "people.reachable",
    "contributions.document",
    "contributions.stage",
}
"""Columns that PostgreSQL makes of fields, to find rows by."""

OPERATORS = {"alembic_version", "moves"}
"""Tables about the database itself: its version, and how far a move into it has come."""

HOUSE = House("Sample Trust", 10, Calendar(date(2026, 11, 30), timedelta(days=28)), {})
"""With the periods that hold where nothing is set."""

TABLES = {field.name for field in fields(Tables)}


def explained() -> list[str]:
    """Every path of the map; a table's name stands for all of its fields."""
    return [path for kept in DATA_MAP for path in kept.fields]


def columns() -> Iterator[str]:
    """Every field of every table, as `table.field`."""
    for table, reader in READERS.items():
        for field in fields(reader._type):
            yield f"{table}.{field.name}"


def row(kept: Kept) -> str:
    """The map's row in the assessment."""
    period = kept_for(kept.period, HOUSE)
    fields_ = ", ".join(f"`{path}`" for path in kept.fields)
    cells = (f"**{kept.name}**: {kept.what}", kept.why, kept.seen_by, period, kept.erased, fields_)
    return f"| {' | '.join(cells)} |"


def is_explained(column: str) -> bool:
    """Whether the map names the field or its whole table."""
    table, _, _ = column.partition(".")
    return bool({column, table} & {*explained(), *NOBODYS})


def test_every_field_is_explained() -> None:
    """Whoever adds one says in `bot/domain/own/datamap.py` what it is for, who sees it and for how long."""
    assert [column for column in columns() if not is_explained(column)] == []


def test_nothing_is_explained_twice_or_in_vain() -> None:
    """What the map names is kept, under one heading."""
    kept = {*columns(), *TABLES}
    paths = [*explained(), *NOBODYS]
    assert [path for path in paths if path not in kept] == []
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("kept", DATA_MAP, ids=lambda kept: kept.name)
def test_every_sort_is_explained_in_full(kept: object) -> None:
    """No part of an explanation is empty."""
    assert all(getattr(kept, field.name) for field in fields(kept))  # type: ignore[arg-type]  # a dataclass


@pytest.mark.parametrize("kept", DATA_MAP, ids=lambda kept: kept.name)
def test_the_assessment_has_the_same_words(kept: Kept) -> None:
    """`docs/data-protection.md` has this row; its periods are the defaults."""
    assert row(kept) in (HOME / "docs" / "data-protection.md").read_text("utf-8").splitlines()


def test_a_new_field_would_be_noticed() -> None:
    """A person's table is explained field by field, so that the next one stands out."""
    assert not is_explained("people.birthday")
    assert not is_explained("diaries.entry")


def test_postgresql_keeps_nothing_else() -> None:
    """Its tables and columns are those of the map, and those that it makes of them."""
    with database() as url, connected(url) as connection:
        found = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema()"
        ).fetchall()
    found = [(table, column) for table, column in found if table not in OPERATORS]
    kept = {f"{table}.{column}" for table, column in found}
    assert {column for column in kept if not is_explained(column)} - DERIVED == set()
    assert {table for table, _ in found} == TABLES
