"""Somebody arrives, is welcomed once, chooses, and may leave."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.commands.own import SetUp
from bot.domain.drip.first_contact import WELCOME_EXPIRES
from bot.domain.drip.first_week import second_tip, slot_after
from bot.domain.drip.nudges import MEANWHILE
from bot.domain.drip.silence import back, heard
from bot.domain.messages import Message, Note
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.people import ConversationReference, Licence, Person, PersonId
from bot.domain.text.language import Language, joined, say
from bot.domain.text.wording import day_in_words
from bot.services import composing
from bot.services.drip import nudging, timing
from bot.services.peers import offering
from bot.services.ports import UnitOfWork, World
from bot.services.records import at_home, closed_for, person_of
from bot.services.rounds import surveying


async def arrived(world: World, person_id: PersonId, reference: ConversationReference) -> None:
    """The app was installed for somebody. Two events or ten: one welcome an installation.

    For somebody who had set up before the drip goes on from here: they were away, not silent.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        if person.reference is None:
            await work.deliveries.add(_welcome(person_id, now))
            person = heard(person, person.today(now))
        await work.people.put(await _reachable(world, work, person, reference))


async def seen(
    world: World, person_id: PersonId, reference: ConversationReference, *, answering: bool = False
) -> Language:
    """Somebody wrote or pressed a button: keep where they can be reached, if that changed.

    Returns the language that they read. `answering` says that it was about a round's questions: then no day
    is kept, since whoever had none in the round's week would be known not to have answered.
    For somebody who had set up and then could not be reached, the drip goes on from here.
    """
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        known = person if answering else await _heard(world, work, person)
        if known.reference != reference or known.uninstalled:
            known = await _reachable(world, work, known, reference)
        if known is not person:
            await work.people.put(known)
    return known.preferences.language


async def seen_elsewhere(world: World, person_id: PersonId) -> Language:
    """Somebody pressed a button in another chat, of which nothing is kept: the day counts as one of theirs.

    Returns the language that they read. Who has no chat with the bot does not become known by it.
    """
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        known = await _heard(world, work, person) if person.reference else person
        if known is not person:
            await work.people.put(known)
    return known.preferences.language


async def spoken(world: World, person_id: PersonId) -> Language:
    """The language that somebody reads; nothing is taken note of."""
    async with world.store.unit_of_work() as work:
        return (await person_of(work, person_id)).preferences.language


async def left(world: World, person_id: PersonId) -> None:
    """The app was removed for somebody: nothing more is sent, whatever was planned, and the clock starts.

    Requests for help that wait for them go to somebody else.
    Whoever is not known does not become known by leaving.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.help_requests.held()
        person = await work.people.get(person_id)
        if person is None:
            return
        await work.people.put(person.leaving(now))
        await offering.leave_to_others(world, work, person_id)
        for delivery in await work.deliveries.open_for(person_id):
            await work.deliveries.put(delivery.settled_as(State.DROPPED, now, "left"))


async def set_up(world: World, person_id: PersonId, chosen: SetUp) -> Message:
    """Keep the welcome card's choices; the first tip is the answer."""
    if chosen.role not in world.library.roles:
        return composing.gone("unknown_role")
    if not chosen.days:
        return _no_days()
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        await work.pulses.rounds()  # before the person, as whoever asks everybody does: no two units deadlock
        person = await person_of(work, person_id)
        person = as_chosen(world, person, chosen, now, await timing.rests_from(work, person))
        await work.people.put(person)
        await surveying.ask_newcomer(world, work, person, now)
    done = say("You are set up, and here is your first tip.")
    meanwhile = MEANWHILE if person.licence is Licence.NOTHING else ""
    return await nudging.show_tip(world, person_id, joined(done, meanwhile, *_coming(world, person, now)))


def _coming(world: World, person: Person, now: datetime) -> Iterator[str]:
    """When the next tip comes; and the usual days, with the day from which they hold."""
    tips, slot = composing.rhythm_in_words(person, now), person.next_nudge
    if slot is not None:
        yield say("The next one comes on {day}.", day=day_in_words(person.today(slot)))
    then = slot and slot_after(person, slot, closed_for(world, person))
    if then and slot and slot_after(person, now, closed_for(world, person)) != slot:
        tips = say("From {day} on: {tips}", day=day_in_words(person.today(then)), tips=tips)
    yield tips


def as_chosen(
    world: World, person: Person, chosen: SetUp, now: datetime, last: datetime | None = None
) -> Person:
    """The person with their choices; the first scheduled tip comes on the next of their days.

    For whoever rests after their `last` tip, it is the next after the rest.
    """
    known = at_home(world, back(person, person.today(now)))
    contact = replace(known.preferences.contact, licence=chosen.licence, begun=person.today(now))
    preferences = replace(
        known.preferences,
        role=chosen.role,
        licence=chosen.licence,
        licence_over=person.roster.licence if person.roster else None,
        rhythm=replace(known.preferences.rhythm, days=chosen.days),
        stopped=False,
        paused_until=None,
        contact=contact,
    )
    ready = person.choosing(preferences)
    return replace(ready, next_nudge=second_tip(ready, now, closed_for(world, ready), last=last))


async def _heard(world: World, work: UnitOfWork, person: Person) -> Person:
    """The person as heard from today; whose drip had slowed down has their usual next slot again."""
    known = heard(person, person.today(world.clock.now()))
    return await timing.with_next_slot(world, work, known) if person.preferences.contact.slowed else known


def _met(person: Person) -> Person:
    """Somebody who has a chat now, without the time for a hello, which is none for a tip."""
    return replace(person, next_nudge=None) if person.is_unmet else person


async def _reachable(
    world: World, work: UnitOfWork, person: Person, reference: ConversationReference
) -> Person:
    """Somebody who can be reached here; for whoever had set up and then could not be, the drip goes on."""
    is_back = person.reference is None and person.preferences.role is not None
    known = await timing.with_next_slot(world, work, person) if is_back else _met(person)
    return replace(known, reference=reference, uninstalled=None)


def _welcome(person_id: PersonId, now: datetime) -> Delivery:
    return Delivery(
        key=f"welcome:{person_id}:{now:%Y%m%dT%H%M%S}",
        person=person_id,
        subject=WelcomeDue(),
        due=now,
        expires=now + WELCOME_EXPIRES,
        unasked=False,
    )


def _no_days() -> Note:
    return Note(
        title=say("Please choose at least one day"),
        lines=[say("Without a day, no tip can come by itself. Nothing was changed.")],
        steps=[composing.SETTINGS, composing.TIP, composing.HELP],
    )
