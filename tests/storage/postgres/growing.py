"""A small database that PostgreSQL plans for as if it were full size.

Its statistics are grown, which PostgreSQL 18 has functions for. The planner also asks how long the files are:
so they are lengthened by blocks that were never written, which take no room on the disk.
"""

import os
from pathlib import Path

import psycopg

BLOCK = 8_192
"""Bytes of a block."""

SEGMENT = 131_072
"""Blocks of one file of a table; then the next begins."""

FILES = """
SELECT relname, pg_relation_filepath(oid), relpages, reltuples, relallvisible
FROM pg_class LEFT JOIN pg_index ON indexrelid = oid
WHERE oid = %(table)s::regclass OR indrelid = %(table)s::regclass
ORDER BY oid = %(table)s::regclass DESC
"""
"""A table, and then its indexes."""

GROWN = """
SELECT pg_restore_relation_stats(
  'schemaname', 'public', 'relname', %(name)s::text,
  'relpages', %(pages)s::integer, 'reltuples', %(rows)s::real, 'relallvisible', %(visible)s::integer
)
"""

OWNED = """
SELECT pg_restore_attribute_stats(
  'schemaname', 'public', 'relname', tablename::text, 'attname', attname::text, 'inherited', false,
  'n_distinct', %(people)s::real
)
FROM pg_stats
WHERE schemaname = 'public' AND tablename = %(table)s AND attname = 'person'
"""


def grow(connection: psycopg.Connection, folder: Path, people: int, **tables: int) -> None:
    """Make the planner see so many people, and so many rows in tables that were analysed with fewer.

    `folder` is the server's own. Raises RuntimeError where PostgreSQL does not take the statistics.
    """
    for table, rows in {"people": people, **tables}.items():
        files = connection.execute(FILES, {"table": table}).fetchall()
        factor = rows / files[0][3]
        for name, path, pages, tuples, visible in files:
            _lengthen(folder / path, round(pages * factor))
            values = {"pages": pages * factor, "rows": tuples * factor, "visible": visible * factor}
            _expect(connection, GROWN, name=name, **values)
        if table in tables and _has_people(connection, table):
            _expect(connection, OWNED, table=table, people=people)


def _expect(connection: psycopg.Connection, statement: str, **values: object) -> None:
    if connection.execute(statement.encode(), values).fetchone() != (True,):
        raise RuntimeError(f"PostgreSQL did not take the statistics: {values}")


def _has_people(connection: psycopg.Connection, table: str) -> bool:
    asked = "SELECT FROM pg_stats WHERE schemaname = 'public' AND tablename = %s AND attname = 'person'"
    return connection.execute(asked, (table,)).fetchone() is not None


def _lengthen(file: Path, blocks: int) -> None:
    """Make a table's or an index's files so long, and the server's own like the first of them."""
    owner = file.stat()
    for number, first in enumerate(range(0, blocks, SEGMENT)):
        part = file.with_name(f"{file.name}.{number}") if number else file
        part.touch(owner.st_mode & 0o777)
        os.chown(part, owner.st_uid, owner.st_gid)
        if (length := min(SEGMENT, blocks - first) * BLOCK) > part.stat().st_size:
            os.truncate(part, length)
