"""The groups of figures: all of one group is measured side by side, so that its ratios mean something."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from statistics import median

from benchmarks import pacing, rivals, sending
from benchmarks.connector import loopback_connector
from benchmarks.figures import Figure
from tests.storage.postgres.server import postgres

TURNS = 3
"""Each rate is the median of so many turns, in each of which everything of the group has its go."""

RIVAL_SENDS = 1_500
"""Sends of the SDKs that do not block."""


async def sends() -> Sequence[Figure]:
    """The same cards to the same connector: plain aiohttp, ours alone, the whole loop, and three SDKs."""
    rates: dict[str, list[float]] = {}
    async with loopback_connector() as url:
        posted = await sending.bodies(url)
        for _ in range(TURNS):
            async with postgres() as store:
                turn = {
                    "plain aiohttp": await sending.measure_plain(url, posted),
                    "our sender": await sending.measure_sender(url),
                    "our whole loop on PostgreSQL": await sending.measure_loop(url, store),
                    "Agents SDK client": await rivals.measure_agents(url, posted, RIVAL_SENDS),
                    "teams.py client": await rivals.measure_teams(url, posted, RIVAL_SENDS),
                    "botbuilder continue_conversation": await rivals.measure_cloud_adapter(url, posted),
                }
            for name, rate in turn.items():
                rates.setdefault(name, []).append(rate)
    rate = {name: median(each) for name, each in rates.items()}
    plain, loop = rate["plain aiohttp"], rate["our whole loop on PostgreSQL"]
    return [
        *(Figure(name, value, "a second") for name, value in rate.items()),
        Figure("our sender ÷ plain aiohttp", rate["our sender"] / plain, "", at_least=0.7),
        Figure("our whole loop ÷ plain aiohttp", loop / plain, "", at_least=0.25),
        Figure(
            "our whole loop ÷ botbuilder", loop / rate["botbuilder continue_conversation"], "", at_least=20
        ),
    ]


async def pace() -> Sequence[Figure]:
    """A budget of 50 messages a second over a minute, with one replica and with three."""
    figures: list[Figure] = []
    for replicas, name in ((1, "one replica"), (3, "three replicas")):
        seen = await pacing.measure_pace(replicas)
        figures.append(Figure(f"busiest second, {name}", seen.busiest, "messages", at_most=50))
        figures.append(Figure(f"mean over a minute, {name}", seen.mean, "a second", at_least=49))
    return figures


GROUPS: Mapping[str, Callable[[], Awaitable[Sequence[Figure]]]] = {"sends": sends, "pace": pace}
