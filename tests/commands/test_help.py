"""Every command explains itself."""

import pytest

from tests.commands.conftest import Command
from tests.commands.tree import commands, groups


def test_these_are_the_commands() -> None:
    """A command that is added or renamed belongs into this list and into the README."""
    assert commands() == [
        "run",
        "check",
        "migrate",
        "summary",
        "audit",
        "rehearse",
        "preview",
        "backup",
        "restore",
        "people import",
        "people without-app",
        "champions coverage",
        "manifest build",
        "cards render",
        "person export",
        "person erase",
        "prompts check",
        "prompts stats",
        "prompts show",
        "prompts schema",
        "prompts export",
        "prompts import",
        "prompts new",
        "prompts bundle",
        "prompts receive",
        "prompts new-key",
        "store move",
        "store settle",
    ]


@pytest.mark.parametrize("words", commands())
def test_every_command_has_help(command: Command, words: str) -> None:
    """It says in a sentence what the command does."""
    done = command(*words.split(), "--help")
    assert done.exit_code == 0
    assert done.stderr == ""
    sentences = [line.strip() for line in done.stdout.splitlines() if line.strip().endswith(".")]
    assert sentences


@pytest.mark.parametrize("words", groups())
def test_a_group_alone_shows_its_help(command: Command, words: str) -> None:
    """Whoever types too little learns what there is."""
    done = command(*words.split())
    assert "--help" in done.output
    beneath = [name.removeprefix(words).split()[0] for name in commands() if name.startswith(words)]
    assert [name for name in beneath if name not in done.output] == []


@pytest.mark.parametrize("words", ["rnu", "people imprt", "summary", "people import", "cards render"])
def test_a_command_that_is_wrong_or_not_whole(command: Command, words: str) -> None:
    """Exit code 2, a word on what is wrong, no traceback."""
    done = command(*words.split())
    assert done.exit_code == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.output
