"""`preview`: what somebody would get, and why; on record, and nothing is sent."""

import json

from bot.config import HOME
from tests.commands.conftest import Command

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
ALEX = "00000000-0000-0000-0000-000000000020"


def test_somebody_who_has_not_set_up_is_told_of(command: Command) -> None:
    """What would happen first, and what the roster's role would give; on record who looked at whom."""
    command("people", "import", ROSTER)
    done = command("preview", "--person", ALEX.upper(), "--weeks", "1")
    assert done.exit_code == 0
    says, tips = done.stdout.splitlines()[:3], done.stdout.splitlines()[3:]
    assert says[0] == "They do not have the app. The welcome comes as soon as it is installed for them."
    assert "Ward clerk; Copilot Chat only" in says[2]
    assert len(tips) > 1
    assert all(": because it " in one for one in tips[:-1])
    assert tips[-1].startswith("This is without the questions, which move tips in their weeks, ")
    records = json.loads(command("audit", "--json").stdout)
    assert [r["person"] for r in records if r["act"] == "previewed"] == [ALEX]


def test_json_has_the_same(command: Command) -> None:
    """What a program reads: a word for how things stand, and the tips apart from those that might be."""
    command("people", "import", ROSTER)
    found = json.loads(command("preview", "--person", ALEX, "--json").stdout)
    assert (found["drip"], found["until"], found["tips"]) == ("without_app", None, [])
    assert len(found["says"]) == 3
    assert len(found["left_out"]) == 1
    assert set(found["once_set_up"][0]) == {"at", "tip", "because"}


def test_a_stranger_is_named(command: Command) -> None:
    """An id that nobody has is an error that says what it should be."""
    command("people", "import", ROSTER)
    done = command("preview", "--person", "nobody")
    assert done.exit_code == 1
    assert "Entra object id" in done.stderr
    assert "people import" in done.stderr
