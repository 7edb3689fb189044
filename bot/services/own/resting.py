"""Rest from messages: a pause, leave, a stop, and the way back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.commands.own import AskLeave, Pause, Wish
from bot.domain.drip.silence import back
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.hours import DAY, Leave, merged
from bot.domain.staff.people import Person, PersonId, Preferences
from bot.domain.staff.rhythm_words import leave_ahead_in_words, leave_in_words
from bot.domain.text.language import say, say_count, to_say
from bot.domain.text.wording import day_in_words, whole_day
from bot.domain.typed.days import day_named, leave_named
from bot.services import composing
from bot.services.own.adjusting import choose, kept
from bot.services.ports import World
from bot.services.records import person_of

LONGEST_PAUSE = 365
LONGEST_UNASKED = 60
"""Days of a pause or of leave. More than that are asked about once: a slip in a month can take a year."""

MOST_LEAVE = 6
"""Times off that are kept ahead for one person."""

WISHES = {Wish.ENJOY: to_say("Enjoy your time off"), Wish.RECOVER: to_say("Get well soon")}


async def pause(world: World, person_id: PersonId, command: Pause) -> Message:
    """Send nothing for some days; for many of them ask first."""
    days = min(max(command.days, 1), LONGEST_PAUSE)
    now = world.clock.now()
    if days > LONGEST_UNASKED:
        async with world.store.unit_of_work() as work:
            person = await person_of(work, person_id)
        return _asked_to_pause(days, person.today(now) + days * DAY)
    until = now + timedelta(days=days)
    person = await choose(world, person_id, lambda p: replace(p.preferences, paused_until=until))
    return _paused(person, person.pause_end(now) or until.date(), command.wish)


async def pause_until(
    world: World, person_id: PersonId, words: str, wish: Wish = Wish.NONE, *, sure: bool = False
) -> Message:
    """Send nothing before a day that somebody typed; where it names none ahead, ask and change nothing.

    A day that is far ahead is asked about too, unless they are `sure`.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    today = person.today(now)
    day = day_named(words, today)
    if day is None or day > today + timedelta(days=LONGEST_PAUSE):
        return _no_such_day()
    if (day - today).days > LONGEST_UNASKED and not sure:
        return _asked_to_pause((day - today).days, day)
    zone = ZoneInfo(person.preferences.rhythm.zone)
    until = datetime.combine(day, time(0), zone).astimezone(UTC)
    person = await choose(world, person_id, lambda p: replace(p.preferences, paused_until=until))
    return _paused(person, day, wish)


async def ask_leave(world: World, person_id: PersonId, command: AskLeave) -> Message:
    """Say the pause and the leave that are kept, and ask until when somebody is away."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    ahead = list(leave_ahead_in_words(person.preferences.rhythm, person.today(now)))
    paused = [composing.rhythm_in_words(person, now)] if person.pause_end(now) else []
    take_back = [say("Type no leave to take it back.")] if ahead else []
    ask = [
        say("Until when are you away? Type leave until Monday, or leave 20 December to 3 January."),
        say("Nothing was changed yet."),
    ]
    plain = say("Your leave") if ahead else say("Until when?")
    title = _title(command.wish, plain) if command.wish is Wish.RECOVER else plain
    return Note(title, [*paused, *ahead, *take_back, *ask], [*_weeks(), composing.SETTINGS, composing.HELP])


def _weeks() -> list[Step]:
    """Buttons for the two pauses that are asked for most."""
    return [
        Step(say("One week"), "say", "pause for a week"),
        Step(say("Two weeks"), "say", "pause for 2 weeks"),
    ]


async def take_leave(
    world: World, person_id: PersonId, words: str, wish: Wish = Wish.NONE, *, sure: bool = False
) -> Message:
    """Send nothing on the days that somebody typed; where they name none, ask again and change nothing.

    Without any words all leave is taken back. Leave for which there is no room is never dropped unsaid, and
    much of it is asked about, unless they are `sure`.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    if not words:
        return kept(await choose(world, person_id, _at_work), now)
    leave = leave_named(words, person.today(now))
    if leave is None:
        return _no_such_day()
    today, every = person.today(now), _with(person, leave, now)
    if len(every) > MOST_LEAVE:
        return _too_much_leave(person, now)
    if _days_left(leave, today) > LONGEST_UNASKED and not sure:
        return _asked_for_leave(leave, today)
    person = await choose(world, person_id, lambda p: _away(p, leave, now))
    whole = next(one for one in every if one.covers(leave.first))
    lines = [
        say("Nothing comes {when}. You can still ask for a tip.", when=leave_in_words(whole, today)),
        say("Type no leave to take it back."),
    ]
    title = _title(wish, say("Your time off is kept"))
    return Note(title, lines, [composing.SETTINGS, composing.HELP])


def _away(person: Person, leave: Leave, now: datetime) -> Preferences:
    """The person's choices with leave added, and leave that is over taken out."""
    rhythm = person.preferences.rhythm
    return replace(person.preferences, rhythm=replace(rhythm, leave=_with(person, leave, now)[:MOST_LEAVE]))


def _with(person: Person, leave: Leave, now: datetime) -> tuple[Leave, ...]:
    """Leave that is not over and this, whatever overlaps made one."""
    today = person.today(now)
    return merged([*(one for one in person.preferences.rhythm.leave if one.last >= today), leave])


def _at_work(person: Person) -> Preferences:
    return replace(person.preferences, rhythm=replace(person.preferences.rhythm, leave=()))


def _too_much_leave(person: Person, now: datetime) -> Note:
    lines = [
        say("I keep six times off and have six of yours, so this one is not kept."),
        say("Type no leave to clear them all, and then the ones that you want."),
        *leave_ahead_in_words(person.preferences.rhythm, person.today(now)),
    ]
    return Note(say("That is a lot of leave"), lines, [composing.SETTINGS, composing.HELP])


def _paused(person: Person, day: date, wish: Wish) -> Note:
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
    return Note(_title(wish, say("Paused")), lines, [composing.RESUME, composing.HELP])


def _title(wish: Wish, plain: str) -> str:
    """What is wished, or the plain words where nothing is."""
    return say(WISHES[wish]) if wish in WISHES else plain


def _days_left(leave: Leave, today: date) -> int:
    """Its days, but for those that have passed."""
    return (leave.last - max(leave.first, today)).days + 1


def _asked_for_leave(leave: Leave, today: date) -> Note:
    yes = Step(say("Yes, I am away"), "take_long_leave", f"{leave.first} to {leave.last}")
    return _asked(_days_left(leave, today), leave.last, yes)


def _asked_to_pause(days: int, day: date) -> Note:
    return _asked(days, day, Step(say("Yes, pause"), "pause_long", day.isoformat()))


def _asked(days: int, until: date, yes: Step) -> Note:
    """One question before much is taken: nothing is changed until the yes."""
    line = say_count(
        "That is {count} day, until {day}. Is that right?",
        "That is {count} days, until {day}. Is that right?",
        days,
        day=whole_day(until),
    )
    steps = [yes, Step(say("No, change nothing"), "change_nothing"), composing.HELP]
    return Note(say("That is a long time"), [line, say("Nothing was changed yet.")], steps)


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

    person = await choose(world, person_id, changed)
    lines = [
        composing.rhythm_in_words(person, now),
        *leave_ahead_in_words(person.preferences.rhythm, person.today(now)),
    ]
    return Note(say("Welcome back"), lines, [composing.TIP, composing.SETTINGS])


async def stop(world: World, person_id: PersonId) -> Message:
    """Send nothing any more."""
    await choose(world, person_id, lambda p: replace(p.preferences, stopped=True))
    return _stopped(say("Nothing more will come by itself. No hard feelings."))


def _stopped(why: str) -> Note:
    lines = [why, say("Type resume if you ever want it back.")]
    return Note(say("Stopped"), lines, [composing.RESUME, composing.HELP])
