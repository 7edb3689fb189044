"""What a lead sees in the chat, and what nobody may."""

import re
from collections.abc import Mapping

import pytest

from bot.domain.audit import Act
from bot.domain.commands.leads import (
    ExportSummary,
    SetPlan,
    ShowComparison,
    ShowPlan,
    ShowSummary,
    ShowSummaryBefore,
)
from bot.domain.messages import Comparison, GroupSummary, Message, Note
from bot.domain.outbox.subjects import DigestDue
from bot.domain.staff.groups import Group, Level
from bot.domain.staff.people import GroupId, Person
from bot.services.ports import World
from bot.services.rounds import planning, summarising
from tests.kept import keep
from tests.rounds import MIXED, MONTH, OPENS, Said, a_round, answered
from tests.samples import WARD, staff, stranger

OTHER = GroupId("Booking sample")
LEAD = staff("Lea Sample", leads=frozenset({WARD}))
LEAD_OF_TWO = staff("Lou Sample", leads=frozenset({WARD, OTHER}))
LOW: Said = [(1, 4), (2, 5)] * 10
HIGH: Said = [(4, 1), (5, 2), (4, 3)] * 7
MINUTES = {
    "saved more": [(3, 3, 4, 2), (4, 2, 3, 1), (2, 3, 4, 1)] * 5,
    "no gain": [(3, 3, 2, 2), (4, 2, 3, 3)] * 8,
    "lost": [(3, 3, 2, 4), (4, 2, 1, 3), (2, 3, 1, 4)] * 7,
}


async def seen(world: World, command: ShowSummary | None = None) -> GroupSummary:
    """The card that the lead gets."""
    card = await summarising.summary(world, LEAD.id, command or ShowSummary())
    assert isinstance(card, GroupSummary), card
    return card


async def noted(answer: Message) -> Note:
    """An answer that is a note."""
    assert isinstance(answer, Note)
    assert answer.steps
    return answer


async def test_a_lead_sees_the_summary_of_their_group(world: World) -> None:
    """Twelve answers give figures, as bars and as text, with how they are protected."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    card = await seen(world, ShowSummary(WARD))
    assert card.group == WARD
    assert card.period == "Monday 2 November to Sunday 8 November"
    assert card.answers.startswith("About 10 people answered")
    assert card.headline.startswith("Confidence is 2.8 of 5 (likely between ")
    confidence, workload = card.sections
    assert [bar.percent for bar in confidence.bars] == [25, 25, 15, 15, 15]
    assert all(f"{bar.label}: {bar.percent:g}%" in confidence.text for bar in confidence.bars)
    scale = "on a scale from 1 (Not at all) to 5 (Very)"
    assert confidence.finding == f"On average 2.8 {scale}, likely between 1.8 and 3.8."
    assert workload.bars
    assert "10 answers" in card.protection
    assert not card.sample_data


async def test_the_only_group_needs_no_name(world: World) -> None:
    """`summary` is enough for somebody who leads one group; capitals do not matter in a name."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    assert await seen(world) == await seen(world, ShowSummary(GroupId(WARD.upper())))


async def test_a_lead_of_two_groups_chooses(world: World) -> None:
    """Somebody who leads more than one is asked which, with a button for each."""
    await keep(world, LEAD_OF_TWO)
    answer = await noted(await summarising.compare(world, LEAD_OF_TWO.id, ShowComparison()))
    assert [(step.verb, step.subject) for step in answer.steps] == [
        ("compare", OTHER),
        ("compare", WARD),
        ("help", ""),
    ]


@pytest.mark.parametrize("person", [staff(), stranger(), LEAD])
@pytest.mark.parametrize("group", [OTHER, GroupId("No such sample"), None])
async def test_no_right_no_figures(world: World, person: Person, group: GroupId | None) -> None:
    """Whoever does not lead a group is refused kindly, in the same words whether the group exists or not."""
    await keep(world, person, LEAD_OF_TWO)
    await answered(world, {OTHER: MIXED})
    for answer in (
        await summarising.summary(world, person.id, ShowSummary(group)),
        await summarising.summary_before(world, person.id, ShowSummaryBefore(group)),
        await summarising.compare(world, person.id, ShowComparison(group)),
        await summarising.export(world, person.id, ExportSummary(group)),
        await planning.show(world, person.id, ShowPlan(group)),
        await planning.choose(world, person.id, SetPlan(f"1:{group}")),
    ):
        note = await noted(answer)
        if person != LEAD or group is not None:
            assert note.title == "That summary is not open to you"


@pytest.mark.parametrize("number", [1, 9])
async def test_too_few_answers_get_a_kind_refusal(world: World, number: int) -> None:
    """Under the threshold the answer is the same, however many there were."""
    await keep(world, LEAD)
    await answered(world, MIXED[:number])
    answer = await noted(await summarising.summary(world, LEAD.id, ShowSummary()))
    assert answer.title == "Too few answers to show"
    assert str(number) not in answer.lines[0].replace("fewer than 10", "").replace(WARD, "")


async def test_no_answers_at_all_are_said_plainly(world: World) -> None:
    """Nobody is to be protected where nobody answered."""
    await keep(world, LEAD)
    await answered(world, [])
    answer = await noted(await summarising.summary(world, LEAD.id, ShowSummary()))
    assert answer.lines[0].startswith("Nobody answered in the round of 2 November.")


async def test_a_group_that_shrank_is_not_shown(world: World) -> None:
    """The newest round has too few; the one before is a button away, as it was then."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    before = await seen(world)
    await answered(world, MIXED[:9], a_round(OPENS + MONTH))
    answer = await noted(await summarising.summary(world, LEAD.id, ShowSummary()))
    assert answer.title == "Too few answers to show"
    assert answer.steps[0].verb == "summary_before"
    assert await summarising.summary_before(world, LEAD.id, ShowSummaryBefore()) == before


async def test_the_round_before(world: World) -> None:
    """`summary last` goes one round back; before the first there is none."""
    await keep(world, LEAD)
    await answered(world, LOW)
    earlier = await noted(await summarising.summary_before(world, LEAD.id, ShowSummaryBefore()))
    assert earlier.title == "No earlier summary"
    first = await seen(world)
    await answered(world, HIGH, a_round(OPENS + MONTH))
    assert await summarising.summary_before(world, LEAD.id, ShowSummaryBefore()) == first


async def test_an_open_round_is_not_shown(world: World) -> None:
    """Results come only after a round has closed."""
    await keep(world, LEAD)
    await answered(world, MIXED, is_open=True)
    answer = await noted(await summarising.summary(world, LEAD.id, ShowSummary()))
    assert answer.title == "No summary yet"


async def test_a_clear_change_is_called_one_and_no_other(world: World) -> None:
    """From two to four and a half is a change; the same answers once more are none."""
    await keep(world, LEAD)
    await answered(world, LOW)
    await answered(world, HIGH, a_round(OPENS + MONTH))
    up = (await seen(world)).sections[0].finding
    assert "Up by 2.8 since 2 November (give or take" in up
    await answered(world, HIGH, a_round(OPENS + 2 * MONTH))
    assert "No change since 30 November (give or take" in (await seen(world)).sections[0].finding


async def test_unanimous_answers_are_hidden_and_it_says_why(world: World) -> None:
    """What nearly everybody said is not shown: no bar, no mean, no percentage."""
    await keep(world, LEAD)
    await answered(world, [(4, value % 3 + 1) for value in range(12)])
    card = await seen(world)
    confidence, workload = card.sections
    assert confidence.bars == []
    assert "not shown" in confidence.text
    assert confidence.finding == ""
    assert "Confidence is" not in card.headline
    assert len(workload.bars) == 5


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("saved more", "a net gain of about"),
        ("no gain", "no clear gain and no clear loss"),
        ("lost", "a net loss of about"),
    ],
)
async def test_a_saving_is_never_reported_alone(world: World, said: str, words: str) -> None:
    """Minutes saved less minutes checking, with how sure that is; also in later rounds."""
    await keep(world, LEAD)
    await answered(world, MINUTES[said], a_round(turn="minutes_saved"))
    assert any(
        words in finding and "checking took about" in finding for finding in (await seen(world)).findings
    )
    await answered(world, HIGH, a_round(OPENS + MONTH))
    assert any(words in finding for finding in (await seen(world)).findings)


async def test_what_was_asked_in_an_earlier_round_says_so(world: World) -> None:
    """A saving that people were asked about a round ago has its round beside it, and so has what to do."""
    await keep(world, LEAD)
    await answered(world, MINUTES["no gain"], a_round(turn="minutes_saved"))
    now = await seen(world)
    assert "last asked" not in " ".join([*now.findings, now.action])
    await answered(world, MIXED, a_round(OPENS + MONTH))
    later = await seen(world)
    assert later.findings[0].endswith("This was last asked in the round of 2 November.")
    assert later.action.startswith("Agree on two tasks")
    assert later.action.endswith("This was last asked in the round of 2 November.")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("no gain", "because it is not clear that AI saves more time than checking takes."),
        ("lost", "because checking takes longer than AI saves."),
    ],
)
async def test_the_reason_to_drop_tasks_is_what_the_figures_say(world: World, said: str, reason: str) -> None:
    """What is not clear is not called alike, and a loss is called one."""
    await keep(world, LEAD)
    await answered(world, MINUTES[said], a_round(turn="minutes_saved"))
    assert (await seen(world)).action.endswith(reason)


async def test_minutes_are_whole_and_points_have_one_decimal(world: World) -> None:
    """Nobody guesses a day's minutes to a tenth."""
    await keep(world, LEAD)
    await answered(world, MINUTES["saved more"], a_round(turn="minutes_saved"))
    confidence, _, saved, _ = (await seen(world)).sections
    assert re.fullmatch(r"On average \d+ minutes \(likely between \d+ and \d+\)\.", saved.finding)
    assert re.match(r"On average \d\.\d .*, likely between \d\.\d and \d\.\d\.$", confidence.finding)


async def test_what_may_be_a_loss_is_not_a_number_below_nought(world: World) -> None:
    """Minus four minutes are a loss of four."""
    await keep(world, LEAD)
    await answered(world, MINUTES["no gain"], a_round(turn="minutes_saved"))
    assert re.search(r"\(likely between a loss of \d+ and a gain of \d+\)\.", (await seen(world)).findings[0])
    await answered(world, MINUTES["lost"], a_round(OPENS + MONTH, turn="minutes_saved"))
    assert re.search(
        r"a net loss of about \d+ minutes \(likely between \d+ and ", (await seen(world)).findings[0]
    )


async def test_minutes_saved_without_checking_say_nothing(world: World) -> None:
    """Where too few said how long checking took, no saving is reported."""
    await keep(world, LEAD)
    await answered(world, [(3, 3, 4), (4, 2, 3), (2, 3, 1)] * 5, a_round(turn="minutes_saved"))
    assert not any("saved about" in finding for finding in (await seen(world)).findings)


async def test_what_time_became_stands_beside_the_plan(world: World) -> None:
    """First nobody has said what it is for; then the lead does, from the card's own buttons."""
    await keep(world, LEAD)
    became: Said = [(3, 3, 1)] * 12 + [(4, 2, 4)] * 8
    await answered(world, became, a_round(turn="time_became"))
    assert "Nobody has said yet what it is for." in " ".join((await seen(world)).findings)
    card = await noted(await planning.show(world, LEAD.id, ShowPlan()))
    learning = next(step for step in card.steps if step.title == "Learning")
    await planning.choose(world, LEAD.id, SetPlan(learning.subject))
    said = " ".join((await seen(world)).findings)
    assert "Saved time was meant for: Learning (40%). It most often became: Catching up (60%)." in said
    assert "Now: Learning." in (await noted(await planning.show(world, LEAD.id, ShowPlan()))).lines[0]


@pytest.mark.parametrize("choice", ["", "5:", "0:Ward 4 sample", "5:Ward 4 sample", "x:Ward 4 sample", "1"])
async def test_a_plan_that_no_button_offers_is_refused(world: World, choice: str) -> None:
    """Nothing is kept of it."""
    await keep(world, LEAD)
    await noted(await planning.choose(world, LEAD.id, SetPlan(choice)))
    async with world.store.unit_of_work() as work:
        assert await work.plans.get(Group(Level.TEAM, WARD).key) is None


ACTIONS: Mapping[str, tuple[str, Said, str]] = {
    "unclear rules": ("rules_clear", [(4, 1, 1), (5, 2, 2), (4, 3, 4)] * 5, "Go through the local rule"),
    "checking": ("minutes_saved", MINUTES["no gain"], "Agree on two tasks"),
    "heavier": ("", [(4, 4), (5, 5), (4, 2)] * 5, "Ask at your next meeting"),
    "unsure": ("", [(1, 1), (2, 2), (3, 3)] * 5, "Ask a champion"),
    "no plan": ("", HIGH, "Type plan"),
}


@pytest.mark.parametrize(("turn", "said", "begins"), ACTIONS.values(), ids=ACTIONS)
async def test_one_action_with_its_reason(world: World, turn: str, said: Said, begins: str) -> None:
    """The first thing that applies, and because of what."""
    await keep(world, LEAD)
    await answered(world, said, a_round(turn=turn))
    action = (await seen(world)).action
    assert action.startswith(begins)
    assert "because" in action


async def test_gaps_between_groups_are_shown_for_the_whole(world: World) -> None:
    """Where only one site and one role can be shown, there is nothing to compare."""
    await keep(world, LEAD)
    people = {WARD: HIGH, OTHER: LOW}
    await answered(world, people)
    findings = " ".join((await seen(world)).findings)
    assert "between sites" not in findings  # all are on one
    assert "roles" not in findings


async def test_own_rounds_beside_the_organisation(world: World) -> None:
    """A mean a round, what changed, and no other team's name."""
    await keep(world, LEAD)
    await answered(world, {WARD: LOW, OTHER: MIXED})
    await answered(world, {WARD: HIGH, OTHER: MIXED}, a_round(OPENS + MONTH))
    card = await summarising.compare(world, LEAD.id, ShowComparison())
    assert isinstance(card, Comparison)
    assert [(point.label, point.percent) for point in card.trends[0].points] == [
        ("2 November", 1.5),
        ("30 November", 4.3),
    ]
    assert "Up by 2.8" in card.trends[0].text
    assert "4.3 here, 3.8 in the whole organisation" in card.beside[0]
    assert OTHER not in repr(card)


async def test_a_table_to_copy(world: World) -> None:
    """The same figures, comma-separated."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    note = await noted(await summarising.export(world, LEAD.id, ExportSummary()))
    assert note.lines[1] == "group,round,question,answer,percent,mean,give_or_take,unit"
    assert note.lines[2] == f"{WARD},2026-11-02,About confidence,Not at all,25,2.8,1.0,of 5"
    assert len(note.lines) == 12


async def test_a_digest_is_the_summary_and_on_record(world: World) -> None:
    """It comes unasked, so what was shown to whom is kept; whoever leads the group no more gets none."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    due = DigestDue("2026-11-02", Group(Level.TEAM, WARD).key)
    async with world.store.unit_of_work() as work:
        assert await summarising.digest(world, work, staff(), due) is None
        assert await summarising.digest(world, work, LEAD, DigestDue("2020-01-01", due.group)) is None
        card = await summarising.digest(world, work, LEAD, due)
        assert [record.act for record in await work.audit.of(LEAD.id)] == [Act.SUMMARY_SENT]
    assert card == await seen(world)
