"""The drip over months: silence, licences that come and go, how somebody feels, and what did not go well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.drip.silence import SLOWED
from bot.domain.library.prompts import Prompt
from bot.domain.messages import Message, Note, PulseQuestions, Tip
from bot.domain.staff.people import Licence
from bot.services.ports import World
from bot.services.upkeep import enrolling
from tests.fakes import SmallLibrary
from tests.kept import keep, person_in
from tests.samples import CLERK, MONDAY, prompt, staff
from tests.stories.dialog import Actor, Town

SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
SENT = tuple[datetime, Message]


class LargeLibrary(SmallLibrary):
    """Enough prompts for months, short and long, for every licence."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        return [
            prompt(f"{skill}-{level}-{n}", roles=(CLERK,), skill=skill, level=level, minutes=n, needs=licence)
            for skill in SKILLS
            for level in (1, 2, 3)
            for n, licence in (
                (5, Licence.NOTHING),
                (6, Licence.CHAT),
                (15, Licence.CHAT),
                (20, Licence.COPILOT),
            )
        ]


@pytest.fixture
def world(world: World) -> World:
    """The usual small world with a library that does not run out."""
    return replace(world, library=LargeLibrary())


async def lives(town: Town, sam: Actor, days: float) -> list[SENT]:
    """What comes in the next days by itself, and when; the scheduler looks every hour."""
    came: list[SENT] = []
    end = town.clock.at + timedelta(days=days)
    while town.clock.at < end:
        town.clock.forward(timedelta(hours=1))
        await town.tick()
        came += [(town.clock.at, message) for message in sam.receives()]
    return came


def openings(came: Sequence[SENT]) -> list[str]:
    """What the tips opened with, those that opened with anything."""
    return [message.opening for _, message in came if isinstance(message, Tip) and message.opening]


async def licensed(town: Town, sam: Actor, licence: Licence) -> None:
    """A staff list is loaded in which somebody has another licence."""
    person = await person_in(town.world, sam.id)
    assert person.roster is not None
    await enrolling.enrol(town.world, "operator:sample", [replace(person.roster, licence=licence)])


async def test_silence_slows_and_then_ends_with_one_kind_message(town: Town) -> None:
    """Four weeks as usual, then every other week and said once, then a farewell; and nothing after it."""
    sam = await town.welcomed(staff())
    came = await lives(town, sam, 91)
    tips = [at for at, message in came if isinstance(message, Tip)]
    early = [at for at in tips if at < MONDAY + timedelta(days=28)]
    late = [at for at in tips if at > MONDAY + timedelta(days=36)]
    assert len(early) >= 6
    assert openings(came) == [SLOWED]
    assert all(after - before >= timedelta(days=13) for before, after in pairwise(late))

    last = [*came, *await lives(town, sam, 21)][-1][1]
    assert isinstance(last, Note)
    assert last.title == "I will leave you in peace"
    assert "You have not used a tip for three months" in sam.reads
    assert "The questions stop too." in sam.reads
    assert "resume" in sam.steps
    farewell = sam.card
    assert await lives(town, sam, 40) == []

    await sam.presses("resume", farewell)
    assert sam.sees(Note).title == "Welcome back"
    back = [message for _, message in await lives(town, sam, 8) if isinstance(message, Tip)]
    assert len(back) >= 2
    assert openings([(MONDAY, message) for message in back]) == []


async def test_answering_the_questions_is_no_sign_of_life(town: Town) -> None:
    """A day that is kept of it would tell after the round who had answered: the drip ends as for anybody."""
    sam = await town.welcomed(staff())
    before = await person_in(town.world, sam.id)
    came: list[SENT] = []
    while not any(isinstance(message, Note) for _, message in came):
        came += await lives(town, sam, 1)
        assert town.clock.at < MONDAY + timedelta(days=120)
        if came and isinstance(came[-1][1], PulseQuestions):
            sam.message = came[-1][1]
            await sam.presses("pulse", confidence="3", workload="3")
            await sam.presses("pulse_again")
    assert openings(came) == [SLOWED]
    assert sum(isinstance(message, PulseQuestions) for _, message in came) >= 2
    assert (await person_in(town.world, sam.id)).preferences.contact.heard == before.preferences.contact.heard


async def test_one_word_brings_the_usual_days_back(town: Town) -> None:
    """Whoever types something while the drip is slow has it back as it was."""
    sam = await town.welcomed(staff())
    await lives(town, sam, 50)
    await sam.types("tip")
    tips = [message for _, message in await lives(town, sam, 14) if isinstance(message, Tip)]
    assert len(tips) >= 3


async def test_a_licence_that_came_or_went_is_told_once(town: Town) -> None:
    """The next tip says so, the one after it does not, and each is something that they can use."""
    sam = await town.welcomed(staff())
    await lives(town, sam, 3)
    await licensed(town, sam, Licence.COPILOT)
    came = await lives(town, sam, 14)
    assert openings(came) == ["You have Copilot now, so some of your tips will use it."]
    await sam.types("tip")
    await licensed(town, sam, Licence.NOTHING)
    came = await lives(town, sam, 14)
    (told,) = openings(came)
    assert told == "You do not have Copilot any more. From now on your tips work without it."
    assert all(m.prompt_id.endswith("-5") for _, m in came if isinstance(m, Tip))


async def past_the_first_week(town: Town, sam: Actor) -> None:
    """Have them set up longer ago than a week."""
    person = await person_in(town.world, sam.id)
    longer_ago = replace(person.preferences.contact, begun=MONDAY.date() - timedelta(days=8))
    await keep(town.world, person.choosing(replace(person.preferences, contact=longer_ago)))


async def answers(town: Town, sam: Actor, confidence: str, workload: str) -> None:
    """Answer the next questions, and let the tips follow the answers; a word keeps the drip from slowing."""
    await past_the_first_week(town, sam)
    came = await lives(town, sam, 9.5)
    sam.message = next(message for _, message in came if isinstance(message, PulseQuestions))
    await sam.presses("pulse", confidence=confidence, workload=workload, tune="true")
    thanks = sam.message
    await sam.types("help")
    sam.message = thanks


async def test_heavy_work_brings_shorter_and_fewer(town: Town) -> None:
    """Said once; from then on short ones, a week apart."""
    sam = await town.welcomed(staff())
    await answers(town, sam, confidence="3", workload="5")
    tips = [(at, m) for at, m in await lives(town, sam, 24) if isinstance(m, Tip)]
    assert openings(tips) == [
        "You said that AI has added to your work. So tips are short for now, and one a week at most."
    ]
    assert all(message.minutes <= 6 for _, message in tips)
    days = [at for at, _ in tips]
    assert len(days) >= 3
    assert all(after - before >= timedelta(days=6) for before, after in pairwise(days))


async def test_low_confidence_brings_easy_steps_and_a_champion(town: Town) -> None:
    """The offer comes once, in words that somebody can type."""
    sam = await town.welcomed(staff())
    await answers(town, sam, confidence="1", workload="3")
    assert "champion" in sam.steps
    tips = [(at, m) for at, m in await lives(town, sam, 9) if isinstance(m, Tip)]
    assert openings(tips) == ["A champion is a colleague who is glad to help. Type champion to find one."]
    assert all("-1-" in message.prompt_id for _, message in tips)


async def test_high_confidence_is_invited_to_help(town: Town) -> None:
    """The word that the tip names works."""
    sam = await town.welcomed(staff())
    await answers(town, sam, confidence="5", workload="2")
    (told,) = openings(await lives(town, sam, 9))
    assert told.endswith("type become a champion.")
    await sam.types("become a champion")
    assert sam.steps


async def test_a_better_way_after_three_working_days(town: Town) -> None:
    """Monday's tip needed changes: on Thursday there is another way, once; it opens at a press."""
    sam = await town.welcomed(staff())
    await sam.presses("needed_changes")
    notes = [(at, m) for at, m in await lives(town, sam, 14) if isinstance(m, Note)]
    ((at, note),) = notes
    assert f"{at:%A}" == "Thursday"
    assert note.title == "Another way to try it"
    sam.message = note
    assert "A few days ago you said that" in sam.reads
    assert "champion" in sam.steps
    await sam.presses("open")
    sam.sees(Tip)


async def test_two_that_did_not_work_bring_one_note(town: Town) -> None:
    """Never more than one at a time."""
    sam = await town.welcomed(staff())
    await sam.presses("did_not_work")
    await sam.types("tip")
    await sam.presses("did_not_work")
    assert sum(isinstance(m, Note) for _, m in await lives(town, sam, 10)) == 1


async def test_no_note_where_it_worked_after_all(town: Town) -> None:
    """The last word counts."""
    sam = await town.welcomed(staff())
    tip = sam.card
    await sam.presses("did_not_work", tip)
    await sam.presses("worked", tip)
    assert not [m for _, m in await lives(town, sam, 7) if isinstance(m, Note)]
