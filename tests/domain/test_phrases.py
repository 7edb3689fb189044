"""What people type, and what they mean by it."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.commands import champions, leads, own, pulses, sharing
from bot.domain.language import Language
from bot.domain.people import GroupId
from bot.domain.phrases import understand

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
    ("rota template for the desk", c.FindPrompts("rota template for the desk")),
    ("no rota", own.SetRota("")),
    ("dim rota", own.SetRota("")),
    ("I'm on leave next week", own.TakeLeave("next week")),
    ("leave tomorrow", own.TakeLeave("tomorrow")),
    ("I'll be on holiday from 7 to 11 December", own.TakeLeave("7 to 11 december")),
    ("on holiday until Monday", own.PauseUntil("monday")),
    ("off sick until Friday", own.PauseUntil("friday")),
    ("Cheers!", c.ShowHelp(c.Greeting.THANKS)),
    ("diolch yn fawr", c.ShowHelp(c.Greeting.THANKS)),
    ("This is useless", c.OfferChoices()),
    ("fuck off", c.OfferChoices()),
    ("fewer tips", c.OfferChoices()),
    ("how often will you message me?", c.OfferChoices()),
    ("quiet hours", c.OfferChoices()),
    ("not for my job", c.OfferChoices()),
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
    ("summary Ward 4 sample", leads.ShowSummary(GroupId("Ward 4 sample"))),
    ("Summary of Ward 4 sample", leads.ShowSummary(GroupId("Ward 4 sample"))),
    ("summary for Ward 4 sample", leads.ShowSummary(GroupId("Ward 4 sample"))),
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
    ("I'm on leave until Monday", own.PauseUntil("monday")),
    ("annual leave from 20 December to 3 January", own.TakeLeave("20 december to 3 january")),
    ("leave me alone", c.OfferChoices()),
    ("leave a message for the night team", c.FindPrompts("leave a message for the night team")),
    ("please stop sending me messages", c.OfferChoices()),
    ("How do I stop this?", c.OfferChoices()),
    ("can you delete my data please", c.OfferChoices()),
    ("thank you", c.ShowHelp(c.Greeting.THANKS)),
    ("tips", c.ShowTip()),
    (
        "a polite letter that asks a supplier to stop sending us paper catalogues every month",
        c.FindPrompts("a polite letter that asks a supplier to stop sending us paper catalogues every month"),
    ),
]

TYPED_ONLY = {
    c.FindPrompts,
    c.OfferChoices,
    c.AskRules,
    own.PauseUntil,
    own.TakeLeave,
    c.ShowWhy,
    own.SetRota,
    own.SetNights,
}
"""Commands that no button sends."""


@pytest.mark.parametrize(("line", "command"), WORDS)
def test_understand(line: str, command: c.Command) -> None:
    """Each phrase has one meaning; what is no phrase is a question."""
    assert understand(line) == command


@given(
    st.sampled_from([line for line, _ in WORDS if line.isalpha()]),
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
