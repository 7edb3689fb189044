"""What is due of rounds, in one call: the scheduler's and the stories'."""

from bot.services import closing, reminding, surveying
from bot.services.ports import World


async def tend_rounds(world: World) -> None:
    """Close what is over, open what is due, and remind; each goes on where a crash cut it short."""
    await closing.close_due(world)
    await surveying.open_due(world)
    await reminding.remind_due(world)
