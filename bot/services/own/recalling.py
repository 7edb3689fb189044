"""A person's own record, for their eyes alone: what they tried, which skills they met, how they felt."""

from collections.abc import Iterator, Sequence

from bot.domain.library.experiences import Outcome
from bot.domain.messages import Message, Point, Progress
from bot.domain.own.progress import Record, record
from bot.domain.staff.people import OwnAnswer, PersonId
from bot.domain.text.language import joined, say, say_count, to_say
from bot.domain.text.wording import listed, short_day, short_month_day, skill_in_words
from bot.services.ports import World
from bot.services.records import person_of, shelf_of

SHOWN = 6
"""The newest answers that the chart shows: half a year, and readable on a phone."""

OUTCOMES = {
    Outcome.WORKED: to_say("{number} worked"),
    Outcome.NEEDED_CHANGES: to_say("{number} needed changes"),
    Outcome.DID_NOT_WORK: to_say("{number} did not work"),
}

SKILLS = (to_say("Tried: {skills}."), to_say("Seen, to try: {skills}."), to_say("Ahead: {skills}."))


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
        points=[Point(short_month_day(one.asked), one.confidence) for one in own],
        confidence=_confidence(own, tuned=person.preferences.tuned),
        tuned=person.preferences.tuned,
    )


def _tips(found: Record, days: int) -> str:
    if not found.seen:
        return say_count("No tip in the last {count} day.", "No tip in the last {count} days.", days)
    seen = say_count(
        "Tips you saw in the last {count} day: {number}.",
        "Tips you saw in the last {count} days: {number}.",
        days,
        number=found.seen,
    )
    if not found.rated:
        return joined(seen, say("Press a button under one to say how it went."))
    went = [
        say(one, number=found.outcomes[name]) for name, one in OUTCOMES.items() if found.outcomes.get(name)
    ]
    return joined(seen, say("You tried {number}: {outcomes}.", number=found.rated, outcomes=listed(went)))


def _skills(found: Record) -> Iterator[str]:
    for line, skills in zip(SKILLS, (found.tried, found.met, found.ahead), strict=True):
        if skills:
            yield say(line, skills=listed([skill_in_words(skill) for skill in skills]))


def _confidence(own: Sequence[OwnAnswer], *, tuned: bool) -> str:
    if own:
        felt = [say("{level} on {day}", level=one.confidence, day=short_day(one.asked)) for one in own]
        return say("Out of 5: {answers}.", answers=listed(felt))
    if tuned:
        return say("There is nothing to show yet. It begins with the next questions that you answer.")
    return say("Your answers are not kept for you. You can change that in settings, under More choices.")
