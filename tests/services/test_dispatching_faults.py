"""What each answer of the platform leads to, and what a crash leaves behind."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.delivery import (
    ABANDONED,
    LEASE,
    LONGEST_WAIT,
    NoAnswer,
    NotSent,
    Rejected,
    Reply,
    State,
    WelcomeDue,
)
from bot.services.dispatching import Dispatcher, settle_abandoned
from bot.services.ports import World
from bot.storage.tiny.store import TinyStore
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep, person_in
from tests.samples import MONDAY, staff
from tests.services.deliveries import (
    DAY,
    KIM,
    SAM,
    BothInFlight,
    OneHangs,
    Shared,
    everybody_waits,
    planned,
    sent_before,
)


@pytest.fixture
def dispatcher(world: World) -> Dispatcher:
    """A dispatcher that has sent nothing yet."""
    return Dispatcher(world)


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
