"""Bounding what is kept: old deliveries become counts without a person, what else is old is forgotten."""

from datetime import datetime

from bot.services.ports import World

BATCH = 500
"""Rows in one unit of work: others come in between, and a crash loses nothing that was done before."""


async def forget_old(world: World) -> int:
    """Roll up and forget what is older than the house keeps it; returns how many rows went.

    Whoever else does the same at the same time takes other rows, or none.
    """
    now = world.clock.now()
    gone = 0
    while batch := await _batch(world, now):
        gone += batch
    return gone


async def _batch(world: World, now: datetime) -> int:
    history = now - world.house.keep_history
    async with world.store.unit_of_work() as work:
        rolled_up = await work.deliveries.roll_up(history, BATCH)
        forgotten = await work.experiences.forget(history, BATCH)
        forgotten += await work.introductions.forget(history, BATCH)
        forgotten += await work.help_requests.forget(history, BATCH)
        forgotten += await work.audit.forget(now - world.house.keep_audit, BATCH)
        return rolled_up + forgotten
