"""A pulse, from its opening to a lead's summary."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import GroupSummary, Note, PulseQuestions
from tests.samples import WARD, champion, staff
from tests.stories.dialog import Actor, Town

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
ALL_ASKED = OPENS + timedelta(days=1, hours=18)
CLOSED = OPENS + timedelta(days=7, hours=9)


async def colleagues(town: Town, number: int) -> list[Actor]:
    """People of one ward who have set up and were asked in the first round."""
    people = [await town.welcomed(staff(f"Sam Sample {n}")) for n in range(number)]
    await town.until(ALL_ASKED)
    for person in people:
        person.finds(PulseQuestions)
    return people


async def asking_lead(town: Town) -> Actor:
    """The ward's lead, who asks for the summary."""
    lead = await town.living_here(staff("Lea Sample", team=WARD, leads=frozenset({WARD})))
    await lead.types("summary")
    return lead


async def test_twelve_answers_make_a_summary(town: Town) -> None:
    """Twelve people answer in two taps; after the close their lead sees totals with how sure they are."""
    people = await colleagues(town, 12)
    for number, person in enumerate(people):
        await person.presses("pulse", confidence=str(number % 5 + 1), workload=str(number % 3 + 1))
        assert person.sees(Note).title == "Thank you"

    lead = await asking_lead(town)
    assert "No summary yet" in lead.reads  # not before it has closed

    await town.until(CLOSED)
    await lead.types("summary")
    assert "About 10 people answered" in lead.sees(GroupSummary).answers
    assert "Confidence is 2.8 of 5 (likely between 1.8 and 3.8)." in lead.reads
    assert not any(f"Sam Sample {n}" in lead.reads or f"sam-sample-{n}" in lead.reads for n in range(12))


async def test_nine_answers_are_too_few(town: Town) -> None:
    """Nine of twelve answer; the lead is told why nothing is shown, and what to do."""
    people = await colleagues(town, 12)
    for person in people[:9]:
        await person.presses("pulse", confidence="4", workload="2")
    await town.until(CLOSED)
    lead = await asking_lead(town)
    assert "Too few answers to show" in lead.reads
    assert "9" not in lead.reads
    assert lead.steps


async def test_changing_an_answer_counts_once(town: Town) -> None:
    """Six people who press twice, and four who change their minds, are still six and four."""
    people = await colleagues(town, 10)
    for person in people:
        card = person.card
        await person.presses("pulse", confidence="1", workload="5")
        await person.presses("pulse", card, confidence="1", workload="5")
    for person in people[:4]:
        await person.presses("pulse_again")
        person.sees(PulseQuestions)
        await person.presses("pulse", confidence="5", workload="5")
    await town.until(CLOSED)
    lead = await asking_lead(town)
    confidence, workload = lead.sees(GroupSummary).sections
    assert [bar.percent for bar in confidence.bars] == [60, 0, 0, 0, 40]
    assert workload.bars == []


async def test_low_confidence_leads_to_a_champion(town: Town) -> None:
    """Somebody who is not confident is one press away from a colleague."""
    await town.welcomed(champion())
    (sam,) = await colleagues(town, 1)
    await sam.presses("pulse", confidence="1", workload="4")
    await sam.presses("champion")
    await sam.presses("ask_help", about="I do not know where to begin")
    assert "Cham Sample" in sam.reads


async def test_a_card_from_a_closed_round_stores_nothing(town: Town) -> None:
    """The old card is thanked and not counted; neither is it after the change button."""
    people = await colleagues(town, 10)
    cards = [person.card for person in people]
    for person in people[:9]:
        await person.presses("pulse", confidence="2", workload="2")
    await town.until(CLOSED)
    await people[9].presses("pulse", cards[9], confidence="5", workload="5")
    assert "These questions have closed" in people[9].reads
    await people[0].presses("pulse_again")
    assert "no longer here" in people[0].reads
    lead = await asking_lead(town)
    assert "Too few answers to show" in lead.reads


async def test_somebody_elses_round_and_answers_off_the_scale(town: Town) -> None:
    """A tampered card is answered politely, and counts for nobody."""
    people = await colleagues(town, 9)
    for person in people:
        await person.presses("pulse", confidence="2", workload="3")
    late = await town.living_here(staff("Late Sample"))
    for data in (
        {"round_id": "2026-11-30", "confidence": "3", "workload": "3"},
        {"round_id": "2026-12-28", "confidence": "3", "workload": "3"},
    ):
        await late.sends("pulse", data)
        assert "no longer here" in late.reads
    for strange in ("0", "6", "-1", "2.5", "", "lots"):
        await people[0].sends("pulse", {"round_id": "2026-11-30", "confidence": strange, "workload": "3"})
        assert "no longer here" in people[0].reads
    await town.until(CLOSED)
    assert "Too few answers to show" in (await asking_lead(town)).reads
