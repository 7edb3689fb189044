"""Names are found, and the whole check is measured on three hundred texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.identifiers import find
from bot.domain.text.names import find_names, plain, possible_names
from tests.domain.identifier_set import NHS, ROSTER, Labelled, everything

SET = everything()


def kinds(one: Labelled) -> set[str]:
    """What the check finds in a text."""
    return {found.kind for found in [*find(one.text), *find_names(one.text, ROSTER)]}


def test_the_set_is_as_big_as_it_says() -> None:
    """And no text is in it twice."""
    assert len({one.text for one in SET}) == len(SET) == 300


def test_every_checksummed_number_is_found() -> None:
    """However it is written and wherever it stands."""
    numbers = [one for one in SET if one.kind == NHS]
    assert len(numbers) >= 40
    assert [one.text for one in numbers if NHS not in kinds(one)] == []


def test_precision_and_recall() -> None:
    """At least 95 in 100 over all kinds: of what is marked and of what is there."""
    right = [one for one in SET if one.kind and one.kind in kinds(one)]
    wrong = [one for one in SET if kinds(one) - {one.kind}]
    there = [one for one in SET if one.kind]
    assert len(right) / (len(right) + len(wrong)) >= 0.95
    assert len(right) / len(there) >= 0.95


def test_the_words_come_back_as_written() -> None:
    """So that they can be marked where they stand."""
    text = "Ask O’Neill, Chloe or Dr Patel’s team."
    found = find_names(text, ROSTER)
    assert [one.words for one in found] == ["O’Neill, Chloe", "Dr Patel’s"]
    assert all(one.words in text for one in found)


@pytest.mark.parametrize(
    "written",
    [
        "Ada Okafor's",
        "Ada Okafor’s",
        "Okafor, Ada's",
        "Ada\u200b Okafor",
        "A\u200bda Okafor",
        "Ada Oka\u00adfor",
        "Ada\u2003Okafor",
        "\uff21da Okafor",
        "Ada.Okafor",
        "ada_okafor",
        "Ada** Okafor",
        "Ada_ _Okafor",
        "Okafor**, Ada",
        "Ada\nOkafor",
        "Ada \r\n Okafor",
        "Okafor,\nAda",
    ],
)
def test_a_known_name_is_found_however_it_is_written(written: str) -> None:
    """With an apostrophe, signs that nobody sees, or wide spaces and letters; marked as it stands there."""
    text = f"Answer {written} letter."
    assert possible_names(text) & {"ada okafor"}
    assert [one.words for one in find_names(text, {"ada okafor"})] == [written]


def test_a_name_is_found_in_either_form_of_its_accents() -> None:
    """One sign, or a letter and a sign above it."""
    for text in ("Ring Zo\u00eb Sample.", "Ring Zoe\u0308 Sample."):
        assert [one.words for one in find_names(text, {plain("Zo\u00eb Sample")})] == [text[5:-1]]


def test_a_title_is_found_behind_what_nobody_sees() -> None:
    """A space of no width does not hide it."""
    assert [one.words for one in find_names("Ask Dr\u200b Patel.", set())] == ["Dr\u200b Patel"]


@pytest.mark.parametrize(
    "name",
    [
        "Mr Smith",
        "mr Smith",
        "Mr. J. Smith",
        "Mrs A B Smith",
        "Mr O'Brien",
        "Ms O’Neill-Smith",
        "Dr Patel",
        "dr. Patel",
        "Sir John",
        "Miss\u00a0Ng",
    ],
)
@pytest.mark.parametrize("before", ["", "Ask ", "Dear Ada, ", "Ada "])
def test_whoever_is_called_by_a_title_is_found(before: str, name: str) -> None:
    """With initials and apostrophes, after a first name too, and whether or not a staff list has them."""
    text = f"{before}{name} about the rota."
    assert [one.words for one in find_names(text, frozenset())] == [name]


@pytest.mark.parametrize(
    "text", ["The MR Scanner is booked.", "DR Plan", "Mr [name]", "Dr on Monday", "Mr. A [b]", "Miss nothing"]
)
def test_what_only_looks_like_a_title_is_left(text: str) -> None:
    """A scanner, a plan for disasters, and blanks."""
    assert find_names(text, frozenset()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ada. Okafor",
        "Ada\n\nOkafor",
        "* Ada\n* Okafor",
        "- Ada\n- Okafor",
        "Ada and Okafor",
        "Adaokafor",
        f"Ada{' ' * 100_000}! Okafor",
    ],
    ids=lambda text: repr(text[:20]),
)
def test_words_that_do_not_stand_together_are_no_name(text: str) -> None:
    """A full stop, an empty line, a new entry of a list or another word parts them."""
    assert find_names(text, ROSTER) == []


@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text: str) -> None:
    """And whatever is found is one of the possible names."""
    possible = possible_names(text)
    assert all(plain(name) == name for name in possible)
    assert find_names(text, possible) or not possible
