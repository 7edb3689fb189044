"""The SQL files: every statement has one name, one use and one comment on what serves it."""

import re
from pathlib import Path

import pytest

import bot.storage.postgres as package
from bot.storage.postgres.statements import FOLDER, STATEMENTS, read

SOURCES = Path(package.__path__[0])


def test_every_statement_is_used() -> None:
    """By its name, somewhere in the store or its collections."""
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    assert [name for name in STATEMENTS if f'"{name}"' not in code] == []


def test_every_statement_says_what_serves_it() -> None:
    """Which index, or why none: in the first line after its name; locks read nothing."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.sql")}
    locks = re.findall(r"^-- name: (\w+)$", files.pop("locks"), re.MULTILINE)
    said = re.findall(r"^-- name: (\w+)\n-- Served by", "".join(files.values()), re.MULTILINE)
    assert sorted([*locks, *said]) == sorted(STATEMENTS)


def test_comments_are_not_sent() -> None:
    """They are for whoever reads the file."""
    assert not any(b"--" in statement for statement in STATEMENTS.values())


def test_a_name_is_given_once(tmp_path: Path) -> None:
    """Of two statements with one name, neither would be the right one."""
    (tmp_path / "a.sql").write_text("-- name: one\nSELECT 1\n-- name: one\nSELECT 2\n")
    with pytest.raises(ValueError, match="two statements with the name one"):
        read(tmp_path)
