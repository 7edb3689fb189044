"""What is due of rounds and among colleagues, in one call each: the scheduler's and the stories'."""

from bot.services import thanking
from bot.services.library import announcing
from bot.services.peers import offering
from bot.services.ports import World
from bot.services.rounds import closing, reminding, surveying


async def tend_rounds(world: World) -> None:
    """Close what is over, open what is due, and remind; each goes on where a crash cut it short."""
    await closing.close_due(world)
    await surveying.open_due(world)
    await reminding.remind_due(world)


async def tend_help(world: World) -> None:
    """Move on what waits for champions, and remind reviewers."""
    await offering.move_on(world)
    await announcing.remind_due(world)


async def tend_thanks(world: World) -> None:
    """Thank authors and champions for the quarter that has just ended."""
    await thanking.thank_due(world)
