"""Why the last tip came: why that one, why then, and what holds now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.drip.outlooks import Drip, outlook_of
from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import Prompt
from bot.domain.messages import Message, Note, Step
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import Person, PersonId
from bot.domain.text.language import joined, say
from bot.domain.text.wording import day_in_words
from bot.services import composing
from bot.services.ports import World
from bot.services.records import person_of, prompt_of


async def show_why(world: World, person_id: PersonId) -> Message:
    """Why the last tip was chosen, why it came when it did, and when the next ones come, if any do.

    A tip that is on its way, and one that never arrived, do not count.
    """
    async with world.store.unit_of_work() as work:
        person, every = await person_of(work, person_id), await work.deliveries.of(person_id)
        coming = {one.subject.prompt for one in every if isinstance(one.subject, TipDue) and one.is_open}
        seen = [one for one in await work.experiences.of(person_id) if one.prompt not in coming]
        prompt = await prompt_of(world.library, work, seen[-1].prompt) if seen else None
    now = list(_now(world, person))
    steps = [*composing.ways_back(person, world.clock.now()), composing.SETTINGS, composing.TIP]
    if not seen:
        told = say("Once a tip has come, I can say why it was that one.")
        return Note(say("No tip yet"), [told, *now], steps)
    sent = next((arrival for one in reversed(every) if (arrival := _arrival(one, seen[-1]))), None)
    opened = [Step(say("Open it"), "open", prompt.id)] if prompt else []
    why = [*(_sent(person, prompt, sent) if sent else _asked(person, prompt, seen[-1])), *now]
    return Note(say("Why this one, and why then"), why, [*opened, *steps])


@dataclass(frozen=True, slots=True)
class _Arrival:
    """When a scheduled tip came, and why it was chosen."""

    at: datetime
    reason: str


def _arrival(sent: Delivery, last: Experience) -> _Arrival | None:
    """How what somebody saw last came to them; None for any other message, and where they opened it after."""
    arrived = None if sent.state.never_arrived else sent.settled
    if not isinstance(sent.subject, TipDue) or sent.subject.prompt != last.prompt:
        return None
    return _Arrival(arrived, sent.subject.reason) if arrived and arrived >= last.shown else None


def _sent(person: Person, prompt: Prompt | None, arrival: _Arrival) -> Iterator[str]:
    yield _because(person, prompt, arrival.reason)
    day = day_in_words(person.today(arrival.at))
    yield say("It came on {day}, within your days and hours.", day=day)


def _because(person: Person, prompt: Prompt | None, reason: str) -> str:
    if prompt is None:
        return say("You got the last one because {reason}. It has left the library since.", reason=reason)
    if not prompt.suits(person.role):
        return say("You got “{title}” for the role that you had then.", title=prompt.title)
    return say("You got “{title}” because {reason}.", title=prompt.title, reason=reason)


def _asked(person: Person, prompt: Prompt | None, last: Experience) -> Iterator[str]:
    """Which of the two, opened or asked for; of one from before that was kept, nobody knows any more."""
    asked = person.preferences.asked
    if asked and asked.prompt == last.prompt and asked.reason:
        yield _because(person, prompt, asked.reason)
        yield say("You asked for a tip, so it came at once.")
    elif prompt is None:
        yield say("You opened the last one or asked for it yourself. It has left the library since.")
    elif asked and asked.prompt == last.prompt:
        yield say("You opened “{title}” yourself, so it came at once.", title=prompt.title)
    else:
        yield say("You opened “{title}” or asked for it yourself, so it came at once.", title=prompt.title)


def _now(world: World, person: Person) -> Iterator[str]:
    """When tips come as things are now, or what keeps them back and how to have them again."""
    now = world.clock.now()
    rhythm = composing.rhythm_in_words(person, now)
    match outlook_of(person, now).drip:
        case Drip.STARTS_LATER:
            yield joined(say("Tips begin on {day}.", day=day_in_words(person.today(person.begins))), rhythm)
        case _:
            yield rhythm
