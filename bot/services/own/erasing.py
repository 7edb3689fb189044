"""Erasing: on a person's own word, on an administrator's, and when somebody left long enough ago."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.audit import Act, Subject
from bot.domain.messages import Message, Note, Step
from bot.domain.rounds.pulses import Round, voices
from bot.domain.staff.people import Person, PersonId, Preferences
from bot.domain.text.language import say
from bot.services import auditing, composing
from bot.services.own.exporting import holdings
from bot.services.peers import offering
from bot.services.ports import UnitOfWork, World

BATCH = 100
"""People looked at in one unit of work; each is erased in one of their own."""


def ask(world: World) -> Message:
    """Ask once: there is no way back. Who only wants quiet is told of a gentler way."""
    lines = [
        say("Everything that we keep about you goes: your choices, saved prompts, tips, messages and chat."),
        say("A prompt of yours that was approved stays, without your name."),
        say("This cannot be undone. Your name comes back with the next staff list, and nothing else does."),
        say("If you only want quiet, Stop is enough."),
    ]
    if world.house.first_contact:
        lines.append(
            say("You are new to us then, so one welcome may come some day. Stop keeps that away too.")
        )
    steps = [
        Step(say("Yes, erase it all"), "erase"),
        Step(say("Stop all messages"), "stop"),
        Step(say("Show me my data"), "my_data"),
        composing.HELP,
    ]
    return Note(say("Erase your data?"), lines, steps)


async def erase_mine(world: World, person_id: PersonId) -> Message:
    """Erase what is kept about somebody, on their own word."""
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        await _erase(world, work, person_id, await work.pulses.rounds())
    await world.store.erase()
    lines = [
        say("What we kept about you is gone, and nothing comes by itself any more."),
        say("If you type or press anything here, you start as somebody new."),
    ]
    return Note(say("Your data is erased"), lines, [composing.HELP])


async def erase(world: World, who: str, person_id: PersonId) -> bool:
    """Erase what is kept about somebody, on record but without their name; False where nothing is kept."""
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        rounds = await work.pulses.rounds()
        if not await holdings(work, person_id):
            return False
        stand_in = await _erase(world, work, person_id, rounds)
        await auditing.add(world, work, who, Act.PERSON_ERASED, Subject(person=stand_in))
    await world.store.erase()
    return True


async def expire(world: World) -> int:
    """Erase what is kept about people who left long enough ago; returns how many those were.

    What the staff list says of them is the organisation's and stays while they are on it, with the word that
    nothing is to be sent to them unasked. Records of rights that they used stay as long as those are kept.
    """
    before = world.clock.now() - world.house.keep_after_uninstall
    expired = 0
    while gone := await _gone(world, before):
        for person_id in gone:
            await _expire(world, person_id, before)
        expired += len(gone)
    if expired:
        await world.store.erase()
    return expired


async def _gone(world: World, before: datetime) -> Sequence[PersonId]:
    async with world.store.unit_of_work() as work:
        return [person.id for person in await work.people.uninstalled_before(before, BATCH)]


async def _expire(world: World, person_id: PersonId, before: datetime) -> None:
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        rounds = await work.pulses.rounds()
        person = await work.people.get(person_id)
        if person is None or person.uninstalled is None or person.uninstalled >= before:
            return  # came back meanwhile
        await _forget_what_happened(work, person_id, rounds)
        await offering.forget(world, work, person_id)
        await work.people.remove(person_id)
        if person.roster:
            await work.people.put(Person(person_id, person.roster, Preferences(stopped=True)))


async def _erase(world: World, work: UnitOfWork, person_id: PersonId, rounds: Sequence[Round]) -> str:
    """Take away all that is somebody's; returns the name that stands in for them in the audit records."""
    stand_in = f"erased-{world.chance.new_id()}"
    await _forget_what_happened(work, person_id, rounds)
    await offering.forget(world, work, person_id)
    await work.people.remove(person_id)
    await work.audit.unlink(person_id, stand_in)
    return stand_in


async def _forget_what_happened(work: UnitOfWork, person_id: PersonId, rounds: Sequence[Round]) -> None:
    """Take away what came of somebody's being here.

    The requests for help and the rounds were asked for before the person, as whoever answers does: no two
    units wait for one another. The prompts come first: a review that is being decided is waited for, and what
    it plans for its author goes too.
    """
    for round_ in rounds:
        if round_.secret is not None:
            await work.pulses.remove_answers(round_.id, voices(round_.secret, person_id))
        if person_id in {round_.asked_to, round_.reminded_to}:
            await work.pulses.put_round(round_.without(person_id))
    for contribution in await work.contributions.of(person_id):
        left = contribution.without(person_id)
        if left is None:
            await work.contributions.remove(contribution.id)
        else:
            await work.contributions.put(left)
    await work.experiences.remove_of(person_id)
    await work.deliveries.remove_of(person_id)
    await work.introductions.remove_of(person_id)
