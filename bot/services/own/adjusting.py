"""A person's own choices: all of them as a form, and the language."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.domain.commands.own import ChangeSettings, SetLanguage
from bot.domain.messages import Message, Note, Step
from bot.domain.own.settings_form import Problem, rhythm_in
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import Person, PersonId, Preferences
from bot.domain.staff.rhythm_words import limits_in_words
from bot.domain.staff.zones import ZONES, place_of
from bot.domain.text.language import Language, say
from bot.services import composing
from bot.services.drip import timing
from bot.services.ports import World
from bot.services.records import at_home, person_of

FOLLOWED = say(
    "Your answers on confidence and workload choose your tips from now on, and are kept for you alone."
)
SPOKEN = say("From now on I write in English. The prompts are in English too.")
"""Each catalogue names its own language here."""

NOT_FOLLOWED = say("Your own answers are not kept any more. Your tips go on without them.")


async def show_settings(world: World, person_id: PersonId) -> Message:
    """Every choice as a form."""
    async with world.store.unit_of_work() as work:
        return composing.settings(world, at_home(world, await person_of(work, person_id)))


async def change_settings(world: World, person_id: PersonId, chosen: ChangeSettings) -> Message:
    """Keep the form's choices and say them in words.

    Where something does not work nothing is kept, and the form comes back as it was filled in, with what to
    mend.
    """
    if chosen.role not in world.library.roles:
        return composing.gone("unknown_role")
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        before = await person_of(work, person_id)
    if chosen.zone not in {*ZONES, before.preferences.rhythm.zone}:
        return composing.gone("unknown_zone")
    rhythm = rhythm_in(chosen, before.preferences.rhythm, now)
    if isinstance(rhythm, Problem):
        return composing.settings_form(world, before, chosen, rhythm)
    after = await choose(world, person_id, lambda p: _changed(p, chosen, rhythm))
    return kept(after, now, _besides(world, before, after))


async def set_language(world: World, person_id: PersonId, command: SetLanguage) -> Message:
    """Speak another language from now on, this answer included; the drip stays as it is.

    For somebody who has not set up yet the answer is the welcome once more, in words that they read.
    """
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        person = person.choosing(replace(person.preferences, language=command.language))
        await work.people.put(person)
    if person.preferences.role is None:
        return composing.welcome(world, person, SPOKEN)
    lines = [SPOKEN, composing.rhythm_in_words(person, world.clock.now())]
    other = next(one for one in Language if one is not command.language)
    back_again = Step(other.label, "set_language", other)
    return Note(say("English it is"), lines, [composing.TIP, composing.SETTINGS, back_again])


def kept(person: Person, now: datetime, besides: Iterable[str] = ()) -> Note:
    """That choices are kept, when tips come and when not, and what else there is to say."""
    limits = limits_in_words(person.preferences.rhythm, person.today(now))
    lines = [composing.rhythm_in_words(person, now), *limits, *besides]
    steps = [*composing.ways_back(person, now), composing.SETTINGS, composing.TIP]
    return Note(say("Your settings are saved"), lines, steps)


def _besides(world: World, before: Person, after: Person) -> Iterator[str]:
    """What else was changed than when tips come, a sentence each."""
    if before.role != after.role:
        yield say("Your role is {role} now.", role=composing.role_name(world.library, after.role))
    if before.licence is not after.licence:
        yield say("Tips are for what you have now: {licence}.", licence=say(after.licence.label))
    if before.preferences.rhythm.zone != after.preferences.rhythm.zone:
        yield say(
            "All times are those of this place: {place}.", place=place_of(after.preferences.rhythm.zone)
        )
    if before.preferences.tuned != after.preferences.tuned:
        yield FOLLOWED if after.preferences.tuned else NOT_FOLLOWED
    if before.preferences.language is not after.preferences.language:
        yield SPOKEN


async def choose(world: World, person_id: PersonId, change: Callable[[Person], Preferences]) -> Person:
    """Keep the changed preferences, with the next slot that follows from them."""
    async with world.store.unit_of_work() as work:
        person = at_home(world, await person_of(work, person_id))
        changed = await timing.with_next_slot(world, work, person.choosing(change(person)))
        await work.people.put(changed)
    return changed


def _changed(person: Person, chosen: ChangeSettings, rhythm: Rhythm) -> Preferences:
    """The person's choices with the form's; leave may have been added meanwhile, and stays."""
    before = person.preferences
    kept = replace(before, tuned=True) if chosen.tuned else before.untuned()
    return replace(
        kept,
        role=chosen.role,
        licence=chosen.licence,
        licence_over=person.roster.licence if person.roster else None,
        rhythm=replace(rhythm, leave=before.rhythm.leave),
        language=chosen.language or before.language,
    )
