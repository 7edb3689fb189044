"""What is filled into a Welsh sentence takes the form that the word before it asks for."""

from datetime import date

import pytest

from bot.content.mutations import softened
from bot.domain.staff.hours import Leave
from bot.domain.staff.rhythm_words import leave_in_words
from bot.domain.text.language import in_words, say
from bot.domain.text.wording import day_in_words, listed, times
from tests.tongues import WELSH

SUNDAY, LATER = date(2026, 12, 20), date(2027, 1, 3)


def test_days_are_softened_after_small_words() -> None:
    """From, to, until and on a day; nothing before it leaves it as it is."""
    day = day_in_words(SUNDAY)
    assert in_words(day, WELSH) == "dydd Sul 20 Rhagfyr"
    assert (
        in_words(leave_in_words(Leave(SUNDAY, LATER), SUNDAY), WELSH)
        == "o ddydd Sul 20 Rhagfyr i ddydd Sul 3 Ionawr"
    )
    assert "tan ddydd Sul" in in_words(say("Paused until {day}. Then: {tips}", day=day, tips=""), WELSH)
    assert in_words(leave_in_words(Leave(SUNDAY, SUNDAY), SUNDAY), WELSH) == "ar ddydd Sul 20 Rhagfyr"
    assert "ar ddydd Sul" in in_words(say("The next one comes on {day}.", day=day), WELSH)
    tip = say("The next tip comes on {day}, about {time}.", day=day, time="9:00")
    assert in_words(tip, WELSH) == "Daw'r awgrym nesaf ar ddydd Sul 20 Rhagfyr, tua 9:00."


@pytest.mark.parametrize(
    "sentence",
    [
        "cyn dydd Llun",
        "bob dydd Iau",
        "tan 16:00",
        "tan ddydd Llun",
        "i dyddiadur",
        "ar dydd",
        "cwrdd o’r dydd Llun",
    ],
)
def test_nothing_else_is_changed(sentence: str) -> None:
    """Words that ask for nothing, what is soft already, and other words that begin like a day."""
    assert softened(sentence) == sentence


def test_twice_and_lists() -> None:
    """ "Twice" says how often; "and" is "ac" before a vowel and before some small words."""
    assert in_words(times(2), WELSH) == "ddwywaith"
    reasons = [say("it is a safe way to begin"), say("it is for your job")]
    assert in_words(listed(reasons), WELSH).startswith("mae'n ffordd ddiogel o ddechrau ac mae'n")
    assert WELSH.listed(["bore", "rota"], either=False) == "bore a rota"
    assert WELSH.listed(["bore", "afal"], either=False) == "bore ac afal"
