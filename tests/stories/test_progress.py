"""A person's own record: what they tried, what they kept, how they felt; theirs alone."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import Note, Progress, PromptList, PulseQuestions, Settings
from tests.kept import person_in
from tests.samples import WARD, champion, staff
from tests.stories.dialog import Actor, Town

OPENS = datetime(2026, 11, 30, tzinfo=UTC)


async def answers(town: Town, sam: Actor, opens: datetime, confidence: str, tune: str) -> None:
    """Answer the questions of a round."""
    await town.until(opens + timedelta(days=1, hours=20))
    sam.finds(PulseQuestions)
    await sam.presses("pulse", confidence=confidence, workload="3", tune=tune)


async def test_tips_and_skills_add_up(town: Town) -> None:
    """What was tried and how it went, in words."""
    sam = await town.welcomed(staff())
    await sam.presses("worked")
    await sam.types("tip")
    await sam.types("my progress")
    assert "Tips you saw in the last 180 days: 2. You tried 1: 1 worked." in sam.reads
    assert "Tried: ask well." in sam.reads


async def test_confidence_over_time_is_a_chart_and_a_sentence(town: Town) -> None:
    """Two rounds in which they ticked the box make two bars, and the same in words."""
    sam = await town.welcomed(staff())
    await answers(town, sam, OPENS, "2", "true")
    await sam.presses("progress")
    assert "Out of 5: 2 on 30 November." in sam.reads
    await sam.types("resume")
    await answers(town, sam, datetime(2027, 2, 1, tzinfo=UTC), "4", "true")
    await sam.types("my progress")
    shown = sam.sees(Progress)
    assert [(bar.label, bar.value) for bar in shown.points] == [("30 Nov", 2), ("1 Feb", 4)]
    assert "2 on 30 November and 4 on 1 February" in sam.reads
    assert "Chart.HorizontalBar" in str(sam.card)


async def test_nothing_is_kept_without_a_tick(town: Town) -> None:
    """The answer counts for the group alone; settings are one press away."""
    sam = await town.welcomed(staff())
    await answers(town, sam, OPENS, "2", "false")
    await sam.types("my progress")
    assert sam.sees(Progress).points == []
    assert "Your answers are not kept for you." in sam.reads
    await sam.presses("settings")
    sam.sees(Settings)


async def test_forgotten_at_a_press(town: Town) -> None:
    """One press on the card, and it is gone from the card and from the store."""
    sam = await town.welcomed(staff())
    await answers(town, sam, OPENS, "2", "true")
    await sam.types("my progress")
    await sam.presses("forget_level")
    assert "not kept any more" in sam.reads
    assert (await person_in(town.world, sam.id)).preferences.own == ()
    await sam.types("my progress")
    assert sam.sees(Progress).points == []


async def test_nobody_else_can_see_it(town: Town) -> None:
    """Whoever asks gets their own, whatever they lead: there is no way to name another person."""
    sam = await town.welcomed(staff())
    await answers(town, sam, OPENS, "2", "true")
    lead = await town.welcomed(staff("Lea Sample", team=WARD, leads=frozenset({WARD})))
    for words in ("my progress", "progress of Sam Sample", f"progress {sam.id}"):
        await lead.types(words)
        assert "30 November" not in lead.reads


async def test_searching_in_what_was_saved(town: Town) -> None:
    """`saved` and a word finds among the saved ones alone, and says so where nothing fits."""
    sam = await town.welcomed(champion())
    await sam.types("notice")
    await sam.presses("open")
    await sam.presses("save")
    await sam.types("tip")
    await sam.presses("save")
    await sam.types("saved about poster")
    found = sam.sees(PromptList)
    assert [line.prompt_id for line in found.lines] == ["ward-clerk-notice"]
    await sam.types("saved zebra")
    assert "Not among your saved prompts" in sam.sees(Note).title
    await sam.presses("saved")
    assert len(sam.sees(PromptList).lines) == 2
