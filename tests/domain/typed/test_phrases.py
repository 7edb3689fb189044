"""What people type, and what they mean by it."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.commands import champions, leads, own, pulses, sharing
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.staff.people import GroupId
from bot.domain.text.language import Language
from bot.domain.typed.phrases import understand

WORDS: list[tuple[str, c.Command]] = [
    ("hi", c.ShowHelp(greeting=c.Greeting.HELLO)),
    ("hello", c.ShowHelp(greeting=c.Greeting.HELLO)),
    ("help", c.ShowHelp()),
    ("audit", leads.ShowAudit()),
    ("My data", own.ShowMyData()),
    ("erase my data", own.AskErasure()),
    ("Delete my data!", own.AskErasure()),
    ("?", c.ShowHelp()),
    ("", c.ShowHelp()),
    (" \n ", c.ShowHelp()),
    ("...", c.ShowHelp()),
    ("tip", c.ShowTip()),
    ("saved", c.ShowSaved()),
    ("why", c.ShowWhy()),
    ("rota DDNNOOOO", own.SetRota("DDNNOOOO")),
    ("my rota is e e l l o o", own.SetRota("EELLOO")),
    ("rota", own.ShowRota()),
    ("my rota", own.ShowRota()),
    ("fy rota", own.ShowRota()),
    ("what is my rota?", own.ShowRota()),
    ("rota 2d 2n 4o", own.SetRota("DDNNOOOO")),
    ("can I have one tip a week?", own.SetTips(1)),
    ("stop until Monday", own.PauseUntil("monday")),
    ("dw i ar wyliau tan ddydd Llun", own.PauseUntil("monday")),
    ("llai aml", c.OfferChoices()),
    ("rota 4 on 4 off", own.AskRota("????OOOO")),
    ("4 on 4 off", own.AskRota("????OOOO")),
    ("four days on, four days off", own.AskRota("????OOOO")),
    ("4 on 4 off nights", own.SetRota("NNNNOOOO")),
    ("I work 4 on/4 off, please", own.AskRota("????OOOO")),
    ("rota 2 days 2 nights 4 off", own.SetRota("DDNNOOOO")),
    ("2 long days, 2 nights and 4 rest days.", own.SetRota("DDNNOOOO")),
    ("rota 3 earlies 3 lates 3 off", own.SetRota("EEELLLOOO")),
    ("rota: DDNN OOOO", own.SetRota("DDNNOOOO")),
    ("Rota XYZ", own.AskRota("XYZ")),
    ("rota ddnnrrrr", own.AskRota("DDNNRRRR")),
    ("rota D", own.AskRota("D")),
    ("rota " + "D" * 57, own.AskRota("D" * 57)),
    ("rota needed", c.FindPrompts("rota needed")),
    ("rota committee", c.FindPrompts("rota committee")),
    ("rota gaps", c.FindPrompts("rota gaps")),
    ("ROTA TEMPLATE", c.FindPrompts("ROTA TEMPLATE")),
    ("3 days 2 nights", c.FindPrompts("3 days 2 nights")),
    ("once a week", own.SetTips(1)),
    ("Twice a week, please.", own.SetTips(2)),
    ("3 a week", own.SetTips(3)),
    ("three tips a week", own.SetTips(3)),
    ("1 tip per week", own.SetTips(1)),
    ("no more than two a week", own.SetTips(2)),
    ("no tips a week", own.Pause(7)),
    ("0 a week", own.SetTips(0)),
    ("every day", own.SetTips(5)),
    ("daily", own.SetTips(5)),
    ("a tip a day", own.SetTips(5)),
    ("two tips a day", own.SetTips(14)),
    ("6 a week", own.SetTips(6)),
    ("weekly", own.SetTips(1)),
    ("weekly report", c.FindPrompts("weekly report")),
    ("daily huddle", c.FindPrompts("daily huddle")),
    ("once a month", c.OfferChoices()),
    ("less often", c.OfferChoices()),
    ("only Mondays", own.SetTips(days=frozenset({0}))),
    ("only on Mondays", own.SetTips(days=frozenset({0}))),
    ("Monday only", own.SetTips(days=frozenset({0}))),
    ("Tuesdays and Thursdays", own.SetTips(days=frozenset({1, 3}))),
    ("mon, wed & fri", own.SetTips(days=frozenset({0, 2, 4}))),
    ("Friday to Monday", own.SetTips(days=frozenset({4, 5, 6, 0}))),
    ("I work weekends", own.SetTips(days=frozenset({5, 6}))),
    ("once a week on Mondays", own.SetTips(1, frozenset({0}))),
    ("Monday", c.FindPrompts("Monday")),
    ("Tues", c.FindPrompts("Tues")),
    ("no tips on Mondays", own.LeaveOut(frozenset({0}))),
    ("unwaith yr wythnos", own.SetTips(1)),
    ("ddwywaith yr wythnos", own.SetTips(2)),
    ("dwywaith yr wythnos", own.SetTips(2)),
    ("deirgwaith yr wythnos", own.SetTips(3)),
    ("bedair gwaith yr wythnos", own.SetTips(4)),
    ("tri awgrym yr wythnos", own.SetTips(3)),
    ("dim mwy na dau yr wythnos", own.SetTips(2)),
    ("bob dydd", own.SetTips(5)),
    ("dydd Llun yn unig", own.SetTips(days=frozenset({0}))),
    ("dim ond ar ddydd Mawrth", own.SetTips(days=frozenset({1}))),
    ("dydd Mawrth a dydd Iau", own.SetTips(days=frozenset({1, 3}))),
    ("bob dydd Gwener", own.SetTips(days=frozenset({4}))),
    ("unwaith yr wythnos ar ddydd Llun", own.SetTips(1, frozenset({0}))),
    ("rota template for the desk", c.FindPrompts("rota template for the desk")),
    ("no rota", own.SetRota("")),
    ("dim rota", own.SetRota("")),
    ("I'm on leave next week", own.TakeLeave("next week")),
    ("leave tomorrow", own.TakeLeave("tomorrow")),
    ("I'll be on holiday from 7 to 11 December", own.TakeLeave("7 to 11 december")),
    ("on holiday until Monday", own.PauseUntil("monday", own.Wish.ENJOY)),
    ("off sick until Friday", own.PauseUntil("friday", own.Wish.RECOVER)),
    ("Cheers!", Remark(Subject.THANKS)),
    ("diolch yn fawr", Remark(Subject.THANKS)),
    ("This is useless", c.OfferChoices()),
    ("fuck off", c.OfferChoices()),
    ("fewer tips", c.OfferChoices()),
    ("how often will you message me?", Remark(Subject.NEXT_TIP)),
    ("quiet hours", c.OfferChoices()),
    ("not for my job", Remark(Subject.UNDER_THE_TIP)),
    ("how often should the rota change", c.FindPrompts("how often should the rota change")),
    ("leave a note for the 3 January meeting", c.FindPrompts("leave a note for the 3 January meeting")),
    ("leave rota for 3 January", c.FindPrompts("leave rota for 3 January")),
    ("no leave", own.TakeLeave("")),
    ("cancel leave", own.TakeLeave("")),
    ("ar wyliau tan ddydd Gwener", own.PauseUntil("friday")),
    ("No messages on nights.", own.SetNights(wanted=False)),
    ("Cymraeg", own.SetLanguage(Language.WELSH)),
    ("English", own.SetLanguage(Language.ENGLISH)),
    ("Awgrym.", c.ShowTip()),
    ("Why this one?", c.ShowWhy()),
    ("champion", champions.AskChampion()),
    ("champions", champions.ShowDirectory()),
    ("coverage", champions.ShowCoverage()),
    ("champions for letters", champions.ShowDirectory("letters")),
    ("Become a champion.", champions.BecomeChampion()),
    ("leave champions", champions.LeaveChampions()),
    ("Stop being a champion", champions.LeaveChampions()),
    ("Withdraw.", champions.WithdrawHelp()),
    ("withdraw my request, please", champions.WithdrawHelp()),
    ("retire", sharing.RetirePrompt()),
    ("retirement party poster", c.FindPrompts("retirement party poster")),
    ("profile", champions.ShowProfile()),
    ("share", sharing.ShowShareForm()),
    ("review", sharing.ShowReviews()),
    ("summary", leads.ShowSummary()),
    (
        "summary Ward 4 sample",
        c.FiguresOrPrompts(leads.ShowSummary(GroupId("Ward 4 sample")), "summary Ward 4 sample"),
    ),
    (
        "Summary of Ward 4 sample",
        c.FiguresOrPrompts(leads.ShowSummary(GroupId("Ward 4 sample")), "Summary of Ward 4 sample"),
    ),
    (
        "summary for Ward 4 sample",
        c.FiguresOrPrompts(leads.ShowSummary(GroupId("Ward 4 sample")), "summary for Ward 4 sample"),
    ),
    ("pause", own.Pause()),
    ("pause 3 days", own.Pause(days=3)),
    ("pause for 1 day", own.Pause(days=1)),
    ("Pause for 2 weeks.", own.Pause(days=14)),
    ("resume", own.Resume()),
    ("stop", own.Stop()),
    ("settings", own.ShowSettings()),
    ("privacy", own.ShowPrivacy()),
    ("What is stored?", own.ShowPrivacy()),
    ("is it anonymous?", own.ShowPrivacy()),
    ("What do you store about me?", own.ShowPrivacy()),
    ("survey", pulses.ShowPulse()),
    ("question", pulses.ShowPulse()),
    ("Questions", pulses.ShowPulse()),
    ("Change my answers", pulses.ShowPulse()),
    ("Forget my answers", own.ForgetLevel()),
    ("results", leads.ShowSummary()),
    ("team results", leads.ShowSummary()),
    ("last summary", leads.ShowSummary()),
    ("summary before", leads.ShowSummaryBefore()),
    ("Summary before of Ward 4 sample", leads.ShowSummaryBefore(GroupId("Ward 4 sample"))),
    ("write a letter", c.FindPrompts("write a letter")),
    ("Write  a\nletter!", c.FindPrompts("Write a letter")),
    ("pause 100 days", own.Pause(days=100)),
    ("pause two weeks", own.Pause(days=14)),
    ("pause for a week", own.Pause(days=7)),
    ("pause for a fortnight", own.Pause(days=14)),
    ("pause for two months", own.Pause(days=60)),
    ("stop for two weeks", own.Pause(days=14)),
    ("No tips for 10 days, please!", own.Pause(days=10)),
    ("please stop", own.Stop()),
    ("no messages for 10 days", own.Pause(days=10)),
    ("pause 0 days", c.OfferChoices()),
    ("pause until friday", own.PauseUntil("friday")),
    ("Pause until 3 January!", own.PauseUntil("3 january")),
    ("no messages until monday", own.PauseUntil("monday")),
    ("I'm on leave until Monday", own.PauseUntil("monday", own.Wish.ENJOY)),
    ("annual leave from 20 December to 3 January", own.TakeLeave("20 december to 3 january")),
    ("leave me alone", c.OfferChoices()),
    ("leave a message for the night team", c.FindPrompts("leave a message for the night team")),
    ("please stop sending me messages", c.OfferChoices()),
    ("How do I stop this?", c.OfferChoices()),
    ("can you delete my data please", c.OfferChoices()),
    ("leave chmapions", c.AskWhatWasMeant("leave champions")),
    ("withdarw my request", c.AskWhatWasMeant("withdraw my request")),
    ("no laeve", c.AskWhatWasMeant("no leave")),
    ("erase my dta", own.AskErasure()),
    ("thank you", Remark(Subject.THANKS)),
    ("tips", c.ShowTip()),
    (
        "a polite letter that asks a supplier to stop sending us paper catalogues every month",
        c.FindPrompts("a polite letter that asks a supplier to stop sending us paper catalogues every month"),
    ),
]

TYPED_ONLY = {
    c.FiguresOrPrompts,
    c.OfferChoices,
    c.AskWhatWasMeant,
    c.AskRules,
    Remark,
    own.LeaveOut,
    own.SetHours,
    own.SetHolidays,
    own.PauseUntil,
    own.TakeLeave,
    own.AskLeave,
    c.ShowWhy,
    own.SetRota,
    own.SetNights,
    own.SetTips,
    own.ShowRota,
    own.AskRota,
    own.AskLanguage,
}
"""Commands that no button sends."""


@pytest.mark.parametrize(("line", "command"), WORDS)
def test_understand(line: str, command: c.Command) -> None:
    """Each phrase has one meaning; what is no phrase is a question."""
    assert understand(line) == command


@given(
    st.sampled_from([line for line, what in WORDS if line.isalpha() and not isinstance(what, c.FindPrompts)]),
    st.sampled_from([str.upper, str.title, str.lower]),
    st.sampled_from(["", " ", "\t", "\n"]),
    st.sampled_from(["", ".", "!", " !", " .", ". "]),
)
def test_case_spaces_and_a_last_mark_do_not_matter(
    word: str, cased: Callable[[str], str], before: str, after: str
) -> None:
    """A word is understood however somebody types it on a phone."""
    assert understand(before + cased(word) + after) == understand(word)


@given(st.text(max_size=80))
def test_everything_is_understood_somehow(line: str) -> None:
    """No line is an error: at worst it is a question for the library."""
    command = understand(line)
    assert type(command) in c.VERBS.values() or type(command) in TYPED_ONLY


def test_every_verb_is_its_own() -> None:
    """No two verbs ask for the same, and every command has one but those that are only ever typed."""
    kinds = list(c.VERBS.values())
    assert len(set(kinds)) == len(kinds)
    assert set(kinds) == set(get_args(c.Command)) - TYPED_ONLY
