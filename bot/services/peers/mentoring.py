"""Asking a champion for help: the asker's side, from the first tap to whether it helped."""

from dataclasses import replace

from bot.domain.commands.champions import AskChampion, AskForHelp, ChooseChampion
from bot.domain.library.contributions import is_seen, tidy
from bot.domain.library.prompts import Prompt
from bot.domain.messages import HelpForm, Message, Note, Option, Step, Suggestion, Suggestions
from bot.domain.peers.champions import Introduction
from bot.domain.peers.directory import topics_in
from bot.domain.peers.help_requests import CHOOSING, LONGEST_ABOUT, HelpRequest, Stage
from bot.domain.peers.turns import turn_of
from bot.domain.staff.people import Person, PersonId
from bot.domain.text.language import say
from bot.domain.text.wording import capitalised
from bot.services import composing, screening
from bot.services.peers import introducing, matching, offering, relaying
from bot.services.peers.matching import Roll
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for, prompt_of


async def ask(world: World, person_id: PersonId, command: AskChampion) -> Message:
    """Where the own request stands; without one, suggestions for a tip, else the form."""
    async with world.store.unit_of_work() as work:
        roll, open_ = await _look(world, work, person_id)
        if open_ is not None:
            return _standing(world, roll, open_)
        about = await prompt_of(world.library, work, command.prompt_id) if command.prompt_id else None
        if about is None:
            return _form(roll)
        return await _begin(world, work, roll, _about_a_tip(world, roll, about))


async def ask_for_help(world: World, person_id: PersonId, command: AskForHelp) -> Message:
    """Suggestions for what somebody wrote or picked; the form again where there is something to mend.

    Nothing is kept of a line in which something points to a person. One request at a time.
    """
    async with world.store.unit_of_work() as work:
        roll, open_ = await _look(world, work, person_id)
        if open_ is not None:
            return _standing(world, roll, open_)
        if problem := _problem(command) or await _personal(work, command):
            return _form(roll, problem, command.about)
        return await _begin(world, work, roll, _about_a_line(world, roll, command))


async def choose(world: World, person_id: PersonId, command: ChooseChampion) -> Message:
    """Ask one of the suggested champions, who gets a card; with somebody who is taken, the choice again."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        roll, open_ = await _look(world, work, person_id)
        if open_ is None or open_.id != command.request_id:
            return relaying.over()
        if open_.stage is not Stage.ASKED:
            return _standing(world, roll, open_)
        if not roll.has_room(command.champion_id, open_, now):
            problem = say("They have no time any more. Please choose somebody else.")
            return _suggestions(world, roll, open_, problem)
        champion = roll.people[command.champion_id]
        turn = turn_of(champion, now, closed_for(world, champion))
        offered = open_.chosen(turn, now)
        if offered is None:
            return relaying.over()
        await offering.offer(work, offered, turn)
        return _standing(world, roll, offered)


async def withdraw(world: World, person_id: PersonId, request_id: str) -> Message:
    """Take the own request back, the open one where none is named.

    A champion who has not opened the card yet never hears of it; one who said yes does, once.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        request = await _own(work, person_id, request_id)
        withdrawn = request and request.withdrawn(person_id, now)
        if not request or not withdrawn:
            return relaying.over() if request_id else _nothing_asked()
        await work.help_requests.put(withdrawn)
        promised = request.champion if request.stage is Stage.ACCEPTED else None
        if promised:
            await offering.tell_champion(work, withdrawn, promised, now)
    told = [say("I tell the champion who said yes, with thanks.")] if promised else []
    lines = [*told, say("Nobody is asked any more. You can ask again at any time.")]
    return Note(say("Your request is closed"), lines, [composing.CHAMPION, composing.TIP, composing.HELP])


async def _own(work: UnitOfWork, person_id: PersonId, request_id: str) -> HelpRequest | None:
    """The request with this id; without one, what somebody asked and is open."""
    if request_id:
        return await work.help_requests.get(request_id)
    asked = await work.help_requests.of(person_id)
    return next((one for one in asked if one.asker == person_id and one.stage.is_open), None)


def _nothing_asked() -> Note:
    lines = [say("You have not asked anybody, so there is nothing to take back.")]
    return Note(say("No request is open"), lines, [composing.CHAMPION, composing.TIP, composing.HELP])


async def judge(world: World, person_id: PersonId, request_id: str, *, helped: bool) -> Message:
    """Whether it helped: closes the request, counts for the champion's topics, and thanks them for a yes."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        request = await work.help_requests.get(request_id)
        judged = request and request.judged(person_id, now, helped=helped)
        if not request or not judged:
            return relaying.over()
        await work.help_requests.put(judged)
        await offering.credit(work, request, now, helped=helped)
    if helped:
        lines = [say("Your champion will hear that it helped. Thank you for saying so.")]
        return Note(say("Good to hear"), lines, [composing.TIP, composing.CHAMPION, composing.HELP])
    lines = [say("Thank you for saying so. Shall we look for somebody else?")]
    return Note(say("Not this time"), lines, [composing.CHAMPION, composing.TIP, composing.HELP])


async def _look(world: World, work: UnitOfWork, person_id: PersonId) -> tuple[Roll, HelpRequest | None]:
    """The roll for somebody, and their request that is open."""
    await work.help_requests.held()
    roll = await matching.call(world, work, person_id)
    return roll, await _own(work, person_id, "")


async def _begin(world: World, work: UnitOfWork, roll: Roll, request: HelpRequest) -> Message:
    """Keep a request if there is anybody to suggest for it; else the next best thing, and nothing is kept."""
    now = world.clock.now()
    if roll.suggest(request, now):
        await work.help_requests.put(request)
        return _suggestions(world, roll, request)
    unreachable = roll.suggest_unreachable(request, now)
    if not unreachable:
        return _nobody(world, roll)
    found = unreachable[0]
    await work.introductions.put(Introduction(request.asker, found.champion, now))
    return introducing.directly(world, request, roll.people[found.champion], found)


def _about_a_tip(world: World, roll: Roll, about: Prompt) -> HelpRequest:
    topics = topics_in(f"{about.title} {about.task}", roll.topics)
    return _request(world, roll.asker, about.title, tuple(sorted(topics)), about)


def _about_a_line(world: World, roll: Roll, command: AskForHelp) -> HelpRequest:
    topics = topics_in(f"{command.topic} {command.about}", roll.topics)
    about = tidy(command.about) if is_seen(command.about) else tidy(command.topic)
    begun = _request(world, roll.asker, about, tuple(sorted(topics)))
    return replace(begun, language=command.language)


def _request(
    world: World, asker: Person, about: str, topics: tuple[str, ...], prompt: Prompt | None = None
) -> HelpRequest:
    now = world.clock.now()
    return HelpRequest(
        id=world.chance.new_id(),
        asker=asker.id,
        about=about,
        topics=topics,
        language="",
        prompt=prompt.id if prompt else None,
        asked=now,
        changed=now,
        due=now + CHOOSING,
    )


def _problem(command: AskForHelp) -> str:
    if not is_seen(command.about) and not is_seen(command.topic):
        return say("Say in a few words what it is about, or pick a topic.")
    longest = max(len(command.about), len(command.topic), len(command.language))
    if longest > LONGEST_ABOUT:
        return say(
            "Please say it in up to {most} characters; it has {number}.", most=LONGEST_ABOUT, number=longest
        )
    return ""


async def _personal(work: UnitOfWork, command: AskForHelp) -> str:
    written = map(tidy, (command.about, command.topic, command.language))
    return screening.problem(await screening.screen(work, *written))


def _form(roll: Roll, problem: str = "", about: str = "") -> HelpForm:
    languages = roll.directory.languages()
    return HelpForm(
        topics=[Option(capitalised(topic), topic) for topic in roll.topics],
        languages=[Option(language, language) for language in languages] if len(languages) > 1 else [],
        problem=problem,
        about=about[:LONGEST_ABOUT],
    )


def _standing(world: World, roll: Roll, request: HelpRequest) -> Message:
    """Where an open request stands, with what the asker can do about it."""
    if request.stage is Stage.ASKED:
        return _suggestions(world, roll, request)
    champion = roll.person(request.champion)
    if request.stage is Stage.ACCEPTED:
        return introducing.to_champion(world, request, champion, say("A colleague who can help"))
    return relaying.waiting(request, champion, roll.asker)


def _suggestions(world: World, roll: Roll, request: HelpRequest, problem: str = "") -> Message:
    found = [(roll.person(one.champion), one) for one in roll.suggest(request, world.clock.now())]
    if not found:
        return _nobody(world, roll, request.id)
    return Suggestions(
        request_id=request.id,
        about=request.about,
        champions=[
            Suggestion(one.champion, who.name, introducing.who(world, who), capitalised(one.reason))
            for who, one in found
        ],
        problem=problem,
        prompt_id=request.prompt or "",
    )


def _nobody(world: World, roll: Roll, request_id: str = "") -> Note:
    """Everybody is busy, or there is nobody yet: whom to ask instead."""
    others = roll.profiles.keys() - {roll.asker.id}
    title = say("No champion is free at the moment") if others else say("No champion yet")
    why = (
        say("They are away, or have given all the time that they offered. Please try again next week.")
        if others
        else say("Nobody else in your organisation has offered to help yet.")
    )
    close = [Step(say("Close my request"), "withdraw_help", request_id)] if request_id else []
    lines = [why, say("Until then, ask here: {contact}", contact=relaying.contact(world))]
    return Note(title, lines, [*close, composing.TIP, composing.HELP], refused="no_champion_free")
