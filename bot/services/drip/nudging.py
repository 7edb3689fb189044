"""The drip: which tips are due to whom, and the tips that people ask for."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.commands import OpenPrompt, RecordOutcome, TurnDown
from bot.domain.drip.first_contact import hello
from bot.domain.drip.followups import follow_up
from bot.domain.drip.nudges import SlotDecision, decide, worded
from bot.domain.drip.reactions import wish_of
from bot.domain.drip.selection import LOOKS_BACK, Choice, choose, choose_again
from bot.domain.drip.shelves import Shelf
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.messages import Message, Note, Step
from bot.domain.outbox.subjects import FollowUpDue
from bot.domain.staff.people import AskedTip, Person, PersonId, Right
from bot.domain.text.language import in_words, say, to_say
from bot.services import composing
from bot.services.gathering import ended
from bot.services.ports import UnitOfWork, World
from bot.services.records import SMALL_BATCH, closed_for, last_seen, person_of, prompt_of, shelf_of

BATCH = 500
"""People planned in one unit of work of a shared store: larger ones save nothing more."""

PIPELINES = 3
"""Batches under way at once on a shared store: one is worked out while the server keeps the other."""

PORTION = 20
"""People of a batch whose tips are chosen in one go."""

NOTHING: frozenset[PromptId] = frozenset()

INSTEAD = to_say("it takes the place of one that is not for your job; {reason}")


async def plan_due(world: World) -> int:
    """Plan a tip for everybody whose slot has come, in batches; returns how many people were looked at.

    Planning again at the same moment changes nothing: the slot moves on in the same unit of work, and the
    delivery's key names the slot. An error in one row of batches is raised once the others have ended.
    """
    planner = _Planner(world)
    looked_at, errors = await ended(planner.plan() for _ in range(PIPELINES if world.store.shared else 1))
    if errors:
        raise errors[0]
    return sum(looked_at)


@dataclass(slots=True)
class _Planner:
    """Everybody who is due at one moment, with the library and how prompts went as they are then."""

    world: World
    shelf: Shelf | None = None

    async def plan(self) -> int:
        """Plan batch after batch until nobody is left; returns how many people were looked at."""
        planned = 0
        while batch := await self._batch():
            planned += batch
        return planned

    async def _batch(self) -> int:
        world, now = self.world, self.world.clock.now()
        async with world.store.unit_of_work() as work:
            people = await work.people.due(now, BATCH if world.store.shared else SMALL_BATCH)
            if people:
                shelf = self.shelf = self.shelf or await shelf_of(world, work)
                seen = await work.experiences.seen_each([person.id for person in people], now - LOOKS_BACK)
                await _keep(work, [d async for d in _decisions(world, people, shelf, seen, now)])
        return len(people)


async def _decisions(
    world: World,
    people: Sequence[Person],
    shelf: Shelf,
    seen: Mapping[PersonId, Set[PromptId]],
    now: datetime,
) -> AsyncIterator[SlotDecision]:
    """What follows for each, in small portions: whoever else needs the processor has it in between."""
    for number, person in enumerate(people, 1):
        yield _in_own_words(world, _decision(world, person, shelf, seen.get(person.id, NOTHING), now))
        if number % PORTION == 0:
            await asyncio.sleep(0)


def _decision(world: World, person: Person, shelf: Shelf, seen: Set[PromptId], now: datetime) -> SlotDecision:
    """A tip; for somebody whom the bot has never met, a hello where it may say one."""
    if world.openings is not None and person.is_unmet:
        return hello(person, now)
    return decide(person, shelf, seen, now, closed_for(world, person))


def _in_own_words(world: World, decision: SlotDecision) -> SlotDecision:
    tongue = world.tongues.get(decision.person.preferences.language)
    return worded(decision, tongue) if tongue else decision


async def show_tip(world: World, person_id: PersonId, opening: str = "", *, instead: bool = False) -> Message:
    """The next tip for somebody who asks; the welcome card for somebody who has not chosen a role.

    `instead` says that it takes the place of one that they turned down.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        if person.role is None:
            return composing.welcome(world, person)
        choice = await _choice(world, work, person, now)
        if choice is None:
            return _nothing_fits()
        reason = say(INSTEAD, reason=choice.reason) if instead else choice.reason
        await _remember(world, work, person, AskedTip(choice.prompt.id, reason))
        return composing.tip(world, person, choice.prompt, reason, opening)


async def open_prompt(world: World, person_id: PersonId, command: OpenPrompt) -> Message:
    """One named prompt, wherever the person found it."""
    async with world.store.unit_of_work() as work:
        prompt = await prompt_of(world.library, work, command.prompt_id)
        if prompt is None:
            return composing.gone("unknown_prompt")
        person = await person_of(work, person_id)
        await _remember(world, work, person, AskedTip(prompt.id))
        return composing.tip(world, person, prompt, say("you opened it"))


async def record_outcome(world: World, person_id: PersonId, command: RecordOutcome) -> Message:
    """Keep how a prompt went; the last word counts. Nothing is kept of a prompt that was never shown."""
    async with world.store.unit_of_work() as work:
        experience = await work.experiences.get(person_id, command.prompt_id)
        if experience is None:
            return composing.gone("never_shown")
        await work.experiences.put(replace(experience, outcome=command.outcome))
        votes = await work.votes.get(command.prompt_id)
        await work.votes.put(votes.changed(experience.outcome, command.outcome))
        person = await person_of(work, person_id)
        await _follow_up(world, work, person, command)
        return _thanks(person, command)


async def turn_down(world: World, person_id: PersonId, command: TurnDown) -> Message:
    """Never send a prompt by itself again to somebody for whose job it is not; another one is the answer."""
    async with world.store.unit_of_work() as work:
        if await prompt_of(world.library, work, command.prompt_id) is None:
            return composing.gone("unknown_prompt")
        person = await person_of(work, person_id)
        others = [prompt for prompt in person.preferences.unwanted if prompt != command.prompt_id]
        unwanted = (*others, command.prompt_id)
        await work.people.put(person.choosing(replace(person.preferences, unwanted=unwanted)))
    opening = say("Thank you. That one will not come again. Here is another.")
    return await show_tip(world, person_id, opening, instead=True)


async def _follow_up(world: World, work: UnitOfWork, person: Person, command: RecordOutcome) -> None:
    """Plan a short note for somebody for whom a prompt did not go well, unless one is on its way already."""
    if command.outcome is Outcome.WORKED:
        return
    waiting = await work.deliveries.open_for(person.id)
    if any(isinstance(delivery.subject, FollowUpDue) for delivery in waiting):
        return
    note = follow_up(person, command.prompt_id, world.clock.now(), closed_for(world, person))
    if note:
        await work.deliveries.add(note)


async def _keep(work: UnitOfWork, decisions: Sequence[SlotDecision]) -> None:
    """Carry out the decisions; what was planned before is not remembered again."""
    await work.people.put_all([decision.person for decision in decisions])
    added = await work.deliveries.add_all([d.delivery for d in decisions if d.delivery])
    await work.experiences.mark_shown(
        [d.experience for d in decisions if d.experience and d.delivery and d.delivery.key in added]
    )


async def _choice(world: World, work: UnitOfWork, person: Person, now: datetime) -> Choice | None:
    shelf = await shelf_of(world, work)
    seen = await last_seen(work, person.id)
    lately = {prompt for prompt, at in seen.items() if at > now - LOOKS_BACK}
    return choose(shelf, person, lately, now, wish_of(person)) or choose_again(shelf, person, seen, now)


async def _remember(world: World, work: UnitOfWork, person: Person, asked: AskedTip) -> None:
    """Keep what somebody was shown, and why, in the words of the language that they read."""
    tongue = world.tongues.get(person.preferences.language)
    if tongue:
        asked = replace(asked, reason=in_words(asked.reason, tongue))
    await work.people.put(person.choosing(replace(person.preferences, asked=asked)))
    shown = Experience(person.id, PromptId(asked.prompt), world.clock.now())
    await work.experiences.mark_shown([shown])


def _thanks(person: Person, command: RecordOutcome) -> Note:
    champion = Step(say("Ask a champion"), "champion", command.prompt_id)
    another = Step(say("Another tip"), "tip")
    saved = command.prompt_id in person.preferences.saved
    keep = [] if saved else [Step(say("Save this one"), "save", command.prompt_id)]
    match command.outcome:
        case Outcome.WORKED:
            sharing = Step(say("Share a prompt of yours"), "share_form")
            share = [sharing] if person.holds(Right.CHAMPION) else []
            lines = [say("Thank you. That helps us choose for you, and for others in your role.")]
            return Note(say("Good to hear that it worked"), lines, [another, *keep, *share])
        case Outcome.NEEDED_CHANGES:
            lines = [
                say("That is normal. The first answer is a draft."),
                say(
                    "Tell it what to change: shorter, plainer, for whom, in what order. Then check it again."
                ),
            ]
            return Note(say("Thank you for saying so"), lines, [another, *keep, champion])
        case Outcome.DID_NOT_WORK:
            lines = [
                say("That happens, and it is useful to know."),
                say("A champion may know a better way. Some jobs are quicker without AI, and that is fine."),
            ]
            return Note(say("Sorry that it did not work"), lines, [champion, another])


def _nothing_fits() -> Note:
    return Note(
        title=say("Nothing for your role yet"),
        lines=[
            say("The library has no prompt that fits your role and licence. You can change both in settings.")
        ],
        steps=[composing.SETTINGS, composing.HELP],
    )
