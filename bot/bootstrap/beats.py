"""What is done again and again, and how often: a tick calls a use case and nothing else."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from bot.bootstrap.proofs import Tokens
from bot.domain.outbox.delivery import State
from bot.errors import TokenUnavailable
from bot.scheduling.ticks import Tick
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import erasing
from bot.services.ports import Clock, World
from bot.services.upkeep import retaining, tending
from bot.system import CompressedClock
from bot.teams.keys import SigningKeys

QUICKEST_TICK = timedelta(milliseconds=250)
UPKEEP = timedelta(seconds=5)

HEARTBEAT = "heartbeat"
"""The tick that does nothing: as long as it is on time, the scheduler and the loop are."""


def ticks_of(world: World, clock: Clock, dispatcher: Dispatcher, speed: float) -> list[Tick]:
    """What the service does of itself: it plans, sends, tends rounds and help, and forgets what is old."""

    async def dispatch() -> None:
        before = dispatcher.counts[State.UNKNOWN]
        try:
            await dispatcher.dispatch_due()
        finally:
            tell_unknown(dispatcher.counts[State.UNKNOWN] - before)

    async def forgetting() -> None:
        await retaining.forget_old(world)
        await erasing.expire(world)

    ticks = [
        Tick("plan", _every(15, speed), lambda: nudging.plan_due(world)),
        Tick("dispatch", _every(1, speed), dispatch),
        Tick("rounds", _every(60, speed), lambda: tending.tend_rounds(world)),
        Tick("help", _every(60, speed), lambda: tending.tend_help(world)),
        Tick("thank", _every(3600, speed), lambda: tending.tend_thanks(world)),
        Tick("forget_old", _every(3600, speed), forgetting),
    ]
    if isinstance(clock, CompressedClock):
        ticks.append(Tick("keep_time", timedelta(seconds=1), partial(asyncio.to_thread, clock.keep)))
    return ticks


def tell_unknown(deliveries: int) -> None:
    """Nobody can know whether they arrived, so somebody should know how many they are."""
    if deliveries:
        structlog.get_logger().warning("outcomes_unknown", deliveries=deliveries)


def upkeep(tokens: Tokens, keys: SigningKeys | None) -> list[Tick]:
    """What the machine needs now and then, whatever time it is for people."""

    async def token() -> None:
        with suppress(TokenUnavailable):  # the next send says why, and /readyz that there is none
            await tokens.token()

    async def heartbeat() -> None:
        """Nothing: that it was called is what counts."""

    ticks = [Tick(HEARTBEAT, UPKEEP, heartbeat), Tick("token", UPKEEP, token)]
    return [*ticks, Tick("keys", UPKEEP, keys.keep_fresh)] if keys else ticks


def _every(seconds: float, speed: float) -> timedelta:
    """A tick of the machine: as often as compressed time asks for, within reason."""
    return max(timedelta(seconds=seconds / speed), min(QUICKEST_TICK, timedelta(seconds=seconds)))
