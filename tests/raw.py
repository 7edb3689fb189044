"""A store as it looks from outside the service: every byte of its files, every column of its tables."""

from pathlib import Path

from psycopg import sql

from bot.services.ports import Store
from bot.storage.memory import MemoryStore
from bot.storage.postgres.store import PostgresStore
from tests.storage.postgres.server import connected

TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
"""


def raw(store: Store, place: Path) -> str:
    """All that is in a store, wherever it keeps it; `place` is where one with files has them."""
    if isinstance(store, MemoryStore):
        return repr([table._rows for table in store._tables])
    if isinstance(store, PostgresStore):
        return _columns(store._url)
    files = [path for path in sorted(place.parent.iterdir()) if path.name.startswith(place.name)]
    return "\n".join(path.read_bytes().decode("ascii") for path in files)


def _columns(url: str) -> str:
    """Every row of every table, each column as text; also of tables that no code of ours names."""
    with connected(url) as connection:
        names = [str(name) for (name,) in connection.execute(TABLES).fetchall()]
        rows = [
            text
            for name in names
            for (text,) in connection.execute(
                sql.SQL("SELECT to_jsonb(one)::text FROM {} AS one").format(sql.Identifier(name))
            ).fetchall()
        ]
    return "\n".join(rows)
