"""Bringing a PostgreSQL store up to date, and using it by the commands."""

from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from bot.__main__ import app
from tests.commands.conftest import Command
from tests.storage.postgres.server import OwnServer, bare_database, connected, server, setting_of

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


@pytest.fixture(scope="module")
def guarded() -> OwnServer:
    """A server that wants a password of everybody but its own superuser."""
    one = OwnServer()
    with connected(one.url) as connection:
        connection.execute("CREATE ROLE drip LOGIN PASSWORD 's3cret'")
        (one.folder / "pg_hba.conf").write_text(
            "local all postgres trust\nlocal none drip scram-sha-256\n", "ascii"
        )
        connection.execute("SELECT pg_reload_conf()")
    return one


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "Wr0ng"}, "it refuses the user or the password"),
        ({"password": ""}, "it wants a password, and none was given"),
        ({"user": "postgres"}, "it has no such database; make it, or correct its name"),
        ({"dbname": "postgres"}, "it does not let this user in from here; see its pg_hba.conf"),
    ],
    ids=["wrong password", "no password", "no such database", "not let in"],
)
@pytest.mark.parametrize("words", [["migrate"], ["people", "without-app"]], ids=" ".join)
def test_what_the_server_refuses_is_said(
    command: Command, guarded: OwnServer, words: list[str], given: dict[str, str], said: str
) -> None:
    """Where a server answers, nobody is asked whether it is running; every command says the same."""
    url = make_conninfo(guarded.url, **{"user": "drip", "password": "s3cret", "dbname": "none"} | given)
    done = command(*words, store=setting_of(url))
    assert done.exit_code == 1
    assert done.stderr.startswith("no connection to PostgreSQL at ")
    assert said in done.stderr
    assert "is it running" not in done.stderr
    assert not {"s3cret", "Wr0ng"} & set(done.output.replace("'", " ").split())


def test_a_user_who_is_not_there_where_none_needs_a_password(command: Command) -> None:
    """It is the user that is to be corrected."""
    done = command("migrate", store=setting_of(make_conninfo(server().url, user="nobody")))
    assert done.exit_code == 1
    assert "it has no such user; make it, or correct its name" in done.stderr


def test_a_server_that_is_not_there(command: Command) -> None:
    """Then everything is asked."""
    done = command("migrate", store="postgresql://drip:s3cret@127.0.0.1:1/drip")
    assert (done.exit_code, done.stderr) == (
        1,
        "no connection to PostgreSQL at 127.0.0.1:1/drip (OperationalError): "
        "is it running, and are the address, the user and the password right?\n",
    )
