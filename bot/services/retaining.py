"""Bounding history: old deliveries become counts without a person, and old experiences are forgotten."""

from datetime import datetime

from bot.services.ports import World

BATCH = 500
"""Rows in one unit of work: others come in between, and a crash loses nothing that was done before."""


async def forget_old(world: World) -> int:
    """Roll up and forget what is older than the house keeps history; returns how many rows went.

    Whoever else does the same at the same time takes other rows, or none.
    """
    before = world.clock.now() - world.house.keep_history
    gone = 0
    while batch := await _batch(world, before):
        gone += batch
    return gone


async def _batch(world: World, before: datetime) -> int:
    async with world.store.unit_of_work() as work:
        rolled_up = await work.deliveries.roll_up(before, BATCH)
        return rolled_up + await work.experiences.forget(before, BATCH)
