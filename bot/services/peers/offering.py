"""A request for help on its way from one champion to the next, up to its end.

Each move is made within the unit of work of whoever calls.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import HelpedDue, HelpNewsDue, HelpOfferDue, HelpThanksDue, Subject
from bot.domain.peers.help_requests import HELPED_DAYS, HelpRequest, Response, Stage
from bot.domain.peers.turns import ON_ITS_WAY, Turn, after_working_days, answer_by, turn_of
from bot.domain.staff.people import Person, PersonId
from bot.services.peers import matching
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for, person_of

BATCH = 50
"""Requests looked at in one round; each is moved in a unit of work of its own."""

NEWS_LASTS = timedelta(days=7)
QUESTION_LASTS = timedelta(days=14)


async def offer(work: UnitOfWork, offered: HelpRequest, turn: Turn) -> None:
    """Keep a request that was just offered to a champion, and plan the card in the champion's hours."""
    await work.help_requests.put(offered)
    subject = HelpOfferDue(offered.id)
    await work.deliveries.add(_delivery(_card_of(offered), turn.champion, subject, turn.card))


async def hand_on(
    world: World, work: UnitOfWork, request: HelpRequest, response: Response
) -> HelpRequest | None:
    """The champion who has the offer cannot help: ask the next, or end it, and tell the asker.

    The request after it; None where nothing moved.
    """
    if request.champion is None:
        return None
    now = world.clock.now()
    roll = await matching.call(world, work, request.asker)
    successor = roll.successor(request, now)
    turn = _turn(world, roll.people[successor]) if successor else None
    moved = request.handed_on(request.champion, response, turn, now)
    if moved is None:
        return None
    if turn is not None and moved.stage is Stage.OFFERED:
        await offer(work, moved, turn)
    else:
        await work.help_requests.put(moved)
    await tell_asker(work, moved, now)
    return moved


def _turn(world: World, champion: Person) -> Turn:
    return turn_of(champion, world.clock.now(), closed_for(world, champion))


async def leave_to_others(world: World, work: UnitOfWork, champion: PersonId) -> None:
    """Somebody who had offers is no champion any more, or out of reach: the next are asked."""
    for request in await work.help_requests.of(champion):
        if request.waits_for(champion):
            await hand_on(world, work, request, Response.LEFT)


async def part(world: World, work: UnitOfWork, person: PersonId) -> None:
    """Somebody is off the staff list: the next are asked, what they asked or said yes to is over."""
    now = world.clock.now()
    await leave_to_others(world, work, person)
    for request in await work.help_requests.of(person):
        ended = request.withdrawn(person, now) or request.ended_without(person, now)
        if ended.stage is not request.stage:
            await _keep_without(work, request, ended)


async def forget(world: World, work: UnitOfWork, person: PersonId) -> None:
    """Take away all that leads to somebody: their requests, and their part in those of others, who go on."""
    now = world.clock.now()
    await leave_to_others(world, work, person)
    for request in await work.help_requests.of(person):
        if request.asker == person:
            await work.help_requests.remove(request.id)
        else:
            await _keep_without(work, request, request.ended_without(person, now))
    await work.champions.remove(person)


async def _keep_without(work: UnitOfWork, before: HelpRequest, after: HelpRequest) -> None:
    """Keep a request without somebody; where that ends what they had said yes to, the asker hears of it."""
    await work.help_requests.put(after)
    if after.stage is Stage.ENDED and before.stage.is_open:
        await tell_asker(work, after, after.changed)


async def move_on(world: World) -> int:
    """Whatever is due by time alone: offers that nobody answered, and what has ended; how many moved."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        due = [request.id for request in await work.help_requests.due(now, BATCH)]
    for request_id in due:
        async with world.store.unit_of_work() as work:
            await work.help_requests.held()
            await _time_out(world, work, await work.help_requests.get(request_id))
    return len(due)


async def _time_out(world: World, work: UnitOfWork, request: HelpRequest | None) -> None:
    now = world.clock.now()
    if request is None or request.due is None or now < request.due:
        return
    if request.stage is Stage.OFFERED:
        until = await _has_until(world, work, request)
        if until is None or until <= now:
            await hand_on(world, work, request, Response.LAPSED)
        else:
            await work.help_requests.put(request.open_until(until))
    elif ended := request.timed_out(now):
        await work.help_requests.put(ended)


async def _has_until(world: World, work: UnitOfWork, request: HelpRequest) -> datetime | None:
    """Until when the champion can answer, by when their card really went out; None where it will not come."""
    card = await work.deliveries.get(f"help_offer:{_card_of(request)}")
    if card is None or card.state.never_arrived:
        return None
    came = card.settled or world.clock.now() + ON_ITS_WAY
    champion = await person_of(work, card.person)
    return answer_by(champion.preferences.rhythm, came, closed_for(world, champion))


async def credit(work: UnitOfWork, request: HelpRequest, now: datetime, *, helped: bool) -> None:
    """Count it for the champion's topics, and plan thanks for a yes."""
    champion = request.offers[-1].champion
    if not champion:
        return  # their data was erased meanwhile
    profile = await matching.profile_or_draft(work, champion)
    if request.topics:
        await work.champions.put(profile.judged(request.topics, helped=helped))
    if helped:
        thanks = _delivery(request.id, champion, HelpThanksDue(request.id), now)
        await work.deliveries.add(replace(thanks, unasked=True))


async def tell_champion(work: UnitOfWork, withdrawn: HelpRequest, champion: PersonId, now: datetime) -> None:
    """Plan a kind word for the champion who said yes to what is not needed any more."""
    await work.deliveries.add(_delivery(withdrawn.id, champion, HelpThanksDue(withdrawn.id), now))


async def tell_asker(work: UnitOfWork, request: HelpRequest, now: datetime) -> None:
    """Plan the news of where a request stands now."""
    subject = HelpNewsDue(request.id, request.move)
    await work.deliveries.add(_delivery(f"{request.id}:{request.move}", request.asker, subject, now))


async def plan_question(world: World, work: UnitOfWork, request: HelpRequest) -> None:
    """Plan to ask, some working days after a yes, whether it helped."""
    asker = await person_of(work, request.asker)
    due = after_working_days(world.clock.now(), HELPED_DAYS, closed_for(world, asker))
    question = _delivery(request.id, request.asker, HelpedDue(request.id), due)
    await work.deliveries.add(replace(question, unasked=True, expires=due + QUESTION_LASTS))


def _card_of(offered: HelpRequest) -> str:
    """What the card of the champion who has the offer is named by."""
    return f"{offered.id}:{offered.champion}"


def _delivery(of: str, person: PersonId, subject: Subject, due: datetime) -> Delivery:
    """An answer to what somebody asked or offered: not under the cap. The kind makes the key whole."""
    planned = Delivery(of, person, subject, due, due + NEWS_LASTS, unasked=False)
    return replace(planned, key=f"{planned.kind}:{of}")
