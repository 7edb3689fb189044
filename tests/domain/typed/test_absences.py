"""Being away, as people say it: with a time it is taken, without one it is asked about."""

import pytest

from bot.domain import commands as c
from bot.domain.commands.own import AskLeave, LeaveOut, Pause, PauseUntil, Resume, TakeLeave, Wish
from bot.domain.typed.phrases import understand

RECOVER, ENJOY = Wish.RECOVER, Wish.ENJOY


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("leave until 4 December", PauseUntil("4 december", ENJOY)),
        ("on leave until 4 December", PauseUntil("4 december", ENJOY)),
        ("on annual leave till monday", PauseUntil("monday", ENJOY)),
        ("away until Friday", PauseUntil("friday")),
        ("off til friday", PauseUntil("friday")),
        ("off sick til Friday", PauseUntil("friday", RECOVER)),
        ("I am sick until friday", PauseUntil("friday", RECOVER)),
        ("signed off until january", PauseUntil("january", RECOVER)),
        ("Sick leave until 14 December", PauseUntil("14 december", RECOVER)),
        ("I'm on maternity leave until June", PauseUntil("june")),
        ("not at work until Tuesday", PauseUntil("tuesday")),
        ("back on Monday", PauseUntil("monday")),
        ("I'm back at work on 5 January", PauseUntil("5 january")),
        ("returning to work next week", PauseUntil("next week")),
    ],
)
def test_until_a_day(typed: str, command: PauseUntil) -> None:
    """It is the first day on which something may come, whatever the reason is."""
    assert understand(typed) == command


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("I have been signed off for 6 weeks", Pause(42, RECOVER)),
        ("off sick for three days", Pause(3, RECOVER)),
        ("off for 2 weeks", Pause(14)),
        ("off for the next 2 weeks", Pause(14)),
        ("away for a couple of weeks", Pause(14)),
        ("on holiday for a week", Pause(7, ENJOY)),
        ("back in 2 weeks", Pause(14)),
        ("away for 0 days", c.OfferChoices()),
    ],
)
def test_for_some_time(typed: str, command: c.Command) -> None:
    """So many days from now."""
    assert understand(typed) == command


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("away next week", TakeLeave("next week", Wish.NONE)),
        ("leave next week", TakeLeave("next week")),
        ("I'm off this week", TakeLeave("this week", Wish.NONE)),
        ("off for the rest of the week", TakeLeave("the rest of the week", Wish.NONE)),
        ("sick today", TakeLeave("today", RECOVER)),
        ("ill be away tomorrow", TakeLeave("tomorrow", Wish.NONE)),
        ("compassionate leave from monday to friday", TakeLeave("monday to friday", Wish.NONE)),
        ("my leave is 20 to 24 December", TakeLeave("20 to 24 december")),
        ("away for 2 weeks from 5 December", TakeLeave("2 weeks from 5 december", Wish.NONE)),
        ("leave next month", TakeLeave("next month")),
    ],
)
def test_on_days(typed: str, command: TakeLeave) -> None:
    """Days between two, of a week or of a month."""
    assert understand(typed) == command


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("on leave", ENJOY),
        ("I'm on leave", ENJOY),
        ("annual leave", ENJOY),
        ("my leave", Wish.NONE),
        ("when is my leave?", Wish.NONE),
        ("I'm off sick", RECOVER),
        ("sick leave", RECOVER),
        ("I have been signed off", RECOVER),
        ("off with flu", RECOVER),
        ("sick for a few days", RECOVER),
        ("maternity leave", Wish.NONE),
        ("maternity leave from March", Wish.NONE),
        ("I'm away at the moment", Wish.NONE),
        ("ar wyliau", Wish.NONE),
    ],
)
def test_without_a_time_it_is_asked_until_when(typed: str, wish: Wish) -> None:
    """Never the opposite, and never a prompt."""
    assert understand(typed) == AskLeave(wish)


@pytest.mark.parametrize("typed", ["I'm back", "im back at work", "back from leave"])
def test_whoever_is_back_goes_on(typed: str) -> None:
    """The pause or the leave that has begun ends."""
    assert understand(typed) == Resume()


@pytest.mark.parametrize(
    "typed",
    [
        "sick leave policy",
        "sick note",
        "I am off next week and somebody else is on my desk",
        "off until friday and need a handover",
        "sickness absence letter for monday",
        "ill health report",
        "away day agenda",
        "off duty rota",
        "holiday rota",
        "leave request form",
        "leave March figures",
        "leave letter 3",
        "back pain leaflet",
        "return to work interview",
        "maternity leave letter",
    ],
)
def test_tasks_that_begin_alike_are_looked_for(typed: str) -> None:
    """They are about work, not about whoever types them."""
    assert understand(typed) == c.FindPrompts(typed)


def test_a_day_off_in_every_week_is_no_leave() -> None:
    """It is a choice of days."""
    assert understand("I'm off on Mondays") == LeaveOut(frozenset({0}))
