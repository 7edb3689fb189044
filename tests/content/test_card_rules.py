"""The rules that every card of ours keeps to, each broken once."""

import pytest

from bot.content.card_rules import INPUTS, LARGEST, broken_rules
from bot.domain.json import Json
from bot.domain.messages import MOST_STEPS
from tests.content.shapes import card

TEXT: dict[str, Json] = {"type": "TextBlock", "text": "Hello", "wrap": True}
INPUT: dict[str, Json] = {"type": "Input.Text", "id": "words", "label": "Words"}


def execute(**changes: Json) -> dict[str, Json]:
    """A button as it has to be, with something changed."""
    fallback: dict[str, Json] = {
        "type": "Action.Submit",
        "title": "Save",
        "data": {"prompt_id": "one", "verb": "save"},
    }
    button: dict[str, Json] = {
        "type": "Action.Execute",
        "title": "Save",
        "verb": "save",
        "data": {"prompt_id": "one"},
        "fallback": fallback,
    }
    return button | changes


def fallback(**changes: Json) -> dict[str, Json]:
    """The button with something changed in its fallback."""
    whole = execute()["fallback"]
    assert isinstance(whole, dict)
    return execute(fallback=whole | changes)


def test_a_card_that_keeps_to_the_rules() -> None:
    """Nothing is said of it."""
    chart: dict[str, Json] = {"type": "Chart.Pie", "fallback": TEXT}
    image: dict[str, Json] = {"type": "Image", "url": "https://x.invalid/", "altText": "A chart"}
    asked = INPUT | {"isRequired": True, "errorMessage": "Type something."}
    assert broken_rules(card(TEXT, chart, image, asked, INPUT, actions=[execute()])) == []


BROKEN: dict[str, tuple[dict[str, Json], str]] = {
    "another version": (card(version="1.6"), 'the card has to say "version": "1.5"'),
    "no fallback text": (
        card(fallbackText=""),
        "the card needs a fallbackText for clients that cannot show it",
    ),
    "too large": (card(TEXT | {"text": "é" * LARGEST}), "the card is over 20000 bytes; shorten it"),
    "too many actions": (
        card(actions=[execute()] * (MOST_STEPS + 1)),
        "the card has 7 actions; Teams shows 6",
    ),
    "too many in a row": (
        card({"type": "ActionSet", "actions": [execute()] * (MOST_STEPS + 1)}),
        "ActionSet has 7 actions; Teams shows 6",
    ),
    "a colour that speaks": (
        card(TEXT | {"color": "Attention", "weight": "Bolder"}),
        'TextBlock "Hello": says something by its colour; say it in words',
    ),
    "a background that speaks alone": (
        card({"type": "Container", "id": "rule", "style": "good", "items": [TEXT]}),
        'Container "rule": says something by its background; begin with it in bold words',
    ),
    "a name that leads nowhere": (
        card(TEXT | {"text": "Hello ${frist_name}"}),
        "${frist_name} stands on the card as it is; correct the name in the template",
    ),
    "text that is cut off": (
        card({"type": "TextBlock", "text": "Hello"}),
        'TextBlock "Hello": needs "wrap": true',
    ),
    "an input without a label": (card({"type": "Input.Text", "id": "w"}), "Input.Text w: needs a label"),
    "a required input without a word": (
        card(INPUT | {"isRequired": True}),
        "Input.Text words: is required, so it needs an errorMessage",
    ),
    "an image without words": (
        card({"type": "Image", "url": "https://x.invalid/"}),
        "Image: needs an altText",
    ),
    "a chart for some": (
        card({"type": "Chart.Donut"}),
        "Chart.Donut: needs a fallback, for clients without charts",
    ),
    "a red button": (
        card(actions=[{"type": "Action.OpenUrl", "title": "Go", "style": "destructive"}]),
        "Action.OpenUrl Go: Teams does not style positive and destructive actions",
    ),
    "an unknown verb": (
        card(actions=[execute(verb="juggle")]),
        'Action.Execute "Save": juggle is not a verb of bot/domain/commands/',
    ),
    "a button for some": (
        card(actions=[execute(fallback="drop")]),
        'Action.Execute "Save": needs a fallback to Action.Submit',
    ),
    "a button that falls back to a link": (
        card(actions=[fallback(type="Action.OpenUrl")]),
        'Action.Execute "Save": needs a fallback to Action.Submit',
    ),
    "a fallback with another title": (
        card(actions=[fallback(title="Keep")]),
        'Action.Execute "Save": the fallback needs the same title and data, and the verb',
    ),
    "a fallback with other data": (
        card(actions=[fallback(data={"prompt_id": "two", "verb": "save"})]),
        'Action.Execute "Save": the fallback needs the same title and data, and the verb',
    ),
    "a fallback without its verb": (
        card(actions=[fallback(data={"prompt_id": "one"})]),
        'Action.Execute "Save": the fallback needs the same title and data, and the verb',
    ),
}


@pytest.mark.parametrize(("broken", "sentence"), BROKEN.values(), ids=BROKEN)
def test_each_broken_rule_is_said(broken: dict[str, Json], sentence: str) -> None:
    """One sentence, that says what to mend; an unknown verb is wrong in the button and its fallback."""
    assert sentence in broken_rules(broken)
    assert len(broken_rules(broken)) == (2 if "juggle" in sentence else 1)


@pytest.mark.parametrize("kind", INPUTS)
def test_every_kind_of_input_needs_a_label(kind: str) -> None:
    """Screen readers say the label."""
    assert broken_rules(card({"type": kind, "id": "x"})) == [f"{kind} x: needs a label"]


def test_the_rules_hold_however_deep() -> None:
    """In a container, a column, a chart's fallback, and a card that opens in the card."""
    bare: dict[str, Json] = {"type": "TextBlock", "text": "Deep"}
    columns: dict[str, Json] = {"type": "ColumnSet", "columns": [{"type": "Column", "items": [bare]}]}
    chart: dict[str, Json] = {"type": "Chart.Pie", "fallback": {"type": "Container", "items": [bare]}}
    opening: dict[str, Json] = {"type": "Action.ShowCard", "title": "More", "card": card(bare)}
    broken = broken_rules(card(columns, chart, actions=[opening]))
    assert broken == ['TextBlock "Deep": needs "wrap": true'] * 3


def test_every_broken_rule_is_said_at_once() -> None:
    """One mistake hides no other."""
    wrong = card({"type": "TextBlock", "text": "a"}, {"type": "Image"}, version="1.0", fallbackText="")
    assert len(broken_rules(wrong)) == 4
