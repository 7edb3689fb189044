"""A person's own record, for their eyes alone: what they tried, which skills they met, how they felt."""

from collections.abc import Iterator, Sequence

from bot.domain.experiences import Outcome
from bot.domain.messages import Message
from bot.domain.own_messages import Point, Progress
from bot.domain.people import OwnAnswer, PersonId
from bot.domain.progress import Record, record
from bot.domain.wording import listed, short_day
from bot.services.ports import World
from bot.services.records import person_of, shelf_of

SHOWN = 6
"""The newest answers that the chart shows: half a year, and readable on a phone."""

OUTCOMES = {
    Outcome.WORKED: "worked",
    Outcome.NEEDED_CHANGES: "needed changes",
    Outcome.DID_NOT_WORK: "did not work",
}


async def show_progress(world: World, person_id: PersonId) -> Message:
    """Tips, skills and confidence over time of the person who asks, and of nobody else."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        shelf = await shelf_of(world, work)
        experiences = await work.experiences.of(person_id)
    skills = shelf.section(person.role, person.licence, world.clock.now().date()).keys()
    found = record(experiences, shelf.skills, skills)
    own = person.preferences.own[-SHOWN:]
    return Progress(
        tips=_tips(found, world.house.keep_history.days),
        skills=list(_skills(found)),
        points=[Point(f"{one.asked.day} {one.asked:%b}", one.confidence) for one in own],
        confidence=_confidence(own, tuned=person.preferences.tuned),
        tuned=person.preferences.tuned,
    )


def _tips(found: Record, days: int) -> str:
    if not found.seen:
        return f"No tip in the last {days} days."
    seen = f"Tips you saw in the last {days} days: {found.seen}."
    if not found.rated:
        return f"{seen} Press a button under one to say how it went."
    went = [f"{found.outcomes[one]} {said}" for one, said in OUTCOMES.items() if found.outcomes.get(one)]
    return f"{seen} You tried {found.rated}: {listed(went)}."


def _skills(found: Record) -> Iterator[str]:
    for opening, skills in (("Tried", found.tried), ("Seen, to try", found.met), ("Ahead", found.ahead)):
        if skills:
            yield f"{opening}: {listed([skill.replace('-', ' ') for skill in skills])}."


def _confidence(own: Sequence[OwnAnswer], *, tuned: bool) -> str:
    if own:
        return f"On a scale of 5: {listed([f'{one.confidence} on {short_day(one.asked)}' for one in own])}."
    if tuned:
        return "There is nothing to show yet. It begins with the next questions that you answer."
    return "Your answers are not kept for you. You can change that in settings, under More choices."
