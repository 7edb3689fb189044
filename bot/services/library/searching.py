"""Finding prompts for a few words."""

from bot.domain.commands import FindPrompts
from bot.domain.drip.selection import eligible
from bot.domain.library.finding import find
from bot.domain.messages import Help, Message, PromptList
from bot.domain.staff.people import PersonId, Right
from bot.domain.text.language import say
from bot.services import composing
from bot.services.peers import championing
from bot.services.ports import World
from bot.services.records import all_prompts, person_of


async def find_prompts(world: World, person_id: PersonId, command: FindPrompts) -> Message:
    """Up to three prompts for the person's role and licence that fit the words, else what works here."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        prompts = await all_prompts(world.library, work)
    suited = eligible(prompts, person, world.clock.now())
    found = find(command.words, suited, synonyms=world.library.synonyms)
    if not found:
        return await show_help(world, person_id, say("I found no prompt for that. Here is what works."))
    text = say("Open one to see the prompt.")
    return PromptList(say("These may help"), text, composing.lines(found), removable=False)


async def show_help(world: World, person_id: PersonId, opening: str) -> Help:
    """Everything that works, with what this person's rights add."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        champion = await championing.is_one(work, person)
    return Help(
        opening,
        champion=champion,
        reviewer=person.holds(Right.REVIEWER),
        lead=person.is_lead,
        administrator=person.holds(Right.ADMINISTRATOR),
    )
