"""`prompts check` and `prompts stats`: the matrix, the problems and the exit code."""

import json
from pathlib import Path

import pytest

from bot.config import HOME
from tests.commands.conftest import Command
from tests.content.copies import copy_of_content


@pytest.fixture
def content(here: Path) -> Path:
    """A copy of the content to break."""
    return copy_of_content(here / "content")


def test_the_library_is_well(command: Command) -> None:
    """Exit code 0, a row for each role, and a sentence that says how much there is."""
    done = command("prompts", "check")
    assert done.stderr == ""
    assert done.exit_code == 0
    assert "ward-clerk" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("All is well: ")


def test_problems_are_listed_and_fail(command: Command, content: Path) -> None:
    """Each a line on stderr that an editor can jump to; the matrix comes all the same."""
    path = content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml"
    path.write_text(path.read_text("utf-8").replace("\nwhy: >-\n", "\nwhy: >-\n  Color helps!\n"), "utf-8")
    done = command("prompts", "check", content=content)
    assert done.exit_code == 1
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [[f"{path}:10", "why"]] * 2
    assert "ward-clerk" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("2 problems in ")


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


def test_one_prompt_in_full(command: Command) -> None:
    """As its card says it, with the local rule."""
    said = command("prompts", "show", "ward-clerk-missing-notes").stdout
    assert said.startswith("Find out where notes tend to go astray  (ward-clerk-missing-notes)\n")
    assert "\nCheck it: Add up the group counts" in said
    assert "\nLocal rule (personal-remove-first): Ask first. " in said


def test_an_unknown_prompt(command: Command) -> None:
    """The nearest ids are named."""
    done = command("prompts", "show", "ward-clerk-mising-notes")
    assert done.exit_code == 1
    assert "do you mean ward-clerk-missing-notes, " in done.stderr


def test_the_schema_is_printed(command: Command) -> None:
    """For editors, as the file that ships."""
    shipped = HOME / "prompts_library" / "prompt.schema.json"
    assert command("prompts", "schema").stdout == shipped.read_text("utf-8")


def test_out_to_the_gallery_and_in_again(command: Command, content: Path, here: Path) -> None:
    """What goes out of one library waits in another; what is there already stops it, or is left out."""
    assert command("prompts", "export", "--role", "ward-clerk", "--out", str(here / "out")).exit_code == 0
    library = content / "prompts_library"
    for path in list(library.glob("ward-clerk/*.yaml"))[1:]:
        path.unlink()
    refused = command("prompts", "import", str(here / "out"), content=content)
    assert refused.exit_code == 1
    assert "is here already; nothing was changed" in refused.stderr
    assert not (library / "_incoming").exists()
    done = command("prompts", "import", str(here / "out"), "--skip-invalid", content=content)
    assert done.exit_code == 0
    assert len(list((library / "_incoming").glob("*.yaml"))) == done.stdout.count("waits for review") > 1
    assert done.stderr.startswith("left out: ")


def test_an_export_for_nobody(command: Command, here: Path) -> None:
    """A role that no prompt is for is most likely a slip."""
    done = command("prompts", "export", "--role", "wizard", "--out", str(here / "out"))
    assert done.exit_code == 1
    assert done.stderr == "--role: no prompt is for wizard; `prompts stats` lists the roles\n"
