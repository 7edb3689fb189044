"""Helping a colleague: the champion's side, what the asker hears of it, and what time alone brings about."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.champion_messages import ChampionFound, HelpOffer
from bot.domain.champions import WEEK, Introduction, Profile, Standing, drafted, reason_of
from bot.domain.delivery import Delivery
from bot.domain.help_requests import HELPED_DAYS, MOST_OFFERS, HelpRequest, Response, Stage
from bot.domain.language import joined, say
from bot.domain.messages import Message, Note, Step
from bot.domain.people import Person, PersonId
from bot.domain.subjects import HelpedDue, HelpNewsDue, HelpOfferDue, HelpThanksDue, Subject
from bot.domain.turns import ON_ITS_WAY, Turn, after_working_days, answer_by, turn_of
from bot.domain.wording import capitalised, clock, day_in_words
from bot.services import composing, introducing, matching
from bot.services.ports import UnitOfWork, World
from bot.services.recording import NEVER_ARRIVED
from bot.services.records import closed_for, person_of

BATCH = 50
"""Requests looked at in one round; each is moved in a unit of work of its own."""

NEWS_LASTS = timedelta(days=7)
QUESTION_LASTS = timedelta(days=14)


# What the champion does


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
        await _tell_asker(work, accepted, now)
        await _plan_question(world, work, accepted)
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
        moved = await hand_on(world, work, request, response)
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
    profile = await profile_to_change(work, champion_id)
    await work.champions.put(replace(profile, resting_until=now + WEEK))


async def profile_to_change(work: UnitOfWork, champion_id: PersonId) -> Profile:
    """A champion's own profile, else one that begins with what the roster says."""
    kept = await work.champions.get(champion_id)
    return kept or drafted(await person_of(work, champion_id), Standing.ACTIVE)


# Moves, each in the unit of work of whoever calls


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
    await _tell_asker(work, moved, now)
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
        await _tell_asker(work, after, after.changed)


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
    elif ended := request.timed_out(None, now):
        await work.help_requests.put(ended)


async def _has_until(world: World, work: UnitOfWork, request: HelpRequest) -> datetime | None:
    """Until when the champion can answer, by when their card really went out; None where it will not come."""
    card = await work.deliveries.get(f"help_offer:{_card_of(request)}")
    if card is None or card.state in NEVER_ARRIVED:
        return None
    came = card.settled or world.clock.now() + ON_ITS_WAY
    champion = await person_of(work, card.person)
    return answer_by(champion.preferences.rhythm, came, closed_for(world, champion))


async def credit(work: UnitOfWork, request: HelpRequest, now: datetime, *, helped: bool) -> None:
    """Count it for the champion's topics, and plan thanks for a yes."""
    champion = request.offers[-1].champion
    if not champion:
        return  # their data was erased meanwhile
    profile = await profile_to_change(work, champion)
    if request.topics:
        await work.champions.put(profile.judged(request.topics, helped=helped))
    if helped:
        thanks = _delivery(request.id, champion, HelpThanksDue(request.id), now)
        await work.deliveries.add(replace(thanks, unasked=True))


async def tell_champion(work: UnitOfWork, withdrawn: HelpRequest, champion: PersonId, now: datetime) -> None:
    """Plan a kind word for the champion who said yes to what is not needed any more."""
    await work.deliveries.add(_delivery(withdrawn.id, champion, HelpThanksDue(withdrawn.id), now))


async def _tell_asker(work: UnitOfWork, request: HelpRequest, now: datetime) -> None:
    subject = HelpNewsDue(request.id, request.move)
    await work.deliveries.add(_delivery(f"{request.id}:{request.move}", request.asker, subject, now))


async def _plan_question(world: World, work: UnitOfWork, request: HelpRequest) -> None:
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


# What is said, composed when it is sent


async def offered(world: World, work: UnitOfWork, request_id: str, champion: Person) -> Message | None:
    """The champion's card; None once the request is no longer theirs."""
    request = await work.help_requests.get(request_id)
    if request is None or not request.waits_for(champion.id) or request.due is None:
        return None
    asker = await person_of(work, request.asker)
    closed = closed_for(world, champion)
    until = max(request.due, answer_by(champion.preferences.rhythm, world.clock.now(), closed))
    return HelpOffer(
        request_id=request.id,
        name=asker.name or say("A colleague"),
        who=introducing.who(world, asker),
        about=request.about,
        reason=reason_of(await profile_to_change(work, champion.id), request, asker),
        until=moment_in_words(until, champion),
    )


async def news(world: World, work: UnitOfWork, due: HelpNewsDue) -> Message | None:
    """What the asker hears; None once the request has moved again."""
    request = await work.help_requests.get(due.request)
    if request is None or request.move != due.move or request.champion is None:
        return None
    champion = await person_of(work, request.champion)
    match request.stage:
        case Stage.ACCEPTED:
            return introducing.to_champion(world, request, champion, say("Good news: somebody can help"))
        case Stage.OFFERED:
            return waiting(request, champion, await person_of(work, request.asker))
        case Stage.UNANSWERED:
            return _nobody_could(world, len(request.offers))
        case Stage.ENDED:
            return _no_champion_any_more(world)
    return None


async def question(work: UnitOfWork, request_id: str) -> Message | None:
    """Whether it helped; None where that is no question any more."""
    request = await work.help_requests.get(request_id)
    if request is None or request.stage is not Stage.ACCEPTED or request.champion is None:
        return None
    champion = await person_of(work, request.champion)
    lines = [
        say(
            "A few days ago {name} offered to help you with “{about}”.",
            name=introducing.called(champion),
            about=request.about,
        ),
        say("One tap is enough. Your champion hears of it only when it is a yes."),
    ]
    steps = [
        Step(say("Yes, it helped"), "helped", request.id),
        Step(say("Not really"), "not_helped", request.id),
    ]
    return Note(say("Did it help?"), lines, [*steps, composing.HELP])


async def thanks(work: UnitOfWork, request_id: str) -> Message | None:
    """What the champion hears when it helped, or when their yes is not needed any more."""
    request = await work.help_requests.get(request_id)
    if request is None or request.stage not in {Stage.HELPED, Stage.WITHDRAWN}:
        return None
    name = capitalised(introducing.called(await person_of(work, request.asker)))
    if request.stage is Stage.WITHDRAWN:
        lines = [say("{name} needs no help any more; there is nothing left for you to do.", name=name)]
        lines.append(say("Thank you for saying yes."))
        return Note(say("A request is closed"), lines, [composing.TIP, composing.HELP])
    lines = [say("{name} says that your help made a difference. Thank you.", name=name)]
    return Note(say("It helped"), lines, [composing.TIP, composing.HELP])


def waiting(request: HelpRequest, champion: Person, asker: Person) -> Note:
    """An offer is out: whose turn it is, until when by the asker's own clock, and what then."""
    name = champion.name or introducing.called(champion)
    until = moment_in_words(request.due, asker) if request.due else ""
    asked = say("I asked {name}. They have until {until} to answer.", name=name, until=until)
    if len(request.offers) > 1:
        asked = joined(say("The last champion could not help this time."), asked)
    then = (
        say("If they cannot help, I look for somebody else. You hear from me either way.")
        if len(request.offers) < MOST_OFFERS
        else say("If they cannot help, I tell you where else to ask. You hear from me either way.")
    )
    lines = [asked, then]
    close = Step(say("I need no help any more"), "withdraw_help", request.id)
    return Note(say("Your request is on its way"), lines, [close, composing.TIP, composing.HELP])


def moment_in_words(moment: datetime, reader: Person) -> str:
    """ "10:45 on Friday 4 December", by the reader's own clock."""
    local = moment.astimezone(ZoneInfo(reader.preferences.rhythm.zone))
    return say("{time} on {day}", time=clock(local.time()), day=day_in_words(local.date()))


def contact(world: World) -> str:
    """Whom to ask where no champion can help."""
    return world.house.help_contact or world.library.rules.contact


def over() -> Note:
    """For a button of a request that has ended, or is somebody else's."""
    return Note(
        title=say("That request is closed"),
        lines=[say("The card is an old one. Nothing was changed.")],
        steps=[composing.CHAMPION, composing.TIP, composing.HELP],
        refused="request_closed",
    )


def _nobody_could(world: World, asked: int) -> Note:
    lines = [
        say("The champion whom I asked cannot help this time, and nobody else is free. It is nobody's fault.")
        if asked == 1
        else say("I asked {number} champions, and none of them can help this time.", number=asked),
        say("Please ask here instead: {contact}", contact=contact(world)),
    ]
    return Note(say("No champion could help this time"), lines, [composing.TIP, composing.HELP])


def _no_champion_any_more(world: World) -> Note:
    lines = [
        say(
            "The champion who said yes to you is not here any more. If you have talked already, all is well."
        ),
        say(
            "If not, I am glad to look for somebody else. You can also ask here: {contact}",
            contact=contact(world),
        ),
    ]
    steps = [composing.CHAMPION, composing.TIP, composing.HELP]
    return Note(say("Your champion cannot help after all"), lines, steps)


async def _too_late(
    world: World, work: UnitOfWork, request: HelpRequest | None, champion_id: PersonId
) -> ChampionFound | Note:
    """A tap on an offer that waits no longer: the link again where they said yes, else a kind word."""
    if request is None or champion_id not in request.was_offered_to:
        return over()
    if request.stage is Stage.ACCEPTED and request.champion == champion_id:
        return introducing.to_asker(world, request, await person_of(work, request.asker))
    return Note(
        say("This one is taken care of"),
        [say("Its time is over, it is with somebody else, or not needed any more. Thank you for looking.")],
        [composing.TIP, composing.HELP],
        refused="offer_over",
    )
