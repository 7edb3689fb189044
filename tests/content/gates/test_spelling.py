"""American spellings: found with the right spelling beside them, and British words let through."""

import pytest

from bot.content.gates.spelling import american

PAIRS = {
    "color": "colour",
    "colorful": "colourful",
    "Behavior": "Behaviour",
    "organize": "organise",
    "organizational": "organisational",
    "Summarizing": "Summarising",
    "analyze": "analyse",
    "center": "centre",
    "theaters": "theatres",
    "catalog": "catalogue",
    "defense": "defence",
    "license": "licence",
    "judgment": "judgement",
    "labeled": "labelled",
    "counselor": "counsellor",
    "enrollment": "enrolment",
    "fulfill": "fulfil",
    "skillful": "skilful",
    "program": "programme",
    "gray": "grey",
    "practicing": "practising",
    "anemia": "anaemia",
    "pediatrics": "paediatrics",
    "anesthetist": "anaesthetist",
    "gotten": "got",
    "cozy": "cosy",
}


@pytest.mark.parametrize(("word", "british"), PAIRS.items())
def test_an_american_spelling_is_found(word: str, british: str) -> None:
    """With the British one to write instead."""
    (found,) = american(f"See the {word} there.")
    assert (found.found, found.british) == (word, british)


@pytest.mark.parametrize("word", PAIRS.values())
def test_the_british_spelling_is_right(word: str) -> None:
    """What is suggested is never marked again."""
    assert list(american(word)) == []


@pytest.mark.parametrize(
    "text",
    [
        "size and prize, seize and resize",
        "a computer program",
        "read the gas meter",
        "a public inquiry",
        "licensed and practice",
        "an honorary title in the laboratory",
        "paging, staging, managing and imaging",
        "the agenda for the engineering team",
        "a dialogue, a catalogue, a programme",
        "travelled and cancelled",
    ],
)
def test_british_text_is_let_through(text: str) -> None:
    """The list does not bite where it should not."""
    assert list(american(text)) == []


def test_every_one_of_a_text_is_found() -> None:
    """Not only the first."""
    text = "Organize the color catalog, then analyze it."
    assert {one.found for one in american(text)} == {"Organize", "color", "catalog", "analyze"}
