"""Somebody who types Welsh pauses and takes leave like somebody who types English."""

from datetime import date

import pytest

from bot.domain import commands as c
from bot.domain.commands.own import (
    AskLanguage,
    AskRota,
    Pause,
    PauseUntil,
    SetLanguage,
    SetNights,
    SetRota,
    SetTips,
    Stop,
    TakeLeave,
)
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.text.language import Language
from bot.domain.typed.days import MONTHS, day_named, leave_named
from bot.domain.typed.phrases import understand
from bot.domain.typed.welsh_days import in_english
from tests.tongues import WELSH

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("seibiant tan ddydd Llun", date(2026, 11, 30)),
        ("seibiant tan ddydd Mawrth", date(2026, 11, 24)),
        ("Seibiant tan 3 Ionawr", date(2027, 1, 3)),
        ("seibiant tan y 3ydd o Fawrth", date(2027, 3, 3)),
        ("seibiant tan yr wythnos nesaf", date(2026, 11, 30)),
        ("dim negeseuon tan yfory", date(2026, 11, 24)),
        ("dim awgrymiadau tan y Nadolig.", date(2026, 12, 25)),
        ("Seibiant tan dydd Mawrth", date(2026, 11, 24)),
        ("seibiant tan ddydd Llun nesaf", date(2026, 11, 30)),
        ("seibiant tan llun nesaf", date(2026, 11, 30)),
        ("Seibiant tan 3 Fawrth", date(2027, 3, 3)),
        ("Seibiant tan 3 Mawrth", date(2027, 3, 3)),
        ("seibiant tan Fawrth", date(2027, 3, 1)),
        ("saib tan Mawrth", date(2027, 3, 1)),
        ("saib hyd at fis nesaf", date(2026, 12, 1)),
        ("seibiant tan y flwyddyn newydd", date(2027, 1, 1)),
        ("egwyl tan 7 Dachwedd", date(2027, 11, 7)),
        ("egwyl tan 7 Tachwedd", date(2027, 11, 7)),
        ("rwy'n sâl tan ddydd Gwener", date(2026, 11, 27)),
        ("dw i i ffwrdd tan ddydd Gwener", date(2026, 11, 27)),
    ],
)
def test_a_pause_until_a_day(typed: str, day: date) -> None:
    """A weekday, a day of a month, and what lies ahead."""
    command = understand(typed)
    assert isinstance(command, PauseUntil)
    assert day_named(command.day, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("seibiant am bythefnos", 14),
        ("saib am pythefnos", 14),
        ("seibiant am wythnos", 7),
        ("seibiant 3 diwrnod", 3),
        ("seibiant am dair wythnos", 21),
        ("saib am tair wythnos", 21),
        ("seibiant am ddau ddiwrnod", 2),
        ("egwyl am fis", 30),
        ("seibiant mis", 30),
        ("seibiant", 14),
        ("saib", 14),
        ("egwyl", 14),
    ],
)
def test_a_pause_of_some_days(typed: str, days: int) -> None:
    """Weeks and days."""
    assert understand(typed) == Pause(days)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("gwyliau 20 Rhagfyr i 3 Ionawr", date(2026, 12, 20), date(2027, 1, 3)),
        ("ar wyliau o 20 Rhagfyr tan 3 Ionawr", date(2026, 12, 20), date(2027, 1, 3)),
        ("gwyliau o 3 Ionawr i 7 Chwefror", date(2027, 1, 3), date(2027, 2, 7)),
        ("seibiant o 3 Ionawr i 7 Chwefror", date(2027, 1, 3), date(2027, 2, 7)),
        ("rwy ar wyliau o 20 Ragfyr hyd 3 Ionawr", date(2026, 12, 20), date(2027, 1, 3)),
        ("gwyliau ar ddydd Gwener", date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_leave(typed: str, first: date, last: date) -> None:
    """Two days, or one."""
    command = understand(typed)
    assert isinstance(command, TakeLeave)
    leave = leave_named(command.days, TODAY)
    assert leave is not None
    assert (leave.first, leave.last) == (first, last)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("Stopiwch!", Stop()),
        ("gadewch lonydd i mi", c.OfferChoices()),
        ("peidiwch", c.OfferChoices()),
        ("seibiant a stopio", c.OfferChoices()),
        ("gormod o negeseuon", c.OfferChoices()),
        ("rwy'n sâl", c.OfferChoices()),
        ("Dwi'n sâl", c.OfferChoices()),
        ("dw i’n sal", c.OfferChoices()),
        ("dim negeseuon ar nosweithiau", SetNights(wanted=False)),
        ("negeseuon ar nosweithiau", SetNights(wanted=True)),
        ("pwy wyt ti?", Remark(Subject.WHO_I_AM)),
        ("Pwy ydych chi?", Remark(Subject.WHO_I_AM)),
        ("beth yw hwn", Remark(Subject.WHO_I_AM)),
        ("help", c.ShowHelp()),
        ("ie", Remark(Subject.UNDER_THE_QUESTION)),
        ("Na.", Remark(Subject.UNDER_THE_QUESTION)),
        ("iawn", Remark(Subject.THANKS)),
        ("Bore da", c.ShowHelp(c.Greeting.HELLO)),
        ("Prynhawn da!", c.ShowHelp(c.Greeting.HELLO)),
        ("diolch yn fawr iawn", Remark(Subject.THANKS)),
        ("awgrym arall", c.ShowTip()),
        ("mwy", c.ShowTip()),
        ("ddydd Llun yn unig", SetTips(days=frozenset({0}))),
        ("rota 2 ddydd 2 nos 4 i ffwrdd", SetRota("DDNNOOOO")),
        ("fy rota yw dau ddiwrnod, dwy noson a phedwar diwrnod i ffwrdd", SetRota("DDNNOOOO")),
        ("rota 4 ymlaen 4 i ffwrdd", AskRota("????OOOO")),
        ("Rota tri diwrnod hir wedyn tri i ffwrdd", SetRota("DDDOOO")),
        ("templed rota", c.FindPrompts("templed rota")),
    ],
)
def test_what_else_people_say(typed: str, command: c.Command) -> None:
    """Enough of it, one more, a kind word, a rota: each does what the English does, or asks."""
    assert understand(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "can I have this in Welsh?",
        "in Welsh please",
        "yn Gymraeg",
        "Yn Gymraeg, os gwelwch yn dda",
        "siarad Cymraeg",
        "Do you speak Welsh?",
        "change language to Welsh",
        "I would like this in Welsh",
        "hoffwn siarad Cymraeg",
    ],
)
def test_whoever_names_welsh_gets_it(typed: str) -> None:
    """In either language."""
    assert understand(typed) == SetLanguage(Language.WELSH)


def test_a_language_that_is_named_is_chosen_or_asked_for() -> None:
    """Without a name it is asked which; work in a language is a task."""
    assert understand("can I have it in English") == SetLanguage(Language.ENGLISH)
    assert understand("yn Saesneg") == SetLanguage(Language.ENGLISH)
    for line in (
        "language",
        "iaith",
        "change language",
        "Change my language.",
        "newid iaith",
        "what languages",
    ):
        assert understand(line) == AskLanguage(), line
    for line in ("write a letter in Welsh", "plain language", "body language", "translate this into Polish"):
        assert isinstance(understand(line), c.FindPrompts), line


def test_every_day_and_month_as_unicode_has_it() -> None:
    """What the bot says in Welsh is what it understands."""
    for number in range(1, 13):
        assert in_english(WELSH.moment(date(2026, number, 3), "d MMMM")) == f"3 {MONTHS[number - 1]}"
    for number in range(7):
        day = date(2026, 11, 23 + number)
        assert in_english(WELSH.moment(day, "EEEE")) == f"{day:%A}".casefold()
