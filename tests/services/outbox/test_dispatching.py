"""What is due goes out: in hours, under the cap, once, and only while there is something to say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.domain.drip.silence import END_AFTER, SLOWED
from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.messages import Tip
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import (
    FarewellDue,
    News,
    OutcomeDue,
    PulseDue,
    ReviewDue,
    Subject,
    TipDue,
    WelcomeDue,
)
from bot.domain.staff.cadence import STALE_AFTER, Rhythm
from bot.domain.staff.people import Contact, Person, Preferences
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from tests.fakes import PROMPTS, ScriptedOutbound, SettableClock, SmallLibrary
from tests.kept import delivery_in, keep, person_in
from tests.samples import MONDAY
from tests.services.deliveries import DAY, SAM, TIP, planned, sent_before


@pytest.fixture
def dispatcher(world: World) -> Dispatcher:
    """A dispatcher that has sent nothing yet."""
    return Dispatcher(world)


async def test_what_is_due_is_sent_once(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """A due tip goes out, is recorded as sent, and is not taken up again."""
    await keep(world, SAM, planned())
    assert await dispatcher.dispatch_due() == 1
    assert await dispatcher.dispatch_due() == 0
    (card,) = outbound.to(SAM.id)
    assert isinstance(card, Tip)
    assert card.reason == "it is the next step"
    assert (await delivery_in(world, planned().key)).state is State.SENT
    assert dispatcher.counts[State.SENT] == 1


class RunningClock(SettableClock):
    """Time that passes a little with every look at it, as on any machine."""

    def now(self) -> datetime:
        self.forward(timedelta(microseconds=1))
        return self.at


async def test_the_first_message_of_all_goes_out_while_time_passes(
    world: World, outbound: ScriptedOutbound
) -> None:
    """On a store that nothing was ever sent from, nothing has to stand still."""
    running = replace(world, clock=RunningClock())
    await keep(running, SAM, planned())
    assert await Dispatcher(running, 50).dispatch_due() == 1
    assert len(outbound.to(SAM.id)) == 1


async def test_nothing_is_sent_before_it_is_due(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """What is due in a minute waits for a minute."""
    await keep(world, SAM, planned(due=MONDAY + timedelta(minutes=1)))
    assert await dispatcher.dispatch_due() == 0
    assert outbound.sent == []


@pytest.mark.parametrize(
    "at",
    [
        MONDAY - timedelta(minutes=1),
        MONDAY + timedelta(hours=8),
        MONDAY - 2 * DAY,  # a Saturday
        MONDAY + timedelta(hours=15),
    ],
)
async def test_out_of_hours_it_is_put_off(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound, at: datetime
) -> None:
    """Before nine, after five and at the weekend nothing goes out; it is due again within the hours."""
    await keep(world, SAM, planned(due=at))
    clock.at = at
    await dispatcher.dispatch_due()
    waiting = await delivery_in(world, planned().key)
    assert outbound.sent == []
    assert waiting.state is State.PLANNED
    assert SAM.preferences.rhythm.allows(waiting.due)
    clock.at = waiting.due
    await dispatcher.dispatch_due()
    assert len(outbound.sent) == 1


async def test_what_cannot_wait_until_the_hours_begin_is_dropped(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A tip of Friday evening is not sent on Tuesday."""
    clock.at = MONDAY + timedelta(hours=9)
    await keep(world, SAM, planned(due=clock.at, lasts=timedelta(hours=3)))
    await dispatcher.dispatch_due()
    dropped = await delivery_in(world, planned().key)
    assert (dropped.state, dropped.note) == (State.DROPPED, "no_room")
    assert outbound.sent == []


@pytest.mark.parametrize(
    ("ago", "goes"),
    [
        ([], True),
        ([timedelta(hours=2)], False),
        ([1 * DAY, 2 * DAY], True),
        ([1 * DAY, 2 * DAY, 3 * DAY], False),
        ([1 * DAY, 2 * DAY, 7 * DAY], True),
    ],
)
async def test_the_cap(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, ago: list[timedelta], *, goes: bool
) -> None:
    """One unasked message a day and three in seven days, whatever they are about."""
    clockwork = replace(SAM.preferences.rhythm, start=time(0), end=time(23))
    sam = SAM.choosing(replace(SAM.preferences, rhythm=clockwork))
    await keep(world, sam, planned(), *(sent_before(MONDAY - before) for before in ago))
    await dispatcher.dispatch_due()
    assert bool(outbound.sent) is goes
    waiting = await delivery_in(world, planned().key)
    assert (waiting.state is State.SENT) is goes
    assert goes or waiting.due > MONDAY


async def test_an_unknown_outcome_counts_towards_the_cap(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """What may have arrived is counted as if it had."""
    maybe = planned(key="maybe", due=MONDAY).settled_as(State.UNKNOWN, MONDAY)
    await keep(world, SAM, maybe, planned())
    await dispatcher.dispatch_due()
    assert outbound.sent == []


async def test_two_due_at_once_keep_the_cap(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A tip and a pulse at the same minute become one today and one on another day."""
    await keep(world, SAM, planned(key="one"), planned(key="other"))
    await dispatcher.dispatch_due()
    assert len(outbound.sent) == 1
    while (waiting := await delivery_in(world, "other")).is_open:
        clock.at = waiting.due
        await dispatcher.dispatch_due()
    assert waiting.state is State.SENT
    assert clock.at.date() > MONDAY.date()
    assert len(outbound.sent) == 2


async def test_what_somebody_asked_for_needs_no_room(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A welcome is an answer to an installation: neither the hours nor the cap hold it back."""
    clock.at = MONDAY + timedelta(hours=14)
    await keep(world, SAM, sent_before(clock.at), planned(subject=WelcomeDue(), unasked=False))
    await dispatcher.dispatch_due()
    assert len(outbound.sent) == 1


@pytest.mark.parametrize(
    ("person", "note"),
    [
        (SAM.choosing(Preferences(stopped=True)), "resting"),
        (SAM.choosing(Preferences(paused_until=MONDAY + DAY)), "resting"),
        (replace(SAM, reference=None), "unreachable"),
        (SAM.choosing(Preferences(rhythm=Rhythm(days=frozenset()))), "no_room"),
    ],
)
async def test_what_changed_since_the_plan_is_respected(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, person: Person, note: str
) -> None:
    """A stop, a pause or a removal between plan and send means that nothing is sent."""
    await keep(world, person, planned())
    await dispatcher.dispatch_due()
    dropped = await delivery_in(world, planned().key)
    assert (dropped.state, dropped.note) == (State.DROPPED, note)
    assert outbound.sent == []


async def test_a_dropped_tip_may_come_again(
    world: World, dispatcher: Dispatcher, clock: SettableClock
) -> None:
    """It was marked as shown when it was planned; nobody saw it."""
    await keep(world, SAM, planned(lasts=STALE_AFTER), Experience(SAM.id, TIP.prompt, MONDAY))
    clock.forward(DAY)
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).state is State.DROPPED
    async with world.store.unit_of_work() as work:
        assert not await work.experiences.of(SAM.id)


async def test_a_dropped_tip_gives_its_news_back(
    world: World, dispatcher: Dispatcher, clock: SettableClock
) -> None:
    """What it opened with was not said, so the next one says it, on the next of the usual days."""
    slow = replace(SAM.preferences, contact=Contact(heard=MONDAY.date() - 40 * DAY, slowed=True))
    sam = replace(SAM.choosing(slow), next_nudge=MONDAY + 13 * DAY)
    tip = replace(TIP, opening=SLOWED, news=News.SLOWED)
    await keep(world, sam, planned(subject=tip, lasts=timedelta(hours=1)))
    clock.forward(timedelta(hours=2))
    await dispatcher.dispatch_due()
    back = await person_in(world, sam.id)
    assert not back.preferences.contact.slowed
    assert back.next_nudge == back.next_slot(clock.at)


async def test_news_that_arrived_stays_told(world: World, dispatcher: Dispatcher) -> None:
    """It is said once."""
    slow = SAM.choosing(replace(SAM.preferences, contact=Contact(heard=MONDAY.date(), slowed=True)))
    await keep(world, slow, planned(subject=replace(TIP, opening=SLOWED, news=News.SLOWED)))
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).state is State.SENT
    assert await person_in(world, SAM.id) == slow


async def test_a_drip_ends_with_the_farewell_and_not_without(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Where there is no room for it, nothing has ended; once it was sent, nothing comes any more."""
    silent = replace(SAM.preferences, contact=Contact(heard=MONDAY.date() - END_AFTER))
    sam = SAM.choosing(silent)
    short = planned(subject=FarewellDue(), lasts=timedelta(hours=1))
    await keep(world, sam, sent_before(MONDAY), short)
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, short.key)).note == "no_room"
    assert await person_in(world, sam.id) == sam
    clock.forward(7 * DAY)
    await keep(world, planned(key="again", subject=FarewellDue(), due=clock.at))
    await dispatcher.dispatch_due()
    assert len(outbound.to(sam.id)) == 1
    gone = await person_in(world, sam.id)
    assert (gone.preferences.contact.ended, gone.next_nudge) == (True, None)


async def test_whoever_is_heard_before_the_farewell_hears_none(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """It waited for room, and meanwhile they wrote."""
    sam = SAM.choosing(replace(SAM.preferences, contact=Contact(heard=MONDAY.date())))
    await keep(world, sam, planned(subject=FarewellDue()))
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).note == "nothing_to_send"
    assert outbound.sent == []
    assert await person_in(world, sam.id) == sam


async def test_what_has_expired_is_dropped(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """After its expiry a message says nothing to anybody."""
    await keep(world, SAM, planned(lasts=timedelta(hours=1)))
    clock.forward(timedelta(hours=1))
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).note == "expired"
    assert outbound.sent == []


@pytest.mark.parametrize(
    "subject",
    [
        TipDue(PromptId("no-such-prompt"), "a reason"),
        PulseDue("2020-01-01"),
        ReviewDue("no-such-contribution"),
        OutcomeDue("no-such-contribution"),
    ],
)
async def test_what_there_is_nothing_to_say_about_is_dropped(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, subject: Subject
) -> None:
    """A prompt that left the library, or a round that closed, is not spoken of."""
    await keep(world, SAM, planned(subject=subject))
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).note == "nothing_to_send"
    assert outbound.sent == []


async def test_a_dispatcher_that_finishes_claims_nothing(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """What is due is left for a later run, as it was."""
    await keep(world, SAM, planned())
    dispatcher.finish()
    assert await dispatcher.dispatch_due() == 0
    assert outbound.sent == []
    assert await delivery_in(world, planned().key) == planned()


class ExpiringLibrary(SmallLibrary):
    """A library in which every review runs out on Monday."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        return [replace(one, review_by=MONDAY.date()) for one in PROMPTS]


@pytest.mark.parametrize(("later", "sent"), [(timedelta(), 1), (DAY, 0)])
async def test_a_tip_whose_review_ran_out_meanwhile_is_dropped(
    world: World, clock: SettableClock, outbound: ScriptedOutbound, later: timedelta, sent: int
) -> None:
    """Planned while it counted, due when it does not any more; on its last day it still goes out."""
    await keep(world, SAM, planned())
    clock.forward(later)
    await Dispatcher(replace(world, library=ExpiringLibrary())).dispatch_due()
    assert len(outbound.sent) == sent
    assert (await delivery_in(world, planned().key)).state is (State.SENT if sent else State.DROPPED)
