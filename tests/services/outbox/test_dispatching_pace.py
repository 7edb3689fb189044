"""A minute at fifty a second, on machines that wake up late: full, and never too full."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.outbox.pacing import LIMIT, ON_THE_WAY, SLACK
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from tests.kept import keep
from tests.samples import staff
from tests.services.deliveries import planned
from tests.services.simulation import Arrivals, LateClock

A_MINUTE = 60 * LIMIT
MILLISECOND = timedelta(milliseconds=1)


async def arrivals_of(world: World, clock: LateClock, replicas: int, sends: int) -> Arrivals:
    """So many messages, sent by dispatchers that are called every second, as the scheduler does."""
    arrivals = Arrivals(clock)
    world = replace(world, clock=clock, outbound=arrivals)
    people = [staff(f"Crowd Sample {n}") for n in range(sends)]
    await keep(world, *people, *(planned(person) for person in people))

    async def replica() -> None:
        dispatcher = Dispatcher(world, LIMIT)
        tick = clock.now()
        while len(arrivals.times) < sends:
            await dispatcher.dispatch_due()
            tick = max(tick + timedelta(seconds=1), clock.now())
            await clock.wait_until(tick)

    await clock.run(*(replica() for _ in range(replicas)))
    return arrivals


@pytest.mark.parametrize("replicas", [1, 3])
async def test_a_second_never_has_more_than_the_platform_takes(world: World, replicas: int) -> None:
    """Everybody wakes up to 10 milliseconds late: no second has more than 50, and the mean is 49 or more."""
    arrivals = await arrivals_of(world, LateClock(SLACK - ON_THE_WAY), replicas, A_MINUTE)
    assert arrivals.busiest_second <= LIMIT
    assert arrivals.a_second >= 49
    assert len(arrivals.times) == A_MINUTE


@pytest.mark.parametrize("replicas", [1, 3])
async def test_after_a_standstill_sends_do_not_bunch(world: World, replicas: int) -> None:
    """Now and then all stands still for a third of a second: what was missed gives way, and all are sent."""
    clock = LateClock(4 * MILLISECOND, stalls=200, stall=330 * MILLISECOND)
    arrivals = await arrivals_of(world, clock, replicas, A_MINUTE // 3)
    assert arrivals.busiest_second <= LIMIT
    assert len(arrivals.times) == A_MINUTE // 3
