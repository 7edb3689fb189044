"""One reminder a round, for whoever was asked and has not answered by the time at which it would come.

It is planned for everybody who was asked, and everybody's tip makes room for it: a tip that moved for those
alone who had not answered would still tell who they were when the reminders are gone. Whether somebody has
answered is looked at when it is to be sent; whoever has gets nothing, and the cap counts it all the same.

Who has answered is not kept anywhere. While a round is open, its secret lets the service ask whether a voice
is there; what it said cannot be asked. Reminders go when the round closes.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Message
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import ReminderDue
from bot.domain.rounds.pulses import Round, asking_time, voice
from bot.domain.staff.groups import Level
from bot.domain.staff.people import Person, PersonId
from bot.domain.text.language import say
from bot.domain.text.wording import day_in_words
from bot.services.ports import UnitOfWork, World
from bot.services.rounds.surveying import BATCH, SAME_DAY, composed, key, make_room


async def remind_due(world: World) -> None:
    """Plan the reminders of every round in which they are due, in batches; nobody has a second one."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        reminding = [round_ for round_ in await work.pulses.rounds() if round_.is_reminding(now)]
    for round_ in reminding:
        last = round_.reminded_to
        while last is not None:
            last = await _remind_batch(world, round_.id, last)
            await _note_reminded(world, round_.id, last)


async def message(world: World, work: UnitOfWork, round_id: str, person: Person) -> Message | None:
    """The questions once more; None where the round has closed or the person has answered meanwhile."""
    round_ = await work.pulses.get_round(round_id)
    if round_ is None or round_.secret is None or not round_.takes_answers(world.clock.now()):
        return None
    own = voice(round_.secret, person.id, Level.TEAM)
    if await work.pulses.answered(round_.id, [own]):
        return None
    opening = say(
        "A short reminder, and the only one: these questions close on {day}.",
        day=day_in_words(round_.last_day),
    )
    return composed(world, round_, person, opening)


async def _remind_batch(world: World, round_id: str, after: PersonId) -> PersonId | None:
    """Plan reminders among the next people after somebody; the last of them, None where there is nobody."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        round_ = await work.pulses.get_round(round_id)
        ids = await work.people.reachable(after, BATCH)
        if not ids or round_ is None or not round_.takes_answers(now):
            return None
        people = list((await work.people.get_all(ids)).values())
        asked = await _asked(work, round_, people)
        planned = [(who, _reminder(who, round_, max(now, at + SAME_DAY))) for who, at in asked]
        added = await work.deliveries.add_all([delivery for _, delivery in planned if delivery])
        await make_room(world, work, [(who, d.due) for who, d in planned if d and d.key in added])
    return ids[-1]


async def _asked(
    work: UnitOfWork, round_: Round, people: Sequence[Person]
) -> Sequence[tuple[Person, datetime]]:
    """Those who were asked, each with the time for which the questions were planned."""
    asked = [(one, await work.deliveries.get(key(round_.id, one.id))) for one in people]
    return [(one, questions.due) for one, questions in asked if questions]


def _reminder(person: Person, round_: Round, after: datetime) -> Delivery | None:
    due = asking_time(round_, person, after)
    if due is None or due >= round_.closes or not person.may_be_contacted(after):
        return None
    return Delivery(
        key=f"reminder:{round_.id}:{person.id}",
        person=person.id,
        subject=ReminderDue(round_.id),
        due=due,
        expires=round_.closes,
        unasked=True,
    )


async def _note_reminded(world: World, round_id: str, last: PersonId | None) -> None:
    async with world.store.unit_of_work() as work:
        for round_ in await work.pulses.rounds():
            if round_.id == round_id:
                await work.pulses.put_round(round_.reminded(last))
