"""`store move`: from one machine's file to a database, with words for whatever is in the way."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from bot.config import HOME
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command
from tests.storage.postgres.server import bare_database, connected

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
STORE = Path("var") / "steady-drip.tinydb"


@pytest.fixture
def target() -> Iterator[str]:
    """The address of an empty database, as an operator types it."""
    with bare_database() as url:
        parts = conninfo_to_dict(url)
        yield f"postgresql://{parts['user']}@/{parts['dbname']}?host={quote(str(parts['host']), safe='')}"


def test_everything_moves(command: Command, here: Path, target: str) -> None:
    """How many rows there were, what to do next, and a record of who did it; the commands work there then."""
    command("people", "import", ROSTER)
    before = (here / STORE).read_bytes()
    done = command("store", "move", "--to", target)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "Moved and verified: 61 rows.",
        "Set STEADY_DRIP_STORE to the new database, and start the service.",
        "The old file, var/steady-drip.tinydb, still holds everything: remove it then.",
    ]
    assert done.stderr == ""
    assert (here / STORE).read_bytes() == before
    with connected(target) as connection:
        assert connection.execute("SELECT count(*) FROM audit WHERE act = 'store_moved'").fetchone() == (1,)
    assert command("people", "import", ROSTER, store=target).stdout.startswith("0 added, 0 changed, 60 as")
    again = command("store", "move", "--to", target)
    assert (again.exit_code, again.stdout.split(".")[0]) == (
        0,
        "Everything had been moved there before, and was verified then",
    )


def test_a_rehearsal_stays_one(command: Command, here: Path, target: str) -> None:
    """Its people are made up wherever it is moved to: `check` says so, and `rehearse` goes on there."""
    rehearsed = f"tinydb:{here}/r.tinydb"
    assert command("rehearse", "--people", "2", "--store", rehearsed).exit_code == 0
    assert command("store", "move", "--to", target, store=rehearsed).exit_code == 0
    for store in (rehearsed, target):
        known = "reminder: the store holds the made-up people of a rehearsal, so no service starts on it"
        assert known in command("check", store=store).stdout.splitlines()
    assert "sent: 2" in command("rehearse", "--people", "2", "--store", target).stdout


def test_where_it_cannot_go(command: Command, target: str) -> None:
    """Each refusal names what to change, and no password is ever shown."""
    command("people", "import", ROSTER)
    to_file = command("store", "move", "--to", "tinydb:other")
    assert (to_file.exit_code, to_file.stderr.split(";")[0]) == (1, "--to: must be postgresql://…")
    nowhere = command("store", "move", "--to", "postgresql://drip:s3cret@127.0.0.1:1/drip")
    assert nowhere.exit_code == 1
    assert "no connection to PostgreSQL at 127.0.0.1:1/drip" in nowhere.stderr
    assert "s3cret" not in nowhere.output
    from_database = command("store", "move", "--to", target, store=target)
    assert from_database.stderr.startswith("STEADY_DRIP_STORE: is PostgreSQL already")


def test_a_database_with_something_in_it(command: Command, target: str) -> None:
    """It keeps what it has, and the way on is named."""
    command("people", "import", ROSTER)
    assert command("migrate", store=target).exit_code == 0
    assert command("people", "import", ROSTER, store=target).exit_code == 0
    done = command("store", "move", "--to", target)
    assert done.exit_code == 1
    assert done.stderr == "the target holds data of its own; name an empty database\n"


async def test_a_store_in_use_is_not_moved(command: Command, here: Path, target: str) -> None:
    """The service has to be stopped first, and is told by its number."""
    store = TinyStore.open(here / STORE)
    done = await asyncio.to_thread(command, "store", "move", "--to", target)
    await store.close()
    assert done.exit_code == 1
    assert f"is open in another process (pid {os.getpid()}). Stop that process first" in done.stderr


def test_nothing_to_move(command: Command, here: Path, target: str) -> None:
    """No store is made of a path where there is none."""
    done = command("store", "move", "--to", target)
    assert done.exit_code == 1
    assert "there is no store here" in done.stderr
    assert list(here.iterdir()) == []
