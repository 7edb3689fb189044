"""Every command has an answer, and every answer leads on."""

from typing import get_args

import pytest

from bot.domain import commands as c
from bot.domain.commands import champions as h
from bot.domain.commands import leads, own, pulses, sharing
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.messages import Help, Note
from bot.domain.staff.people import GroupId, Licence, Person, PersonId, RoleId
from bot.domain.text.language import Language
from bot.services import conversing
from bot.services.ports import World
from tests.kept import but_the_audit, keep
from tests.samples import CLERK, WARD, champion, staff, stranger

NOTICE = PromptId("ward-clerk-notice")
COMMANDS: list[c.Command] = [
    c.ShowHelp(),
    c.ShowHelp(greeting=c.Greeting.HELLO),
    c.OfferChoices(),
    c.AskWhatWasMeant("leave champions"),
    c.Say("leave champions"),
    c.Say("no such line"),
    c.FiguresOrPrompts(leads.ShowPlan(WARD), "plan ward"),
    c.ChangeNothing(),
    *(Remark(subject, "some words") for subject in Subject),
    own.LeaveOut(frozenset({4})),
    own.SetHours("10"),
    own.SetHours("10", "10"),
    own.SetHours(quiet_from="12", quiet_until="13"),
    own.SetHolidays(wanted=True),
    own.SetUp(CLERK, Licence.CHAT, frozenset({1})),
    c.ShowTip(),
    c.OpenPrompt(NOTICE),
    c.RecordOutcome(NOTICE, Outcome.WORKED),
    c.SavePrompt(NOTICE),
    c.RemoveSaved(NOTICE),
    c.ShowSaved(),
    c.FindPrompts("notice"),
    c.AskRules("can I put the rota into Copilot"),
    h.AskChampion(),
    h.AskForHelp("my notes"),
    h.ChooseChampion(PersonId("author-sample"), "asked"),
    h.WithdrawHelp("asked"),
    h.AcceptHelp("offered"),
    h.PassHelp("offered"),
    h.RestFromHelp("offered"),
    h.SayHelped("accepted"),
    h.SayNotHelped("accepted"),
    h.ShowProfile(),
    h.BecomeChampion(),
    h.ChangeProfile(topics="letters"),
    h.LeaveChampions(),
    h.ShowDirectory("north"),
    h.ShowCoverage(),
    h.AdmitChampion("wish"),
    h.RefuseChampion("wish"),
    c.TurnDown(PromptId("ward-clerk-notice")),
    c.ShowWhy(),
    own.PauseUntil("monday"),
    own.SetRota("DDNNOOOO"),
    own.ShowRota(),
    own.AskRota("????OOOO"),
    own.AskRota("XYZ"),
    own.AskRota(""),
    own.SetRota("DDNNOOOO", "monday"),
    own.AskLeave(),
    own.AskLeave(own.Wish.RECOVER),
    own.SetTips(1, frozenset({0})),
    own.SetTips(14),
    own.PauseLong("2027-03-01"),
    own.TakeLongLeave("2027-01-03 to 2027-12-20"),
    own.SetNights(wanted=False),
    own.SetLanguage(Language.WELSH),
    own.AskLanguage(),
    own.TakeLeave("20 december to 3 january"),
    pulses.ShowPulse("2026-11-30"),
    pulses.AnswerPulse("2026-11-30", 3, 3),
    pulses.ShowPulse(),
    own.ForgetLevel(),
    leads.ShowSummary(),
    leads.ShowSummaryBefore(),
    leads.ExportSummary(),
    leads.ShowComparison(),
    leads.ShowPlan(),
    leads.SetPlan(f"1:{WARD}"),
    sharing.ShowShareForm(),
    sharing.SharePrompt("A title", "A prompt that is long enough", CLERK, "A check", DataRule.INTERNAL),
    sharing.ShowReviews(),
    sharing.ApprovePrompt("id-1"),
    sharing.DeclinePrompt("id-1", "A sample reason."),
    sharing.EditPrompt("id-1", "A title", "A prompt that is long enough", "A check"),
    sharing.RetirePrompt("id-1"),
    sharing.RenewPrompt("id-1"),
    sharing.KeepNameBack(),
    sharing.MendPrompt("c"),
    sharing.ShowShared(),
    own.ShowSettings(),
    own.ChangeSettings(CLERK, Licence.CHAT, frozenset({1}), 1, "9", "17"),
    own.ShowProgress(),
    own.Pause(),
    own.Resume(),
    own.Stop(),
    own.ShowPrivacy(),
    own.ShowMyData(),
    own.AskErasure(),
    own.EraseMyData(),
    leads.ShowAudit(),
    leads.ShowInstalls(),
]
STALE: list[c.Command] = [
    own.SetUp(RoleId("gone"), Licence.CHAT, frozenset({1})),
    c.OpenPrompt(PromptId("gone")),
    c.RecordOutcome(PromptId("gone"), Outcome.WORKED),
    c.SavePrompt(PromptId("gone")),
    c.TurnDown(PromptId("gone")),
    own.PauseUntil("no such day"),
    own.TakeLeave("no such day"),
    own.SetRota("DDNNOOOO", "no such day"),
    pulses.ShowPulse("gone"),
    pulses.AnswerPulse("gone", 3, 3),
    leads.ShowSummary(GroupId("gone")),
    leads.ShowSummaryBefore(GroupId("gone")),
    leads.ExportSummary(GroupId("gone")),
    leads.ShowComparison(GroupId("gone")),
    leads.ShowPlan(GroupId("gone")),
    leads.SetPlan("1:gone"),
    sharing.SharePrompt(
        "A title", "A prompt that is long enough", RoleId("gone"), "A check", DataRule.INTERNAL
    ),
    sharing.ApprovePrompt("gone"),
    sharing.DeclinePrompt("gone", "A sample reason."),
    sharing.EditPrompt("gone", "A title", "A prompt that is long enough", "A check"),
    sharing.RetirePrompt("gone"),
    sharing.RenewPrompt("gone"),
    h.ChooseChampion(PersonId("gone"), "gone"),
    h.WithdrawHelp("gone"),
    h.AcceptHelp("gone"),
    h.PassHelp("gone"),
    h.RestFromHelp("gone"),
    h.SayHelped("gone"),
    h.SayNotHelped("gone"),
    h.AdmitChampion("gone"),
    h.RefuseChampion("gone"),
    own.ChangeSettings(RoleId("gone"), Licence.CHAT, frozenset({1}), 1, "9", "17"),
]


def test_the_table_has_every_command() -> None:
    """A new command is tried here too."""
    assert {type(command) for command in COMMANDS} == set(get_args(c.Command))


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
@pytest.mark.parametrize(
    "person", [staff(), stranger(), champion(), staff("Lea Sample", leads=frozenset({WARD}))]
)
async def test_every_command_of_anybody_is_answered(world: World, person: Person, command: c.Command) -> None:
    """Whoever asks for whatever, known or not, gets a message; a note is never a dead end."""
    await keep(world, person)
    answer = await conversing.respond(world, person.id, command)
    assert not isinstance(answer, Note) or answer.steps


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
async def test_somebody_whom_nobody_knows_is_answered(world: World, command: c.Command) -> None:
    """The very first thing that somebody does may be anything."""
    answer = await conversing.respond(world, stranger().id, command)
    assert not isinstance(answer, Note) or answer.steps


@pytest.mark.parametrize("command", STALE, ids=repr)
async def test_a_stale_button_stores_nothing(world: World, command: c.Command) -> None:
    """What a card spoke of is gone: a polite card, a way on, and nothing stored."""
    await keep(world, champion())
    before = but_the_audit(world)
    answer = await conversing.respond(world, champion().id, command)
    assert isinstance(answer, Note)
    assert answer.steps
    assert but_the_audit(world) == before


@pytest.mark.parametrize(
    ("greeting", "opening"),
    [
        (c.Greeting.HELLO, "Hello."),
        (c.Greeting.NONE, "Here is what I can do."),
    ],
)
async def test_hello_is_answered_with_hello(world: World, greeting: c.Greeting, opening: str) -> None:
    """A greeting is greeted; both show what works."""
    answer = await conversing.respond(world, staff().id, c.ShowHelp(greeting=greeting))
    assert isinstance(answer, Help)
    assert answer.opening.startswith(opening)


def test_faults_and_strange_buttons_have_words() -> None:
    """Our own faults and buttons that no card has are answered kindly, with a way on."""
    assert conversing.trouble().steps
    assert conversing.stale().steps
    assert "one to one" in conversing.elsewhere().title
