"""A claimed batch → what goes to whom, composed from what is true now; or why something is held back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.drip.nudges import is_still_right
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.messages import Message
from bot.domain.outbox import subjects
from bot.domain.outbox.delivery import ABANDONED, Delivery, State
from bot.domain.outbox.replies import Settle
from bot.domain.outbox.sending import PutOff, hold
from bot.domain.staff.people import ConversationReference, Person
from bot.services import composing, thanking
from bot.services.drip import following
from bot.services.library import reviewing, sharing
from bot.services.peers import championing, relaying
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts, closed_for
from bot.services.rounds import reminding, summarising, surveying

CAP_LOOKS_BACK = timedelta(days=8)
"""Longer than the longest period of the cap, in any time zone."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery that may go out, with its message and where it goes."""

    delivery: Delivery
    reference: ConversationReference
    message: Message

    @property
    def requests(self) -> int:
        """How many it takes of the tenant's budget: a chat that has to be begun first is one more."""
        return 1 if self.reference.conversation else 2


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery that does not go out now, and what becomes of it."""

    delivery: Delivery
    decision: Settle | PutOff


Prepared = Ready | Held


async def prepare(
    world: World, work: UnitOfWork, batch: Sequence[Delivery], now: datetime
) -> Sequence[Prepared]:
    """Look at each delivery of a claimed batch, which has at most one of each person.

    A reminder of a round that has closed counts towards everybody's cap, at the last moment of their own
    hours at which it can have come: who had one, and when, is not kept, because it would tell who had not
    answered.
    """
    ids = [delivery.person for delivery in batch]
    people = await work.people.get_all(ids)
    sent = await work.deliveries.unasked_since_each(ids, now - CAP_LOOKS_BACK)
    every = await all_prompts(world.library, work)
    prompts = {prompt.id: prompt for prompt in every if prompt.counts_on(now.date())}
    closings = [
        round_.closes
        for round_ in await work.pulses.closed_rounds()
        if round_.reminds and now - round_.closes < CAP_LOOKS_BACK
    ]
    tips = [(one.person, one.subject.prompt) for one in batch if isinstance(one.subject, subjects.TipDue)]
    shown = {one.person: one.shown for one in await work.experiences.get_all(tips)}
    prepared: list[Prepared] = []
    for delivery in batch:
        person = people.get(delivery.person) or Person(delivery.person)
        reminders = _reminders(world, person, closings)
        held = _held(world, delivery, person, [*sent.get(person.id, ()), *reminders])
        held = held or _overtaken(delivery, person, prompts, shown.get(person.id), now)
        ready = Held(delivery, held) if held else await _ready(world, work, delivery, person, prompts)
        prepared.append(ready)
    return prepared


def _reminders(world: World, person: Person, closings: Sequence[datetime]) -> Sequence[datetime]:
    """When at the latest the reminders of closed rounds can have come to somebody."""
    rhythm, closed = person.preferences.rhythm, closed_for(world, person)
    found = (rhythm.last_before(closes, closed) for closes in closings)
    return [at for at in found if at]


def _held(
    world: World, delivery: Delivery, person: Person, sent: Sequence[datetime]
) -> Settle | PutOff | None:
    if delivery.note == ABANDONED:
        return Settle(State.UNKNOWN, ABANDONED)
    first_contact, closed = world.openings is not None, closed_for(world, person)
    return hold(delivery, person, sent, world.clock.now(), closed=closed, first_contact=first_contact)


def _overtaken(
    delivery: Delivery,
    person: Person,
    prompts: Mapping[PromptId, Prompt],
    shown: datetime | None,
    now: datetime,
) -> Settle | None:
    """Drop a tip that stopped being right while it waited."""
    if not isinstance(delivery.subject, subjects.TipDue):
        return None
    prompt = prompts.get(delivery.subject.prompt)
    if prompt and is_still_right(delivery, prompt, person, shown, now):
        return None
    return Settle(State.DROPPED, "nothing_to_send")


async def _ready(
    world: World,
    work: UnitOfWork,
    delivery: Delivery,
    person: Person,
    prompts: Mapping[PromptId, Prompt],
) -> Prepared:
    message = await _message(world, work, delivery, person, prompts)
    place = person.reference
    if place is None and world.openings is not None:
        place = world.openings.place(person.id)
    if message is None or place is None:
        return Held(delivery, _nothing_to_send(delivery))
    language = person.preferences.language
    return Ready(
        delivery, place, message if message.language == language else replace(message, language=language)
    )


def _nothing_to_send(delivery: Delivery) -> Settle:
    """What becomes of a delivery without a message.

    A reminder counts as sent where somebody had answered: were it not to count towards their cap, other
    messages would come on other days to them than to those who had not, and would tell so after the round.
    """
    if isinstance(delivery.subject, subjects.ReminderDue):
        return Settle(State.SENT)
    return Settle(State.DROPPED, "nothing_to_send")


async def _message(
    world: World,
    work: UnitOfWork,
    delivery: Delivery,
    person: Person,
    prompts: Mapping[PromptId, Prompt],
) -> Message | None:
    """What to send; None where there is nothing to say any more."""
    match delivery.subject:
        case subjects.WelcomeDue():
            return composing.welcome(world, person)
        case subjects.TipDue() | subjects.FollowUpDue() | subjects.FarewellDue():
            return await _of_the_drip(world, work, delivery.subject, person, prompts)
        case subjects.PulseDue(round=round_id):
            return await surveying.questions(world, work, round_id, person)
        case subjects.ReminderDue(round=round_id):
            return await reminding.message(world, work, round_id, person)
        case subjects.DigestDue():
            return await summarising.digest(world, work, person, delivery.subject)
        case subjects.ReviewDue(contribution=contribution_id):
            return await reviewing.request(world, work, contribution_id)
        case subjects.OutcomeDue(contribution=contribution_id):
            return await sharing.outcome(work, contribution_id)
        case _:
            return await _of_champions(world, work, delivery.subject, person)


async def _of_champions(
    world: World, work: UnitOfWork, subject: subjects.PeerSubject, person: Person
) -> Message | None:
    match subject:
        case subjects.HelpOfferDue(request=request_id):
            return await relaying.offered(world, work, request_id, person)
        case subjects.HelpNewsDue():
            return await relaying.news(world, work, subject)
        case subjects.HelpedDue(request=request_id):
            return await relaying.question(work, request_id)
        case subjects.HelpThanksDue(request=request_id):
            return await relaying.thanks(work, request_id)
        case subjects.QuarterThanksDue(quarter=quarter):
            return await thanking.message(world, work, quarter, person)
        case subjects.ChampionWishDue(wish=wish):
            return await championing.wish(world, work, wish)
        case subjects.ChampionAnswerDue():
            return await championing.answer(work, person.id)


async def _of_the_drip(
    world: World,
    work: UnitOfWork,
    subject: subjects.DripSubject,
    person: Person,
    prompts: Mapping[PromptId, Prompt],
) -> Message | None:
    if isinstance(subject, subjects.FarewellDue):
        return following.farewell(person, world.clock.now())
    prompt = prompts.get(subject.prompt)
    if prompt is None:
        return None
    if isinstance(subject, subjects.FollowUpDue):
        return await following.up(world, work, person, prompt)
    return composing.tip(world, person, prompt, subject.reason, subject.opening)
