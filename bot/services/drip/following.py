"""Short notes that follow on something: a prompt that did not go well, or a long silence."""

from datetime import datetime

from bot.domain.drip.followups import better
from bot.domain.drip.selection import LOOKS_BACK
from bot.domain.drip.silence import END_AFTER, silent_for
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import Prompt
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import Person
from bot.domain.text.language import say
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import last_seen, shelf_of


async def up(world: World, work: UnitOfWork, person: Person, prompt: Prompt) -> Message | None:
    """A better version of a prompt that did not go well, or a champion; None where it worked after all."""
    experience = await work.experiences.get(person.id, prompt.id)
    if experience is None or experience.outcome in {None, Outcome.WORKED}:
        return None
    now = world.clock.now()
    lately = {seen for seen, at in (await last_seen(work, person.id)).items() if at > now - LOOKS_BACK}
    instead = better(await shelf_of(world, work), person, prompt, lately, now)
    champion = Step(say("Ask a champion"), "champion", prompt.id)
    opening = say("A few days ago you said that “{title}” was not quite right.", title=prompt.title)
    if instead is None:
        lines = [opening, say("A champion may know a better way. It takes one message.")]
        return Note(say("Would you like a hand?"), lines, [champion, composing.TIP])
    lines = [
        opening,
        say("“{title}” is another way to practise the same thing, and no harder.", title=instead.title),
    ]
    steps = [Step(say("Open it"), "open", instead.id), champion, composing.TIP]
    return Note(say("Another way to try it"), lines, steps)


def farewell(person: Person, now: datetime) -> Message | None:
    """The last message to somebody who has used no tip for three months; None where they were heard since."""
    if silent_for(person, now) < END_AFTER:
        return None
    lines = [
        say("You have not used a tip for three months, so I will stop sending them. That is fine."),
        say("The questions stop too. Press the button or type resume whenever you want both back."),
    ]
    keep = Step(say("What we keep"), "privacy")
    return Note(say("I will leave you in peace"), lines, [composing.RESUME, keep])
