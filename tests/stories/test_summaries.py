"""What a lead hears and asks once a round has closed, and what their team notices of it."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import Comparison, GroupSummary, Note, PromptList, PulseQuestions
from bot.domain.staff.people import GroupId
from tests.kept import person_in
from tests.samples import WARD, staff
from tests.stories.dialog import Actor, Town

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
NEXT = datetime(2027, 2, 1, tzinfo=UTC)
"""Four weeks later is the week of New Year: January is kept clear."""


async def team(town: Town, size: int = 12) -> list[Actor]:
    """A ward's people, and their lead, who is one of them."""
    members = [await town.welcomed(staff(f"Sam Sample {n}")) for n in range(size - 1)]
    lead = await town.welcomed(staff("Lea Sample", leads=frozenset({WARD})))
    return [lead, *members]


async def answer(people: list[Actor], confidence: list[str], **others: str) -> None:
    """Everybody finds the newest questions and answers them."""
    for number, person in enumerate(people):
        person.finds(PulseQuestions)
        said = confidence[number % len(confidence)]
        await person.presses("pulse", confidence=said, workload=str(number % 3 + 1), **others)


async def test_a_digest_comes_when_the_round_has_closed(town: Town) -> None:
    """By itself, within the lead's hours, once; nobody else gets one."""
    people = await team(town)
    await town.until(OPENS + timedelta(days=3))
    await answer(people, ["1", "2", "3"])
    await town.until(OPENS + timedelta(days=9))
    digests = [message for message in people[0].receives() if isinstance(message, GroupSummary)]
    assert [digest.group for digest in digests] == [WARD]
    for person in people[1:]:
        assert not any(isinstance(message, GroupSummary) for message in person.receives())


async def test_two_rounds_and_a_change(town: Town) -> None:
    """From little confidence to much: the summary calls it a change, the comparison shows both."""
    people = await team(town)
    lead = people[0]
    await town.until(OPENS + timedelta(days=3))
    await answer(people, ["1", "2"])
    await town.until(NEXT + timedelta(days=3))
    await answer(people, ["4", "5"])
    await town.until(NEXT + timedelta(days=8))

    await lead.types("summary")
    assert "Up by 3.0 since 30 November" in lead.reads
    await lead.presses("compare")
    lead.sees(Comparison)
    assert "30 November: 1.5, 1 February: 4.5." in lead.reads
    await lead.types("summary last")
    assert "Confidence is 1.5 of 5" in lead.reads
    await lead.presses("export_summary")
    assert "group,round,question,answer,percent,mean,give_or_take,unit" in lead.reads


async def test_minutes_saved_are_set_against_minutes_checking(town: Town) -> None:
    """The third question is left to people; who answers it answers both halves."""
    people = await team(town)
    await town.until(OPENS + timedelta(days=3))
    await answer(people, ["2", "3", "4"], third="4", beside="2")
    await town.until(OPENS + timedelta(days=8))
    await people[0].types("summary")
    assert "a net gain of about" not in people[0].reads  # all said the same, so neither is shown
    assert people[0].reads.count("so it is not shown") == 2


async def test_a_lead_says_what_saved_time_is_for(town: Town) -> None:
    """Five choices less one, a press, and the summary waits for what staff will say."""
    lead = (await team(town))[0]
    await lead.types("plan")
    assert "Nothing has been said yet." in lead.reads
    await lead.presses("set_plan")
    assert "saved time is for: Catching up." in lead.reads
    await lead.types(f"plan for {WARD}")
    assert "Now: Catching up." in lead.reads


async def test_somebody_elses_group_stays_closed(town: Town) -> None:
    """In the same words, whether there is such a group or not."""
    await town.living_here(staff("Kim Sample", team=GroupId("Ward 5 sample")))
    lead = (await team(town))[0]
    for words in (
        "summary Ward 5 sample",
        "compare Ward 5 sample",
        "plan Nowhere",
        "summary csv Ward 5 sample",
    ):
        await lead.types(words)
        assert "That summary is not open to you" in lead.reads
        assert WARD in lead.reads
        assert lead.steps


async def test_a_plan_of_ones_own_is_no_figure_of_a_group(town: Town) -> None:
    """Whoever leads no group is helped with the task; a lead finds their groups and the task side by side."""
    lead = (await team(town))[0]
    sam = await town.welcomed(staff())
    for words in ("Plan the notice for visitors", "compare two notices for visitors"):
        await sam.types(words)
        assert "notice" in sam.sees(PromptList).lines[0].title
        await lead.types(words)
        assert WARD in lead.reads
        await lead.presses("find")
        assert "notice" in lead.sees(PromptList).lines[0].title


async def test_one_reminder_and_no_second(town: Town) -> None:
    """Whoever answers hears no more; whoever does not is reminded once, and told that it is the only time."""
    quick, slow = await team(town, 2)
    await town.until(OPENS + timedelta(days=3))
    await answer([quick], ["3"])
    await town.until(OPENS + timedelta(days=7))
    assert not any(isinstance(message, PulseQuestions) for message in quick.receives())
    asked = [message for message in slow.receives() if isinstance(message, PulseQuestions)]
    assert len(asked) == 2
    assert asked[1].opening.startswith("A short reminder, and the only one")


async def test_when_the_next_questions_come(town: Town) -> None:
    """Whoever asks is told the week; while a round is open they get the questions."""
    (sam,) = await team(town, 1)
    await sam.types("questions")
    assert "The next questions come in the week of Monday 30 November." in sam.reads
    await town.until(OPENS + timedelta(days=3))
    await sam.types("questions")
    assert sam.sees(PulseQuestions).closes == "Sunday 6 December"


async def test_a_level_of_ones_own(town: Town) -> None:
    """Ticked, it is kept with the settings and shown; a press takes it away."""
    (sam,) = await team(town, 1)
    await town.until(OPENS + timedelta(days=3))
    sam.finds(PulseQuestions)
    await sam.presses("pulse", confidence="2", workload="3", tune="true")
    await sam.types("my data")
    assert "confidence 2 of 5, workload 3 of 5" in sam.reads
    await sam.types("forget my level")
    assert sam.sees(Note).title == "Done"
    assert (await person_in(town.world, sam.id)).preferences.level is None
    await sam.types("my data")
    assert "workload 3 of 5" not in sam.reads
