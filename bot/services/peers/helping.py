"""Helping a colleague: what a champion answers to a request that they were offered."""

from dataclasses import replace
from datetime import datetime

from bot.domain.messages import ChampionFound, Message, Note
from bot.domain.peers.champions import Introduction
from bot.domain.peers.directory import WEEK
from bot.domain.peers.help_requests import HelpRequest, Response, Stage
from bot.domain.staff.people import PersonId
from bot.domain.text.language import say
from bot.services import composing
from bot.services.peers import introducing, matching, offering, relaying
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of


async def accept(world: World, champion_id: PersonId, request_id: str) -> Message:
    """Say yes: both get the link to a chat; three working days later the asker is asked if it helped."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        request = await work.help_requests.get(request_id)
        accepted = request and request.accepted(champion_id, now)
        if not request or not accepted:
            return await _too_late(world, work, request, champion_id)
        await work.help_requests.put(accepted)
        await work.introductions.put(Introduction(request.asker, champion_id, now))
        await offering.tell_asker(work, accepted, now)
        await offering.plan_question(world, work, accepted)
        return introducing.to_asker(world, accepted, await person_of(work, request.asker))


async def pass_on(world: World, champion_id: PersonId, request_id: str) -> Message:
    """Say that this is for somebody else: the next champion is asked."""
    return await _turn_down(world, champion_id, request_id, Response.PASSED)


async def rest(world: World, champion_id: PersonId, request_id: str) -> Message:
    """Say that there is no time: the next champion is asked, and this one is left alone for a week."""
    return await _turn_down(world, champion_id, request_id, Response.NOT_NOW)


async def _turn_down(world: World, champion_id: PersonId, request_id: str, response: Response) -> Message:
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        request = await work.help_requests.get(request_id)
        if request is None or not request.waits_for(champion_id):
            return await _too_late(world, work, request, champion_id)
        if response is Response.NOT_NOW:
            await _leave_alone(work, champion_id, now)
        moved = await offering.hand_on(world, work, request, response)
    others = moved is not None and moved.stage is Stage.OFFERED
    lines = [
        say("I ask somebody else now. Thank you for answering.")
        if others
        else say("I tell your colleague where else to ask. Thank you for answering.")
    ]
    if response is Response.NOT_NOW:
        lines.append(say("You will get no requests for a week."))
    return Note(say("No problem"), lines, [composing.TIP, composing.HELP])


async def _leave_alone(work: UnitOfWork, champion_id: PersonId, now: datetime) -> None:
    profile = await matching.profile_or_draft(work, champion_id)
    await work.champions.put(replace(profile, resting_until=now + WEEK))


async def _too_late(
    world: World, work: UnitOfWork, request: HelpRequest | None, champion_id: PersonId
) -> ChampionFound | Note:
    """A tap on an offer that waits no longer: the link again where they said yes, else a kind word."""
    if request is None or champion_id not in request.was_offered_to:
        return relaying.over()
    if request.stage is Stage.ACCEPTED and request.champion == champion_id:
        return introducing.to_asker(world, request, await person_of(work, request.asker))
    return Note(
        say("This one is taken care of"),
        [say("Its time is over, it is with somebody else, or not needed any more. Thank you for looking.")],
        [composing.TIP, composing.HELP],
        refused="offer_over",
    )
