"""What either side hears of a request for help, composed when it is sent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import HelpOffer, Message, Note, Step
from bot.domain.outbox.subjects import HelpNewsDue
from bot.domain.peers.directory import reason_for_champion
from bot.domain.peers.help_requests import MOST_OFFERS, HelpRequest, Stage
from bot.domain.peers.turns import answer_by
from bot.domain.staff.people import Person
from bot.domain.text.language import joined, say
from bot.domain.text.wording import capitalised, clock, day_in_words
from bot.services import composing
from bot.services.peers import introducing, matching
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for, person_of


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
        reason=reason_for_champion(await matching.profile_or_draft(work, champion.id), request, asker),
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
