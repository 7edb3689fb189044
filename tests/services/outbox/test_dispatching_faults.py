"""What each answer of the platform leads to, and what a crash leaves behind."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.outbox.delivery import ABANDONED, LEASE, State
from bot.domain.outbox.replies import NoAnswer, NotSent, Rejected, Reply
from bot.domain.outbox.subjects import WelcomeDue
from bot.services.outbox.dispatching import Dispatcher, settle_abandoned
from bot.services.ports import World
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import delivery_in, keep, person_in
from tests.samples import MONDAY
from tests.services.deliveries import DAY, KIM, SAM, Shared, planned, sent_before


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
