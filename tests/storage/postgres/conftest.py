"""A database of one's own, and a store in it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.storage.postgres.store import PostgresStore
from tests.storage.postgres.server import database, opened


@pytest.fixture
def url() -> Iterator[str]:
    """An empty database with the newest schema."""
    with database() as its_url:
        yield its_url


@pytest.fixture
async def store(url: str) -> AsyncIterator[PostgresStore]:
    """A store in it."""
    async with opened(url) as one:
        yield one


@pytest.fixture
async def replica(url: str) -> AsyncIterator[PostgresStore]:
    """Another process's store in the same database: it has connections of its own."""
    async with opened(url) as another:
        yield another
