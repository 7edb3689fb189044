"""Every command × every set of rights: carried out, or refused kindly with nothing stored.

No right implies another.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import get_args

import pytest

from bot.domain import commands as c
from bot.domain.audit import Act
from bot.domain.commands import champions as h
from bot.domain.commands import leads, own, pulses, sharing
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.library.contributions import REVIEWED_FOR, Contribution, Stage
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.messages import Message, Note, ReviewRequest
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import PulseDue
from bot.domain.rounds.pulses import Round
from bot.domain.staff.people import Licence, Person, PersonId, Right
from bot.domain.text.language import Language
from bot.services import conversing
from bot.services.ports import World
from tests.contract.rows import contribution
from tests.fakes import PROMPTS
from tests.kept import but_the_audit, everything, keep
from tests.requests import keep_requests
from tests.samples import CLERK, MONDAY, OPEN_FOR, WARD, staff

LEAD = "lead"
"""Not a `Right`: the groups that somebody leads are named one by one."""

ALL_RIGHTS: tuple[str, ...] = (*(right.value for right in Right), LEAD)
PROMPT = PROMPTS[0].id
SHARED = sharing.SharePrompt("A title", "A prompt that is long enough", CLERK, "A check", DataRule.INTERNAL)


@dataclass(frozen=True)
class Case:
    """A command that does something where the right is there, and which right that is."""

    command: c.Command
    right: str | None = None
    refused: str = ""


CASES: Mapping[type[c.Command], Case] = {
    type(case.command): case
    for case in (
        Case(c.ShowHelp()),
        Case(c.OfferChoices()),
        Case(own.SetUp(CLERK, Licence.CHAT, frozenset({1}))),
        Case(c.ShowTip()),
        Case(c.OpenPrompt(PROMPT)),
        Case(c.RecordOutcome(PROMPT, Outcome.WORKED)),
        Case(c.SavePrompt(PROMPT)),
        Case(c.RemoveSaved(PROMPT)),
        Case(c.ShowSaved()),
        Case(own.ShowProgress()),
        Case(c.FindPrompts("notice")),
        Case(c.AskRules("put a rota into Copilot")),
        Case(h.AskChampion()),
        Case(h.AskForHelp("my notes")),
        Case(h.ChooseChampion(PersonId("author-sample"), "asked")),
        Case(h.WithdrawHelp("asked")),
        Case(h.AcceptHelp("offered")),
        Case(h.PassHelp("offered")),
        Case(h.RestFromHelp("offered")),
        Case(h.SayHelped("accepted")),
        Case(h.SayNotHelped("accepted")),
        Case(h.ShowProfile()),
        Case(h.BecomeChampion()),
        Case(h.ChangeProfile(topics="letters")),
        Case(h.LeaveChampions()),
        Case(h.ShowDirectory("north")),
        Case(h.ShowCoverage(), Right.ADMINISTRATOR, "no_administrator"),
        Case(h.AdmitChampion("wish"), Right.ADMINISTRATOR, "no_administrator"),
        Case(h.RefuseChampion("wish"), Right.ADMINISTRATOR, "no_administrator"),
        Case(c.TurnDown(PROMPT)),
        Case(c.ShowWhy()),
        Case(own.PauseUntil("monday")),
        Case(own.SetRota("DDNNOOOO")),
        Case(own.SetNights(wanted=False)),
        Case(own.SetLanguage(Language.WELSH)),
        Case(own.AskLanguage()),
        Case(own.SetTips(per_week=2)),
        Case(own.ShowRota()),
        Case(own.PauseLong("1 june")),
        Case(own.TakeLeave("20 december to 3 january")),
        Case(own.TakeLongLeave("20 december to 3 june")),
        Case(own.AskRota("DD?NOO")),
        Case(own.AskLeave()),
        Case(c.AskWhatWasMeant("stop")),
        Case(c.FiguresOrPrompts(leads.ShowPlan(WARD), "plan ward")),
        Case(c.ChangeNothing()),
        Case(Remark(Subject.WHO_I_AM)),
        Case(own.LeaveOut(frozenset({4}))),
        Case(own.SetHours("10")),
        Case(own.SetHolidays(wanted=True)),
        Case(c.Say("help")),
        Case(pulses.ShowPulse("r")),
        Case(pulses.AnswerPulse("r", 3, 3)),
        Case(own.ForgetLevel()),
        Case(leads.ShowSummary(WARD), LEAD, "no_lead"),
        Case(leads.ShowSummaryBefore(WARD), LEAD, "no_lead"),
        Case(leads.ExportSummary(WARD), LEAD, "no_lead"),
        Case(leads.ShowComparison(WARD), LEAD, "no_lead"),
        Case(leads.ShowPlan(WARD), LEAD, "no_lead"),
        Case(leads.SetPlan(f"1:{WARD}"), LEAD, "no_lead"),
        Case(sharing.ShowShareForm(), Right.CHAMPION, "no_champion"),
        Case(SHARED, Right.CHAMPION, "no_champion"),
        Case(sharing.ShowReviews(), Right.REVIEWER, "no_reviewer"),
        Case(sharing.ApprovePrompt("c"), Right.REVIEWER, "unknown_contribution"),
        Case(sharing.DeclinePrompt("c", "It needs a check"), Right.REVIEWER, "unknown_contribution"),
        Case(
            sharing.EditPrompt("c", "A title", "A prompt that is long enough", "A check"),
            Right.REVIEWER,
            "unknown_contribution",
        ),
        Case(sharing.RetirePrompt("over"), Right.REVIEWER, "unknown_contribution"),
        Case(sharing.RenewPrompt("over"), Right.REVIEWER, "unknown_contribution"),
        Case(sharing.ShowShared()),
        Case(sharing.KeepNameBack()),
        Case(sharing.MendPrompt("mine"), Right.CHAMPION, "no_champion"),
        Case(own.ShowSettings()),
        Case(own.ChangeSettings(CLERK, Licence.CHAT, frozenset({1}), 1, "9:00", "17:00")),
        Case(own.Pause()),
        Case(own.Resume()),
        Case(own.Stop()),
        Case(own.ShowPrivacy()),
        Case(own.ShowMyData()),
        Case(own.AskErasure()),
        Case(leads.ShowInstalls(), Right.ADMINISTRATOR, "no_administrator"),
        Case(leads.ShowAudit(), Right.ADMINISTRATOR, "no_administrator"),
        Case(own.EraseMyData()),
    )
}


def sets_of_rights() -> list[frozenset[str]]:
    """Every combination, from nothing to everything."""
    sizes = range(len(ALL_RIGHTS) + 1)
    return [frozenset(one) for size in sizes for one in combinations(ALL_RIGHTS, size)]


def somebody(rights: frozenset[str]) -> Person:
    """One person with just these rights."""
    named = frozenset(Right(right) for right in rights - {LEAD})
    return staff(rights=named, leads=frozenset({WARD} if LEAD in rights else ()))


async def settle(world: World, person: Person) -> None:
    """What each command needs to have something to do."""
    await keep(
        world,
        person,
        staff("Author Sample", rights=frozenset({Right.CHAMPION})),
        Experience(person.id, PromptId(PROMPT), MONDAY),
        Round("r", MONDAY, MONDAY + OPEN_FOR, b"s" * 32),
        Delivery(f"pulse:r:{person.id}", person.id, PulseDue("r"), MONDAY, MONDAY + OPEN_FOR, unasked=True),
    )
    async with world.store.unit_of_work() as work:
        await work.contributions.put(by_somebody_else("c"))
        old = MONDAY - REVIEWED_FOR
        over = by_somebody_else("over").reviewed(Stage.APPROVED, staff("Old Sample").id, old)
        await work.contributions.put(over)
        mine = replace(by_somebody_else("mine"), author=person.id)
        await work.contributions.put(mine.reviewed(Stage.DECLINED, staff("Old Sample").id, old, "Say more."))
    await keep_requests(world, person.id, PersonId("author-sample"))


def by_somebody_else(contribution_id: str) -> Contribution:
    """A prompt that waits, and whose author reviews nothing here."""
    one = contribution(contribution_id)
    return Contribution(
        one.id, staff("Author Sample").id, one.title, one.text, CLERK, one.check, one.data, one.submitted
    )


def code(answer: Message) -> str:
    """Why an answer is a refusal; empty where it is none."""
    return answer.refused if isinstance(answer, Note) else ""


def test_every_command_is_in_the_table() -> None:
    """A new command has to say which right it needs."""
    assert set(CASES) == set(get_args(c.Command))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: type(case.command).__name__)
@pytest.mark.parametrize("rights", sets_of_rights(), ids=lambda rights: "+".join(sorted(rights)) or "none")
async def test_a_right_does_one_thing(world: World, case: Case, rights: frozenset[str]) -> None:
    """With the right it is carried out, whatever is missing; without it refused, whatever else is there."""
    person = somebody(rights)
    await settle(world, person)
    before = but_the_audit(world)
    answer = await conversing.respond(world, person.id, case.command)
    if case.right is None or case.right in rights:
        assert code(answer) == ""
        return
    assert code(answer) == case.refused
    assert isinstance(answer, Note)
    assert answer.steps
    assert but_the_audit(world) == before


@pytest.mark.parametrize(
    "command", [sharing.ApprovePrompt("mine"), sharing.DeclinePrompt("mine", "It needs a check")]
)
async def test_nobody_reviews_their_own(world: World, command: c.Command) -> None:
    """Not even somebody who holds every right."""
    person = somebody(frozenset(ALL_RIGHTS))
    await keep(world, person)
    mine = Contribution("mine", person.id, "T", "A text", CLERK, "A check", DataRule.INTERNAL, MONDAY)
    async with world.store.unit_of_work() as work:
        await work.contributions.put(mine)
    before = everything(world)
    assert code(await conversing.respond(world, person.id, command)) == "own_contribution"
    assert not isinstance(await conversing.respond(world, person.id, sharing.ShowReviews()), ReviewRequest)
    assert everything(world) == before
    assert mine.stage is Stage.SUBMITTED


async def test_leading_one_group_opens_no_other(world: World) -> None:
    """The groups are named one by one."""
    person = somebody(frozenset(ALL_RIGHTS))
    await keep(world, person)
    assert code(await conversing.respond(world, person.id, leads.ShowSummary(WARD))) == ""
    refused = await conversing.respond(world, person.id, leads.ShowSummary(type(WARD)("Ward 5 sample")))
    assert code(refused) == "no_lead"


async def test_what_a_right_was_used_for_is_on_record(world: World) -> None:
    """A lead's and an administrator's use, carried out or refused; ordinary commands leave nothing."""
    for rights in (frozenset({LEAD}), frozenset({Right.ADMINISTRATOR.value})):
        person = somebody(rights)
        await settle(world, person)
        for case in CASES.values():
            await conversing.respond(world, person.id, case.command)
    async with world.store.unit_of_work() as work:
        assert Counter(record.act for record in await work.audit.since(MONDAY)) == {
            Act.SUMMARY_WITHHELD: 4,
            Act.PLAN_SET: 1,
            Act.AUDIT_REFUSED: 1,
            Act.SUMMARY_REFUSED: 6,
            Act.AUDIT_READ: 1,
            Act.CHAMPION_ADMITTED: 1,
            Act.COVERAGE_READ: 1,
            Act.INSTALLS_READ: 1,
            Act.INSTALLS_REFUSED: 1,
            Act.COVERAGE_REFUSED: 1,
        }
