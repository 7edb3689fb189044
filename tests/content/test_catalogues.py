"""Every word of a card and every sentence that is said comes from a catalogue, whole and up to date."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from pathlib import Path
from shutil import copytree
from typing import Any, TypeAlias

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from bot.config import HOME
from bot.content.card_rules import broken_rules
from bot.content.card_texts import has_words, in_words, texts_of
from bot.content.cards import Cards, expanded, load_templates, translated
from bot.content.catalogues import Catalogue, catalogue_path, load_catalogues, wrong_names
from bot.content.checking import samples
from bot.content.files import read_json
from bot.content.library import load_library
from bot.domain.json import Json
from bot.domain.messages import Note
from bot.domain.own.data_words import (
    HELP_STAGES,
    MESSAGE_KINDS,
    OUTCOMES,
    RIGHTS,
    SHARED_STAGES,
    STANDINGS,
    STATES,
)
from bot.domain.own.datamap import DATA_MAP, Period
from bot.domain.text.language import Language, say, say_count
from bot.domain.text.language import in_words as in_tongue
from bot.domain.text.wording import day_in_words, listed, skill_in_words
from bot.domain.typed.fixed_phrases import WELSH
from bot.domain.typed.phrases import understand
from bot.errors import Problems
from bot.services import auditing

FOLDER = HOME / "cards"
LOCALES = FOLDER / "locale"
PO = catalogue_path(LOCALES, Language.WELSH)
CATALOGUE = load_catalogues(LOCALES)[Language.WELSH]
TEMPLATES = load_templates(FOLDER)
MOST_BYTES = 20_000

UNREAD = frozenset(
    {
        "$data",
        "$schema",
        "$when",
        "associatedInputs",
        "color",
        "displayMode",
        "highlight",
        "id",
        "lang",
        "size",
    }
    | {
        "spacing",
        "style",
        "targetElements",
        "type",
        "url",
        "value",
        "valueOff",
        "valueOn",
        "verb",
        "version",
        "weight",
        "width",
    }
)
"""Under these names a card holds what nobody reads. A new name has to be put here, or into `SHOWN`."""

SAID: dict[str, tuple[int, ...] | None] = {"say": None, "to_say": None, "say_count": (1, 2)}
"""What takes a sentence for the catalogue, as `make catalogues` names them, with the places of its forms."""

UNSAID: Mapping[str, str] = {
    "Rehearsal: nobody is real": "the team of the people that a load test makes up",
    "Rehearsal …": "the name of one of them",
    "Bearer …": "a header",
    "Bad Argument": "a code of Teams",
    "EEEE d MMMM y": "a pattern for days",
}
"""What reads like a sentence in domain, services and teams, and is nothing that people read; and why."""


Forms: TypeAlias = str | tuple[str, ...]
"""A sentence, or its forms for counts."""


def extracted() -> set[Forms]:
    """All that `make catalogues` would find."""
    with (LOCALES / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel's own
    found = extract_from_dir(HOME, methods, options, SAID, directory_filter=_is_ours)
    return {text if isinstance(text, str) else tuple(text) for _, _, text, _, _ in found}


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(HOME).parts[0] in {"bot", "cards", "prompts_library"}


def readable(part: Json, name: str = "", within: str = "") -> Iterator[str]:
    """Every text of a template that somebody reads, by what its name is not."""
    if isinstance(part, list):
        for one in part:
            yield from readable(one, name, within)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key != "data":
                yield from readable(value, key, name)
    elif isinstance(part, str) and (name not in UNREAD or (within == "facts" and name == "value")):
        yield part


def sentences(tree: ast.AST, *, said: bool = False) -> Iterator[tuple[str, bool]]:
    """Every text of a module that reads like a sentence or a title, and whether the catalogue gets it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr | ast.Raise) or (
            isinstance(node, ast.Assign) and _is_pattern(node.value)
        ):
            continue
        inside = said or (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID
        )
        text = _text(node)
        if text is None:
            yield from sentences(node, said=inside)
        elif re.match(r"[A-Z“].* .*[a-z.!?”…]$", text):
            yield text, said


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)  # type: ignore[misc]  # texts
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"


def test_the_catalogue_is_up_to_date() -> None:
    """It has what is said now, and nothing that is not said any more: else run `make catalogues`."""
    with PO.open("rb") as file:
        kept = {entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in read_po(file)}
    wanted = extracted()
    assert (wanted - kept, kept - wanted - {""}) == (set(), set()), "run `make catalogues`"


def test_the_catalogue_says_that_it_needs_a_review() -> None:
    """At its top, where a translator and whoever puts it into service look first."""
    assert "needs a review by a native speaker" in "".join(
        PO.read_text("utf-8").splitlines(keepends=True)[:3]
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_word_on_a_card_can_be_translated(name: str) -> None:
    """What somebody reads is what the catalogue gets, whatever new property it stands under."""
    read = {text for text in readable(TEMPLATES[name]) if has_words(text)}
    assert read == set(texts_of(TEMPLATES[name]))


@pytest.mark.parametrize("name", TEMPLATES)
def test_nothing_but_words_is_translated(name: str) -> None:
    """What buttons send, conditions and styles stay; the sentences that Welsh has are Welsh."""
    template = TEMPLATES[name]
    assert in_words(template, lambda text: text) == template
    welsh = list(texts_of(translated(template, CATALOGUE)))
    assert welsh == [CATALOGUE.text(text) for text in texts_of(template)]


def test_the_questions_roles_and_rules_are_there_in_welsh() -> None:
    """What a round asks, its answers, every role to choose, skills, and the local rules that ship with it."""
    library = load_library(HOME / "prompts_library")
    asked = [*library.questions.fixed, *(one for turn in library.questions.turns for one in turn)]
    texts = {text for one in asked for text in (one.text, *one.answers)} | set(library.roles.values())
    rules = [one.rule.text for one in library.rules.more] + [one.text for one in library.rules.rules.values()]
    topics = [topic.name for topic in library.rules.topics]
    skills = {skill_in_words(prompt.skill) for prompt in library.prompts}
    texts |= {library.rules.contact, *rules, *topics, *skills}
    assert texts - set(CATALOGUE.entries) == set()


def test_everything_is_there_in_welsh() -> None:
    """Whoever chose Welsh meets no English word of ours: a new one comes with its translation."""
    said = [text for text in extracted() if isinstance(text, str)]
    counted = [text for text in extracted() if not isinstance(text, str)]
    missing = [text for text in said if text not in CATALOGUE.entries]
    missing += [one for one, more in counted if CATALOGUE.counted(one, more, 1) == one]
    assert sorted(missing) == []


@pytest.mark.parametrize("text", CATALOGUE.entries)
def test_a_translation_fills_in_the_same(text: str) -> None:
    """Neither a placeholder nor a blank at an end gets lost."""
    other = CATALOGUE.entries[text]
    assert wrong_names(text, other) == ""
    assert (text[:1] == " ", text[-1:] == " ") == (other[:1] == " ", other[-1:] == " ")


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("Hello ${name}.", "Helo ${nme}."),
        ("Hello {name}.", "Helo {}."),
        ("${a}", "${if(a}"),
        ("{a}", "{a"),
        ("x {a}", "x"),
    ],
)
def test_a_wrong_translation_is_noticed(english: str, other: str) -> None:
    """The check above has teeth."""
    assert wrong_names(english, other)


def test_a_broken_catalogue_names_its_line(tmp_path: Path) -> None:
    """A service that would fail in the middle of a sentence does not start."""
    folder = Path(copytree(FOLDER, tmp_path / "cards"))
    path = catalogue_path(folder / "locale", Language.WELSH)
    with path.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Bye {name}."\nmsgstr "Hwyl {enw}."\n')
    with pytest.raises(Problems, match=r"steady_drip\.po:\d+: must name \['name'\]"):
        Cards(folder)
    path.unlink()
    with pytest.raises(Problems, match="is missing"):
        Cards(folder)


def test_an_unsure_translation_counts_as_none(tmp_path: Path) -> None:
    """What is marked fuzzy, or empty, is said in English."""
    folder = Path(copytree(LOCALES, tmp_path / "locale"))
    path = catalogue_path(folder, Language.WELSH)
    path.write_text('#, fuzzy\nmsgid "Save"\nmsgstr "Arbed"\n\nmsgid "Stop"\nmsgstr ""\n', encoding="utf-8")
    found = load_catalogues(folder)[Language.WELSH]
    assert (found.text("Save"), found.text("Stop")) == ("Save", "Stop")


@pytest.mark.parametrize("path", [path for _, path in samples(FOLDER)], ids=lambda path: path.name)
def test_a_welsh_card_keeps_to_the_rules(path: Path) -> None:
    """Every sample: the same rules as in English, in its own language, and small enough."""
    template = TEMPLATES[path.name.split(".")[0]]
    card = expanded(translated(template, CATALOGUE), read_json(path))
    assert broken_rules(card) == []
    assert card["lang"] == "cy"
    assert len(json.dumps(card, ensure_ascii=False).encode()) < MOST_BYTES


def test_a_message_is_said_in_its_language() -> None:
    """Sentences, days and lists, with other words as they are."""
    cards = Cards(FOLDER)
    when = listed([day_in_words(date(2026, 12, 4)), "Ifor", day_in_words(date(2026, 12, 5))])
    lines = [say("Nothing comes {when}.", when=when), "Typed by somebody"]
    card = json.dumps(cards.render(Note("Paused", lines, [], language=Language.WELSH)), ensure_ascii=False)
    assert "Ni ddaw dim dydd Gwener 4 Rhagfyr, Ifor, a dydd Sadwrn 5 Rhagfyr." in card
    assert "Typed by somebody" in card
    assert "Nothing comes Friday 4 December, Ifor and Saturday 5 December." in json.dumps(
        cards.render(Note("Paused", lines, [])), ensure_ascii=False
    )


def test_lists_and_times_are_welsh() -> None:
    """ "a" before a consonant, "ac" before a vowel, "neu" for a choice."""
    assert CATALOGUE.listed(["a", "b"], either=False) == "a a b"
    assert CATALOGUE.listed(["b", "afal"], either=False) == "b ac afal"
    assert CATALOGUE.listed(["a", "b"], either=True) == "a neu b"
    assert CATALOGUE.moment(time(9, 5), "HH:mm") == "09:05"
    assert Catalogue(Language.ENGLISH, {}).moment(date(2026, 12, 4), "EEEE d MMMM") == "Friday 4 December"


@pytest.mark.parametrize("word", WELSH)
def test_a_welsh_word_does_what_the_english_one_does(word: str) -> None:
    """What the Welsh help card tells people to type is understood."""
    assert understand(word) == understand(WELSH[word])


@pytest.mark.parametrize(
    ("welsh", "english"),
    [
        ("hyrwyddwyr am lythyrau", "champions lythyrau"),
        ("Crynodeb o Ward 3", "summary Ward 3"),
        ("wedi cadw nodiadau", "saved nodiadau"),
        ("cymharu Ward 3", "compare Ward 3"),
    ],
)
def test_a_welsh_list_can_be_of_something(welsh: str, english: str) -> None:
    """With or without a small word between."""
    assert understand(welsh) == understand(english)


def test_welsh_cards_name_words_that_work() -> None:
    """Each command on the help card is one that is understood, in both languages."""
    words = re.findall(r'"Bolder", "text": "([a-z ]+)"', (FOLDER / "help.json").read_text("utf-8"))
    assert len(words) > 12
    assert [word for word in words if understand(CATALOGUE.text(word)) != understand(word)] == []


def test_every_sentence_comes_from_the_catalogue() -> None:
    """Whatever a use case says can be said in another language; what is none is named above."""
    found = [
        one
        for folder in ("domain", "services", "teams")
        for path in sorted((HOME / "bot" / folder).rglob("*.py"))
        for one in sentences(ast.parse(path.read_text("utf-8")))
    ]
    assert {text for text, said in found if not said} == set(UNSAID)
    assert sum(said for _, said in found) > 400


COUNTED = """
msgid "{count} tip from {who}."
msgid_plural "{count} tips from {who}."
msgstr[0] "Dim awgrym gan {who}."
msgstr[1] "Un awgrym gan {who}."
msgstr[2] "{count} awgrym gan {who}."
msgstr[3] "{count} awgrym gan {who}."
msgstr[4] "{count} awgrym gan {who}."
msgstr[5] "{count} o awgrymiadau gan {who}."
"""


def test_welsh_has_a_form_a_count(tmp_path: Path) -> None:
    """Six of them, by the rule at the catalogue's top; a form may say the count in a word."""
    folder = Path(copytree(LOCALES, tmp_path / "locale"))
    path = catalogue_path(folder, Language.WELSH)
    with path.open("a", encoding="utf-8") as file:
        file.write(COUNTED)
    welsh = load_catalogues(folder)[Language.WELSH]
    said = [
        in_tongue(say_count("{count} tip from {who}.", "{count} tips from {who}.", n, who="Al"), welsh)
        for n in (0, 1, 3, 7)
    ]
    assert said == ["Dim awgrym gan Al.", "Un awgrym gan Al.", "3 awgrym gan Al.", "7 o awgrymiadau gan Al."]
    path.write_text(path.read_text("utf-8").replace("Un awgrym gan {who}", "Un awgrym"), encoding="utf-8")
    with pytest.raises(Problems, match=r"steady_drip\.po:\d+: must name \['count', 'who'\]"):
        load_catalogues(folder)


def test_a_count_without_all_its_forms_is_said_in_english(tmp_path: Path) -> None:
    """Half a translation is none."""
    folder = Path(copytree(LOCALES, tmp_path / "locale"))
    with catalogue_path(folder, Language.WELSH).open("a", encoding="utf-8") as file:
        file.write(COUNTED.replace("{count} o awgrymiadau gan {who}.", ""))
    welsh = load_catalogues(folder)[Language.WELSH]
    said = say_count("{count} tip from {who}.", "{count} tips from {who}.", 1, who="Al")
    assert in_tongue(said, welsh) == "1 tip from Al."


def test_numbers_are_written_as_in_wales() -> None:
    """By Unicode's CLDR."""
    assert [CATALOGUE.number(*one) for one in ((0.45, "0%"), (3, "0.0"), (-0.5, "+0.##;-0.##"))] == [
        "45%",
        "3.0",
        "-0.5",
    ]


def test_what_is_kept_and_done_has_welsh_words() -> None:
    """Small words that are said by what they stand for: kinds, states and acts."""
    named: list[Mapping[Any, str]] = [MESSAGE_KINDS, STATES, OUTCOMES, RIGHTS, STANDINGS, HELP_STAGES]
    named += [SHARED_STAGES, auditing.DEEDS]
    words = {word for table in named for word in table.values()} | {period.value for period in Period}
    words |= {
        getattr(kept, part) for kept in DATA_MAP for part in ("name", "what", "why", "seen_by", "erased")
    }
    assert words - set(CATALOGUE.entries) == set()
