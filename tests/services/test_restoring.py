"""After a restore nothing goes out twice, and nobody comes back who had gone."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.audit import Act
from bot.domain.delivery import Delivery, State, TipDue
from bot.domain.people import Person
from bot.services import restoring
from bot.services.dispatching import Dispatcher
from bot.services.ports import World
from tests.fakes import ScriptedOutbound
from tests.kept import delivery_in, keep, person_in
from tests.lives import KIM, SAM, TIP, live
from tests.samples import MONDAY

OPERATOR = "operator:sample"


def tip(key: str, minutes: int) -> Delivery:
    """A tip to Kim, due some minutes after nine."""
    due = MONDAY + timedelta(minutes=minutes)
    return Delivery(key, KIM.id, TipDue(TIP, "new"), due, due + timedelta(hours=12), unasked=True)


async def test_what_was_due_is_not_sent(world: World, outbound: ScriptedOutbound) -> None:
    """It may have gone out since: unknown, and not repeated. What is still to come stays."""
    await keep(world, KIM, tip("first", -60), tip("second", 0), tip("later", 60))
    async with world.store.unit_of_work() as work:
        await work.deliveries.claim(MONDAY, 1)
    await restoring.settle(world, OPERATOR, [])
    await Dispatcher(world).dispatch_due()
    assert outbound.sent == []
    for key in ("first", "second"):
        kept = await delivery_in(world, key)
        assert (kept.state, kept.note) == (State.UNKNOWN, "restored")
    assert await delivery_in(world, "later") == tip("later", 60)


async def test_a_slot_that_has_passed_moves_on(world: World) -> None:
    """It was planned after the backup, and under the same key: the next one counts."""
    await keep(world, replace(KIM, next_nudge=MONDAY))
    await restoring.settle(world, OPERATOR, [])
    moved = (await person_in(world, KIM.id)).next_nudge
    assert moved == KIM.next_slot(MONDAY)


async def test_the_erased_are_erased_again(world: World) -> None:
    """Everything of theirs, and it is on record that a backup was restored."""
    await live(world)
    await restoring.settle(world, OPERATOR, {SAM.id})
    assert await person_in(world, SAM.id) == Person(SAM.id)
    async with world.store.unit_of_work() as work:
        acts = [record.act for record in await work.audit.since(MONDAY)]
    assert Act.PERSON_ERASED in acts
    assert Act.BACKUP_RESTORED in acts
