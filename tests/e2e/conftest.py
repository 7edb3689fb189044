"""The trust of `make run` with its real settings, and a folder for pictures."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playground.processes import LOCAL_TIME, ROOT
from tests.playground.trust import Trust, trust


@pytest.fixture(scope="session")
def pictures() -> Path:
    """`var/e2e/`, empty."""
    folder = ROOT / "var" / "e2e"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="session")
def local_trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    """The bot and the Playgrounds, ended by their ids."""
    with trust(tmp_path_factory.mktemp("e2e"), LOCAL_TIME) as running:
        yield running
