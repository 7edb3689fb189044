"""Bringing a PostgreSQL store up to date, and using it by the commands."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.storage.postgres.server import bare_database, setting_of

RUNNER = CliRunner()
ROOT = Path(__file__).parents[2]


def test_a_database_is_made_and_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """An outdated database is refused with the command that mends it; after that it takes a roster in."""
    with bare_database() as url:
        monkeypatch.setenv("STEADY_DRIP_STORE", setting_of(url))
        a_database_is_made_and_used()


def a_database_is_made_and_used() -> None:
    """The commands, on the database that the settings name."""
    roster = str(ROOT / "docs" / "sample-trust" / "roster.csv")
    refused = RUNNER.invoke(app, ["people", "import", roster])
    assert refused.exit_code == 1
    assert "steady-drip migrate" in refused.output
    assert "up to date now" in RUNNER.invoke(app, ["migrate"]).output
    assert "was up to date" in RUNNER.invoke(app, ["migrate"]).output
    assert RUNNER.invoke(app, ["people", "import", roster]).output.startswith("60 added")
    assert RUNNER.invoke(app, ["people", "import", roster]).output.startswith("0 added")


def test_a_file_needs_no_migration() -> None:
    """For the embedded store there is nothing to do."""
    assert "was up to date" in RUNNER.invoke(app, ["migrate"]).output
