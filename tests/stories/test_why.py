"""`why`: why the last tip came, why then, and what holds now; kind and true whatever has changed since."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.messages import Note, Tip
from bot.domain.staff.people import OwnAnswer
from bot.services.drip import nudging
from bot.services.ports import World
from tests.fakes import PROMPTS, SmallLibrary
from tests.kept import keep, open_for, person_in
from tests.samples import BOOKING, MONDAY, prompt, staff
from tests.stories.dialog import Actor, Town

USUAL = "Tips come on Wednesdays and Fridays, about 9:15."
CAME = "It came on Tuesday 24 November, within your days and hours."


class ChangingLibrary(SmallLibrary):
    """A library from which prompts can be taken out."""

    gone: frozenset[PromptId] = frozenset()

    @property
    def prompts(self) -> Sequence[Prompt]:
        more = [prompt(f"ward-clerk-{n}", skill="check-it") for n in range(9)]
        return [one for one in (*PROMPTS, *more) if one.id not in self.gone]


@pytest.fixture
def library() -> ChangingLibrary:
    """The library of these stories."""
    return ChangingLibrary()


@pytest.fixture
def world(world: World, library: ChangingLibrary) -> World:
    """The usual small world with that library."""
    return replace(world, library=library)


async def tipped(town: Town) -> Actor:
    """Sam, to whom a tip has come by itself on Tuesday."""
    sam = await town.welcomed(staff())
    await town.until(MONDAY + timedelta(days=1, hours=8))
    sam.finds(Tip)
    return sam


async def why(sam: Actor) -> Sequence[str]:
    """What they read, a sentence or two a line."""
    await sam.types("why")
    return sam.sees(Note).lines


async def test_a_tip_that_came_by_itself(town: Town) -> None:
    """Why it was chosen, on which day it came, and when others come; it opens at a press."""
    sam = await tipped(town)
    title = sam.sees(Tip).title
    because, came, now = await why(sam)
    assert because == f"You got “{title}” because it is an easy one to begin with in your job."
    assert (came, now) == (CAME, USUAL)
    await sam.presses("open")
    assert sam.sees(Tip).title == title
    assert await why(sam) == [f"You opened “{title}” yourself, so it came at once.", USUAL]


async def test_a_tip_that_was_typed_for(town: Town) -> None:
    """It came at once, and why it was that one; an earlier one that came by itself is not what is meant."""
    sam = await tipped(town)
    await sam.types("tip")
    tip = sam.sees(Tip)
    because = f"You got “{tip.title}” because {tip.reason}."
    assert await why(sam) == [because, "You asked for a tip, so it came at once.", USUAL]


async def test_a_tip_in_the_place_of_another(town: Town) -> None:
    """After one that is not for their job, the next one's card and `why` say that it takes its place."""
    sam = await tipped(town)
    await sam.presses("turn_down")
    tip = sam.sees(Tip)
    assert tip.reason.startswith("it takes the place of one that is not for your job; ")
    assert (await why(sam))[0] == f"You got “{tip.title}” because {tip.reason}."


async def test_a_tip_from_before_the_reason_was_kept(town: Town) -> None:
    """It is said that it came at once, and nothing is made up."""
    sam = await tipped(town)
    await sam.types("tip")
    title = sam.sees(Tip).title
    person = await person_in(town.world, sam.id)
    await keep(town.world, person.choosing(replace(person.preferences, asked=None)))
    assert await why(sam) == [f"You opened “{title}” or asked for it yourself, so it came at once.", USUAL]


async def test_after_three_months_of_silence(town: Town) -> None:
    """The last tip's own reason, that nothing comes any more, and how to have it back: one press."""
    sam = await tipped(town)
    title = sam.sees(Tip).title
    person = await person_in(town.world, sam.id)
    silent = replace(person.preferences.contact, heard=date(2026, 8, 24))
    await keep(town.world, person.choosing(replace(person.preferences, contact=silent)))
    await town.wait(days=9)
    sam.receives()
    assert sam.sees(Note).title == "I will leave you in peace"
    because, came, now = await why(sam)
    assert because == f"You got “{title}” because it is an easy one to begin with in your job."
    assert came == CAME
    assert now == ("Nothing comes by itself: no tip was used for three months. Type resume to start again.")
    await sam.presses("resume")
    assert sam.sees(Note).title == "Welcome back"
    assert USUAL in (await why(sam))[-1]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("stop", "Nothing comes by itself: you stopped the tips. Type resume to start again."),
        ("pause", f"Paused until Tuesday 8 December. Then: {USUAL}"),
        (
            "leave 24 November to 4 December",
            f"On leave, and Friday 4 December is the last day. Then: {USUAL}",
        ),
    ],
)
async def test_after_a_rest_was_chosen(town: Town, typed: str, told: str) -> None:
    """The reason of then stays, and beside it stands what holds now."""
    sam = await tipped(town)
    before = await why(sam)
    await sam.types(typed)
    after = await why(sam)
    assert after[:2] == before[:2]
    assert after[2:] == [told]
    assert ("resume" in sam.steps) is (typed != "leave 24 November to 4 December")


async def test_after_the_role_has_changed(town: Town) -> None:
    """A tip for the old job is not said to be for the new one."""
    sam = await tipped(town)
    title = sam.sees(Tip).title
    person = await person_in(town.world, sam.id)
    await keep(town.world, person.choosing(replace(person.preferences, role=BOOKING)))
    because, came, _ = await why(sam)
    assert because == f"You got “{title}” for the role that you had then."
    assert came == CAME


async def test_after_the_tip_has_left_the_library(town: Town, library: ChangingLibrary) -> None:
    """Why it came is still known; nothing is offered to open."""
    sam = await tipped(town)
    library.gone = frozenset({PromptId(sam.sees(Tip).prompt_id)})
    because, came, _ = await why(sam)
    assert because.startswith("You got the last one because it is an easy one to begin with in your job.")
    assert because.endswith("It has left the library since.")
    assert came == CAME
    assert "open" not in sam.steps
    await sam.types("tip")
    library.gone = frozenset({PromptId(sam.sees(Tip).prompt_id)})
    assert (await why(sam))[0].endswith("It has left the library since.")
    person = await person_in(town.world, sam.id)
    await keep(town.world, person.choosing(replace(person.preferences, asked=None)))
    assert (await why(sam))[0] == (
        "You opened the last one or asked for it yourself. It has left the library since."
    )


async def test_no_tip_yet(town: Town) -> None:
    """Before a set-up: that there is none, and how to have them come."""
    sam = await town.living_here(staff())
    await sam.installs()
    assert await why(sam) == [
        "Once a tip has come, I can say why it was that one.",
        "No tips come by themselves yet. To have them, open Settings and press Save.",
    ]
    await sam.presses("settings")
    assert "No tips come by themselves yet." in sam.reads
    await sam.presses("change_settings")
    assert USUAL in sam.reads
    assert (await person_in(town.world, sam.id)).next_nudge


async def test_a_tip_on_its_way_is_not_the_last_one(town: Town) -> None:
    """Nor is one that never arrived."""
    sam = await tipped(town)
    before = await why(sam)
    person = await person_in(town.world, sam.id)
    await keep(town.world, replace(person, next_nudge=town.clock.at + timedelta(hours=40)))
    while not await open_for(town.world, sam.id):
        town.clock.forward(timedelta(minutes=10))
        await nudging.plan_due(town.world)
    assert await why(sam) == before
    await sam.types("stop")
    await town.wait(hours=1)
    assert (await why(sam))[:2] == before[:2]


async def test_a_start_that_lies_ahead(town: Town) -> None:
    """Somebody who sets up before their cohort's day hears when the tips begin."""
    early = staff()
    assert early.roster is not None
    sam = await town.welcomed(replace(early, roster=replace(early.roster, start=date(2027, 1, 11))))
    assert (await why(sam))[-1] == f"Tips begin on Monday 11 January. {USUAL}"


async def test_a_heavy_workload_is_why_there_are_fewer(town: Town) -> None:
    """Their own answer, said to them alone."""
    sam = await tipped(town)
    person = await person_in(town.world, sam.id)
    own = replace(person.preferences, tuned=True, own=(OwnAnswer(MONDAY.date(), 3, 5),))
    await keep(town.world, person.choosing(own))
    assert "one a week at most" in (await why(sam))[-1]
