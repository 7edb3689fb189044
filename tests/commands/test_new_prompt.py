"""`prompts new`, as somebody types it: asked again with the reason, and nothing written over."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.content.files import read_yaml
from bot.content.library import load_library
from bot.content.writing import SCHEMA_LINE
from tests.commands.processes import environment
from tests.content.copies import copy_of_content

ANSWERS: Mapping[str, str] = {
    "roles": "ward-clerk",
    "task": "Order wrist bands",
    "title": "Ask stores for one thing at a time",
    "id": "",
    "app": "copilot-chat",
    "needs": "chat",
    "level": "1",
    "skill": "ask-well",
    "why": "You ring stores three times a week.",
    "prompt": "Write a short request to stores for [what we need].\n\nSay how many and by when.\n.",
    "good": "One line for each thing, with a number.",
    "check": "Hold each number in the request against the list on the stores cupboard.",
    "data": "internal",
    "minutes": "5",
    "author": "A sample champion",
    "licence": "",
    "reviewed_on": "",
    "review_by": "",
}
NAME = "ward-clerk-stores-thing-time"


@pytest.fixture
def content(here: Path) -> Path:
    """A copy of the content to add to."""
    return copy_of_content(here / "content")


def typed(content: Path, lines: str) -> Result:
    """The command with everything that is typed into it."""
    return CliRunner().invoke(app, ["prompts", "new"], input=lines, env=environment({"content": content}))


def lines(**changes: str) -> str:
    """The answers, some of them changed; several lines are several tries."""
    return "".join(f"{answer}\n" for answer in {**ANSWERS, **changes}.values())


def test_answers_become_a_prompt_of_the_library(content: Path) -> None:
    """Where it belongs, with the schema's line, and taken by the whole library."""
    done = typed(content, lines())
    assert done.exit_code == 0, done.output
    path = content / "prompts_library" / "ward-clerk" / f"{NAME}.yaml"
    assert done.stdout.splitlines()[-1].startswith(f"Wrote {path}.")
    assert path.read_text("utf-8").startswith(SCHEMA_LINE)
    (prompt,) = [one for one in load_library(content / "prompts_library").prompts if one.id == NAME]
    assert prompt.text == "Write a short request to stores for [what we need].\n\nSay how many and by when."
    assert prompt.licence == "CC-BY-4.0"
    assert (prompt.review_by - prompt.reviewed_on).days == 730


TRIES: dict[str, tuple[str, str, str]] = {
    "an unknown role": (
        "roles",
        "wizard\nward-clerk",
        "wizard is not known; choose from everyone, ward-clerk",
    ),
    "a long title": (
        "title",
        f"{'x' * 61}\nAsk stores for one thing at a time",
        "has more than 60 characters",
    ),
    "an id with capitals": ("id", "Ward Clerk\n", "string should match pattern"),
    "an id that is taken": ("id", "ward-clerk-missing-notes\n", "is the id of another prompt"),
    "a level in words": ("level", "easy\n1", "input should be a valid integer"),
    "an unknown skill": ("skill", "juggle\nask-well", "juggle is not known"),
    "minutes of a day": ("minutes", "1440\n5", "input should be less than or equal to 60"),
    "a review before itself": ("review_by", "2001-01-01\n", "must be later than the day"),
    "a day that is none": ("reviewed_on", "2026-02-30\n", "input should be a valid date"),
}


@pytest.mark.parametrize(("name", "answers", "reason"), TRIES.values(), ids=TRIES)
def test_a_bad_answer_is_asked_again_with_the_reason(
    content: Path, name: str, answers: str, reason: str
) -> None:
    """And the better one is taken."""
    done = typed(content, lines(**{name: answers}))
    assert done.exit_code == 0, done.output
    assert reason in done.stdout
    assert (content / "prompts_library" / "ward-clerk" / f"{NAME}.yaml").is_file()


def test_what_the_gates_find_is_asked_again(content: Path) -> None:
    """American spelling and a bare check, each with its reason."""
    done = typed(
        content,
        f"{lines(why='Color helps.', check='Check for mistakes.')}{ANSWERS['why']}\n{ANSWERS['check']}\n",
    )
    assert done.exit_code == 0, done.output
    assert "“Color” is American; write “Colour”" in done.stdout
    assert "check: is bare" in done.stdout


def test_paid_copilot_asks_for_the_twin(content: Path) -> None:
    """Its id, or why there is none."""
    done = typed(content, lines(app="word", needs="copilot\nnowhere\n\nIt reads the file itself."))
    assert done.exit_code == 0, done.output
    assert "nowhere is not in the library" in done.stdout
    values = read_yaml(content / "prompts_library" / "ward-clerk" / f"{NAME}.yaml").values
    assert isinstance(values, dict)
    assert values["no_twin"] == "It reads the file itself."


def test_input_that_ends_early_writes_nothing(content: Path) -> None:
    """Half a prompt is none."""
    before = sorted((content / "prompts_library").rglob("*"))
    done = typed(content, "ward-clerk\nOrder wrist bands\n")
    assert done.exit_code == 1
    assert sorted((content / "prompts_library").rglob("*")) == before


def test_a_broken_library_is_mended_first(content: Path) -> None:
    """Ids could not be told apart."""
    path = content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml"
    path.write_text("id: [", encoding="utf-8")
    done = typed(content, lines())
    assert done.exit_code == 1
    assert str(path) in done.stderr
