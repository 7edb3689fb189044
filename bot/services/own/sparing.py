"""When no tips come in an ordinary week, in a line: days left out, hours, and bank holidays."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.commands.own import ChangeSettings, LeaveOut, SetHolidays, SetHours
from bot.domain.messages import Message, Note, Step
from bot.domain.own.settings_form import Problem, rhythm_in
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import Person, PersonId, Preferences
from bot.domain.text.language import say
from bot.domain.text.wording import days_in_words
from bot.services import composing
from bot.services.own.adjusting import choose, kept
from bot.services.own.rostering import WORKING_DAYS
from bot.services.ports import World
from bot.services.records import person_of


async def leave_out(world: World, person_id: PersonId, command: LeaveOut) -> Message:
    """Take days out of somebody's week; where none would be left, say so and change nothing."""
    async with world.store.unit_of_work() as work:
        before = await person_of(work, person_id)
    if not before.preferences.rhythm.days - command.days:
        return _none_left()

    def changed(person: Person) -> Preferences:
        rhythm = person.preferences.rhythm
        return replace(person.preferences, rhythm=replace(rhythm, days=rhythm.days - command.days))

    person = await choose(world, person_id, changed)
    return kept(person, world.clock.now(), _left_out(person.preferences.rhythm, command.days))


async def set_hours(world: World, person_id: PersonId, command: SetHours) -> Message:
    """Change the hours in which tips may come, or the quiet ones; what cannot be kept comes back as a form.

    A new beginning alone, or end, turns no day into a night: then nothing is changed.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        before = await person_of(work, person_id)
    form = _filled_in(composing.as_form(before, before.today(now)), command)
    rhythm = rhythm_in(form, before.preferences.rhythm, now)
    if isinstance(rhythm, Problem):
        return composing.settings_form(world, before, form, rhythm)
    if not (command.start and command.end) and _turns(before.preferences.rhythm, rhythm):
        return unsure(say("Those hours do not fit the ones that you have now."))

    def changed(person: Person) -> Preferences:
        kept_so = person.preferences.rhythm
        hours = replace(kept_so, start=rhythm.start, end=rhythm.end, quiet=rhythm.quiet)
        return replace(person.preferences, rhythm=hours)

    person = await choose(world, person_id, changed)
    return kept(person, now, _by_shifts(person.preferences.rhythm))


async def set_holidays(world: World, person_id: PersonId, command: SetHolidays) -> Message:
    """Whether tips may come on bank holidays."""

    def changed(person: Person) -> Preferences:
        rhythm = replace(person.preferences.rhythm, works_holidays=command.wanted)
        return replace(person.preferences, rhythm=rhythm)

    return kept(await choose(world, person_id, changed), world.clock.now())


def unsure(why: str, *more: Step) -> Note:
    """For a line about when tips come that is not carried out: what was typed can be said in Settings."""
    lines = [why, say("Nothing was changed. In Settings you can choose your days and hours.")]
    steps = [
        composing.SETTINGS,
        Step(say("Once a week"), "say", "once a week"),
        Step(say("Pause 2 weeks"), "pause"),
        *more,
        composing.HELP,
    ]
    return Note(say("When should tips come?"), lines, steps)


def _filled_in(form: ChangeSettings, command: SetHours) -> ChangeSettings:
    return replace(
        form,
        start=command.start or form.start,
        end=command.end or form.end,
        quiet_from=command.quiet_from or form.quiet_from,
        quiet_until=command.quiet_until or form.quiet_until,
    )


def _turns(before: Rhythm, after: Rhythm) -> bool:
    """Whether hours within a day would pass midnight now, or the other way round."""
    return (before.start < before.end) is not (after.start < after.end)


def _left_out(rhythm: Rhythm, days: frozenset[int]) -> Iterator[str]:
    """What was kept; where a rota counts instead, that."""
    if rhythm.rota is None:
        yield say("Nothing comes on {days}.", days=days_in_words(days))
    yield from _by_shifts(rhythm)


def _by_shifts(rhythm: Rhythm) -> Iterator[str]:
    if rhythm.rota is not None:
        yield say("You have a rota, so tips follow your shifts. Type no rota to go by your days again.")


def _none_left() -> Note:
    lines = [say("No day would be left for tips, so nothing was changed.")]
    steps = [
        Step(say("Stop all messages"), "stop"),
        WORKING_DAYS,
        composing.SETTINGS,
        composing.HELP,
    ]
    return Note(say("No day is left"), lines, steps)
