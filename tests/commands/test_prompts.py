"""`prompts check` and `prompts stats`: the matrix, the problems and the exit code."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from bot.config import HOME
from tests.commands.conftest import Command


@pytest.fixture
def content(here: Path) -> Path:
    """A copy of the content to break."""
    for name in ("prompts_library", "cards", "manifest"):
        copytree(HOME / name, here / "content" / name)
    return here / "content"


def test_problems_are_listed_and_fail(command: Command, content: Path) -> None:
    """Each a line on stderr that an editor can jump to; the matrix comes all the same."""
    path = content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml"
    path.write_text(path.read_text("utf-8").replace("\nwhy: >-\n", "\nwhy: >-\n  Color helps!\n"), "utf-8")
    done = command("prompts", "check", content=content)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert [line.split(": ")[:2] for line in lines if str(path) in line] == [[f"{path}:9", "why"]] * 2
    assert "ward-clerk" in done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"{len(lines)} problems in ")


def test_check_as_json(command: Command, content: Path) -> None:
    """Problems, reminders and the matrix as plain values; the exit code says the same as before."""
    (content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml").write_text("id: [", "utf-8")
    done = command("prompts", "check", "--json", content=content)
    values = json.loads(done.stdout)
    assert done.exit_code == 1
    assert len(values["problems"]) == 1
    assert values["reminders"] == []
    assert {row["role"] for row in values["roles"]} >= {"ward-clerk", "everyone"}


def test_stats(command: Command) -> None:
    """The counts, in words and as JSON, agree."""
    values = json.loads(command("prompts", "stats", "--json").stdout)
    said = command("prompts", "stats").stdout.splitlines()[-1]
    assert said == f"{values['prompts']} prompts for {len(values['roles']) - 1} roles and for everyone."


def test_a_folder_that_is_not_there(command: Command, here: Path) -> None:
    """One line, and no traceback."""
    done = command("prompts", "check", content=here / "nowhere")
    assert done.exit_code == 1
    assert "there is no such folder" in done.stderr
