"""A rota with its first day, and whoever works shifts and does not say which."""

import pytest

from bot.domain import commands as c
from bot.domain.commands.own import AskRota, SetRota, ShowRota
from bot.domain.typed.phrases import understand


@pytest.mark.parametrize(
    ("typed", "letters", "begins"),
    [
        ("rota DDNNOOOO from 5 December", "DDNNOOOO", "5 december"),
        ("rota from monday DDNNOOOO", "DDNNOOOO", "monday"),
        ("rota from monday 2 days 2 nights 4 off", "DDNNOOOO", "monday"),
        ("I do 2 days 2 nights 4 off starting Monday", "DDNNOOOO", "monday"),
        ("my rota is DDNN OOOO, beginning on 30 November", "DDNNOOOO", "30 november"),
        ("my rota starts on Monday 30 November 2026 DDNNOOOO", "DDNNOOOO", "monday 30 november 2026"),
        ("4 on 4 off nights from tomorrow", "NNNNOOOO", "tomorrow"),
    ],
)
def test_a_first_day(typed: str, letters: str, begins: str) -> None:
    """Behind the rota or before it, as it was typed."""
    assert understand(typed) == SetRota(letters, begins)


def test_what_is_open_keeps_its_first_day() -> None:
    """Which shift it is can be asked without losing the day."""
    assert understand("rota 4 on 4 off from the 5th") == AskRota("????OOOO", "the 5th")


@pytest.mark.parametrize(
    "typed", ["what's my rota?", "whats my rota", "show me my rota", "what are my shifts"]
)
def test_the_rota_is_shown(typed: str) -> None:
    """However somebody asks for it."""
    assert understand(typed) == ShowRota()


@pytest.mark.parametrize(
    "typed",
    [
        "I work nights",
        "im on nights this week",
        "night shift",
        "I work shifts",
        "on rota",
        "I do night shifts",
    ],
)
def test_shifts_without_a_rota_are_asked_about(typed: str) -> None:
    """Nothing is looked for, and nothing is guessed."""
    assert understand(typed) == AskRota("")


@pytest.mark.parametrize(
    "typed",
    ["night shift handover", "rota template from monday", "rota for december", "shift swap request"],
)
def test_tasks_about_a_rota_are_looked_for(typed: str) -> None:
    """They are about work, not about whoever types them."""
    assert understand(typed) == c.FindPrompts(typed)
