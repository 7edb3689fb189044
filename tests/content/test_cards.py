"""Every message has a template, and the template shows it."""

import json
from dataclasses import fields
from pathlib import Path
from shutil import copytree

import pytest

from bot.config import HOME
from bot.content.cards import MESSAGES, Cards, expanded, load_templates
from bot.content.checking import samples
from bot.content.files import read_json
from bot.domain.messages import Message, Note, Step
from bot.errors import Problems, TemplateError
from tests.content.shapes import message_of

FOLDER = HOME / "cards"
SAMPLES = list(samples(FOLDER))
NAMES = [path.name for _, path in SAMPLES]


@pytest.fixture(scope="module")
def cards() -> Cards:
    """The cards as they ship."""
    return Cards(FOLDER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the templates to break."""
    return Path(copytree(FOLDER, tmp_path / "cards"))


def test_every_message_has_a_template_of_its_own() -> None:
    """The names differ, and there is a file for each."""
    names = [message.template for message in MESSAGES]
    assert len(set(names)) == len(names) == 20
    assert set(load_templates(FOLDER)) == set(names)


def test_every_message_has_sample_data() -> None:
    """There is a first sample for each, which the Designer opens."""
    assert {message for message, _ in SAMPLES} == set(MESSAGES)
    assert {f"{message.template}.sample.json" for message in MESSAGES} <= set(NAMES)


@pytest.mark.parametrize(("kind", "path"), SAMPLES, ids=NAMES)
def test_a_real_message_gives_the_card_of_its_sample(kind: type[Message], path: Path, cards: Cards) -> None:
    """A message that holds what the sample holds is rendered to the same card, which can be sent as JSON."""
    data = read_json(path)
    message = message_of(kind, data)
    card = cards.render(message)
    assert card == expanded(load_templates(FOLDER)[kind.template], data)
    assert json.loads(json.dumps(card, allow_nan=False)) == card


@pytest.mark.parametrize(("kind", "path"), SAMPLES, ids=NAMES)
def test_every_text_of_a_sample_is_on_its_card(kind: type[Message], path: Path) -> None:
    """No field of a message is forgotten by its template, but those that only choose what is shown."""
    data = read_json(path)
    assert isinstance(data, dict)
    shown = json.dumps(expanded(load_templates(FOLDER)[kind.template], data), ensure_ascii=False)
    texts = [value for value in data.values() if isinstance(value, str) and " " in value]
    assert [text for text in texts if json.dumps(text, ensure_ascii=False)[1:-1] not in shown] == []


def test_every_field_of_a_message_is_used_by_its_template() -> None:
    """What no template shows need not be composed; but why something was refused is for the log alone.

    The language chooses the template itself.
    """
    unused = [
        f"{message.template}: {field.name}"
        for message in MESSAGES
        for field in fields(message)
        if field.name not in {"refused", "language"}
        and field.name not in (FOLDER / f"{message.template}.json").read_text("utf-8")
    ]
    assert unused == []


def test_what_somebody_typed_is_shown_as_typed() -> None:
    """Expressions in a message's own text are not carried out."""
    note = Note("${title}", ["${1 + 1}", 'a "quote" \\ and ${$root.steps}'], [Step("Go", "help")])
    text = json.dumps(Cards(FOLDER).render(note))
    assert "${1 + 1}" in text
    assert "${$root.steps}" in text


def test_rendering_leaves_the_templates_alone() -> None:
    """The same message gives the same card, however often."""
    cards = Cards(FOLDER)
    note = Note("Title", ["One", "Two"], [])
    first = cards.render(note)
    first["body"] = []
    assert cards.render(note) != first


def test_missing_and_broken_templates_are_all_named(folder: Path) -> None:
    """A card service that cannot show everything does not start."""
    (folder / "tip.json").unlink()
    (folder / "note.json").write_text('{\n"type": }', encoding="utf-8")
    with pytest.raises(Problems) as caught:
        Cards(folder)
    assert caught.value.lines == [
        f"{folder}/tip.json:1: the file is missing; put it back",
        f"{folder}/note.json:2: Expecting value; mend the JSON there",
    ]


def test_a_message_without_a_template(folder: Path) -> None:
    """A class of message that the folder does not know is an error at once, not an empty card."""

    class Unknown(Note):
        template = "unknown"

    with pytest.raises(KeyError, match="unknown"):
        Cards(folder).render(Unknown("Title", [], []))


def test_a_template_that_is_no_object(folder: Path) -> None:
    """A list cannot be a card."""
    (folder / "note.json").write_text("[]", encoding="utf-8")
    with pytest.raises(TemplateError, match="must be a JSON object"):
        Cards(folder).render(Note("Title", [], []))
