"""What cards send, and what anybody might send."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.commands import champions as h
from bot.domain.commands import leads, own, pulses, sharing
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.staff.hours import Nights
from bot.domain.staff.people import GroupId, Licence, PersonId, RoleId
from bot.domain.text.language import Language
from bot.errors import NotUnderstood
from bot.teams import payloads

WORDS = "Mrs Jones of Ward 7"
CLERK = RoleId("ward-clerk")
TIP = PromptId("tip-1")
SET_UP = {"role": "ward-clerk", "licence": "chat", "days": "0,2,4"}
SETTINGS = {**SET_UP, "per_week": "2", "start": "9:00", "end": "17:00"}
PULSE = {"round_id": "r1", "confidence": "5", "workload": 1}
SHARE = {"title": "T", "prompt": "P", "role": "ward-clerk", "check": "C", "data": "internal"}

GOOD = [
    ("help", {}, c.ShowHelp()),
    ("set_up", SET_UP, own.SetUp(CLERK, Licence.CHAT, frozenset({0, 2, 4}))),
    ("set_up", {**SET_UP, "days": ""}, own.SetUp(CLERK, Licence.CHAT, frozenset())),
    ("set_up", {"role": "ward-clerk", "licence": "chat"}, own.SetUp(CLERK, Licence.CHAT, frozenset())),
    ("tip", {}, c.ShowTip()),
    ("open", {"prompt_id": "tip-1"}, c.OpenPrompt(TIP)),
    ("open", {"subject": "tip-1"}, c.OpenPrompt(TIP)),
    ("outcome", {"prompt_id": "tip-1", "outcome": "worked"}, c.RecordOutcome(TIP, Outcome.WORKED)),
    ("save", {"prompt_id": "tip-1"}, c.SavePrompt(TIP)),
    ("remove", {"prompt_id": "tip-1"}, c.RemoveSaved(TIP)),
    ("saved", {"subject": ""}, c.ShowSaved()),
    ("champion", {}, h.AskChampion()),
    ("champion", {"subject": ""}, h.AskChampion()),
    ("champion", {"prompt_id": ""}, h.AskChampion()),
    ("champion", {"prompt_id": "tip-1"}, h.AskChampion(TIP)),
    ("ask_help", {"topic": "", "language": ""}, h.AskForHelp()),
    ("ask_help", {"about": "my notes", "topic": "notes"}, h.AskForHelp("my notes", "notes")),
    ("choose_champion", {"champion_id": "a", "request_id": "r"}, h.ChooseChampion(PersonId("a"), "r")),
    ("withdraw_help", {"subject": "r"}, h.WithdrawHelp("r")),
    ("accept_help", {"request_id": "r"}, h.AcceptHelp("r")),
    ("pass_help", {"request_id": "r"}, h.PassHelp("r")),
    ("rest_help", {"request_id": "r"}, h.RestFromHelp("r")),
    ("helped", {"subject": "r"}, h.SayHelped("r")),
    ("not_helped", {"subject": "r"}, h.SayNotHelped("r")),
    ("profile", {}, h.ShowProfile()),
    ("become_champion", {"subject": ""}, h.BecomeChampion()),
    ("change_profile", {"hours": "2", "roles": "a,b", "site": ""}, h.ChangeProfile("a,b", hours="2")),
    ("leave_champions", {}, h.LeaveChampions()),
    ("admit_champion", {"subject": "w"}, h.AdmitChampion("w")),
    ("refuse_champion", {"subject": "w"}, h.RefuseChampion("w")),
    ("champions", {}, h.ShowDirectory()),
    ("coverage", {}, h.ShowCoverage()),
    ("pulse", PULSE, pulses.AnswerPulse("r1", 5, 1)),
    ("pulse", {**PULSE, "third": "", "beside": "", "tune": "false"}, pulses.AnswerPulse("r1", 5, 1)),
    ("pulse", {**PULSE, "third": "2", "tune": "true"}, pulses.AnswerPulse("r1", 5, 1, 2, tune=True)),
    ("pulse_again", {"subject": "r1"}, pulses.ShowPulse("r1")),
    ("summary", {}, leads.ShowSummary()),
    ("summary", {"subject": "Ward 7"}, leads.ShowSummary(GroupId("Ward 7"))),
    ("summary_before", {"subject": "Ward 7"}, leads.ShowSummaryBefore(GroupId("Ward 7"))),
    ("export_summary", {"subject": ""}, leads.ExportSummary()),
    ("compare", {"subject": "Ward 7"}, leads.ShowComparison(GroupId("Ward 7"))),
    ("plan", {"subject": "Ward 7"}, leads.ShowPlan(GroupId("Ward 7"))),
    ("set_plan", {"subject": "2:Ward 7"}, leads.SetPlan("2:Ward 7")),
    ("forget_level", {}, own.ForgetLevel()),
    ("share_form", {}, sharing.ShowShareForm()),
    ("share", SHARE, sharing.SharePrompt("T", "P", CLERK, "C", DataRule.INTERNAL)),
    ("share", {"role": "x", "data": "never"}, sharing.SharePrompt("", "", RoleId("x"), "", DataRule.NEVER)),
    ("reviews", {}, sharing.ShowReviews()),
    ("reviews", {"after": "c"}, sharing.ShowReviews("c")),
    ("approve", {"subject": "c1"}, sharing.ApprovePrompt("c1")),
    ("approve", {"contribution_id": "c1", "version": "2"}, sharing.ApprovePrompt("c1", "2")),
    ("decline", {"contribution_id": "c1", "reason": "Too long"}, sharing.DeclinePrompt("c1", "Too long")),
    ("decline", {"contribution_id": "c1"}, sharing.DeclinePrompt("c1", "")),
    (
        "edit_prompt",
        {"contribution_id": "c1", "title": "T", "check": "C"},
        sharing.EditPrompt("c1", "T", "", "C"),
    ),
    ("retire_prompt", {"subject": "c1"}, sharing.RetirePrompt("c1")),
    ("renew_prompt", {"subject": "c1"}, sharing.RenewPrompt("c1")),
    ("shared", {}, sharing.ShowShared()),
    ("mend_prompt", {"contribution_id": "c"}, sharing.MendPrompt("c")),
    ("keep_name_back", {}, sharing.KeepNameBack()),
    ("settings", {}, own.ShowSettings()),
    (
        "change_settings",
        SETTINGS,
        own.ChangeSettings(CLERK, Licence.CHAT, frozenset({0, 2, 4}), per_week=2, start="9:00", end="17:00"),
    ),
    (
        "change_settings",
        {**SETTINGS, "nights": "never", "rota_from": "2026-11-23", "tuned": "true", "language": "cy"},
        own.ChangeSettings(
            CLERK,
            Licence.CHAT,
            frozenset({0, 2, 4}),
            per_week=2,
            start="9:00",
            end="17:00",
            nights=Nights.NEVER,
            rota_from=date(2026, 11, 23),
            tuned=True,
            language=Language.WELSH,
        ),
    ),
    ("progress", {}, own.ShowProgress()),
    ("saved", {}, c.ShowSaved()),
    ("set_language", {"subject": "cy"}, own.SetLanguage(Language.WELSH)),
    ("pause", {}, own.Pause()),
    ("pause", {"subject": "28"}, own.Pause(28)),
    ("pause_long", {"subject": "2027-03-01"}, own.PauseLong("2027-03-01")),
    (
        "take_long_leave",
        {"subject": "2027-01-03 to 2027-12-20"},
        own.TakeLongLeave("2027-01-03 to 2027-12-20"),
    ),
    ("say", {"subject": "rota DDDDOOOO"}, c.Say("rota DDDDOOOO")),
    ("find", {"subject": "a notice"}, c.FindPrompts("a notice")),
    ("change_nothing", {"subject": ""}, c.ChangeNothing()),
    ("resume", {}, own.Resume()),
    ("stop", {}, own.Stop()),
    ("privacy", {}, own.ShowPrivacy()),
    ("turn_down", {"prompt_id": "tip-1"}, c.TurnDown(PromptId("tip-1"))),
    ("my_data", {}, own.ShowMyData()),
    ("ask_erasure", {}, own.AskErasure()),
    ("erase", {"subject": ""}, own.EraseMyData()),
    ("installs", {"subject": "id-1"}, leads.ShowInstalls("id-1")),
    ("audit", {}, leads.ShowAudit()),
    ("audit", {"subject": "id-1"}, leads.ShowAudit("id-1")),
]

BAD = [
    ("pulse", {**PULSE, "confidence": True}, "pulse_unfit"),
    ("pulse", {**PULSE, "third": False}, "pulse_unfit"),
    ("pause", {"days": True}, "pause_unfit"),
    ("set_up", {**SET_UP, "days": "0,7"}, "set_up_out_of_range"),
    ("set_up", {**SET_UP, "days": "-1"}, "set_up_out_of_range"),
    ("set_up", {**SET_UP, "days": "Monday"}, "set_up_unfit"),
    ("set_up", {**SET_UP, "licence": WORDS}, "set_up_unfit"),
    ("set_up", {**SET_UP, "person": WORDS}, "set_up_extra"),
    ("open", {}, "open_unfit"),
    ("open", {"subject": ""}, "open_unfit"),
    ("open", {"prompt_id": ["tip-1"]}, "open_unfit"),
    ("open", {"prompt_id": "x" * 4_001}, "open_oversize"),
    ("open", {"prompt_id": "tip\0"}, "open_unfit"),
    ("open", {"prompt_id": "\ud800"}, "open_unfit"),
    ("open", {"prompt_id": "tip-1", "subject": "tip-2"}, "open_extra"),
    ("tip", {"subject": "tip-1"}, "tip_extra"),
    ("outcome", {"prompt_id": "tip-1", "outcome": WORDS}, "outcome_unfit"),
    ("pulse", {**PULSE, "confidence": 0}, "pulse_out_of_range"),
    ("pulse", {**PULSE, "third": "6"}, "pulse_out_of_range"),
    ("pulse", {**PULSE, "beside": "0"}, "pulse_out_of_range"),
    ("pulse", {**PULSE, "tune": "perhaps"}, "pulse_unfit"),
    ("pulse", {**PULSE, "workload": "6"}, "pulse_out_of_range"),
    ("pulse", {**PULSE, "workload": 1e400}, "pulse_unfit"),
    ("pulse", {**PULSE, "workload": "9" * 3_999}, "pulse_out_of_range"),
    ("pulse", {"round_id": "r1", "confidence": 3}, "pulse_unfit"),
    ("pulse", {**PULSE, "voice": "somebody-else"}, "pulse_extra"),
    ("change_settings", {**SETTINGS, "rota_from": "soon"}, "change_settings_unfit"),
    ("change_settings", {**SETTINGS, "per_week": 6}, "change_settings_out_of_range"),
    ("change_settings", {**SETTINGS, "language": "fr"}, "change_settings_unfit"),
    ("change_settings", {**SETTINGS, "nation": "narnia"}, "change_settings_unfit"),
    ("set_language", {"language": "fr"}, "set_language_unfit"),
    ("pause", {"days": 0}, "pause_out_of_range"),
    ("pause", {"days": 100_000_000_000}, "pause_out_of_range"),
    ("help", WORDS, "help_no_data"),
    (WORDS, {}, "unknown_verb"),
    (None, {}, "unknown_verb"),
    (["tip"], {}, "unknown_verb"),
]


@pytest.mark.parametrize(("verb", "data", "expected"), GOOD)
def test_both_kinds_of_button_mean_the_same(verb: str, data: dict[str, object], expected: c.Command) -> None:
    """An Execute and its Submit give the same command, whatever Teams adds."""
    noise = {"msteams": {"type": "x"}, "action": "y"}
    assert payloads.from_execute({"action": {"verb": verb, "data": {**data, **noise}}}) == expected
    assert payloads.from_submit({"verb": verb, **data, **noise}) == expected


def test_every_verb_is_in_the_table() -> None:
    """A new verb needs a row above."""
    assert {verb for verb, _, _ in GOOD} == set(c.VERBS)


@pytest.mark.parametrize(("verb", "data", "code"), BAD)
def test_what_no_card_sends_is_refused_with_a_code(verb: object, data: object, code: str) -> None:
    """The error says what is wrong, never what was sent, and carries no cause that does."""
    with pytest.raises(NotUnderstood) as caught:
        payloads.command(verb, data)
    assert str(caught.value) == code
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize(
    "value", [None, [], "x", 5, {}, {"action": None}, {"action": {"verb": "tip", "data": 5}}]
)
def test_an_odd_invoke_is_refused(value: object) -> None:
    """There is no action in it, or no data in the action."""
    with pytest.raises(NotUnderstood):
        payloads.from_execute(value)


@pytest.mark.parametrize("value", [None, [], "x", 5, {}, {"verb": {}}])
def test_an_odd_submit_is_refused(value: object) -> None:
    """There is no verb in it."""
    with pytest.raises(NotUnderstood):
        payloads.from_submit(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "role",
        "licence",
        "days",
        "prompt_id",
        "outcome",
        "round_id",
        "confidence",
        "workload",
        "group",
        "title",
        "prompt",
        "check",
        "data",
        "contribution_id",
        "reason",
        "per_week",
        "start",
        "end",
        "subject",
        "greeting",
        "verb",
        "action",
        "msteams",
    ]
)
VALUES = JSON | st.sampled_from(["1", "0,1,2", "", "chat", "worked", "never", "ward-clerk", 3])


@given(verb=st.sampled_from(sorted(c.VERBS)) | JSON, data=st.dictionaries(FIELDS, VALUES) | JSON)
def test_anything_is_a_command_or_not_understood(verb: object, data: object) -> None:
    """No payload raises anything else, and no command comes out that its verb does not stand for."""
    try:
        made = payloads.command(verb, data)
    except NotUnderstood:
        return
    assert isinstance(verb, str)
    assert type(made) is c.VERBS[verb]


@given(JSON)
def test_any_value_is_a_command_or_not_understood(value: object) -> None:
    """Whatever stands where a button's value belongs."""
    for read in (payloads.from_execute, payloads.from_submit):
        try:
            read(value)
        except NotUnderstood:
            continue


@pytest.mark.parametrize(
    ("value", "about"),
    [
        ({"action": {"verb": "pulse", "data": {}}}, True),
        ({"action": {"verb": "pulse_again"}}, True),
        ({"verb": "pulse", "action": "Submit", "confidence": "nonsense"}, True),
        ({"verb": "tip"}, False),
        ({"action": {"verb": "forget_level"}}, False),
        ({"action": {"verb": ["pulse"]}}, False),
        ({}, False),
        (None, False),
        ("pulse", False),
    ],
)
def test_a_press_on_the_questions_is_told_from_any_other(value: object, about: bool) -> None:  # noqa: FBT001 - a column
    """In either of the two forms, whatever else is in it."""
    assert payloads.is_about_questions(value) is about
