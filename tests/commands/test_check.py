"""`check`: all problems at once, on lines that an editor can jump to."""

from pathlib import Path

import pytest

from bot.config import HOME
from tests.commands.conftest import Command
from tests.content.copies import copy_of_content


@pytest.fixture
def content(here: Path) -> Path:
    """A copy of the content to break."""
    return copy_of_content(here / "content")


def replace(path: Path, old: str, new: str) -> None:
    """Replace one piece of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_is_well(command: Command) -> None:
    """Exit code 0, the reminder about the local rules, what is kept how long, and a sentence that says so."""
    done = command("check")
    assert done.exit_code == 0
    reminder, store, *kept, verdict = done.stdout.splitlines()
    assert reminder.startswith("reminder: ")
    assert "local_rules.yaml:1: these are the default local rules" in reminder
    assert "there is no store yet" in store
    assert "kept: Tips you saw: 180 days" in kept
    assert verdict == "All is well: settings, prompts, cards and the manifest."
    assert done.stderr == ""


def test_the_store_is_looked_at(command: Command, here: Path) -> None:
    """Sample people are a reminder, since only a local run takes them; a damaged file is a problem."""
    command("people", "import", str(HOME / "docs" / "sample-trust" / "roster.csv"))
    assert "reminder: the store holds the sample people" in command("check").stdout
    store = here / "var" / "steady-drip.tinydb"
    store.write_bytes(store.read_bytes().replace(b"Alex", b"Alec", 1))
    done = command("check")
    assert done.exit_code == 1
    assert f"{store}, line" in done.stderr


def test_what_is_planted_is_all_listed(command: Command, content: Path) -> None:
    """A setting, a prompt, a template, a sample and the manifest: each a line on stderr, exit code 1."""
    replace(content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml", "\nlevel: ", "\nlevle: ")
    replace(content / "cards" / "privacy.json", "${contact}", "${contcat}")
    replace(content / "cards" / "note.sample.json", '"title"', '"titel"')
    replace(content / "manifest" / "manifest.json", '"accentColor"', '"accentColour"')
    done = command("check", content=content, threshold=2)
    assert done.exit_code == 1
    assert "All is well" not in done.stdout
    listed = {line.partition(": ")[0].replace(f"{content}/", "") for line in done.stderr.splitlines()}
    assert {place.rpartition(":")[0] or place for place in listed} == {
        "STEADY_DRIP_THRESHOLD",
        "prompts_library/everyone/everyone-too-smooth.yaml",
        "cards/privacy.json",
        "cards/note.json",
        "cards/note.sample.json",
        "manifest/manifest.json",
    }


def test_lines_are_whole_however_narrow_the_terminal(
    command: Command, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A problem is one line, so that tools can read it."""
    monkeypatch.setenv("COLUMNS", "20")
    replace(content / "cards" / "privacy.json", "${contact}", "${contcat}")
    for line in command("check", content=content).stderr.splitlines():
        assert line.startswith(f"{content}/cards/privacy.json:1: ")
        assert line.endswith("correct the name in the template")


def test_brackets_and_colons_are_printed_as_they_are(command: Command, here: Path) -> None:
    """Nothing that a path or a line number holds is taken for markup or for a picture."""
    folder = here / "[red]:100:"
    folder.mkdir()
    assert f"{folder}/prompts_library:1: there is no such folder" in command("check", content=folder).stderr


def test_a_content_folder_that_is_not_there(command: Command) -> None:
    """One line, and not one for everything that is not in it."""
    done = command("check", content="nowhere")
    assert done.exit_code == 1
    assert done.stderr == (
        "STEADY_DRIP_CONTENT: is no folder; name the one that has prompts_library/, cards/ and manifest/\n"
    )


def test_a_settings_file_that_is_no_text(command: Command, here: Path) -> None:
    """It is named, and the content is looked at all the same."""
    (here / ".env").write_bytes(b"STEADY_DRIP_ORGANISATION=caf\xe9\n")
    done = command("check")
    assert done.exit_code == 1
    assert done.stderr == ".env:1: the file is not UTF-8 text; save it as UTF-8\n"
