"""To the gallery's format and back: nothing of ours is lost, and nothing of others is trusted."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from bot.config import HOME
from bot.content.files import read_yaml
from bot.content.gallery.exporting import export, folder_name
from bot.content.gallery.importing import keep, read_sample, take_in
from bot.content.gallery.sample import LONGEST, SAMPLE
from bot.content.gates.checking import reminders
from bot.content.library import INCOMING, prompt_paths, read_sources
from bot.content.prompts import PromptFile
from bot.domain.json import Json
from bot.errors import Problems
from tests.content.gallery_files import prompt_files
from tests.content.prompt_files import library

FOREIGN: Mapping[str, Json] = {
    "name": "copilotprompts-m365-sample-minutes-prompt",
    "source": "pnp",
    "title": "Sample: shape minutes",
    "shortDescription": "Turns notes into minutes.",
    "url": "https://gallery.example/m365-sample-minutes-prompt",
    "longDescription": ["Turns notes into minutes."],
    "creationDateTime": "2026-01-02",
    "products": ["Microsoft 365 Copilot"],
    "metadata": [],
    "thumbnails": [
        {"type": "image", "order": 100, "url": "https://gallery.example/x.png", "alt": "A sample"}
    ],
    "authors": [{"gitHubAccount": "sample", "pictureUrl": "", "name": "Sample Author"}],
    "references": [],
}
README = "# Sample\n\n## Summary\n\nNotes.\n\n## Prompt 💡\n\n{}\n\n## Description\n\nMore.\n"


def foreign(
    folder: Path, readme: str = README.format("Write minutes."), changes: Mapping[str, Json] | None = None
) -> Path:
    """Somebody else's sample on disk."""
    (folder / "assets").mkdir(parents=True)
    sample = json.dumps([{**FOREIGN, **(changes or {})}])
    (folder / "assets" / "sample.json").write_text(sample, encoding="utf-8")
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    """Why a sample is not taken, without the folder."""
    with pytest.raises(Problems) as caught:
        read_sample(folder)
    return caught.value.lines[0].replace(f"{folder}/", "")


# There and back


@given(prompt_files)
def test_nothing_of_ours_is_lost(file: PromptFile) -> None:
    """Out to the gallery's format, in again and through the file in which it waits."""
    with TemporaryDirectory() as name:
        out, shelf = Path(name) / "out", library(Path(name) / "library")
        assert export([file], out) == 1
        waiting = read_sample(out / folder_name(file))
        assert waiting.wants == ()
        path = keep(waiting, shelf)
        assert PromptFile.model_validate(read_yaml(path).values) == file


def test_the_whole_library_goes_there_and_back(tmp_path: Path) -> None:
    """Every prompt that ships."""
    files = [one.file for one in read_sources(HOME / "prompts_library").prompts]
    assert export(files, tmp_path / "out") == len(files)
    taken = take_in(tmp_path / "out", library(tmp_path / "library"))
    assert taken.problems == []
    back = {one.id: PromptFile.model_validate(one.values) for one in taken.waiting}
    assert back == {file.id: file for file in files}


def test_an_export_writes_over_nothing(tmp_path: Path) -> None:
    """A folder that holds something is not touched."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Problems, match="holds something already"):
        export([], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


# Somebody else's


def test_a_sample_of_the_gallery_waits_with_what_it_wants(tmp_path: Path) -> None:
    """What is there is kept; each field that is missing is named, and nothing is guessed."""
    waiting = read_sample(foreign(tmp_path / "sample"))
    assert waiting.values == {
        "id": "sample-minutes",
        "title": "Sample: shape minutes",
        "why": "Turns notes into minutes.",
        "prompt": "Write minutes.",
        "author": "Sample Author",
    }
    assert {want.partition(":")[0] for want in waiting.wants} == {
        *("roles", "task", "app", "needs", "level", "skill", "good", "check", "data", "minutes"),
        *("licence", "reviewed_on", "review_by"),
    }
    assert "# Wants roles: is missing; add it\n" in waiting.text()


def test_what_waits_is_no_part_of_the_library(tmp_path: Path) -> None:
    """Nobody is sent it, and the library is as well as before."""
    shelf = library(tmp_path / "library")
    before = prompt_paths(shelf)
    path = keep(read_sample(foreign(tmp_path / "sample")), shelf)
    assert path.parent.name == INCOMING
    assert prompt_paths(shelf) == before
    assert read_sources(shelf).problems == []
    assert reminders(read_sources(shelf), date(2026, 11, 24)) == [
        f"{path}:1: waits for a review; complete it and move it to the folder of its role"
    ]


def test_a_prompt_that_is_too_long_is_kept_whole(tmp_path: Path) -> None:
    """The reviewer shortens it; the import does not."""
    waiting = read_sample(foreign(tmp_path / "sample", README.format("word " * 400)))
    assert waiting.values["prompt"] == ("word " * 400).strip()
    assert "prompt: has more than 900 characters; shorten it" in waiting.wants


@pytest.mark.parametrize(
    ("readme", "prompt"),
    [
        (README.format("```\nIn a block.\n# No heading\n```\nNot this."), "In a block.\n# No heading"),
        (README.format("````text\nHas ``` in it.\n````"), "Has ``` in it."),
        ("# Prompt\n\nAt the end.", "At the end."),
        ("# Sample\n\nNo such heading.", None),
        ("", None),
    ],
)
def test_the_prompt_in_a_readme(tmp_path: Path, readme: str, prompt: str | None) -> None:
    """The block below its heading, or the text; missing where there is neither."""
    assert read_sample(foreign(tmp_path / "sample", readme)).values.get("prompt") == prompt


HOSTILE: dict[str, tuple[Mapping[str, Json], str]] = {
    "a path in the name": (
        {"name": "copilotprompts-../../../etc/passwd"},
        "assets/sample.json:1: id: must be of",
    ),
    "a path in our field": (
        {"metadata": [{"key": "STEADY-DRIP-ID", "value": "../ward-clerk/x"}]},
        "assets/sample.json:1: id: must be of",
    ),
    "no name": ({"name": ""}, "assets/sample.json:1: id: must be of"),
    "a very long name": ({"name": "a" * 81}, "assets/sample.json:1: id: must be of"),
    "a number as a title": ({"title": 7}, "assets/sample.json:1: 0.title: is not a text"),
    "metadata that is a text": ({"metadata": "x"}, "assets/sample.json:1: 0.metadata: is not a list"),
    "an object as a value": (
        {"metadata": [{"key": "a", "value": {}}]},
        "assets/sample.json:1: 0.metadata.0.value",
    ),
    "a thousand entries": (
        {"metadata": [{"key": "a", "value": "b"}] * 101},
        "assets/sample.json:1: 0.metadata: has too many entries",
    ),
    "a huge text": ({"title": "x" * 20_001}, "assets/sample.json:1: 0.title: has more than 20000 characters"),
}


@pytest.mark.parametrize(("changes", "sentence"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_sample_is_refused(tmp_path: Path, changes: Mapping[str, Json], sentence: str) -> None:
    """With its place and how to mend it, and nothing written."""
    assert refused(foreign(tmp_path / "sample", changes=changes)).startswith(sentence)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    """Neither of the two."""
    assert "has more than 200,000 bytes" in refused(foreign(tmp_path / "one", "x" * (LONGEST + 1)))
    assert "has more than 200,000 bytes" in refused(
        foreign(tmp_path / "two", changes={"title": "x" * LONGEST})
    )


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It may lead anywhere on the machine."""
    secret = tmp_path / "secret.txt"
    secret.write_text("# Prompt\n\nA secret.", encoding="utf-8")
    folder = foreign(tmp_path / "sample")
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to(secret)
    assert refused(folder) == "README.md:1: is a link to somewhere else; put the file itself there"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "assets/sample.json:1: holds 0 samples; one is wanted"),
        ("{}", "assets/sample.json:1: the whole file: is not a list"),
        ("[{]", "assets/sample.json:1: "),
        ("[" * 100_000, "assets/sample.json:1: "),
        ('[{"title": NaN}]', "assets/sample.json:1: 0."),
    ],
)
def test_a_file_that_is_no_sample(tmp_path: Path, text: str, sentence: str) -> None:
    """It is named, and no traceback comes."""
    folder = foreign(tmp_path / "sample")
    (folder / "assets" / "sample.json").write_text(text, encoding="utf-8")
    assert refused(folder).startswith(sentence)


def test_an_id_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    """In the library or among those that wait, or twice in one folder."""
    shelf = library(tmp_path / "library")
    foreign(tmp_path / "many" / "one", changes={"name": "clerk-notice"})
    foreign(tmp_path / "many" / "three")
    foreign(tmp_path / "many" / "two")
    taken = take_in(tmp_path / "many", shelf)
    assert [one.id for one in taken.waiting] == ["sample-minutes"]
    assert taken.problems == [
        f"{tmp_path / 'many' / 'one' / SAMPLE}:1: id: clerk-notice is here already; nothing was changed",
        f"{tmp_path / 'many' / 'two' / SAMPLE}:1: id: sample-minutes is here already; nothing was changed",
    ]


def test_a_folder_without_samples(tmp_path: Path) -> None:
    """It says what is wanted."""
    with pytest.raises(Problems, match=r"has no assets/sample\.json"):
        take_in(tmp_path, tmp_path)
