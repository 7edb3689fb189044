"""What stands on buttons, typed instead of pressed, does what the button does."""

import ast
import json
from collections.abc import Iterator

import pytest

from bot.config import HOME
from bot.domain.commands import FindPrompts
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.json import Json
from bot.domain.typed.phrases import understand
from bot.teams import payloads

OTHERWISE = frozenset(
    {"Send my first tip", "Find a champion", "Cancel", "Later", "Keep this", "Yes, erase it all"}
)
"""What a card fills in or takes for granted, and what is asked once more before much is lost."""

PRESSED = {Subject.UNDER_THE_QUESTION, Subject.UNDER_THE_TIP}


def actions(part: Json) -> Iterator[tuple[str, str, bool]]:
    """The label of each button of a card, its verb, and whether it carries more."""
    if isinstance(part, dict):
        if part.get("type") == "Action.Execute":
            yield (
                str(part["title"]),
                str(part["verb"]),
                "data" in part or part.get("verb") == "change_settings",
            )
        for inner in part.values():
            yield from actions(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from actions(inner)


def steps(source: str) -> Iterator[tuple[str, str, bool]]:
    """The same of each step that a service offers with fixed words."""
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(
                func=ast.Name("Step") | ast.Attribute(attr="Step"),
                args=[ast.Call(args=[ast.Constant(str(title))]), ast.Constant(str(verb)), *more],
            ):
                yield title, verb, bool(more)


def labels() -> list[tuple[str, str, bool]]:
    """Every label that is the same for everybody."""
    cards = [path for path in (HOME / "cards").glob("*.json") if ".sample" not in path.name]
    found = {one for path in cards for one in actions(json.loads(path.read_text("utf-8")))}
    for path in (HOME / "bot" / "services").rglob("*.py"):
        found |= set(steps(path.read_text("utf-8")))
    return sorted(one for one in found if "{" not in one[0])


@pytest.mark.parametrize(("label", "verb", "carries_more"), labels())
def test_a_typed_label_does_what_its_button_does(label: str, verb: str, carries_more: bool) -> None:  # noqa: FBT001 - from a table
    """Where the button has a subject, a note says to press it; no label is a question for the library."""
    meant = understand(label)
    assert not isinstance(meant, FindPrompts)
    if label not in OTHERWISE and not carries_more:
        assert meant == payloads.command(verb, {})
    if isinstance(meant, Remark):
        assert meant.subject in PRESSED


def test_labels_are_found() -> None:
    """Of cards and of services: the test above looks at something."""
    titles = {label for label, _, _ in labels()}
    assert {
        "Send my first tip",
        "Show me a tip",
        "Stop all messages",
        "Start again",
        "What can I do?",
    } <= titles
