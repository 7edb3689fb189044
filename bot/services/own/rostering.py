"""When tips come, in a line: how many a week and on which days, or by a rota."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.domain.commands.own import AskRota, SetNights, SetRota, SetTips
from bot.domain.messages import Message, Note, Step
from bot.domain.own.settings_form import letters_from
from bot.domain.staff.cadence import MOST_PER_WEEK, WORKING_WEEK, Rhythm
from bot.domain.staff.hours import Nights, Rota, Shift
from bot.domain.staff.people import Person, PersonId, Preferences
from bot.domain.text.language import say, to_say
from bot.domain.text.wording import day_from, listed, times
from bot.domain.typed.days import begins_on
from bot.domain.typed.rotas import UNKNOWN
from bot.services import composing
from bot.services.own.adjusting import choose, kept
from bot.services.ports import World
from bot.services.records import person_of

SHIFTS = {
    Shift.DAY: to_say("a long day"),
    Shift.EARLY: to_say("an early"),
    Shift.LATE: to_say("a late"),
    Shift.NIGHT: to_say("a night"),
    Shift.OFF: to_say("a day off"),
}
ON = {
    Shift.DAY: say("Long days"),
    Shift.NIGHT: say("Nights"),
    Shift.EARLY: say("Earlies"),
    Shift.LATE: say("Lates"),
}
"""What days on can be."""

WORKING_DAYS = Step(say("Monday to Friday"), "say", "monday to friday")

HOW = [
    say("A rota has a letter for each day: D long day, E early, L late, N night, O off. The first is today."),
    say("Type rota DDNNOOOO, or rota 2 days 2 nights 4 off."),
    say("If the first day is another, say so behind it: rota DDNNOOOO from Monday."),
]


async def set_tips(world: World, person_id: PersonId, command: SetTips) -> Message:
    """Change how many tips come a week, on which days, or both; more than there can be changes nothing."""
    if command.per_week is not None and command.per_week > MOST_PER_WEEK:
        return _too_many()

    def changed(person: Person) -> Preferences:
        before = person.preferences.rhythm
        per_week = before.per_week if command.per_week is None else command.per_week
        rhythm = replace(before, per_week=per_week, days=command.days or before.days)
        return replace(person.preferences, rhythm=rhythm)

    person = await choose(world, person_id, changed)
    rhythm = person.preferences.rhythm
    note = kept(person, world.clock.now(), _unheeded(rhythm, command))
    if command.days is None and rhythm.rota is None and rhythm.per_week > len(rhythm.days):
        return replace(note, steps=[WORKING_DAYS, *note.steps])
    return note


async def show_rota(world: World, person_id: PersonId) -> Message:
    """The rota as it goes on from today, when tips come by it, and how to tell another."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    rota = person.preferences.rhythm.rota
    letters = letters_from(rota, person.today(now))
    lines = (
        [
            say("From today it is {letters}.", letters=letters),
            composing.rhythm_in_words(person, now),
            say("Type no rota to go by days and hours again."),
        ]
        if rota
        else [say("You have told me none, so tips come by days and hours.")]
    )
    return Note(say("Your rota"), [*lines, *HOW], [composing.SETTINGS, composing.TIP, composing.HELP])


def ask_rota(command: AskRota) -> Message:
    """Ask for what a rota leaves open; nothing is changed."""
    letters = command.letters
    if not letters:
        return _on_shifts()
    if UNKNOWN in letters:
        return _which_shifts(letters, command.begins)
    strange = [one for one in dict.fromkeys(letters) if one not in set(Shift)]
    lines = [say("I know no {letters} in a rota.", letters=listed(strange, "or"))] if strange else []
    search = say("For a prompt, say a little more, such as rota for a small team.")
    return Note(say("Which rota?"), [*lines, *HOW, search], [composing.SETTINGS, composing.HELP])


async def set_rota(world: World, person_id: PersonId, command: SetRota) -> Message:
    """Send on shift alone, by a cycle that begins today or on a day; or by days and hours again."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        today = (await person_of(work, person_id)).today(now)
    begins = begins_on(command.begins, today) if command.begins else today
    if begins is None:
        return _no_such_day()
    rota = Rota(begins, tuple(map(Shift, command.letters))) if command.letters else None

    def changed(person: Person) -> Preferences:
        return replace(person.preferences, rhythm=replace(person.preferences.rhythm, rota=rota))

    return kept(await choose(world, person_id, changed), now, _first_day(rota, today))


async def set_nights(world: World, person_id: PersonId, command: SetNights) -> Message:
    """Whether tips may come on night shifts; without a rota it is kept for when there is one."""
    nights = Nights.IN_SHIFT if command.wanted else Nights.NEVER

    def changed(person: Person) -> Preferences:
        return replace(person.preferences, rhythm=replace(person.preferences.rhythm, nights=nights))

    return kept(await choose(world, person_id, changed), world.clock.now())


def _which_shifts(letters: str, begins: str) -> Note:
    """A button for each shift that the days on can be."""
    day = f" from {begins}" if begins else ""
    long_days = f"rota {letters.replace(UNKNOWN, Shift.DAY)}"
    lines = [
        say("Which shifts do you work? Press one, or type {line} for long days.", line=long_days),
        say("The first day is today. Nothing was changed yet."),
    ]
    if day:
        lines = [say("Which shifts do you work? Press one. Nothing was changed yet.")]
    steps = [Step(name, "say", f"rota {letters.replace(UNKNOWN, shift)}{day}") for shift, name in ON.items()]
    return Note(say("Which rota?"), lines, [*steps, composing.HELP])


def _on_shifts() -> Note:
    """For somebody who works shifts: how to tell them, or other hours."""
    lines = [
        say("Tell me your shifts, and tips come while you work. Nothing was changed yet."),
        *HOW,
        say("If your hours are the same each day, change them in Settings: they may pass midnight."),
    ]
    return Note(say("Do you work shifts?"), lines, [composing.SETTINGS, composing.HELP])


def _no_such_day() -> Note:
    lines = [
        say("I could not tell on which day the rota begins. Nothing was changed."),
        say("Try rota DDNNOOOO from Monday, or rota DDNNOOOO from 5 December."),
    ]
    return Note(say("Which rota?"), lines, [composing.SETTINGS, composing.HELP])


def _first_day(rota: Rota | None, today: date) -> Iterator[str]:
    """What the first day and today are, so that whoever meant another day sees it."""
    if rota is None:
        return
    first, now = say(SHIFTS[rota.on(rota.begins)]), say(SHIFTS[rota.on(today)])
    if rota.begins == today:
        yield say("Today is its first day: {shift}.", shift=first)
    else:
        day = day_from(rota.begins, today)
        yield say("Its first day is {day}: {shift}. Today is {now}.", day=day, shift=first, now=now)


def _unheeded(rhythm: Rhythm, command: SetTips) -> Iterator[str]:
    """Why days that were chosen make no difference yet."""
    if command.days is None:
        return
    if rhythm.rota is not None:
        yield say("You have a rota, so tips follow your shifts. Type no rota to go by your days again.")
    elif not rhythm.per_week:
        yield say("Your days are kept. Type once a week if you want tips again.")
    elif rhythm.per_week < len(command.days) < len(WORKING_WEEK):
        yield say("That is {often} a week, on some of your days.", often=times(rhythm.per_week))


def _too_many() -> Note:
    lines = [say("Five tips a week is the most, one a day. Nothing was changed.")]
    steps = [Step(say("Five a week"), "say", "5 a week"), composing.SETTINGS, composing.HELP]
    return Note(say("Five is the most"), lines, steps)
