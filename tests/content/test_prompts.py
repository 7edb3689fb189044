"""One prompt's file: what is taken, and each kind of mistake with its line and how to mend it."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.library.prompts import EVERYONE, App, DataRule
from bot.domain.staff.people import Licence
from bot.errors import Problems
from tests.content.prompt_files import LINE, loaded, written


def refused(path: Path) -> list[str]:
    """The problems of a prompt's file, without the folder."""
    with pytest.raises(Problems) as caught:
        loaded(path)
    return [line.removeprefix(f"{path.parent}/") for line in caught.value.lines]


def test_a_whole_file_is_a_prompt(tmp_path: Path) -> None:
    """Every field arrives, typed."""
    prompt = loaded(written(tmp_path, twin="other-notice"))
    assert (prompt.id, prompt.twin, prompt.roles) == ("sample-notice", "other-notice", ("ward-clerk",))
    assert (prompt.app, prompt.needs, prompt.data) == (App.COPILOT_CHAT, Licence.CHAT, DataRule.INTERNAL)
    assert prompt.text == "Write a notice for [our ward] in plain English."
    assert (prompt.reviewed_on, prompt.review_by) == (date(2026, 11, 20), date(2028, 11, 20))
    assert prompt.source == ""


def test_space_around_texts_is_dropped(tmp_path: Path) -> None:
    """A block's last line break is no part of the prompt."""
    assert loaded(written(tmp_path, prompt="Write this.\n", title=" A title ")).text == "Write this."


def test_everyone_needs_no_entry_among_the_roles(tmp_path: Path) -> None:
    """The role of prompts for all is known without being listed."""
    assert loaded(written(tmp_path, roles=["everyone"])).roles == (EVERYONE,)


WRONG: dict[str, tuple[str, object, str]] = {
    "a long title": ("title", "x" * 61, "title: has more than 60 characters; shorten it"),
    "a long task": ("task", "x" * 41, "task: has more than 40 characters; shorten it"),
    "a long prompt": ("prompt", "x" * 901, "prompt: has more than 900 characters; shorten it"),
    "a long reason": ("why", "x" * 401, "why: has more than 400 characters; shorten it"),
    "an empty title": ("title", "", "title: is empty; write at least one sentence"),
    "a check of spaces": ("check", "  \n ", "check: is empty; write at least one sentence"),
    "an unknown app": ("app", "word-perfect", "app: input should be 'copilot-chat', 'outlook'"),
    "an unknown licence": ("needs", "gold", "needs: input should be 'nothing', 'chat' or 'copilot'"),
    "unknown material": ("data", "secret", "data: input should be 'public', 'internal'"),
    "level nought": ("level", 0, "level: input should be greater than or equal to 1"),
    "level four": ("level", 4, "level: input should be less than or equal to 3"),
    "an hour and a minute": ("minutes", 61, "minutes: input should be less than or equal to 60"),
    "minutes in words": ("minutes", "five", "minutes: input should be a valid integer"),
    "a role as a text": ("roles", "ward-clerk", "roles: is not a list"),
    "no role at all": ("roles", [], "roles: has too few entries; name at least 1"),
    "an unknown role": (
        "roles",
        ["ward-clerk", "wizard"],
        "roles: wizard is not in roles.yaml; add it there",
    ),
    "an unknown skill": ("skill", "juggle", "skill: juggle is not in skills.yaml; choose one of them"),
    "an id of its own": ("id", "other-notice", "id: other-notice is not the file's name; make them the same"),
    "an id with capitals": ("id", "Sample Notice", "id: string should match pattern"),
    "a number as a title": ("title", 7, "title: is not a text; put quotation marks round it"),
    "a day in words": ("reviewed_on", "yesterday", "reviewed_on: input should be a valid date"),
    "a review before itself": ("review_by", "2026-11-20", "review_by: must be later than reviewed_on"),
}


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG.values(), ids=WRONG)
def test_a_wrong_value_is_named_with_its_line(
    tmp_path: Path, field: str, value: object, sentence: str
) -> None:
    """One problem, at the field's own line, that says what to do."""
    path = renamed(tmp_path, value) if field == "id" else written(tmp_path, "sample-notice", **{field: value})
    (problem,) = refused(path)
    assert problem.startswith(f"sample-notice.yaml:{LINE[field]}: {sentence}")


def renamed(folder: Path, prompt_id: object) -> Path:
    """A prompt whose id is not its file's name."""
    path = written(folder)
    path.write_text(path.read_text("utf-8").replace('"sample-notice"', f'"{prompt_id}"'), encoding="utf-8")
    return path


@pytest.mark.parametrize("field", sorted(set(LINE) - {"id"}))
def test_every_field_is_needed(tmp_path: Path, field: str) -> None:
    """A field that is left out is named."""
    assert refused(written(tmp_path, "sample-notice", **{field: None})) == [
        f"sample-notice.yaml:1: {field}: is missing; add it"
    ]


def test_an_unknown_field_is_named(tmp_path: Path) -> None:
    """A misspelt field is not silently dropped."""
    (problem,) = refused(written(tmp_path, notes="x"))
    line = len(LINE) + 1
    expected = "notes: is not a field of this file; correct its name or take it out"
    assert problem == f"sample-notice.yaml:{line}: {expected}"


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """Three wrong fields are three problems, in the order of their lines."""
    problems = refused(written(tmp_path, title="", level=9, minutes=0))
    assert [problem.split(": ")[1] for problem in problems] == ["title", "level", "minutes"]


def test_what_the_library_says_is_checked_at_once(tmp_path: Path) -> None:
    """A wrong role, skill and date in one file are three problems."""
    problems = refused(written(tmp_path, roles=["wizard"], skill="juggle", review_by="2020-01-01"))
    assert [problem.split(": ")[1] for problem in problems] == ["roles", "skill", "review_by"]


@pytest.mark.parametrize("content", ["", "just a sentence", "- a\n- list\n"])
def test_a_file_that_is_no_prompt_at_all(tmp_path: Path, content: str) -> None:
    """Empty, a text or a list: the file as a whole is named."""
    path = tmp_path / "sample-notice.yaml"
    path.write_text(content, encoding="utf-8")
    assert refused(path) == [
        "sample-notice.yaml:1: the whole file: is not made of `name: value` lines; write it so"
    ]
