"""The prompts that a person keeps."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.library.finding import find
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.messages import Message, Note, PromptList, Step
from bot.domain.staff.people import Person, PersonId
from bot.domain.text.language import say
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts, person_of, prompt_of

SHOWN = 5
"""The newest saved prompts that one card lists."""


async def save(world: World, person_id: PersonId, prompt_id: PromptId) -> Message:
    """Keep a prompt and show it again, saved; keeping it twice is keeping it once."""
    async with world.store.unit_of_work() as work:
        prompt = await prompt_of(world.library, work, prompt_id)
        if prompt is None:
            return composing.gone("unknown_prompt")
        person = await person_of(work, person_id)
        kept = await _keep(work, person, (prompt_id, *_without(person, prompt_id)))
    opening = say("Saved. Type saved to find it again.")
    return composing.tip(world, kept, prompt, say("you saved it"), opening)


async def remove(world: World, person_id: PersonId, prompt_id: PromptId) -> Message:
    """Take a prompt out; the list that remains is the answer."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        await _keep(work, person, _without(person, prompt_id))
    return await show(world, person_id)


async def show(world: World, person_id: PersonId, words: str = "") -> Message:
    """The newest saved prompts; of those the best that fit the words, where there are any."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        shelf = {prompt.id: prompt for prompt in await all_prompts(world.library, work)}
    kept = [shelf[PromptId(p)] for p in person.preferences.saved if PromptId(p) in shelf]
    if not kept:
        lines = [say("Press Save on a tip and it will wait for you here.")]
        return Note(say("Nothing saved yet"), lines, [composing.TIP])
    if words:
        return _found(world, words, kept)
    newest = say("Your newest {number}. To find another, type saved and a word.", number=SHOWN)
    text = newest if len(kept) > SHOWN else say("Open one to use it again.")
    return PromptList(say("Your saved prompts"), text, composing.lines(kept[:SHOWN]), removable=True)


def _found(world: World, words: str, kept: Sequence[Prompt]) -> Message:
    found = find(words, kept, SHOWN, world.library.synonyms)
    if found:
        return PromptList(
            say("In your saved prompts"), say("Best first."), composing.lines(found), removable=True
        )
    lines = [say("None of your saved prompts is about that.")]
    return Note(say("Not among your saved prompts"), lines, [Step(say("All saved"), "saved"), composing.TIP])


def _without(person: Person, prompt_id: PromptId) -> tuple[str, ...]:
    return tuple(p for p in person.preferences.saved if p != prompt_id)


async def _keep(work: UnitOfWork, person: Person, saved: tuple[str, ...]) -> Person:
    changed = person.choosing(replace(person.preferences, saved=saved))
    await work.people.put(changed)
    return changed
