"""Short notes for words that ask for no tip. Nothing is changed, and nothing of what was typed is kept."""

from zoneinfo import ZoneInfo

from bot.domain.commands.remarks import Remark, Subject
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import PersonId
from bot.domain.text.language import say
from bot.domain.text.wording import about, day_in_words
from bot.services import composing
from bot.services.own import sparing
from bot.services.own.guessing import look_for
from bot.services.ports import World
from bot.services.records import last_seen, person_of

PAUSE = Step(say("Pause 2 weeks"), "pause")
STOP = Step(say("Stop all messages"), "stop")
WHY = Step(say("Why the last one came"), "say", "why")
PRIVACY = Step(say("What we keep"), "privacy")


async def answer(world: World, person_id: PersonId, remark: Remark) -> Message:
    """The note about a remark's subject."""
    match remark.subject:
        case Subject.CARE_NOW | Subject.CARE:
            return _care(world, at_once=remark.subject is Subject.CARE_NOW)
        case Subject.UNDER_THE_QUESTION:
            return _under_the_question()
        case Subject.UNDER_THE_TIP:
            return await _under_the_tip(world, person_id)
        case Subject.THANKS:
            return Note(say("You are welcome"), [say("Glad to help.")], [composing.TIP, composing.HELP])
        case Subject.WHO_I_AM:
            return _who_i_am(world)
        case Subject.NEXT_TIP:
            return await _next_tip(world, person_id)
        case Subject.LICENCE:
            return await _licence(world, person_id)
        case Subject.RHYTHM:
            return sparing.unsure(say("I did not understand that."), look_for(remark.words))


def _care(world: World, *, at_once: bool) -> Note:
    """Whom somebody can talk to who may be in distress; where they may hurt themselves, that line first."""
    lines_open = say(
        "In the UK, call 999 in an emergency. Samaritans listen at any hour, free of charge: 116 123."
    )
    people = say(
        "Please talk to somebody you trust, your manager, occupational health or staff support. "
        "You do not have to carry this alone."
    )
    bot = say("I am only a bot for tips. Nobody reads what is typed here, and I keep none of it.")
    house = world.house
    ask = [
        say(
            "At {organisation} you can also ask {contact}.",
            organisation=house.organisation,
            contact=house.help_contact,
        )
    ]
    contact = ask if house.help_contact else []
    if at_once:
        title, lines = say("Please talk to somebody now"), [lines_open, people, *contact, bot]
    else:
        title, lines = say("I am sorry that things are hard"), [people, *contact, lines_open, bot]
    return Note(title, lines, [PAUSE, composing.HELP])


def _under_the_question() -> Note:
    lines = [
        say("Please press the button under the question, so that I know which one you mean."),
        say("Nothing was changed."),
    ]
    return Note(say("Which question?"), lines, [composing.TIP, composing.SETTINGS, composing.HELP])


async def _under_the_tip(world: World, person_id: PersonId) -> Note:
    """How a tip went is told by its own buttons; the last one is opened again by one."""
    async with world.store.unit_of_work() as work:
        seen = await last_seen(work, person_id)
    last = max(seen, key=lambda prompt: seen[prompt], default=None)
    opened = [Step(say("Open the last tip"), "open", last)] if last else []
    lines = [
        say("Please press the button under the tip, so that I know which one you mean."),
        say("Nothing was changed."),
    ]
    return Note(say("Which tip?"), lines, [*opened, Step(say("All saved"), "saved"), composing.HELP])


def _who_i_am(world: World) -> Note:
    lines = [
        say(
            "I am Steady Drip, a bot. {organisation} has set me up to send you short tips "
            "on working with AI.",
            organisation=world.house.organisation,
        ),
        say("None of it is compulsory. You can stop at any time and start again later."),
        say("Nobody reads along here. What we keep says what is stored, and who can see it."),
    ]
    steps = [composing.TIP, WHY, PRIVACY, composing.SETTINGS, STOP, composing.HELP]
    return Note(say("Who writes to you here"), lines, steps)


async def _next_tip(world: World, person_id: PersonId) -> Note:
    """When the next tip comes, and the rhythm in words."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    slot = person.next_nudge if not person.is_quiet(now) else None
    at = slot.astimezone(ZoneInfo(person.preferences.rhythm.zone)) if slot and slot > now else None
    first = (
        [
            say(
                "The next tip comes on {day}, about {time}.",
                day=day_in_words(at.date()),
                time=about(at.time()),
            )
        ]
        if at
        else []
    )
    lines = [*first, composing.rhythm_in_words(person, now)]
    return Note(say("When tips come"), lines, [composing.TIP, composing.SETTINGS, composing.HELP])


async def _licence(world: World, person_id: PersonId) -> Note:
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    lines = [
        say("Tips are for what you have now: {licence}.", licence=say(person.licence.label)),
        say("Nothing was changed. If that is not right, choose it in Settings."),
    ]
    return Note(say("What you can use"), lines, [composing.SETTINGS, composing.TIP, composing.HELP])
