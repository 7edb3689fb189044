"""What is said in English can be said otherwise, and stays what it was for everybody who compares it."""

import json
import pickle
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.staff.hours import Leave
from bot.domain.staff.rhythm_words import leave_in_words
from bot.domain.text.language import Said, in_words, joined, say, say_count
from bot.domain.text.wording import capitalised, day_in_words, listed, percent, plain, tenths, whole


class Loud:
    """A tongue that shouts what it says itself, and leaves alone what is filled in."""

    def text(self, english: str) -> str:
        """The sentence between exclamation marks."""
        return f"!{english}!"

    def moment(self, moment: date | time, pattern: str) -> str:
        """The moment as ISO has it, and the pattern."""
        return f"{moment.isoformat()}/{pattern}"

    def listed(self, words: Sequence[str], *, either: bool) -> str:
        """With a sign between them."""
        return ("|" if either else "+").join(words)

    def counted(self, one: str, more: str, number: int) -> str:
        """The form for one of one, two of two, and so on."""
        return f"!{number}th of {one} or {more}!"

    def written(self, sentence: str) -> str:
        """In capitals after a small word."""
        return sentence.replace("until mon", "until MON")

    def number(self, number: float, pattern: str) -> str:
        """The number as Python has it, and the pattern."""
        return f"{number}/{pattern}"


LOUD = Loud()


def test_a_sentence_is_said_with_all_that_is_in_it() -> None:
    """Sentences in sentences, days and lists; plain words stay."""
    day = day_in_words(date(2026, 12, 4))
    said = say("On {day}: {what}, {number} times.", day=day, what=listed([say("this"), "that"]), number=2)
    assert said == "On Friday 4 December: this and that, 2 times."
    assert in_words(said, LOUD) == "!On 2026-12-04/EEEE d MMMM: !this!+that, 2/0.###### times.!"


def test_words_fit_the_word_before_them() -> None:
    """What is filled in is written as the sentence around it asks for, one of a count too."""
    assert in_words(say("until {day}", day="monday"), LOUD) == "!until MONday!"
    assert "until MONday" in in_words(
        say_count("{count} until {day}", "{count} until {day}", 1, day="monday"), LOUD
    )


def test_a_count_has_its_form() -> None:
    """English has two; another tongue chooses its own."""
    one, three = (
        say_count("{count} tip from {who}.", "{count} tips from {who}.", n, who="Al") for n in (1, 3)
    )
    assert (one, three) == ("1 tip from Al.", "3 tips from Al.")
    said = "!3th of 3/0.###### tip from Al. or 3/0.###### tips from Al.!"
    assert in_words(three, LOUD) == said


def test_numbers_are_written_by_the_tongue() -> None:
    """English as ever; others by a pattern, rounded alike."""
    numbers = [percent(45), whole(11.6), tenths(3), plain(3.25)]
    assert numbers == ["45%", "12", "3.0", "3.25"]
    patterns = ["0%", "0", "0.0", "0.######"]
    values = ["0.45", "12", "3", "3.25"]
    said = [f"{value}/{pattern}" for value, pattern in zip(values, patterns, strict=True)]
    assert [in_words(number, LOUD) for number in numbers] == said


def test_leave_and_capitals() -> None:
    """The beginning of a sentence is one in every tongue."""
    leave = leave_in_words(Leave(date(2026, 12, 21), date(2027, 1, 3)), date(2026, 12, 1))
    assert leave == "from Monday 21 December to Sunday 3 January"
    assert in_words(leave, LOUD) == "!from 2026-12-21/EEEE d MMMM to 2027-01-03/EEEE d MMMM!"
    assert in_words(capitalised(listed([say("a"), "b"], "or")), LOUD) == "!a!|b"
    assert capitalised(say("now")) == "Now"


def test_a_list_of_one_is_said_too() -> None:
    """It is that one, and nothing where there is none."""
    assert in_words(listed([say("a")]), LOUD) == "!a!"
    assert listed([]) == ""


@given(st.lists(st.text()))
def test_joined_sentences_leave_out_empty_ones(texts: list[str]) -> None:
    """Whatever they are, in every tongue alike."""
    assert joined(*texts) == " ".join(filter(None, texts))
    assert in_words(joined(*map(say, texts)), LOUD) == " ".join(f"!{text}!" for text in texts if text)
    assert joined(*texts, by="; ") == "; ".join(filter(None, texts))


@given(st.text())
def test_what_is_said_is_a_text_like_any_other(text: str) -> None:
    """It compares, copies and is written down as one; braces in a text without values mean nothing."""
    said = say(text)
    assert (said, hash(said), json.dumps(said)) == (text, hash(text), json.dumps(text))
    assert deepcopy(said) is said
    kept = pickle.loads(pickle.dumps(said))  # noqa: S301 - what we wrote
    assert (kept, type(kept)) == (text, str)


def test_cut_up_it_is_english() -> None:
    """A part of a sentence cannot be said otherwise; nothing breaks."""
    assert not isinstance(say("Paused") + "!", Said)
    assert in_words(f"{say('Paused')}!", LOUD) == "Paused!"
