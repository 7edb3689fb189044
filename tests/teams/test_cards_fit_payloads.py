"""Every button of every card, pressed: what the cards send is what the payloads take."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.cards import expanded
from bot.content.files import read_json
from bot.domain.json import Json
from bot.teams import payloads

CARDS = Path(__file__).parents[2] / "cards"
SAMPLES = sorted(CARDS.glob("*.sample*.json"))
Object = dict[str, Json]


def _parts(node: Json) -> Iterator[Object]:
    """Every JSON object in a card, but not the ones in a button's fallback."""
    if isinstance(node, dict):
        yield node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        if key != "fallback":
            yield from _parts(value)


def _filled_in(element: Object) -> str:
    """What Teams sends for an input that somebody filled in: always text."""
    choices = element.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return str(element.get("value") or choices[0]["value"])
    return str(element.get("value") or "words")


def _pressed(button: Object, inputs: dict[str, str]) -> Object:
    """What a press sends: the button's own data, and the inputs unless it leaves them alone."""
    data = button.get("data") or {}
    assert isinstance(data, dict)
    return {**data, **({} if button.get("associatedInputs") == "none" else inputs)}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name.removesuffix(".json"))
def test_every_button_is_understood(sample: Path) -> None:
    """The Execute and its Submit fallback give the same command, with the form filled in."""
    card = expanded(read_json(CARDS / f"{sample.name.split('.')[0]}.json"), read_json(sample))
    parts = list(_parts(card))
    inputs = {str(p["id"]): _filled_in(p) for p in parts if str(p.get("type")).startswith("Input.")}
    for button in (p for p in parts if p.get("type") == "Action.Execute"):
        submit = button["fallback"]
        assert isinstance(submit, dict)
        command = payloads.command(button["verb"], _pressed(button, inputs))
        assert payloads.from_submit(_pressed(submit, inputs)) == command


def test_there_are_cards_to_press() -> None:
    """An empty folder would pass in silence."""
    assert len(SAMPLES) >= 12
