"""`preview`: what somebody would get, and why; on record, and nothing is sent."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import HOME
from tests.commands.conftest import Command

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
ALEX = "00000000-0000-0000-0000-000000000020"


def test_somebody_who_has_not_set_up_is_told_of(command: Command) -> None:
    """What would happen first, and what the roster's role would give; on record who looked at whom."""
    command("people", "import", ROSTER)
    done = command("preview", "--person", ALEX.upper(), "--weeks", "1")
    assert done.exit_code == 0
    about, *says = done.stdout.splitlines()[:4]
    tips = done.stdout.splitlines()[4:]
    assert about == "cohort: none; times are those of Europe/London"
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


def test_a_start_beyond_the_weeks_says_how_many_to_ask_for(command: Command, tmp_path: Path) -> None:
    """So that whoever staged a start can see what comes after it."""
    header, *rows = Path(ROSTER).read_text("utf-8").splitlines()
    start = f"{datetime.now(UTC).date() + timedelta(weeks=10)}"  # noqa: TID251 - the command has the real clock
    staged = tmp_path / "staged.csv"
    staged.write_text(
        "\n".join([f"{header},cohort,start", *(f"{one},first,{start}" for one in rows)]), "utf-8"
    )
    assert command("people", "import", str(staged)).exit_code == 0
    shown = command("preview", "--person", ALEX).stdout
    assert shown.startswith("cohort: first; times are those of Europe/London")
    assert "To see past it: --weeks 11" in shown
    assert len(command("preview", "--person", ALEX, "--weeks", "12").stdout.splitlines()) > 6
