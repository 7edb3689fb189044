"""One reminder, for whoever has not answered; and room for it for everybody."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.commands.pulses import AnswerPulse
from bot.domain.messages import PulseQuestions
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import ReminderDue
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import Person, Preferences
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.services.rounds import closing, reminding, surveying
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep, open_for, person_in
from tests.samples import CLERK, preferring, staff
from tests.services.deliveries import DAY, planned, sent_before

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
THURSDAY = OPENS + timedelta(days=3)
ROUND = "2026-11-30"
SAM = preferring(staff(), Preferences(role=CLERK))
KIM = preferring(staff("Kim Sample"), Preferences(role=CLERK))


async def opened(world: World, clock: SettableClock, *people: Person) -> None:
    """Open the first round among these people."""
    await keep(world, *people)
    clock.at = OPENS
    assert await surveying.open_due(world) is not None


async def reminders(world: World, person: Person) -> int:
    """How many reminders are planned for somebody."""
    return sum(d.subject == ReminderDue(ROUND) for d in await open_for(world, person.id))


async def sends(world: World, clock: SettableClock, since: datetime, until: datetime) -> None:
    """Send what is due, hour by hour."""
    clock.at = since
    while clock.at < until:
        await Dispatcher(world).dispatch_due()
        clock.forward(timedelta(hours=1))


async def test_whoever_was_asked_has_one_planned(world: World, clock: SettableClock) -> None:
    """From the fourth working day on, however many ticks there are; also for whoever has answered by then."""
    await opened(world, clock, SAM, KIM)
    await surveying.record_answer(world, KIM.id, AnswerPulse(ROUND, 3, 3))
    clock.at = THURSDAY - timedelta(minutes=1)
    await reminding.remind_due(world)
    assert await reminders(world, SAM) == 0
    for _ in range(3):
        clock.at += timedelta(minutes=1)
        await reminding.remind_due(world)
    assert (await reminders(world, SAM), await reminders(world, KIM)) == (1, 1)


async def test_room_is_made_for_everybody(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Whoever has answered gets no reminder; their tip gives way as the others' do, so it tells nothing."""
    await opened(world, clock, SAM, KIM)
    await surveying.record_answer(world, KIM.id, AnswerPulse(ROUND, 3, 3))
    await sends(world, clock, OPENS, THURSDAY)
    before = [replace(one, next_nudge=THURSDAY + timedelta(hours=9)) for one in (SAM, KIM)]
    await keep(world, *before)
    await reminding.remind_due(world)
    for one in before:
        (due,) = [d.due for d in await open_for(world, one.id) if d.subject == ReminderDue(ROUND)]
        moved = (await person_in(world, one.id)).next_nudge
        assert moved == one.preferences.rhythm.next_slot(one.id, due + timedelta(hours=12))
    await sends(world, clock, THURSDAY, THURSDAY + timedelta(days=4))
    keys = [f"reminder:{ROUND}:{one.id}" for one in before]
    assert {(await delivery_in(world, key)).state for key in keys} == {State.SENT}
    assert [len(outbound.to(one.id)) for one in before] == [2, 1]


async def test_whoever_works_only_at_weekends_is_asked_and_reminded(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """The week's end belongs to the round; one message a day there, as elsewhere."""
    weekend = preferring(staff(), Preferences(role=CLERK, rhythm=Rhythm(days=frozenset({5, 6}))))
    await opened(world, clock, weekend, KIM)
    seen: list[datetime] = []
    for hours in range(7 * 24):
        clock.at = OPENS + timedelta(hours=hours)
        await reminding.remind_due(world)
        await Dispatcher(world).dispatch_due()
        seen.extend([clock.at] * (len(outbound.to(weekend.id)) - len(seen)))
    assert {at.weekday() for at in seen} <= {5, 6}
    assert 1 <= len(seen) == len({at.date() for at in seen})


async def test_whoever_was_not_asked_is_not_reminded(world: World, clock: SettableClock) -> None:
    """Nor is somebody who has stopped since."""
    late = preferring(staff("Late Sample"), Preferences(role=CLERK))
    await opened(world, clock, SAM)
    await keep(world, late, SAM.choosing(replace(SAM.preferences, stopped=True)))
    clock.at = THURSDAY
    await reminding.remind_due(world)
    assert (await reminders(world, SAM), await reminders(world, late)) == (0, 0)


async def test_the_reminder_is_the_same_card_with_another_line(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """It says that it is the only one; whoever answered in the meantime gets none."""
    await opened(world, clock, SAM, KIM)
    for hours in range(5 * 24):
        clock.at = OPENS + timedelta(hours=hours)
        if clock.at == THURSDAY + timedelta(hours=1):
            await surveying.record_answer(world, KIM.id, AnswerPulse(ROUND, 3, 3))
        await reminding.remind_due(world)
        await Dispatcher(world).dispatch_due()
    (_, reminder) = outbound.to(SAM.id)
    assert isinstance(reminder, PulseQuestions)
    assert reminder.opening.startswith("A short reminder, and the only one")
    assert len(outbound.to(KIM.id)) == 1


async def test_a_reminder_counts_towards_everybodys_cap(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Who had one, and when, is not known after the close: the week after it is kept as if all had.

    It may have come as late as on the Friday.
    """
    await opened(world, clock, SAM)
    closes = clock.at = world.house.calendar.closes(OPENS)
    await closing.close_due(world)
    tuesday, thursday = closes + timedelta(days=1, hours=10), closes + timedelta(days=3, hours=10)
    await keep(world, sent_before(tuesday), sent_before(tuesday + DAY), planned(due=thursday, lasts=DAY / 2))
    clock.at = thursday
    await Dispatcher(world).dispatch_due()
    assert outbound.to(SAM.id) == []
    await keep(world, planned(key="next-week", due=thursday + 4 * DAY))
    clock.at = thursday + 4 * DAY
    await Dispatcher(world).dispatch_due()
    assert len(outbound.to(SAM.id)) == 1


async def test_the_day_after_a_round_is_free_in_summer_too(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A round closes at one o'clock at night in London's summer: what may have come came the day before."""
    june = world.house.calendar.coming(None, datetime(2027, 5, 15, tzinfo=UTC))
    assert june is not None
    await keep(world, SAM)
    clock.at = june
    assert await surveying.open_due(world) is not None
    closes = clock.at = world.house.calendar.closes(june)
    await closing.close_due(world)
    clock.at = closes + timedelta(hours=10)
    await keep(world, planned(key="monday", due=clock.at))
    await Dispatcher(world).dispatch_due()
    assert len(outbound.to(SAM.id)) == 1


@pytest.mark.parametrize(
    ("zone", "free"),
    [("Europe/London", True), ("Australia/Lord_Howe", False), ("America/New_York", True)],
)
async def test_a_reminder_counts_on_the_day_on_which_it_can_have_come(
    world: World, clock: SettableClock, outbound: ScriptedOutbound, zone: str, *, free: bool
) -> None:
    """A round closes on Monday in the hours of those far east: theirs may have come on that same day."""
    far = replace(SAM.preferences.rhythm, zone=zone, quiet=None)
    await opened(world, clock, SAM.choosing(replace(SAM.preferences, rhythm=far)))
    closes = clock.at = world.house.calendar.closes(OPENS)
    await closing.close_due(world)
    clock.at = datetime.combine(closes, time(16), ZoneInfo(zone)).astimezone(UTC)
    await keep(world, planned(key="monday", due=clock.at, lasts=DAY / 2))
    await Dispatcher(world).dispatch_due()
    assert len(outbound.to(SAM.id)) == free
