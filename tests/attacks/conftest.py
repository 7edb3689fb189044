"""One service for all attacks: none of them may leave a trace that another would notice."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import structlog

from tests.attacks.front import STAFF, Front, front


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def door(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """The running service, which has seen its four people before."""
    folder: Path = tmp_path_factory.mktemp("front")
    async with front(folder) as opened:
        await opened.press(STAFF, "help")
        yield opened


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def busy(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Front]:
    """Another one, for attacks after which messages may be on their way: its store never quite rests."""
    async with front(tmp_path_factory.mktemp("busy")) as opened:
        yield opened


@pytest.fixture(autouse=True, scope="package")
def _logs() -> Iterator[None]:
    """The logging that the composition sets up ends with these tests."""
    yield
    structlog.reset_defaults()
