"""What a lead may see, and what nobody may."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.anonymity.summaries import Summary, TooFew
from bot.domain.commands import ShowSummary
from bot.domain.messages import GroupSummary, Note
from bot.domain.people import GroupId, Person
from bot.domain.pulses import OPEN_FOR, Answer, Round
from bot.errors import Problems
from bot.services import reporting
from bot.services.ports import World
from tests.kept import keep
from tests.samples import WARD, staff, stranger

OTHER = GroupId("Booking sample")
LEAD = staff("Lea Sample", leads=frozenset({WARD}))
LEAD_OF_TWO = staff("Lou Sample", leads=frozenset({WARD, OTHER}))
OPENS = datetime(2026, 11, 2, tzinfo=UTC)


async def answered(
    world: World,
    answers: Sequence[tuple[int, int]],
    *,
    opens: datetime = OPENS,
    is_open: bool = False,
    group: GroupId = WARD,
) -> None:
    """A round with these answers, closed unless said otherwise."""
    round_ = Round(f"{opens:%Y-%m-%d}", opens, opens + OPEN_FOR, b"s" * 32 if is_open else None)
    await keep(world, round_)
    async with world.store.unit_of_work() as work:
        for number, (confidence, workload) in enumerate(answers):
            await work.pulses.put_answer(Answer(round_.id, f"voice-{number}", group, confidence, workload))


MIXED = [(value % 5 + 1, value % 3 + 1) for value in range(12)]


async def test_a_lead_sees_the_summary_of_their_group(world: World) -> None:
    """Twelve answers give figures, as bars and as text, with how they are protected."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    card = await reporting.summary(world, LEAD.id, ShowSummary(WARD))
    assert isinstance(card, GroupSummary)
    assert card.group == WARD
    assert card.period == "Monday 2 November to Sunday 8 November"
    assert card.answers == "10 or more people answered"
    assert card.headline.startswith("Confidence is 2.8 of 5 (likely between ")
    assert [bar.percent for bar in card.confidence] == [25, 25, 15, 15, 15]
    assert all(f"{bar.label}: {bar.percent}%" in card.confidence_text for bar in card.confidence)
    assert "10 answers" in card.protection
    assert not card.sample_data


async def test_the_only_group_needs_no_name(world: World) -> None:
    """`summary` is enough for somebody who leads one group."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    assert await reporting.summary(world, LEAD.id, ShowSummary()) == await reporting.summary(
        world, LEAD.id, ShowSummary(WARD)
    )


async def test_a_lead_of_two_groups_chooses(world: World) -> None:
    """Somebody who leads more than one is asked which, with a button for each."""
    await keep(world, LEAD_OF_TWO)
    answer = await reporting.summary(world, LEAD_OF_TWO.id, ShowSummary())
    assert isinstance(answer, Note)
    assert [(step.verb, step.subject) for step in answer.steps] == [
        ("summary", OTHER),
        ("summary", WARD),
        ("help", ""),
    ]


@pytest.mark.parametrize("person", [staff(), stranger(), LEAD])
@pytest.mark.parametrize("group", [OTHER, GroupId("No such sample"), None])
async def test_no_right_no_figures(world: World, person: Person, group: GroupId | None) -> None:
    """Whoever does not lead a group is refused kindly, in the same words whether the group exists or not."""
    await keep(world, person, LEAD_OF_TWO)
    await answered(world, MIXED, group=OTHER)
    answer = await reporting.summary(world, person.id, ShowSummary(group))
    assert isinstance(answer, Note)
    assert answer.steps
    if person != LEAD or group is not None:
        assert answer.title == "That summary is not open to you"


@pytest.mark.parametrize("number", [0, 1, 9])
async def test_too_few_answers_get_a_kind_refusal(world: World, number: int) -> None:
    """Under the threshold the answer is the same, however many there were."""
    await keep(world, LEAD)
    await answered(world, MIXED[:number])
    answer = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(answer, Note)
    assert answer.title == "Too few answers to show"
    assert answer == reporting.too_few(world, WARD, TooFew(10))
    assert answer.steps


async def test_an_open_round_is_not_shown(world: World) -> None:
    """Results come only after a round has closed."""
    await keep(world, LEAD)
    await answered(world, MIXED, is_open=True)
    answer = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(answer, Note)
    assert answer.title == "No summary yet"


async def test_the_newest_closed_round_is_shown(world: World) -> None:
    """An older round and one that is still open do not matter."""
    await keep(world, LEAD)
    await answered(world, [(1, 1), (2, 2)] * 6)
    await answered(world, [(4, 4), (5, 5)] * 6, opens=OPENS + timedelta(days=28))
    await answered(world, MIXED, opens=OPENS + timedelta(days=56), is_open=True)
    card = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(card, GroupSummary)
    assert card.headline.startswith("Confidence is 4.5 of 5")
    assert "30 November" in card.period


async def test_unanimous_answers_are_hidden_and_it_says_why(world: World) -> None:
    """What everybody said is not shown: no bar, no mean, no percentage."""
    await keep(world, LEAD)
    await answered(world, [(4, value % 2 + 1) for value in range(12)])
    card = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(card, GroupSummary)
    assert card.confidence == []
    assert "not shown" in card.confidence_text
    assert "4" not in card.confidence_text
    assert "Confidence is" not in card.headline
    assert len(card.workload) == 5


async def test_a_report_for_the_command_line(world: World) -> None:
    """The same figures without a card, and None before there are any."""
    assert await reporting.report(world, WARD) is None
    await answered(world, MIXED)
    found = await reporting.report(world, WARD)
    assert found is not None
    assert isinstance(found.figures, Summary)
    nobody = await reporting.report(world, OTHER)
    assert nobody is not None
    assert nobody.figures == TooFew(10)


async def test_published_figures_are_those_of_the_card(world: World) -> None:
    """The command line says what the lead's card says, and no more."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    card = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(card, GroupSummary)
    assert await reporting.published(world, "operator:sample", WARD) == {
        "group": WARD,
        "round": "2026-11-02",
        "shown": True,
        "answers_at_least": 10,
        "headline": card.headline,
        "confidence": card.confidence_text,
        "workload": card.workload_text,
    }


async def test_too_few_are_not_published_either(world: World) -> None:
    """The operator's command keeps the threshold as well: no number of answers, no figures."""
    await keep(world, LEAD)
    await answered(world, MIXED[:9])
    document = await reporting.published(world, "operator:sample", WARD)
    assert document == {
        "group": WARD,
        "round": "2026-11-02",
        "shown": False,
        "why": "fewer than 10 answers",
    }


@pytest.mark.parametrize(("group", "said"), [(OTHER, "is no group"), (WARD, "no round of questions")])
async def test_what_cannot_be_published_is_said(world: World, group: GroupId, said: str) -> None:
    """An unknown group and a first round that is still open are problems with a way on."""
    await keep(world, LEAD)
    await answered(world, MIXED, is_open=True)
    with pytest.raises(Problems, match=said):
        await reporting.published(world, "operator:sample", group)


async def test_a_round_that_few_answered_does_not_hide_the_one_before(world: World) -> None:
    """A lead keeps the last figures that can be shown, with their own dates."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    await answered(world, MIXED[:3], opens=OPENS + timedelta(days=28))
    card = await reporting.summary(world, LEAD.id, ShowSummary())
    assert isinstance(card, GroupSummary)
    assert card.period.startswith("Monday 2 November")


async def test_capitals_do_not_matter_in_a_groups_name(world: World) -> None:
    """What somebody types is their group, however they spell it."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    card = await reporting.summary(world, LEAD.id, ShowSummary(GroupId(WARD.upper())))
    assert isinstance(card, GroupSummary)
