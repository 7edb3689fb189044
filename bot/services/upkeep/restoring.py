"""After a restore: what may have happened since is not done again, and who was erased stays erased.

A round that was open has no answers in a backup. It goes on with those that come from now on; whoever had
answered before may do so again. One whose time is over closes with what there is, which may be nothing.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.domain.audit import Act
from bot.domain.outbox.delivery import State
from bot.domain.staff.people import PersonId
from bot.services import auditing
from bot.services.drip import timing
from bot.services.own import erasing
from bot.services.ports import World

RESTORED = "restored"
"""The note of a delivery that a backup had as still to be sent: whether it was sent since is unknown."""

BATCH = 500


async def settle(world: World, who: str, erased: Collection[PersonId]) -> None:
    """Erase again who was erased since, and send nothing that was due before now: it may have been sent."""
    for person_id in sorted(erased):
        await erasing.erase(world, who, person_id)
    await _begin_rounds_again(world)
    await _send_nothing_twice(world)
    await _go_on_from_now(world)
    await auditing.keep(world, who, Act.BACKUP_RESTORED)


async def _begin_rounds_again(world: World) -> None:
    """Another secret for each round that is open: the backup's is known.

    A backup of an earlier version has answers, and may have been published since: they go.
    """
    async with world.store.unit_of_work() as work:
        still_open = [round_ for round_ in await work.pulses.rounds() if not round_.is_closed]
        for round_ in still_open:
            await work.pulses.remove_answers(round_.id)
            await work.deliveries.forget_reminders(round_.id)
            await work.pulses.put_round(replace(round_, secret=world.chance.secret()))
    if still_open:
        await world.store.forget()


async def _send_nothing_twice(world: World) -> None:
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        under_way = await work.deliveries.in_flight()
        await work.deliveries.put_all([one.settled_as(State.UNKNOWN, now, RESTORED) for one in under_way])
    claimed = True
    while claimed:
        async with world.store.unit_of_work() as work:
            due = await work.deliveries.claim(now, BATCH)
            await work.deliveries.put_all([one.settled_as(State.UNKNOWN, now, RESTORED) for one in due])
        claimed = bool(due)


async def _go_on_from_now(world: World) -> None:
    """A slot that has passed may have been planned and sent since: the next one counts."""
    now = world.clock.now()
    moved = True
    while moved:
        async with world.store.unit_of_work() as work:
            people = await work.people.due(now, BATCH)
            moved_on = [await timing.with_next_slot(world, work, one) for one in people]
            await work.people.put_all(moved_on)
        moved = bool(people)
