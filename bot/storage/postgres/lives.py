"""What a database knows: so that it can be told, after a restore, who was erased since."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import psycopg
from psycopg.rows import TupleRow
from psycopg.types.json import set_json_loads
from pydantic_core import from_json

from bot.domain.drip.retention import Known
from bot.errors import StoreDamaged
from bot.storage.postgres import rows
from bot.storage.postgres.faults import failing
from bot.storage.postgres.migrating import check_current
from bot.storage.postgres.pool import parameters
from bot.storage.postgres.session import Connection
from bot.storage.postgres.statements import STATEMENTS

Row = TypeVar("Row")

BATCH = 1_000
"""Rows in memory at once."""


async def known(url: str) -> Known:
    """What a database knows; it is only read. Raises StoreFailed, StoreOutdated or StoreDamaged."""
    await asyncio.to_thread(check_current, url)
    with failing():
        async with await psycopg.AsyncConnection.connect(parameters(url)) as connection:
            set_json_loads(from_json, connection)
            await connection.execute("SET timezone = 'UTC'")
            people = {one.id async for one in _all(connection, "all_people", rows.person) if one.has_a_life}
            records = {one.id async for one in _all(connection, "all_audit", rows.audit_record)}
    return Known(people, records)


async def _all(connection: Connection, statement: str, read: Callable[[TupleRow], Row]) -> AsyncIterator[Row]:
    """The rows that a statement gives, a batch in memory at a time."""
    async with connection.cursor("known", binary=True) as cursor:
        cursor.itersize = BATCH
        await cursor.execute(STATEMENTS[statement])
        async for found in cursor:
            try:
                yield read(found)
            except ValueError as error:
                raise StoreDamaged(f"{statement}: a row cannot be read: {error}") from None
