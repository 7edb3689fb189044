"""A prompt that the library has already is found, and another one on the same matter is not."""

from dataclasses import replace

import pytest

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.library.likeness import closest
from tests.samples import prompt

NOTICE = replace(
    prompt("notice"), text="Write a notice for [our ward] in plain English, with the times in bold."
)
TABLE = replace(prompt("table"), text="Make a table of the calls by day and by hour from the list below.")


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.text,
        "write a notice for our ward, in plain english, with times in bold",
        "In plain English write a notice for [my ward] with the times in bold.",
    ],
)
def test_nearly_the_same_words(text: str) -> None:
    """Capitals, marks, blanks and the order of words do not hide it."""
    assert closest(text, [TABLE, NOTICE]) is NOTICE


@pytest.mark.parametrize("text", ["Write a letter to a patient about a clinic that has moved.", "", "Write"])
def test_other_words(text: str) -> None:
    """And nothing is like nothing."""
    assert closest(text, [TABLE, NOTICE]) is None
    assert closest(text, []) is None


def test_the_librarys_own_prompts_are_told_apart() -> None:
    """Each is like itself, so none hides behind another."""
    prompts = load_library(HOME / "prompts_library").prompts[:80]
    assert [one.id for one in prompts if closest(one.text, prompts) not in {one}] == []
