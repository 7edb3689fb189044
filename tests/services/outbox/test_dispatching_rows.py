"""Many deliveries and many dispatchers: one row of sends at one pace, each person's one at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.delivery import ABANDONED, LEASE, State
from bot.domain.outbox.pacing import fresh, reserve
from bot.domain.outbox.replies import Accepted
from bot.domain.outbox.subjects import WelcomeDue
from bot.services.outbox.dispatching import BATCH, LOOK_AHEAD, MOST_MISSED, PIPELINES, Dispatcher, batch_size
from bot.services.ports import World
from bot.services.records import SMALL_BATCH
from bot.storage.memory import MemoryStore
from bot.teams.connector import Patience
from bot.teams.credentials import PATIENCE
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep
from tests.samples import MONDAY, staff
from tests.services.deliveries import (
    KIM,
    SAM,
    OneHangs,
    Shared,
    Watched,
    crowd,
    crowded,
    everybody_waits,
    planned,
)

GAP = timedelta(microseconds=20_360)
"""From one send to the next at 50 a second, with the slack."""


@pytest.fixture
def dispatcher(world: World) -> Dispatcher:
    """A dispatcher that has sent nothing yet."""
    return Dispatcher(world)


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
    assert outbound.most > SMALL_BATCH
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
    assert outbound.times == [MONDAY + GAP * place for place in range(5 * BATCH)]


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
    assert outbound.times[2] - outbound.times[1] == GAP


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
    row = LOOK_AHEAD + reserve(fresh("t", MONDAY), 1, rate, MONDAY)[1].gap * batch_size(rate)
    waits = ((1 + MOST_MISSED) * row).total_seconds()
    assert 1 <= batch_size(rate) <= BATCH
    assert waits + PATIENCE + patience.connecting + patience.answer < LEASE.total_seconds()


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


async def kill_in_the_middle(dispatcher: Dispatcher) -> None:
    """Let it send until nothing moves any more, and end it there."""
    sending = asyncio.create_task(dispatcher.dispatch_due())
    await everybody_waits()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


@pytest.mark.parametrize(("store", "batch"), [(MemoryStore, SMALL_BATCH), (Shared, BATCH)])
async def test_a_kill_leaves_only_what_is_in_flight_unknown(
    world: World, clock: SettableClock, store: type[MemoryStore], batch: int
) -> None:
    """Where a process ends during a send, its batch is unknown; the others' are sent, nobody twice.

    A batch is small where everybody else waits for it: where the store is one process's.
    """
    world = replace(world, store=store())
    people = await crowded(world, 3 * batch)
    outbound = OneHangs(people[3])
    killed = Dispatcher(replace(world, outbound=outbound))
    await kill_in_the_middle(killed)
    clock.forward(LEASE)
    restarted = Dispatcher(replace(world, outbound=outbound))
    await restarted.dispatch_due()
    assert killed.counts == {State.SENT: 2 * batch}
    assert restarted.counts == {State.UNKNOWN: batch}
    assert outbound.chats == dict.fromkeys((f"chat-{person.id}" for person in people), 1)


async def test_a_slow_row_is_not_claimed_far_ahead(world: World, clock: SettableClock) -> None:
    """At one a second a batch has the one that fits into the look-ahead, so a kill leaves no more unknown."""
    people = await crowded(world, BATCH)
    outbound = OneHangs(people[0])
    killed = Dispatcher(replace(world, outbound=outbound), 1)
    await kill_in_the_middle(killed)
    clock.forward(LEASE)
    restarted = Dispatcher(replace(world, outbound=outbound), 1)
    await restarted.dispatch_due()
    assert killed.counts == {State.SENT: BATCH - 1}
    assert restarted.counts == {State.UNKNOWN: 1}
