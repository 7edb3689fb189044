"""A person's own choices: settings, pause, resume, stop."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.cadence import Rhythm
from bot.domain.commands.own import (
    ChangeSettings,
    Pause,
    PauseUntil,
    SetLanguage,
    SetNights,
    SetRota,
    TakeLeave,
)
from bot.domain.days import day_named, leave_named
from bot.domain.hours import Leave, Nights, Rota, Shift
from bot.domain.language import Language, say
from bot.domain.messages import Message, Note, Step
from bot.domain.people import Person, PersonId, Preferences
from bot.domain.rhythm_words import leave_ahead_in_words, limits_in_words
from bot.domain.settings_form import Problem, rhythm_in
from bot.domain.silence import back
from bot.domain.wording import day_in_words, leave_in_words
from bot.domain.zones import ZONES, place_of
from bot.services import composing
from bot.services.ports import World
from bot.services.records import closed_for, person_of

LONGEST_PAUSE = 365
MOST_LEAVE = 6
"""Times off that are kept ahead for one person."""

FOLLOWED = say(
    "Your answers on confidence and workload choose your tips from now on, and are kept for you alone."
)
SPOKEN = say("From now on I write in English. The prompts are in English too.")
"""Each catalogue names its own language here."""

NOT_FOLLOWED = say("Your own answers are not kept any more. Your tips go on without them.")


async def show_settings(world: World, person_id: PersonId) -> Message:
    """Every choice as a form."""
    async with world.store.unit_of_work() as work:
        return composing.settings(world, await person_of(work, person_id))


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
    after = await _choose(world, person_id, lambda p: _changed(p, chosen, rhythm))
    return _kept(after, now, _besides(world, before, after))


async def pause(world: World, person_id: PersonId, command: Pause) -> Message:
    """Send nothing for some days."""
    days = min(max(command.days, 1), LONGEST_PAUSE)
    until = world.clock.now() + timedelta(days=days)
    person = await _choose(world, person_id, lambda p: replace(p.preferences, paused_until=until))
    return _paused(person, person.pause_end(world.clock.now()) or until.date())


async def pause_until(world: World, person_id: PersonId, command: PauseUntil) -> Message:
    """Send nothing before a day that somebody typed; where it names none ahead, ask and change nothing."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    day = day_named(command.day, person.today(now))
    if day is None or day > person.today(now) + timedelta(days=LONGEST_PAUSE):
        return _no_such_day()
    zone = ZoneInfo(person.preferences.rhythm.zone)
    until = datetime.combine(day, time(0), zone).astimezone(UTC)
    person = await _choose(world, person_id, lambda p: replace(p.preferences, paused_until=until))
    return _paused(person, day)


async def take_leave(world: World, person_id: PersonId, command: TakeLeave) -> Message:
    """Send nothing on the days that somebody typed; where they name none, ask again and change nothing.

    Without any words all leave is taken back. Leave for which there is no room is never dropped unsaid.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    if not command.days:
        return _kept(await _choose(world, person_id, _at_work), now)
    leave = leave_named(command.days, person.today(now))
    if leave is None:
        return _no_such_day()
    if len(_leave_ahead(person, leave, now)) >= MOST_LEAVE:
        return _too_much_leave(person, now)
    person = await _choose(world, person_id, lambda p: _away(p, leave, now))
    lines = [say("Nothing comes {when}. You can still ask for a tip.", when=leave_in_words(leave))]
    return Note(say("Enjoy your time off"), lines, [composing.SETTINGS, composing.HELP])


async def set_rota(world: World, person_id: PersonId, command: SetRota) -> Message:
    """Send on shift alone, by a cycle that begins today; or by days and hours again."""
    now = world.clock.now()

    def changed(person: Person) -> Preferences:
        rota = Rota(person.today(now), tuple(map(Shift, command.letters))) if command.letters else None
        return replace(person.preferences, rhythm=replace(person.preferences.rhythm, rota=rota))

    return _kept(await _choose(world, person_id, changed), now)


async def set_nights(world: World, person_id: PersonId, command: SetNights) -> Message:
    """Whether tips may come on night shifts; without a rota it is kept for when there is one."""
    nights = Nights.IN_SHIFT if command.wanted else Nights.NEVER

    def changed(person: Person) -> Preferences:
        return replace(person.preferences, rhythm=replace(person.preferences.rhythm, nights=nights))

    return _kept(await _choose(world, person_id, changed), world.clock.now())


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


def _kept(person: Person, now: datetime, besides: Iterable[str] = ()) -> Note:
    limits = limits_in_words(person.preferences.rhythm, person.today(now))
    lines = [composing.rhythm_in_words(person, now), *limits, *besides]
    return Note(say("Your settings are saved"), lines, [composing.SETTINGS, composing.TIP])


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


def _away(person: Person, leave: Leave, now: datetime) -> Preferences:
    """The person's choices with leave added, and leave that is over taken out."""
    rhythm = person.preferences.rhythm
    every = sorted([*_leave_ahead(person, leave, now), leave], key=lambda one: one.first)[:MOST_LEAVE]
    return replace(person.preferences, rhythm=replace(rhythm, leave=tuple(every)))


def _leave_ahead(person: Person, besides: Leave, now: datetime) -> list[Leave]:
    """Leave that is not over, but for this."""
    today = person.today(now)
    return [one for one in person.preferences.rhythm.leave if one.last >= today and one != besides]


def _at_work(person: Person) -> Preferences:
    return replace(person.preferences, rhythm=replace(person.preferences.rhythm, leave=()))


def _too_much_leave(person: Person, now: datetime) -> Note:
    lines = [
        say("I keep six times off and have six of yours, so this one is not kept."),
        say("Type no leave to clear them all, and then the ones that you want."),
        *leave_ahead_in_words(person.preferences.rhythm, person.today(now)),
    ]
    return Note(say("That is a lot of leave"), lines, [composing.SETTINGS, composing.HELP])


def _paused(person: Person, day: date) -> Note:
    """When messages come again; after a stop none do, and nobody is to wait for them."""
    if person.preferences.stopped:
        return _stopped(say("Nothing comes by itself: you stopped the tips."))
    lines = [
        say(
            "Nothing comes before {day} {year}. You can still ask for a tip.",
            day=day_in_words(day),
            year=str(day.year),
        ),
        say("Type resume to start again sooner."),
    ]
    return Note(say("Paused"), lines, [composing.RESUME, composing.HELP])


def _no_such_day() -> Note:
    lines = [
        say("I could not tell which day you mean. Nothing was changed."),
        say("Try pause until Monday, pause until 3 January, or leave 20 December to 3 January."),
    ]
    return Note(
        say("Until when?"), lines, [Step(say("Pause 2 weeks"), "pause"), composing.SETTINGS, composing.HELP]
    )


async def resume(world: World, person_id: PersonId) -> Message:
    """Send again, after a pause or a stop; leave that has begun ends too, and leave ahead is said."""
    now = world.clock.now()

    def changed(person: Person) -> Preferences:
        today = person.today(now)
        here = back(person, today).preferences
        ahead = tuple(one for one in here.rhythm.leave if one.first > today)
        return replace(here, paused_until=None, stopped=False, rhythm=replace(here.rhythm, leave=ahead))

    person = await _choose(world, person_id, changed)
    lines = [
        composing.rhythm_in_words(person, now),
        *leave_ahead_in_words(person.preferences.rhythm, person.today(now)),
    ]
    return Note(say("Welcome back"), lines, [composing.TIP, composing.SETTINGS])


async def stop(world: World, person_id: PersonId) -> Message:
    """Send nothing any more."""
    await _choose(world, person_id, lambda p: replace(p.preferences, stopped=True))
    return _stopped(say("Nothing more will come by itself. No hard feelings."))


def _stopped(why: str) -> Note:
    lines = [why, say("Type resume if you ever want it back.")]
    return Note(say("Stopped"), lines, [composing.RESUME, composing.HELP])


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


async def _choose(world: World, person_id: PersonId, change: Callable[[Person], Preferences]) -> Person:
    """Keep the changed preferences, with the next slot that follows from them."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        changed = person.choosing(change(person))
        changed = replace(changed, next_nudge=changed.next_slot(now, closed_for(world, person)))
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
