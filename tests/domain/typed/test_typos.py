"""Slips of the finger in commands, and the everyday words that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.config import HOME
from bot.content.library import load_library
from bot.domain import commands as c
from bot.domain.commands.champions import AskChampion
from bot.domain.commands.own import (
    Pause,
    PauseUntil,
    Resume,
    SetRota,
    ShowPrivacy,
    ShowProgress,
    ShowSettings,
    Stop,
    TakeLeave,
)
from bot.domain.text.words import words
from bot.domain.typed.fixed_phrases import FIXED, WELSH
from bot.domain.typed.phrases import understand
from bot.domain.typed.typos import EVERYDAY, is_slip, meant_by

KNOWN = [*FIXED, *WELSH]
LIBRARY = sorted((HOME / "prompts_library").rglob("*.yaml"))
LISTS = [
    *(HOME / "tests" / "content" / "gates").glob("*.yaml"),
    *(HOME / "tests" / "content").glob("questions*.yaml"),
]
VOCABULARY = {word for path in (*LIBRARY, *LISTS) for word in words(path.read_text("utf-8"))} - set(KNOWN)
"""Every word that a prompt, a role, a question or the list of the commonest words has."""

TITLES = [prompt.title for prompt in load_library(HOME / "prompts_library").prompts]


def swapped(line: str, place: int) -> str:
    """The line with two neighbours that changed places."""
    return line[:place] + line[place + 1] + line[place] + line[place + 2 :]


SWAPS = [
    (line, typed)
    for line in KNOWN
    if len(line) >= 5
    for place in range(len(line) - 1)
    if (typed := " ".join(swapped(line, place).split())) not in {*KNOWN, *EVERYDAY}
    and len(typed) == len(line)
]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("settigns", ShowSettings()),
        ("Setings.", ShowSettings()),
        ("puase", Pause()),
        ("resme", Resume()),
        ("sotp", Stop()),
        ("unsubcribe", Stop()),
        ("privcy", ShowPrivacy()),
        ("privaccy", ShowPrivacy()),
        ("my progess", ShowProgress()),
        ("myprogress", ShowProgress()),
        ("champoin", AskChampion()),
        ("tpi", c.ShowTip()),
        ("hlep", c.ShowHelp()),
        ("gosodiadua", ShowSettings()),
        ("puase until Monday", PauseUntil("monday")),
        ("puase 3 weeks", Pause(21)),
        ("pase for a week", Pause(7)),
        ("laeve 3 jan to 5 jan", TakeLeave("3 jan to 5 jan")),
        ("seibaint am wythnos", Pause(7)),
        ("rtoa DDNNOOOO", SetRota("DDNNOOOO")),
    ],
)
def test_a_slip_is_forgiven(typed: str, command: c.Command) -> None:
    """In a whole line, and in the first word of a pause, leave or a rota."""
    assert understand(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "shop",
        "step",
        "strop",
        "trip",
        "plane",
        "edit",
        "star",
        "part",
        "setter",
        "shred",
        "tanks",
        "result",
        "install",
        "at",
        "puse",  # "pause" or "pulse"
        "puase button for a poster",
        "laeve a note for the night team",
        "sumary of a long report",
    ],
)
def test_no_guess_is_made(typed: str) -> None:
    """A word of its own, one that may be two commands, and a command's first word before a task."""
    assert isinstance(understand(typed), c.FindPrompts)


def test_no_everyday_word_is_a_command() -> None:
    """Nor is it a command with a slip."""
    assert len(VOCABULARY) > 2500
    assert [word for word in VOCABULARY if any(is_slip(word, line) for line in KNOWN)] == []
    assert all(any(OSA.distance(word, line) == 1 for line in KNOWN) for word in EVERYDAY)


def test_no_title_is_a_command() -> None:
    """Whoever types what a prompt is called has not mistyped a command."""
    assert len(TITLES) > 200
    assert [title for title in TITLES if meant_by(title.casefold(), KNOWN)] == []


@pytest.mark.parametrize("line", [line for line in KNOWN if len(line) >= 5])
def test_two_neighbours_that_changed_places_are_forgiven(line: str) -> None:
    """Wherever they stand, in every command that has five letters."""
    for typed in (typed for known, typed in SWAPS if known == line):
        meant = FIXED[WELSH.get(line, line)]
        assert understand(typed) in {meant, c.AskWhatWasMeant(line)}, typed


@given(st.sampled_from(KNOWN), st.text("abcdefghijklmnopqrstuvwxyz ", max_size=20))
def test_what_is_more_than_a_slip_away_is_no_slip(line: str, typed: str) -> None:
    """Nor is the line itself."""
    assert not is_slip(line, line)
    assert not is_slip(typed, line) or abs(len(typed) - len(line)) <= 1
