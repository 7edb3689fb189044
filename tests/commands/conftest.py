"""The commands as an operator types them, in an empty folder without settings."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.__main__ import app
from tests.commands.processes import environment, without_settings


class Command(Protocol):
    """Types a command; settings are given by their short names."""

    def __call__(self, *arguments: str, **settings: object) -> Result: ...


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder without settings; the logging that a command sets up ends with the test."""
    without_settings(tmp_path, monkeypatch)
    yield tmp_path
    structlog.reset_defaults()


@pytest.fixture
def command() -> Command:
    """Runs a command in this process and returns what it printed and how it ended."""

    def typed(*arguments: str, **settings: object) -> Result:
        variables: Mapping[str, str] = environment(settings)
        return CliRunner().invoke(app, arguments, env=variables)

    return typed
