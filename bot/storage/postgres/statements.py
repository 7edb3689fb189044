"""The SQL of the store: named statements in files, read once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"
_NAME = "-- name: "


def read(folder: Path) -> Mapping[str, bytes]:
    """Every statement of the files in a folder by its name.

    Raises ValueError for a name that is there twice.
    """
    statements: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.sql")):
        for name, statement in _named(path.read_text(encoding="utf-8")):
            if name in statements:
                raise ValueError(f"{path}: there are two statements with the name {name}")
            statements[name] = statement
    return statements


def _named(text: str) -> Iterator[tuple[str, bytes]]:
    """The statements of one file, without their comments. What stands before the first name is a comment."""
    for part in text.split(_NAME)[1:]:
        name, *lines = part.splitlines()
        code = [line for line in lines if line.strip() and not line.startswith("--")]
        yield name.strip(), "\n".join(code).encode()


STATEMENTS = read(FOLDER)
"""Every statement by its name."""
