"""Words that left something open: what was meant is asked, and nothing is changed before a yes."""

from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import PersonId
from bot.domain.text.language import Language, say
from bot.services import composing
from bot.services.ports import World
from bot.services.records import person_of


def offer() -> Message:
    """For somebody whose words may mean stop, rest or what is kept: nothing is guessed."""
    steps = [
        Step(say("Stop all messages"), "stop"),
        Step(say("Pause 2 weeks"), "pause"),
        composing.SETTINGS,
        Step(say("What we keep"), "privacy"),
        composing.HELP,
    ]
    lines = [say("Nothing was changed yet. Choose one, and it is done.")]
    return Note(say("What would you like?"), lines, steps)


def look_for(words: str) -> Step:
    """A button that finds prompts for words that were taken for something else."""
    return Step(say("Look for a prompt"), "find", words)


def ask(words: str) -> Message:
    """Whether somebody meant this line, by which something is lost."""
    steps = [
        Step(say("Yes, {words}", words=words), "say", words),
        Step(say("No, change nothing"), "change_nothing"),
        composing.HELP,
    ]
    return Note(say("Did you mean {words}?", words=words), [say("Nothing was changed yet.")], steps)


def ask_language() -> Message:
    """The languages, each in its own words, for somebody who named none."""
    steps = [Step(language.label, "set_language", language) for language in Language]
    lines = [say("Everything but the prompts themselves is there in both.")]
    return Note(say("Language / Iaith"), lines, steps)


async def change_nothing(world: World, person_id: PersonId) -> Message:
    """Say that all is as it was, and when tips come."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    lines = [composing.rhythm_in_words(person, world.clock.now())]
    return Note(say("All is as it was"), lines, [composing.TIP, composing.SETTINGS])
