"""What every card of ours keeps to, beside the official schema: said once, checked on every sample."""

import json
import re
from collections.abc import Iterator

from bot.domain.commands import VERBS
from bot.domain.json import Json
from bot.domain.messages import MOST_STEPS

LARGEST = 20_000
"""Bytes of a card as JSON. Teams takes about 100 KB in UTF-16; ours are read on phones."""

SPEAKING = ("Good", "Warning", "Attention")
BACKGROUNDS = ("good", "warning", "attention")
"""Colours that stand for something; the accent stands for nothing."""

INPUTS = ("Input.Text", "Input.ChoiceSet", "Input.Number", "Input.Toggle", "Input.Date", "Input.Time")

Element = dict[str, Json]


def broken_rules(card: Element) -> list[str]:
    """Every rule that an expanded card breaks, as a sentence on what to mend."""
    elements = list(_elements(card))
    broken = list(_card_rules(card))
    for element in elements:
        broken.extend(_element_rules(element))
    return broken


def _card_rules(card: Element) -> Iterator[str]:
    text = json.dumps(card, ensure_ascii=False)
    if card.get("version") != "1.5":
        yield 'the card has to say "version": "1.5"'
    if not card.get("fallbackText"):
        yield "the card needs a fallbackText for clients that cannot show it"
    for left in dict.fromkeys(re.findall(r"\$\{[^}]*\}", text)):
        yield f"{left} stands on the card as it is; correct the name in the template"
    if len(text.encode()) > LARGEST:
        yield f"the card is over {LARGEST} bytes; shorten it"


def _element_rules(element: Element) -> Iterator[str]:
    kind = str(element.get("type", ""))
    name = element.get("id") or element.get("title") or element.get("text") or ""
    if kind == "TextBlock" and element.get("wrap") is not True:
        yield f'TextBlock "{name}": needs "wrap": true'
    if kind in INPUTS and not element.get("label"):
        yield f"{kind} {name}: needs a label"
    if kind in INPUTS and element.get("isRequired") and not element.get("errorMessage"):
        yield f"{kind} {name}: is required, so it needs an errorMessage"
    if kind == "Image" and not element.get("altText"):
        yield "Image: needs an altText"
    actions = element.get("actions", [])
    if isinstance(actions, list) and len(actions) > MOST_STEPS:
        holder = "the card" if kind == "AdaptiveCard" else kind
        yield f"{holder} has {len(actions)} actions; Teams shows {MOST_STEPS}"
    yield from _colour_rules(element, f'{kind} "{name}"')
    if kind.startswith("Chart.") and not element.get("fallback"):
        yield f"{kind}: needs a fallback, for clients without charts"
    if element.get("style") in ("positive", "destructive"):
        yield f"{kind} {name}: Teams does not style positive and destructive actions"
    if kind == "Action.Execute":
        yield from _execute_rules(element)


def _colour_rules(element: Element, called: str) -> Iterator[str]:
    """Whoever does not see a colour reads the same."""
    if element.get("color") in SPEAKING:
        yield f"{called}: says something by its colour; say it in words"
    if element.get("style") in BACKGROUNDS and not _has_bold_words(element):
        yield f"{called}: says something by its background; begin with it in bold words"


def _has_bold_words(element: Element) -> bool:
    return any(one.get("weight") == "Bolder" or "**" in str(one.get("text")) for one in _elements(element))


def _execute_rules(action: Element) -> Iterator[str]:
    title, verb, fallback = action.get("title"), action.get("verb"), action.get("fallback")
    if verb not in VERBS:
        yield f'Action.Execute "{title}": {verb} is not a verb of bot/domain/commands/'
    if not isinstance(fallback, dict) or fallback.get("type") != "Action.Submit":
        yield f'Action.Execute "{title}": needs a fallback to Action.Submit'
        return
    data = action.get("data", {})
    expected = {**(data if isinstance(data, dict) else {}), "verb": verb}
    if fallback.get("data") != expected or fallback.get("title") != title:
        yield f'Action.Execute "{title}": the fallback needs the same title and data, and the verb'


def _elements(value: Json) -> Iterator[Element]:
    """Every object of the card that has a type, fallbacks included, outermost first."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for one in value.values():
            yield from _elements(one)
    if isinstance(value, list):
        for one in value:
            yield from _elements(one)
