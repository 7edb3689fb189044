"""Everything that can be wrong with the content, planted in a copy of it and found in one go."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.config import HOME
from bot.content.checking import problems, reminders, rendered_samples, samples
from bot.domain.json import Json
from bot.errors import Problems, TemplateError
from tests.content.copies import copy_of_content

TODAY = date(2026, 11, 24)
Edit = Callable[[str, str, str], None]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the real content to break."""
    return copy_of_content(tmp_path / "content")


@pytest.fixture
def edit(content: Path) -> Edit:
    """Replaces the first of a piece of text in one file."""

    def replaced(name: str, old: str, new: str) -> None:
        path = content / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replaced


def found(content: Path) -> list[str]:
    """The problems, without the folder."""
    return [line.replace(f"{content}/", "") for line in problems(content, TODAY)]


def change(path: Path, **changes: Json) -> None:
    """Change fields of a JSON file; None takes one out."""
    values = json.loads(path.read_text("utf-8")) | changes
    kept = {name: value for name, value in values.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")


def plant_one_of_each(content: Path, edit: Edit) -> None:
    """A broken prompt, a template's typing error, a poor sample, a card with 7 actions, a wrong manifest."""
    edit("prompts_library/ward-clerk/ward-clerk-phone-words.yaml", "level: ", "levle: ")
    edit("cards/privacy.json", "${contact}", "${contcat}")
    change(content / "cards" / "review.sample.json", author=None)
    button: Json = {"type": "Action.OpenUrl", "title": "Go", "url": "https://x.invalid/"}
    change(content / "cards" / "note.json", actions=[button] * 7)
    edit("manifest/manifest.json", '"accentColor": "#', '"accentColour": "#')


def test_the_content_is_well() -> None:
    """What is in the repository has no problem."""
    assert problems(HOME, TODAY) == []


def test_a_copy_is_well(content: Path) -> None:
    """What the other tests plant is the only thing wrong with their copy."""
    assert found(content) == []


def test_one_of_each_is_found_at_once(content: Path, edit: Edit) -> None:
    """Five mistakes in five files: each is named, and none hides another."""
    plant_one_of_each(content, edit)
    lines = found(content)
    files = {line.split(":")[0] for line in lines}
    assert files == {
        "prompts_library/ward-clerk/ward-clerk-phone-words.yaml",
        "cards/privacy.json",
        "cards/review.json",
        "cards/review.sample.json",
        "cards/note.json",
        "manifest/manifest.json",
    }
    text = "\n".join(lines)
    assert "levle: is not a field of this file" in text
    assert "with privacy.sample.json: ${contcat} stands on the card as it is" in text
    assert "author: is missing from the sample; add it" in text
    assert "with note.sample.json: the card has 7 actions; Teams shows 6" in text
    assert "accentColor" in text


def test_every_problem_says_where(content: Path, edit: Edit) -> None:
    """Each line begins with a file and a line number, so that an editor can jump there."""
    plant_one_of_each(content, edit)
    for line in problems(content, TODAY):
        path, number, what = line.split(":", 2)
        assert Path(path).exists()
        assert int(number) >= 1
        assert what.strip()


def test_a_template_that_is_no_json(content: Path) -> None:
    """Its samples are looked at all the same, and so are the other cards."""
    (content / "cards" / "note.json").write_text("{\n  oops\n}", encoding="utf-8")
    change(content / "cards" / "note.sample.json", colour="red")
    change(content / "cards" / "tip.json", version="1.3")
    lines = found(content)
    assert lines[0].startswith("cards/tip.json:1: with tip.sample-by-hand.json: the card has to say")
    assert [line for line in lines if line.startswith("cards/note")] == [
        "cards/note.json:2: Expecting property name enclosed in double quotes; mend the JSON there",
        "cards/note.sample.json:1: colour: is not a field of Note; correct its name or take it out",
    ]


def test_an_expression_that_cannot_be_carried_out(content: Path, edit: Edit) -> None:
    """The template is named with the sample that shows it."""
    edit("cards/privacy.json", "${contact}", "${nosuch(contact)}")
    lines = found(content)
    assert lines
    assert all(line.startswith("cards/privacy.json:1: with privacy.sample") for line in lines)


@pytest.mark.parametrize("written", ["null", "[]", '"text"'])
def test_a_sample_that_is_no_object(content: Path, written: str) -> None:
    """Fields cannot come out of it."""
    (content / "cards" / "note.sample.json").write_text(written, encoding="utf-8")
    assert found(content) == [
        "cards/note.sample.json:1: the file must hold one JSON object; put braces round it"
    ]


def test_a_template_that_is_no_object(content: Path) -> None:
    """It is said once, not once a sample."""
    (content / "cards" / "note.json").write_text("[]", encoding="utf-8")
    assert found(content) == ["cards/note.json:1: the file must hold one JSON object; put braces round it"]


def test_missing_samples_and_stray_files(content: Path) -> None:
    """A card without sample data is unchecked, and a misnamed sample is never read."""
    (content / "cards" / "review.sample.json").rename(content / "cards" / "reveiw.sample.json")
    assert found(content) == [
        "cards/review.json:1: has no sample data; add review.sample.json",
        "cards/reveiw.sample.json:1: belongs to no message; correct its name or delete it",
    ]


def test_a_folder_without_content(tmp_path: Path) -> None:
    """Everything that is missing is named, and nothing is raised."""
    lines = found(tmp_path)
    assert f"{tmp_path / 'prompts_library'}:1: there is no such folder" in problems(tmp_path, TODAY)[0]
    assert "cards/tip.json:1: the file is missing; put it back" in lines
    assert lines[-1].startswith("manifest/manifest.json:1: ")


def test_default_rules_are_a_reminder_not_a_problem(content: Path, edit: Edit) -> None:
    """The reminder goes away with the line that says so."""
    (line,) = reminders(content, TODAY)
    assert line.startswith(f"{content}/prompts_library/local_rules.yaml:1: ")
    edit("prompts_library/local_rules.yaml", "replace_me: true\n", "")
    assert reminders(content, TODAY) == []


def test_no_reminder_of_rules_that_are_broken(content: Path) -> None:
    """The problems say it all."""
    (content / "prompts_library" / "local_rules.yaml").unlink()
    assert reminders(content, TODAY) == []


def test_a_review_that_is_due_soon_is_a_reminder(content: Path) -> None:
    """While it counts; the day after it is a problem, and nobody gets the prompt any more."""
    name = "prompts_library/everyone/everyone-too-smooth.yaml"
    path = content / name
    path.write_text(re.sub("review_by: .*", "review_by: 2026-12-24", path.read_text("utf-8")), "utf-8")
    assert any(f"{name}:" in line and "runs out in 30 days" in line for line in reminders(content, TODAY))
    assert problems(content, TODAY) == []
    (line,) = problems(content, date(2026, 12, 25))
    assert "review_by: ran out" in line


def test_rendered_samples_are_all_samples() -> None:
    """Each with the name of its file."""
    rendered = [path for path, _ in rendered_samples(HOME / "cards")]
    assert rendered == [path for _, path in samples(HOME / "cards")]


def test_what_cannot_be_rendered_is_raised(content: Path, edit: Edit) -> None:
    """A broken template and a missing one each end the rendering with their error."""
    edit("cards/privacy.json", "${contact}", "${nosuch(contact)}")
    with pytest.raises(TemplateError):
        list(rendered_samples(content / "cards"))
    (content / "cards" / "tip.json").unlink()
    with pytest.raises(Problems):
        list(rendered_samples(content / "cards"))
