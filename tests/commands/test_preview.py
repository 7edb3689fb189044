"""`preview`: what somebody would get, and why; on record, and nothing is sent."""

import json

from bot.config import HOME
from tests.commands.conftest import Command

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
ALEX = "00000000-0000-0000-0000-000000000020"


def test_somebody_who_has_not_set_up_gets_nothing_by_itself(command: Command) -> None:
    """It is said why, and on record who looked at whom."""
    command("people", "import", ROSTER)
    done = command("preview", "--person", ALEX.upper())
    assert (done.exit_code, "have not set up" in done.stdout) == (0, True)
    records = json.loads(command("audit", "--json").stdout)
    assert [r["person"] for r in records if r["act"] == "previewed"] == [ALEX]


def test_a_stranger_is_named(command: Command) -> None:
    """An id that nobody has is an error that says what it should be."""
    command("people", "import", ROSTER)
    done = command("preview", "--person", "nobody")
    assert done.exit_code == 1
    assert "Entra object id" in done.stderr
