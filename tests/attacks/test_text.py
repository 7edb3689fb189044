"""What people write is shown as text: no markdown, no HTML, no card of their own, wherever it appears."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import HOME
from bot.domain.json import Json
from tests.attacks.front import CHAMPION, HOSTILE, REVIEWER, STAFF, Front

in_the_loop = pytest.mark.asyncio(loop_scope="package")

PLAIN = {"TextRun.text", "Input.Text.value", "Action.Execute.tooltip", "Action.Submit.tooltip"}
"""Where Teams shows what it is given as it is; a TextBlock, a fact and a choice interpret markdown."""

MARKS = ("**bold**", "evil.invalid", "<b onclick")


def places(node: Json, kind: str = "") -> Iterator[str]:
    """Where on a card something of the hostile text stands: the element's type and property."""
    if isinstance(node, list):
        for inner in node:
            yield from places(inner, kind)
    if isinstance(node, dict):
        kind = str(node.get("type", kind))
        for name, value in node.items():
            if isinstance(value, str) and any(mark in value for mark in MARKS):
                yield f"{kind}.{name}"
            yield from places(value, kind)


def shared(text: str) -> Json:
    """A prompt whose every part is hostile."""
    return {"title": text[:60], "prompt": text, "role": "ward-clerk", "check": text, "data": "public"}


@in_the_loop
async def test_a_shared_prompt_is_shown_as_it_was_typed(busy: Front) -> None:
    """To its reviewer: every mark of it stands in a place that interprets nothing."""
    await busy.press(CHAMPION, "share", shared(HOSTILE))
    card = await busy.press(REVIEWER, "reviews")
    found = set(places(card))
    assert found
    assert found <= PLAIN
    assert HOSTILE in json.dumps(card, ensure_ascii=False).encode().decode().replace('\\"', '"')


@in_the_loop
async def test_a_champions_name_is_shown_as_text(busy: Front) -> None:
    """As the roster has it, where champions are suggested."""
    await busy.press(STAFF, "set_up", {"role": "ward-clerk", "licence": "chat", "days": "0,1"})
    card = await busy.press(STAFF, "champion", {"prompt_id": "ward-clerk-phone-words"})
    found = set(places(card))
    assert found
    assert found <= PLAIN


OURS = {
    "champion": {"${title}"},
    "note": {"${title}"},
    "prompt_list": {"${title}"},
    "privacy": {"${threshold}"},
    "pulse": {"${closes}", "${threshold}"},
    "rule": {"${if(empty(verdict), 'Our rules do not say', verdict)}", "${link}"},
    "settings": {"${rota_day}"},
    "tip": {"${app}", "${link}", "${rules_link}"},
}
"""Expressions where markdown is interpreted: sentences of ours, or settings; never typed by a person."""


def interpreted(node: Json) -> Iterator[str]:
    """The texts of a template that Teams reads as markdown and that hold an expression."""
    if isinstance(node, list):
        for inner in node:
            yield from interpreted(inner)
    if isinstance(node, dict):
        names = (
            ("text",) if node.get("type") == "TextBlock" else ("title", "value") if "type" not in node else ()
        )
        yield from (str(node[name]) for name in names if "${" in str(node.get(name, "")))
        for key, value in node.items():
            if key != "choices":  # the service's own lists of roles, days and answers
                yield from interpreted(value)


@pytest.mark.parametrize(
    "path",
    [p for p in sorted((HOME / "cards").glob("*.json")) if ".sample" not in p.name],
    ids=lambda p: p.stem,
)
def test_templates_keep_what_people_type_out_of_markdown(path: Path) -> None:
    """A person's words go into a TextRun; a new expression elsewhere has to be thought about first."""
    texts = interpreted(json.loads(path.read_text("utf-8")))
    expressions = {found for text in texts for found in re.findall(r"\$\{[^}]*\}", text)}
    new = expressions - OURS.get(path.stem, set())
    assert new == set(), "put a person's words into a TextRun; name the service's own words in OURS"
