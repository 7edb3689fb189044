"""What people type, and what they mean by it."""

from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.champion_commands import (
    AskChampion,
    BecomeChampion,
    LeaveChampions,
    ShowCoverage,
    ShowDirectory,
    ShowProfile,
    WithdrawHelp,
)
from bot.domain.language import Language
from bot.domain.lead_commands import ShowAudit, ShowSummary, ShowSummaryBefore
from bot.domain.own_commands import (
    AskErasure,
    ForgetLevel,
    Pause,
    PauseUntil,
    Resume,
    SetLanguage,
    SetNights,
    SetRota,
    ShowMyData,
    ShowPrivacy,
    ShowSettings,
    Stop,
    TakeLeave,
)
from bot.domain.people import GroupId
from bot.domain.phrases import understand
from bot.domain.pulse_commands import ShowPulse
from bot.domain.review_commands import RetirePrompt, ShowReviews, ShowShareForm

WORDS: list[tuple[str, c.Command]] = [
    ("hi", c.ShowHelp(greeting=c.Greeting.HELLO)),
    ("hello", c.ShowHelp(greeting=c.Greeting.HELLO)),
    ("help", c.ShowHelp()),
    ("audit", ShowAudit()),
    ("My data", ShowMyData()),
    ("erase my data", AskErasure()),
    ("Delete my data!", AskErasure()),
    ("?", c.ShowHelp()),
    ("", c.ShowHelp()),
    (" \n ", c.ShowHelp()),
    ("...", c.ShowHelp()),
    ("tip", c.ShowTip()),
    ("saved", c.ShowSaved()),
    ("why", c.ShowWhy()),
    ("rota DDNNOOOO", SetRota("DDNNOOOO")),
    ("my rota is e e l l o o", SetRota("EELLOO")),
    ("rota template for the desk", c.FindPrompts("rota template for the desk")),
    ("no rota", SetRota("")),
    ("dim rota", SetRota("")),
    ("I'm on leave next week", TakeLeave("next week")),
    ("leave tomorrow", TakeLeave("tomorrow")),
    ("I'll be on holiday from 7 to 11 December", TakeLeave("7 to 11 december")),
    ("on holiday until Monday", PauseUntil("monday")),
    ("off sick until Friday", PauseUntil("friday")),
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
    ("no leave", TakeLeave("")),
    ("cancel leave", TakeLeave("")),
    ("ar wyliau tan ddydd Gwener", PauseUntil("friday")),
    ("No messages on nights.", SetNights(wanted=False)),
    ("Cymraeg", SetLanguage(Language.WELSH)),
    ("English", SetLanguage(Language.ENGLISH)),
    ("Awgrym.", c.ShowTip()),
    ("Why this one?", c.ShowWhy()),
    ("champion", AskChampion()),
    ("champions", ShowDirectory()),
    ("coverage", ShowCoverage()),
    ("champions for letters", ShowDirectory("letters")),
    ("Become a champion.", BecomeChampion()),
    ("leave champions", LeaveChampions()),
    ("Stop being a champion", LeaveChampions()),
    ("Withdraw.", WithdrawHelp()),
    ("withdraw my request, please", WithdrawHelp()),
    ("retire", RetirePrompt()),
    ("retirement party poster", c.FindPrompts("retirement party poster")),
    ("profile", ShowProfile()),
    ("share", ShowShareForm()),
    ("review", ShowReviews()),
    ("summary", ShowSummary()),
    ("summary Ward 4 sample", ShowSummary(GroupId("Ward 4 sample"))),
    ("Summary of Ward 4 sample", ShowSummary(GroupId("Ward 4 sample"))),
    ("summary for Ward 4 sample", ShowSummary(GroupId("Ward 4 sample"))),
    ("pause", Pause()),
    ("pause 3 days", Pause(days=3)),
    ("pause for 1 day", Pause(days=1)),
    ("Pause for 2 weeks.", Pause(days=14)),
    ("resume", Resume()),
    ("stop", Stop()),
    ("settings", ShowSettings()),
    ("privacy", ShowPrivacy()),
    ("What is stored?", ShowPrivacy()),
    ("is it anonymous?", ShowPrivacy()),
    ("What do you store about me?", ShowPrivacy()),
    ("survey", ShowPulse()),
    ("question", ShowPulse()),
    ("Questions", ShowPulse()),
    ("Change my answers", ShowPulse()),
    ("Forget my answers", ForgetLevel()),
    ("results", ShowSummary()),
    ("team results", ShowSummary()),
    ("last summary", ShowSummary()),
    ("summary before", ShowSummaryBefore()),
    ("Summary before of Ward 4 sample", ShowSummaryBefore(GroupId("Ward 4 sample"))),
    ("write a letter", c.FindPrompts("write a letter")),
    ("Write  a\nletter!", c.FindPrompts("Write a letter")),
    ("pause 100 days", Pause(days=100)),
    ("pause two weeks", Pause(days=14)),
    ("pause for a week", Pause(days=7)),
    ("pause for a fortnight", Pause(days=14)),
    ("pause for two months", Pause(days=60)),
    ("stop for two weeks", Pause(days=14)),
    ("No tips for 10 days, please!", Pause(days=10)),
    ("please stop", Stop()),
    ("no messages for 10 days", Pause(days=10)),
    ("pause 0 days", c.OfferChoices()),
    ("pause until friday", PauseUntil("friday")),
    ("Pause until 3 January!", PauseUntil("3 january")),
    ("no messages until monday", PauseUntil("monday")),
    ("I'm on leave until Monday", PauseUntil("monday")),
    ("annual leave from 20 December to 3 January", TakeLeave("20 december to 3 january")),
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
    PauseUntil,
    TakeLeave,
    c.ShowWhy,
    SetRota,
    SetNights,
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
