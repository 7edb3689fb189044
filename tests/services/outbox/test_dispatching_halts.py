"""What concerns everybody stops everything: throttling and a wrong secret, for all dispatchers of a store."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Message
from bot.domain.outbox.delivery import State
from bot.domain.outbox.replies import LONGEST_WAIT, Accepted, NoAnswer, NotSent, Rejected, Reply
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.people import ConversationReference
from bot.services.outbox.dispatching import LOOK_EVERY, TENANT, Dispatcher
from bot.services.ports import World
from bot.storage.tiny.store import TinyStore
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep
from tests.samples import MONDAY, staff
from tests.services.deliveries import KIM, SAM, BothInFlight, OneHangs, crowded, everybody_waits, planned


@pytest.fixture
def dispatcher(world: World) -> Dispatcher:
    """A dispatcher that has sent nothing yet."""
    return Dispatcher(world)


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


@dataclass(slots=True)
class ThrottledElsewhere:
    """Takes everything; with the twentieth message another dispatcher of the store is told to halt."""

    world: World
    times: list[datetime] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take it."""
        assert message.template
        self.times.append(self.world.clock.now())
        if len(self.times) == 20:
            async with self.world.store.unit_of_work() as work:
                pace = await work.paces.get(TENANT)
                assert pace
                await work.paces.put(pace.halted(self.times[-1] + timedelta(seconds=90)))
        return Accepted(reference.conversation)


async def test_what_is_in_hand_waits_when_another_is_told_to_halt(world: World, clock: SettableClock) -> None:
    """A dispatcher with a full batch looks twice a second whether another was throttled; nothing is lost."""
    outbound = ThrottledElsewhere(world)
    dispatcher = Dispatcher(replace(world, outbound=outbound), 50)
    people = await crowded(world, 100)
    await dispatcher.dispatch_due()
    before = len(outbound.times)
    assert 20 <= before <= 20 + LOOK_EVERY.total_seconds() * 50 + 1
    clock.at = max(clock.at, MONDAY + timedelta(seconds=100))
    await dispatcher.dispatch_due()
    assert outbound.times[before] >= outbound.times[19] + timedelta(seconds=90)
    assert dispatcher.counts == {State.SENT: len(people)}
