"""A place for a store, and stores that are closed at the end whatever a test did to them."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.storage.tiny.store import TinyStore

Opener = Callable[[], TinyStore]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file is; nothing is there yet."""
    return tmp_path / "store"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[TinyStore]:
    """A new store."""
    opened = TinyStore.open(path)
    yield opened
    await opened.close()
