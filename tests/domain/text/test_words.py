"""Words as typed: plurals, accents and slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.words import alike, singular, words


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("rotas", "rota"),
        ("salaries", "salary"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("salery", "salary"),
        ("compliant", "complaint"),
        ("mintues", "minutes"),
        ("minuets", "minutes"),
        ("spreadhseet", "spreadsheet"),
        ("emial", "email"),
        ("meail", "email"),
    ],
)
def test_a_plural_or_a_slip_is_the_same_word(typed: str, known: str) -> None:
    """Either way round of a plural, and a letter or two in a long word."""
    assert alike(typed, known)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("pad", "pay"),
        ("data", "rota"),
        ("gender", "tender"),
        ("not", "notes"),
        ("plan", "planned"),
        ("clinic", "clinical"),
        ("as", "a"),
    ],
)
def test_a_neighbour_is_another_word(typed: str, known: str) -> None:
    """Short words, and other first letters."""
    assert not alike(typed, known)


def test_signs_and_accents() -> None:
    """What a phone's keyboard adds is no part of a word."""
    assert words("The café’s E-mail: 3 x £5!") == ["the", "cafes", "email", "x"]


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_word_is_like_itself(word: str) -> None:
    """And like its own singular."""
    assert alike(word, word)
    assert alike(word, singular(word))
