"""Sending: in hours, under the cap, never twice, and what each answer of the platform leads to."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import Rhythm
from bot.domain.delivery import (
    ABANDONED,
    LEASE,
    LONGEST_WAIT,
    Accepted,
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
from bot.services.dispatching import BATCH, LOOK_AHEAD, PIPELINES, Dispatcher, batch_size, settle_abandoned
from bot.services.ports import World
from bot.storage.memory import MemoryStore
from bot.storage.tiny.store import TinyStore
from bot.teams.connector import Patience
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep, person_in
from tests.samples import CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))
KIM = preferring(staff("Kim Sample"), Preferences(role=CLERK))
TIP = TipDue(PromptId("ward-clerk-notice"), "it is the next step")
DAY = timedelta(days=1)


class Shared(MemoryStore):
    """A store that other processes may work on, as far as anybody can tell."""

    @property
    def shared(self) -> bool:
        return True


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


@dataclass(slots=True)
class Watched:
    """Accepts everything and notes when, and which chats were sent to while an earlier send was under way.

    During each send everybody else may go on `pauses` times.
    """

    clock: SettableClock
    pauses: int = 0
    times: list[datetime] = field(default_factory=list)
    chats: Counter[str] = field(default_factory=Counter)
    under_way: set[str] = field(default_factory=set)
    most: int = 0
    doubled: list[str] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take note, let others go on, accept."""
        assert message.template
        chat = reference.conversation
        if chat in self.under_way:
            self.doubled.append(chat)
        self.under_way.add(chat)
        self.most = max(self.most, len(self.under_way))
        self.times.append(self.clock.now())
        self.chats[chat] += 1
        for _ in range(self.pauses):
            await asyncio.sleep(0)
        self.under_way.discard(chat)
        return Accepted(chat)


@dataclass(slots=True)
class OneHangs:
    """Answers everybody at once but one person, whose answer comes when a test says so."""

    hangs: Person
    replies: dict[str, Reply] = field(default_factory=dict)
    chats: Counter[str] = field(default_factory=Counter)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take note; wait for the test where it is that person."""
        assert message.template
        self.chats[reference.conversation] += 1
        if reference == self.hangs.reference:
            await self.answered.wait()
        return self.replies.get(reference.conversation, Accepted("1"))


async def everybody_waits() -> None:
    """Let all other tasks go on for as long as any of them has something to do."""
    for _ in range(500):
        await asyncio.sleep(0)


def crowd(size: int) -> list[Person]:
    """So many people."""
    return [staff(f"Crowd Sample {n}") for n in range(size)]


async def crowded(world: World, size: int) -> list[Person]:
    """So many people with one tip each that is due, in order."""
    people = crowd(size)
    in_order = (planned(one, due=MONDAY - timedelta(seconds=size - n)) for n, one in enumerate(people))
    await keep(world, *people, *in_order)
    return people


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
    await keep(world, SAM, KIM, welcome, planned(), planned(KIM))
    outbound.answers(Rejected(429, "Throttled", timedelta(seconds=90)))
    await dispatcher.dispatch_due()
    waiting = await delivery_in(world, planned(KIM).key)
    assert len(outbound.sent) == 1
    assert (waiting.due, waiting.attempts) == (MONDAY + timedelta(seconds=90), 0)
    assert (await delivery_in(world, planned().key)) == planned()


async def test_throttling_halts_every_dispatcher(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """What one is told, another on the same store keeps to, to the second."""
    one, other = Dispatcher(world), Dispatcher(world)
    await keep(world, SAM, planned(SAM))
    outbound.answers(Rejected(429, "Throttled", timedelta(seconds=90)))
    await one.dispatch_due()
    await keep(world, KIM, planned(KIM))
    clock.forward(timedelta(seconds=89))
    assert await other.dispatch_due() == 0
    assert outbound.to(KIM.id) == []
    clock.forward(timedelta(seconds=1))
    assert await other.dispatch_due() == 2
    assert other.counts == {State.SENT: 2}


async def test_a_halt_holds_before_the_batch_has_ended(world: World, clock: SettableClock) -> None:
    """A slow answer in the throttled message's batch does not keep other dispatchers from hearing of it."""
    lee = staff("Lee Sample")
    outbound = OneHangs(KIM, {"chat-sam-sample": Rejected(429, "Throttled", timedelta(seconds=90))})
    slow, other = Dispatcher(replace(world, outbound=outbound)), Dispatcher(replace(world, outbound=outbound))
    await keep(world, SAM, KIM, planned(KIM, due=MONDAY - timedelta(hours=1)), planned(SAM))
    sending = asyncio.create_task(slow.dispatch_due())
    await everybody_waits()
    await keep(world, lee, planned(lee))
    assert await other.dispatch_due() == 0
    outbound.answered.set()
    await sending
    clock.forward(timedelta(seconds=90))
    await other.dispatch_due()
    assert outbound.chats == {"chat-sam-sample": 2, "chat-kim-sample": 1, "chat-lee-sample": 1}


async def test_a_halt_survives_a_restart(
    world: World, clock: SettableClock, outbound: ScriptedOutbound, tmp_path: Path
) -> None:
    """A service that ends while it is throttled, and begins again, does not try before the wait is over."""
    before = TinyStore.open(tmp_path / "store")
    ended = replace(world, store=before)
    await keep(ended, SAM, KIM, planned(SAM))
    outbound.answers(Rejected(429, "Throttled", timedelta(seconds=90)))
    await Dispatcher(ended).dispatch_due()
    await before.close()
    after = TinyStore.open(tmp_path / "store")
    begun = replace(world, store=after)
    await keep(begun, planned(KIM))
    clock.forward(timedelta(seconds=89))
    assert await Dispatcher(begun).dispatch_due() == 0
    clock.forward(timedelta(seconds=1))
    assert await Dispatcher(begun).dispatch_due() == 2
    await after.close()
    assert len(outbound.sent) == 3


async def test_a_wrong_secret_is_told_until_it_is_mended(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A 401 says that the service is refused; throttling does not change that, and the next success does."""
    await keep(world, SAM, planned())
    outbound.answers(Rejected(401, "BotNotRegistered"), Rejected(429, "Throttled", LONGEST_WAIT))
    told = []
    for _ in range(3):
        await dispatcher.dispatch_due()
        told.append(dispatcher.refused)
        clock.forward(LONGEST_WAIT)
    assert told == [True, True, False]
    assert dispatcher.counts == {State.SENT: 1}


@pytest.mark.parametrize("reply", [Rejected(429), Rejected(403, "BotDisabledByAdmin"), NoAnswer(), NotSent()])
async def test_no_other_answer_says_that_the_service_is_refused(
    world: World, dispatcher: Dispatcher, outbound: ScriptedOutbound, reply: Reply
) -> None:
    """Only a 401 speaks of the secret."""
    await keep(world, SAM, planned())
    outbound.answers(reply)
    await dispatcher.dispatch_due()
    assert not dispatcher.refused


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
    """More people than all batches under way hold are reached, each once, in one go."""
    people = await crowded(world, PIPELINES * BATCH + 7)
    assert [await dispatcher.dispatch_due() for _ in range(2)] == [len(people), 0]
    assert sorted(s.reference.user for s in outbound.sent) == sorted(f"29:{p.id}" for p in people)


async def test_two_dispatchers_send_each_message_once(world: World, outbound: ScriptedOutbound) -> None:
    """A claim is one dispatcher's own, so a second machine does not double anything."""
    await crowded(world, 20)
    one, other = Dispatcher(world), Dispatcher(world)
    assert await one.dispatch_due() + await other.dispatch_due() == 20
    assert len({s.reference for s in outbound.sent}) == len(outbound.sent) == 20


async def test_two_dispatchers_at_once_share_the_work(world: World, clock: SettableClock) -> None:
    """While both are sending each takes up what the other has not, and nobody gets anything twice."""
    outbound = Watched(clock, pauses=3)
    people = await crowded(world, PIPELINES * BATCH + 20)
    one, other = (Dispatcher(replace(world, outbound=outbound)) for _ in range(2))
    taken = await asyncio.gather(one.dispatch_due(), other.dispatch_due())
    assert sum(taken) == len(people)
    assert all(taken)
    assert outbound.chats == dict.fromkeys((f"chat-{person.id}" for person in people), 1)


async def test_one_person_never_has_two_in_flight(world: World, clock: SettableClock) -> None:
    """However many pipelines send at once, somebody's next message waits until the one before is recorded."""
    outbound = Watched(clock, pauses=3)
    people = crowd(2 * BATCH + 20)
    asked_for = [
        planned(person, key=f"{n}:{person.id}", subject=WelcomeDue(), unasked=False)
        for person in people
        for n in range(3)
    ]
    await keep(world, *people, *asked_for)
    assert await Dispatcher(replace(world, outbound=outbound)).dispatch_due() == len(asked_for)
    assert outbound.most > BATCH
    assert outbound.doubled == []
    assert set(outbound.chats.values()) == {3}


@pytest.mark.parametrize("rate", [1, 7, 40, 50])
async def test_dispatchers_of_a_store_keep_one_pace(world: World, clock: SettableClock, rate: float) -> None:
    """Two at once and one after them never send closer together than the rate allows, and reach everybody."""
    outbound = Watched(clock)
    one, other, late = (Dispatcher(replace(world, outbound=outbound), rate) for _ in range(3))
    await crowded(world, 2 * BATCH + 7)
    await asyncio.gather(one.dispatch_due(), other.dispatch_due())
    newcomer = staff("Newcomer Sample")
    await keep(world, newcomer, planned(newcomer))
    await late.dispatch_due()
    gaps = [after - before for before, after in pairwise(outbound.times)]
    assert min(gaps) >= timedelta(seconds=1) / rate
    assert one.counts[State.SENT] + other.counts[State.SENT] == 2 * BATCH + 7
    assert late.counts == {State.SENT: 1}


async def test_the_row_has_no_holes(world: World, clock: SettableClock) -> None:
    """While there is work, sends follow each other at the rate, whichever batch they are of."""
    outbound = Watched(clock)
    await crowded(world, 5 * BATCH)
    await Dispatcher(replace(world, outbound=outbound), 50).dispatch_due()
    assert outbound.times == [MONDAY + timedelta(milliseconds=20) * place for place in range(5 * BATCH)]


async def test_a_pause_is_not_followed_by_a_burst(world: World, clock: SettableClock) -> None:
    """An hour without work leaves nothing to catch up with."""
    outbound = Watched(clock)
    dispatcher = Dispatcher(replace(world, outbound=outbound), 50)
    await keep(world, SAM, KIM, planned(SAM))
    await dispatcher.dispatch_due()
    clock.forward(timedelta(hours=1))
    lee = staff("Lee Sample")
    await keep(world, lee, planned(KIM), planned(lee))
    await dispatcher.dispatch_due()
    assert outbound.times[2] - outbound.times[1] == timedelta(milliseconds=20)


async def test_without_a_rate_nobody_waits(
    world: World, dispatcher: Dispatcher, clock: SettableClock
) -> None:
    """A rehearsal against a connector of one's own goes as fast as it can."""
    await crowded(world, 2 * BATCH)
    await dispatcher.dispatch_due()
    assert clock.now() == MONDAY


@given(st.floats(1, 50))
def test_a_send_ends_within_its_lease(rate: float) -> None:
    """The last place of a batch, and the longest that a send may take, come before the lease ends."""
    patience = Patience()
    waits = LOOK_AHEAD.total_seconds() + batch_size(rate) / rate
    assert 1 <= batch_size(rate) <= BATCH
    assert waits + patience.token + patience.answer < LEASE.total_seconds()


async def test_a_crash_in_one_send_leaves_only_that_unknown(
    world: World, dispatcher: Dispatcher, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """What else was under way is sent and recorded before the error is raised, in every batch."""
    people = await crowded(world, 2 * BATCH + 7)
    outbound.answers(Accepted("1"), Crash())
    with pytest.raises(Crash):
        await dispatcher.dispatch_due()
    clock.forward(LEASE)
    assert await dispatcher.dispatch_due() == 1
    lost = await delivery_in(world, planned(people[1]).key)
    assert (lost.state, lost.note) == (State.UNKNOWN, ABANDONED)
    assert dispatcher.counts == {State.SENT: len(people) - 1, State.UNKNOWN: 1}
    assert len(outbound.sent) == len(people)


async def test_a_kill_leaves_only_what_is_in_flight_unknown(world: World, clock: SettableClock) -> None:
    """Where a process ends during a send, its batch is unknown; the others' are sent, nobody twice."""
    people = await crowded(world, 3 * BATCH)
    outbound = OneHangs(people[3])
    killed = Dispatcher(replace(world, outbound=outbound))
    sending = asyncio.create_task(killed.dispatch_due())
    await everybody_waits()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    clock.forward(LEASE)
    restarted = Dispatcher(replace(world, outbound=outbound))
    await restarted.dispatch_due()
    assert killed.counts == {State.SENT: 2 * BATCH}
    assert restarted.counts == {State.UNKNOWN: BATCH}
    assert outbound.chats == dict.fromkeys((f"chat-{person.id}" for person in people), 1)


async def test_a_slow_row_is_not_claimed_far_ahead(world: World, clock: SettableClock) -> None:
    """At one a second a batch has the two that fit into the look-ahead, so a kill leaves no more unknown."""
    people = await crowded(world, BATCH)
    outbound = OneHangs(people[0])
    killed = Dispatcher(replace(world, outbound=outbound), 1)
    sending = asyncio.create_task(killed.dispatch_due())
    await everybody_waits()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    clock.forward(LEASE)
    restarted = Dispatcher(replace(world, outbound=outbound), 1)
    await restarted.dispatch_due()
    assert killed.counts == {State.SENT: BATCH - 2}
    assert restarted.counts == {State.UNKNOWN: 2}


async def test_what_a_crash_left_is_settled_at_the_next_start(world: World, dispatcher: Dispatcher) -> None:
    """On a store that nobody shares a claim without a process is unknown at once, and holds up nothing."""
    later = planned(key="later", due=MONDAY + DAY)
    await keep(world, SAM, planned().claimed(MONDAY), later, planned(KIM, key="kim"))
    assert await settle_abandoned(world) == 1
    assert (await delivery_in(world, planned().key)).state is State.UNKNOWN
    assert await settle_abandoned(world) == 0
    assert await dispatcher.dispatch_due() == 1


async def test_on_a_shared_store_a_claim_may_be_somebody_elses(world: World) -> None:
    """There only the end of the lease says that a dispatcher is gone."""
    shared = replace(world, store=Shared())
    await keep(shared, SAM, planned().claimed(MONDAY))
    assert await settle_abandoned(shared) == 0
    assert (await delivery_in(shared, planned().key)).state is State.CLAIMED
