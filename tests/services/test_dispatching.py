"""Sending: in hours, under the cap, never twice, and what each answer of the platform leads to."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest

from bot.domain.cadence import Rhythm
from bot.domain.delivery import (
    ABANDONED,
    LEASE,
    LONGEST_WAIT,
    Delivery,
    NoAnswer,
    NotSent,
    OutcomeDue,
    PulseDue,
    Rejected,
    Reply,
    ReviewDue,
    State,
    Subject,
    TipDue,
    WelcomeDue,
)
from bot.domain.messages import Message, Tip
from bot.domain.people import ConversationReference, Person, Preferences
from bot.domain.prompts import PromptId
from bot.services.dispatching import BATCH, Dispatcher
from bot.services.ports import World
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep, person_in
from tests.samples import CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))
KIM = preferring(staff("Kim Sample"), Preferences(role=CLERK))
TIP = TipDue(PromptId("ward-clerk-notice"), "it is the next step")
DAY = timedelta(days=1)


@pytest.fixture
def dispatcher(world: World) -> Dispatcher:
    """A dispatcher that has sent nothing yet."""
    return Dispatcher(world)


def planned(
    person: Person = SAM,
    *,
    key: str = "",
    subject: Subject = TIP,
    due: datetime = MONDAY,
    lasts: timedelta = 7 * DAY,
    unasked: bool = True,
) -> Delivery:
    """A delivery that is due."""
    return Delivery(key or f"nudge:{person.id}", person.id, subject, due, due + lasts, unasked=unasked)


def sent_before(at: datetime, person: Person = SAM) -> Delivery:
    """A tip that reached somebody at `at`."""
    return planned(person, key=f"nudge:{person.id}:{at}", due=at).settled_as(State.SENT, at)


@dataclass(slots=True)
class BothInFlight:
    """Throttles two messages on their way at the same time; the shorter wait comes back last."""

    barrier: asyncio.Barrier
    waits: list[int] = field(default_factory=lambda: [300, 5])

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Answer once both are here."""
        assert reference.conversation
        assert message.template
        wait = timedelta(seconds=self.waits.pop())
        await self.barrier.wait()
        return Rejected(429, "Throttled", wait)


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


async def test_a_crash_between_send_and_record_is_not_repeated(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Whether it arrived is unknown: it is not sent again, and the unknown is counted."""
    await keep(world, SAM, planned())
    outbound.answers(Crash())
    with pytest.raises(Crash):
        await dispatcher.dispatch_due()
    restarted = Dispatcher(world)
    assert await restarted.dispatch_due() == 0
    clock.forward(LEASE)
    assert await restarted.dispatch_due() == 1
    lost = await delivery_in(world, planned().key)
    assert (lost.state, lost.note) == (State.UNKNOWN, ABANDONED)
    assert restarted.counts[State.UNKNOWN] == 1
    assert len(outbound.sent) == 1


async def test_no_answer_is_unknown_and_not_repeated(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A time-out after the request went out is counted, and never hidden or repeated."""
    await keep(world, SAM, planned())
    outbound.answers(NoAnswer())
    await dispatcher.dispatch_due()
    clock.forward(LEASE)
    assert await dispatcher.dispatch_due() == 0
    assert (await delivery_in(world, planned().key)).state is State.UNKNOWN
    assert dispatcher.counts[State.UNKNOWN] == 1


@pytest.mark.parametrize("reply", [Rejected(503), Rejected(412), NotSent()])
async def test_a_passing_fault_is_tried_again(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound, reply: Reply
) -> None:
    """What may be repeated is repeated after a wait, and then arrives."""
    await keep(world, SAM, planned())
    outbound.answers(reply)
    await dispatcher.dispatch_due()
    waiting = await delivery_in(world, planned().key)
    assert waiting.state is State.PLANNED
    assert waiting.due > MONDAY
    clock.at = waiting.due
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).state is State.SENT
    assert len(outbound.sent) == 2


@pytest.mark.parametrize(
    ("reply", "halt"),
    [
        (Rejected(429, "Throttled", timedelta(seconds=90)), timedelta(seconds=90)),
        (Rejected(401, "BotNotRegistered"), LONGEST_WAIT),
    ],
)
async def test_throttling_halts_everybody(
    world: World, clock: SettableClock, outbound: ScriptedOutbound, reply: Reply, halt: timedelta
) -> None:
    """One 429 stops all sends for as long as it says; after that all arrive, and none is lost."""
    dispatcher = Dispatcher(world)
    await keep(world, SAM, KIM, planned(SAM), planned(KIM, due=MONDAY + timedelta(seconds=1)))
    outbound.answers(reply)
    await dispatcher.dispatch_due()
    clock.forward(halt - timedelta(seconds=1))
    assert await dispatcher.dispatch_due() == 0
    assert outbound.to(KIM.id) == []
    clock.forward(timedelta(seconds=1))
    await dispatcher.dispatch_due()
    assert (len(outbound.to(SAM.id)), len(outbound.to(KIM.id))) == (2, 1)
    assert dispatcher.counts == {State.SENT: 2}


async def test_throttling_halts_the_rest_of_a_batch(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """What was claimed with the throttled message and has not gone out yet waits too, and loses no try."""
    welcome = planned(key="welcome", subject=WelcomeDue(), due=MONDAY - timedelta(hours=1), unasked=False)
    await keep(world, SAM, welcome, planned())
    outbound.answers(Rejected(429, "Throttled", timedelta(seconds=90)))
    await dispatcher.dispatch_due()
    waiting = await delivery_in(world, planned().key)
    assert len(outbound.sent) == 1
    assert (waiting.due, waiting.attempts) == (MONDAY + timedelta(seconds=90), 0)


async def test_the_longest_halt_holds(world: World, clock: SettableClock) -> None:
    """Two messages in flight are told different waits: nothing goes out before the longer is over."""
    together = BothInFlight(asyncio.Barrier(2))
    dispatcher = Dispatcher(replace(world, outbound=together))
    await keep(world, SAM, KIM, planned(SAM), planned(KIM))
    await dispatcher.dispatch_due()
    clock.forward(timedelta(seconds=299))
    assert await dispatcher.dispatch_due() == 0
    assert together.waits == []


async def test_long_throttling_loses_nothing(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Twenty refusals in a row cost time and no message."""
    await keep(world, SAM, planned())
    outbound.answers(*[Rejected(429, "Throttled", timedelta(seconds=30))] * 20)
    for _ in range(21):
        await dispatcher.dispatch_due()
        clock.forward(timedelta(seconds=30))
    assert (await delivery_in(world, planned().key)).state is State.SENT


async def test_waiting_for_hours_does_not_use_up_tries(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A message that waited six days for room is not given up at its first fault."""
    held = [sent_before(MONDAY - timedelta(hours=1) + day * DAY) for day in range(-2, 5)]
    await keep(world, SAM, *held, planned(lasts=14 * DAY))
    outbound.answers(Rejected(503))
    for _ in range(12):
        clock.at = (await delivery_in(world, planned().key)).due
        await dispatcher.dispatch_due()
        if outbound.sent:
            break
    waiting = await delivery_in(world, planned().key)
    assert len(outbound.sent) == 1
    assert (waiting.state, waiting.attempts) == (State.PLANNED, 1)


@pytest.mark.parametrize(
    "code", ["ConversationBlockedByUser", "MessageWritesBlocked", "ConversationNotFound"]
)
async def test_unreachable_people_are_forgotten_until_they_write(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, code: str
) -> None:
    """After a block nothing is planned or sent; the person, their roster row and their choices stay."""
    await keep(world, SAM, planned(key="one"), planned(key="other", subject=WelcomeDue(), unasked=False))
    outbound.answers(Rejected(403, code))
    await dispatcher.dispatch_due()
    sam = await person_in(world, SAM.id)
    assert (sam.reference, sam.next_nudge) == (None, None)
    assert (sam.roster, sam.preferences) == (SAM.roster, SAM.preferences)
    assert (await delivery_in(world, "one")).state is State.REFUSED
    assert (await delivery_in(world, "other")).note == "unreachable"
    assert len(outbound.sent) == 1


@pytest.mark.parametrize(
    "reply", [Rejected(400, "Bad Argument"), Rejected(413), Rejected(500), Rejected(403)]
)
async def test_a_refusal_of_the_message_keeps_the_person(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, reply: Reply
) -> None:
    """A message that Teams does not want is not sent again; the person stays reachable."""
    await keep(world, SAM, planned())
    outbound.answers(reply)
    await dispatcher.dispatch_due()
    assert (await delivery_in(world, planned().key)).state is State.REFUSED
    assert (await person_in(world, SAM.id)) == SAM


async def test_one_persons_fault_does_not_hold_up_another(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """A blocked chat is one person's matter."""
    await keep(world, SAM, KIM, planned(SAM), planned(KIM))
    outbound.answers(Rejected(403, "ConversationBlockedByUser"))
    await dispatcher.dispatch_due()
    assert dispatcher.counts == {State.REFUSED: 1, State.SENT: 1}


async def test_a_long_queue_goes_out_batch_by_batch(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound
) -> None:
    """More people than one batch holds are all reached, each once."""
    crowd = [staff(f"Crowd Sample {n}") for n in range(BATCH + 7)]
    await keep(world, *crowd, *(planned(person) for person in crowd))
    assert [await dispatcher.dispatch_due() for _ in range(3)] == [BATCH, 7, 0]
    assert sorted(s.reference.user for s in outbound.sent) == sorted(f"29:{p.id}" for p in crowd)


async def test_two_dispatchers_send_each_message_once(world: World, outbound: ScriptedOutbound) -> None:
    """A claim is one dispatcher's own, so a second machine does not double anything."""
    crowd = [staff(f"Crowd Sample {n}") for n in range(20)]
    await keep(world, *crowd, *(planned(person) for person in crowd))
    one, other = Dispatcher(world), Dispatcher(world)
    assert await one.dispatch_due() + await other.dispatch_due() == 20
    assert len({s.reference for s in outbound.sent}) == len(outbound.sent) == 20
