"""Tips: planned once, asked for at any time, and how they went."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.commands import OpenPrompt, RecordOutcome
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.messages import Note, Tip, Welcome
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.cadence import STALE_AFTER, Rhythm
from bot.domain.staff.people import Person, Preferences
from bot.services.drip import nudging
from bot.services.ports import World
from bot.services.records import SMALL_BATCH
from tests.fakes import PROMPTS, SettableClock, SmallLibrary
from tests.kept import everything, experiences_in, keep, open_for, person_in
from tests.samples import CLERK, MONDAY, champion, preferring, staff, stranger

SAM = preferring(staff(), Preferences(role=CLERK, rhythm=Rhythm(per_week=5)))
NOTICE = PromptId("ward-clerk-notice")
UNKNOWN = PromptId("no-such-prompt")


class CountedLibrary(SmallLibrary):
    """Counts how often its prompts are looked at."""

    looks = 0

    @property
    def prompts(self) -> Sequence[Prompt]:
        self.looks += 1
        return PROMPTS


def slot_of(person: Person) -> datetime:
    """The slot of somebody who has one."""
    assert person.next_nudge is not None
    return person.next_nudge


async def test_nothing_is_planned_before_the_slot(world: World, clock: SettableClock) -> None:
    """A minute early is too early."""
    await keep(world, SAM)
    clock.at = slot_of(SAM) - timedelta(minutes=1)
    assert await nudging.plan_due(world) == 0
    assert await open_for(world, SAM.id) == []


async def test_a_slot_plans_one_tip_and_moves_on(world: World, clock: SettableClock) -> None:
    """The tip is due at its slot, known as shown, and the next slot is later."""
    await keep(world, SAM)
    clock.at = slot_of(SAM)
    assert await nudging.plan_due(world) == 1
    (tip,) = await open_for(world, SAM.id)
    assert isinstance(tip.subject, TipDue)
    assert (tip.due, tip.expires, tip.unasked) == (clock.at, clock.at + STALE_AFTER, True)
    assert slot_of(await person_in(world, SAM.id)) > clock.at
    assert [e.prompt for e in await experiences_in(world, SAM.id)] == [tip.subject.prompt]


async def test_planning_again_changes_nothing(world: World, clock: SettableClock) -> None:
    """Two ticks, a restart or a second machine plan the same slot once."""
    await keep(world, SAM)
    clock.at = slot_of(SAM)
    await nudging.plan_due(world)
    before = everything(world)
    await nudging.plan_due(world)
    assert everything(world) == before
    await keep(world, replace(await person_in(world, SAM.id), next_nudge=SAM.next_nudge))
    await nudging.plan_due(world)
    assert len(await open_for(world, SAM.id)) == 1
    assert everything(world) == before


async def test_the_library_is_made_ready_once(world: World) -> None:
    """For however many batches there are, and not at all while nobody is due."""
    library = CountedLibrary()
    counted = replace(world, library=library)
    people = [replace(staff(f"Person {n}"), next_nudge=MONDAY) for n in range(3 * SMALL_BATCH)]
    await keep(world, *people)
    assert await nudging.plan_due(counted) == len(people)
    assert (await nudging.plan_due(counted), library.looks) == (0, 1)
    tips = [tip for person in people for tip in await open_for(world, person.id)]
    assert len(tips) == len(people)


async def test_a_stale_slot_is_dropped_not_flooded(world: World, clock: SettableClock) -> None:
    """After a week without the service nobody gets a week's tips."""
    await keep(world, SAM)
    clock.at = slot_of(SAM) + timedelta(days=7, hours=-1)
    await nudging.plan_due(world)
    assert await open_for(world, SAM.id) == []
    assert slot_of(await person_in(world, SAM.id)) > clock.at


@pytest.mark.parametrize("why", ["stopped", "paused", "unreachable"])
async def test_nothing_is_planned_for_somebody_who_rests(
    world: World, clock: SettableClock, why: str
) -> None:
    """Whoever stopped, pauses or cannot be reached gets nothing, and is not looked at every minute."""
    resting = {
        "stopped": replace(SAM, preferences=replace(SAM.preferences, stopped=True)),
        "paused": replace(
            SAM, preferences=replace(SAM.preferences, paused_until=MONDAY + timedelta(days=30))
        ),
        "unreachable": replace(SAM, reference=None),
    }[why]
    await keep(world, resting)
    clock.at = slot_of(SAM)
    await nudging.plan_due(world)
    assert await open_for(world, SAM.id) == []
    assert await nudging.plan_due(world) == 0


async def test_no_tip_without_a_fresh_prompt(world: World, clock: SettableClock) -> None:
    """When everything was seen lately, silence is better than a repeat."""
    seen = [Experience(SAM.id, prompt.id, MONDAY) for prompt in PROMPTS]
    await keep(world, SAM, *seen)
    clock.at = slot_of(SAM)
    assert await nudging.plan_due(world) == 1
    assert await open_for(world, SAM.id) == []
    assert slot_of(await person_in(world, SAM.id)) > clock.at


async def test_asking_brings_another_each_time_and_then_the_oldest(
    world: World, clock: SettableClock
) -> None:
    """All that fits comes once; after that the one seen longest ago, and it says so."""
    await keep(world, SAM)
    tips = []
    for _ in range(5):
        clock.forward(timedelta(minutes=1))
        tip = await nudging.show_tip(world, SAM.id)
        assert isinstance(tip, Tip)
        tips.append(tip)
    assert len({tip.prompt_id for tip in tips[:4]}) == 4
    assert tips[4].prompt_id == tips[0].prompt_id
    assert "more recently" in tips[4].reason


async def test_asking_without_a_role_brings_the_welcome_card(world: World) -> None:
    """A stranger chooses a role first."""
    await keep(world, stranger())
    assert isinstance(await nudging.show_tip(world, stranger().id), Welcome)


async def test_a_role_without_prompts_gets_a_way_on(world: World) -> None:
    """Nothing that fits is said kindly, and settings are offered."""
    nobody = staff("Nobody Sample").choosing(Preferences(role=CLERK))
    assert nobody.roster is not None
    await keep(world, replace(nobody, roster=None))  # no licence, and every sample prompt needs one
    answer = await nudging.show_tip(world, nobody.id)
    assert isinstance(answer, Note)
    assert [step.verb for step in answer.steps] == ["settings", "help"]


async def test_a_tip_carries_the_local_rule_and_how_to_check(world: World) -> None:
    """Every tip says what is allowed, how to check it, and why it came."""
    await keep(world, SAM)
    tip = await nudging.open_prompt(world, SAM.id, OpenPrompt(PromptId("ward-clerk-mail")))
    assert isinstance(tip, Tip)
    assert tip.verdict == "Ask first"
    assert tip.rule == "and take names out. Ask the sample information governance team."
    assert tip.check
    assert tip.reason == "you opened it"
    assert tip.link == "https://copilot.invalid/"


async def test_opening_an_unknown_prompt_stores_nothing(world: World) -> None:
    """A button for a prompt that left the library gets a kind answer."""
    await keep(world, SAM)
    before = everything(world)
    answer = await nudging.open_prompt(world, SAM.id, OpenPrompt(UNKNOWN))
    assert isinstance(answer, Note)
    assert answer.steps
    assert everything(world) == before


async def test_the_last_outcome_counts(world: World) -> None:
    """Changing one's mind replaces the outcome and leaves the time it was shown."""
    await keep(world, SAM, Experience(SAM.id, NOTICE, MONDAY))
    for outcome in (Outcome.WORKED, Outcome.NEEDED_CHANGES):
        await nudging.record_outcome(world, SAM.id, RecordOutcome(NOTICE, outcome))
    assert await experiences_in(world, SAM.id) == [Experience(SAM.id, NOTICE, MONDAY, Outcome.NEEDED_CHANGES)]


async def test_showing_a_prompt_again_keeps_its_outcome(world: World, clock: SettableClock) -> None:
    """Opening a prompt once more does not forget how it went."""
    await keep(world, SAM, Experience(SAM.id, NOTICE, MONDAY, Outcome.WORKED))
    clock.forward(timedelta(days=1))
    await nudging.open_prompt(world, SAM.id, OpenPrompt(NOTICE))
    assert await experiences_in(world, SAM.id) == [Experience(SAM.id, NOTICE, clock.at, Outcome.WORKED)]


@pytest.mark.parametrize("prompt", [NOTICE, UNKNOWN])
async def test_an_outcome_of_what_was_never_shown_stores_nothing(world: World, prompt: PromptId) -> None:
    """A button that this person was never given says nothing about a prompt."""
    await keep(world, SAM, champion())
    await keep(world, Experience(champion().id, NOTICE, MONDAY))
    before = everything(world)
    answer = await nudging.record_outcome(world, SAM.id, RecordOutcome(prompt, Outcome.WORKED))
    assert isinstance(answer, Note)
    assert "no longer" in answer.title
    assert everything(world) == before


@pytest.mark.parametrize(
    ("outcome", "first"),
    [(Outcome.WORKED, "tip"), (Outcome.NEEDED_CHANGES, "tip"), (Outcome.DID_NOT_WORK, "champion")],
)
async def test_each_outcome_leads_on(world: World, outcome: Outcome, first: str) -> None:
    """After each answer comes a next step that fits it, about this prompt."""
    await keep(world, SAM, Experience(SAM.id, NOTICE, MONDAY))
    answer = await nudging.record_outcome(world, SAM.id, RecordOutcome(NOTICE, outcome))
    assert isinstance(answer, Note)
    assert answer.steps[0].verb == first
    assert all(step.subject == NOTICE for step in answer.steps if step.verb in {"save", "champion"})


async def test_a_champion_is_asked_to_share_what_worked(world: World) -> None:
    """Only somebody who may share is offered the form."""
    cham = champion()
    await keep(world, SAM, cham, *(Experience(p.id, NOTICE, MONDAY) for p in (SAM, cham)))
    answers = [
        await nudging.record_outcome(world, p.id, RecordOutcome(NOTICE, Outcome.WORKED)) for p in (SAM, cham)
    ]
    offered = ["share_form" in [s.verb for s in a.steps] for a in answers if isinstance(a, Note)]
    assert offered == [False, True]
