"""The reading age that judges the library's texts, against words and texts that are known."""

from pathlib import Path

import pytest
import yaml

from bot.content.gates.readability import reading_age, syllables

COUNTED = {
    word: count
    for count, words in yaml.safe_load((Path(__file__).parent / "syllables.yaml").read_text("utf-8")).items()
    for word in words.split()
}
"""How many syllables a word has, as the CMU Pronouncing Dictionary says."""


def test_syllables() -> None:
    """Of the library's everyday words at most one in thirty is counted wrong, and none by more than one."""
    wrong = {word: (syllables(word), count) for word, count in COUNTED.items() if syllables(word) != count}
    assert len(COUNTED) == 600
    assert len(wrong) <= 20, wrong
    assert all(abs(counted - count) == 1 for counted, count in wrong.values())


def test_short_sentences_of_short_words_are_easy() -> None:
    """A child of seven can read them."""
    assert reading_age("The cat sat on the mat. The dog ran to the red door. I like my hat.") < 7


def test_an_official_sentence_is_hard() -> None:
    """What nobody wants on a card needs more years at school than anybody spends there."""
    text = (
        "Notwithstanding the aforementioned considerations, organisational stakeholders are encouraged to "
        "operationalise appropriate information governance methodologies before disseminating documentation."
    )
    assert reading_age(text) > 19


def test_a_list_is_many_sentences() -> None:
    """Lines end sentences, as readers rest there; numbers and dashes are no words."""
    listed = "Make a list:\n1. one thing\n2. one more thing\n3. the last thing"
    assert reading_age(listed) < 9
    assert reading_age(listed) == reading_age(listed.replace("1.", "-").replace("2.", "-").replace("3.", "-"))


def test_a_blank_is_read_like_any_other_words() -> None:
    """Its brackets change nothing; what stands in it does."""
    assert reading_age("Write to [the ward].") == reading_age("Write to the ward.")
    assert reading_age("Write to [the organisational stakeholders].") > reading_age("Write to [the ward].")


@pytest.mark.parametrize("text", ["", " \n ", "1. 2. 3.", "[]"])
def test_a_text_without_words_has_no_age(text: str) -> None:
    """Nothing to read is not hard to read."""
    assert reading_age(text) == 0
