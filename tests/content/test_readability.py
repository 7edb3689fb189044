"""The counter that judges the library's texts, against words and texts that are known."""

import pytest

from tests.content.readability import grade, syllables

COUNTED = {
    1: "the cat made notes asked times",
    2: "letter table doctor meeting started copies",
    3: "hospital paragraph manager",
    4: "information administrator",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, text in COUNTED.items() for w in text.split()])
def test_syllables(count: int, word: str) -> None:
    """Silent endings do not count; a rough counter may be one off for long words."""
    assert abs(syllables(word) - count) <= (count == 4)


def test_short_sentences_of_short_words_are_easy() -> None:
    """A first reader is below grade 2."""
    assert grade("The cat sat on the mat. The dog ran to the red door. I like my hat.") < 2


def test_an_official_sentence_is_hard() -> None:
    """What nobody wants on a card is above grade 14."""
    text = (
        "Notwithstanding the aforementioned considerations, organisational stakeholders are encouraged to "
        "operationalise appropriate information governance methodologies before disseminating documentation."
    )
    assert grade(text) > 14


def test_a_list_is_many_sentences() -> None:
    """Lines end sentences, as readers rest there."""
    assert grade("Make a list:\n- one thing\n- one more thing\n- the last thing") < 4
