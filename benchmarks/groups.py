"""The groups of figures: all of one group is measured side by side, so that its ratios mean something."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import (
    drip,
    embedded,
    inbound,
    mentoring,
    pacing,
    people,
    planning,
    rivals,
    sending,
    summaries,
)
from benchmarks.connector import loopback_connector
from benchmarks.figures import Figure
from bot.storage.postgres.migrating import migrate
from tests.storage.postgres.server import OwnServer, bare_database, postgres

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
            for name, measured in turn.items():
                rates.setdefault(name, []).append(measured)
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


async def plans() -> Sequence[Figure]:
    """A day in which everybody's slot comes, with a year of history, for 5,000 people and for 505,000."""
    found: dict[int, planning.Planning] = {}
    server = OwnServer(planning.ROOMY)
    for size in (5_000, 505_000):
        with bare_database(
            server
        ) as url:  # half a million people's rows are dropped at once, and not one by one
            migrate(url)
            await asyncio.to_thread(people.load, url, size)
            found[size] = await asyncio.to_thread(planning.measure_planning, url, size)
    few, all_ = found[5_000], found[505_000]
    ratio = all_.microseconds_a_person / few.microseconds_a_person
    return [
        Figure("planning a day for 505,000 people", all_.seconds, "s", at_most=90),
        Figure("memory for it", all_.peak_megabytes, "MB", at_most=600),
        Figure("time a person, 5,000 people", few.microseconds_a_person, "µs"),
        Figure("time a person, 505,000 people", all_.microseconds_a_person, "µs"),
        Figure("time a person at 505,000 ÷ at 5,000", ratio, "", at_most=1.25),
    ]


async def answers() -> Sequence[Figure]:
    """Card answers with signed tokens, over HTTP, to one process: our handler, and the SDK's own adapter."""
    ours = await inbound.measure()
    theirs = await inbound.measure(
        "benchmarks.cloud_adapter", answers=inbound.THEIR_ANSWERS, rate=inbound.THEIR_RATE
    )
    return [
        Figure("our handler", ours.most, "a second", at_least=400),
        Figure(f"99 of 100 answered within, at {ours.rate} a second", ours.p99 * 1e3, "ms", at_most=100),
        Figure("CloudAdapter", theirs.most, "a second"),
        Figure(f"99 of 100 answered within, at {theirs.rate} a second", theirs.p99 * 1e3, "ms"),
        Figure("our handler ÷ CloudAdapter", ours.most / theirs.most, ""),
    ]


async def choice() -> Sequence[Figure]:
    """One tip from a thousand prompts."""
    found = drip.measure_choice()
    return [
        Figure("choosing one of 1,000 prompts, in the middle", found.median_ms, "ms", at_most=1),
        Figure("choosing, the slowest in a hundred", found.slowest_in_hundred_ms, "ms", at_most=1),
    ]


async def year() -> Sequence[Figure]:
    """A year of drip for 500 people with lives of their own, and a week of it for 20,000 who work alike."""
    found = await asyncio.to_thread(drip.measure_year)
    skills = await asyncio.to_thread(drip.measure_evenness)
    load = await asyncio.to_thread(drip.measure_load)
    return [
        Figure("messages that nobody asked for, 500 people", found.unasked, "messages"),
        Figure("of them tips", found.tips, "messages"),
        Figure("sorts of all that came", found.kinds, "", at_least=13),
        Figure("messages that should not have come", found.faults, "messages", at_most=0),
        Figure("skills off even, as much of each", skills.even, "", at_most=0.2),
        Figure("skills off even, the library that ships", skills.shipped, "", at_most=0.2),
        Figure("the same at two a week", skills.usual, "", at_most=0.2),
        Figure("the same at five a week without an AI tool", skills.most, "", at_most=0.2),
        Figure("skills off the evenest that it allows", skills.off_the_best, "", at_most=0.2),
        Figure("half-hours off even, 20,000 people with the same hours", load, "", at_most=0.2),
    ]


async def champions() -> Sequence[Figure]:
    """Three of ten thousand champions, and twenty thousand made-up requests for help with the real rules."""
    found = await asyncio.to_thread(mentoring.measure_mentoring)
    return [
        Figure("suggesting three of 10,000 champions, median", found["matching_median_ms"], "ms", at_most=10),
        Figure("the slowest in a hundred", found["matching_p99_ms"], "ms", at_most=10),
        Figure("champions over their offer", found["champions_over_their_offer"], "", at_most=0),
        Figure("furthest from an even load among equals", found["furthest_from_even"], "", at_most=0.25),
        Figure("median wait for a yes", found["median_wait_hours"], "hours"),
        Figure("requests that reached a person", found["share_that_reached_a_person"], ""),
        Figure("three asked, and none said yes", found["share_for_which_three_were_asked_in_vain"], ""),
        Figure("told at once that all are busy", found["share_told_at_once_that_all_are_busy"], ""),
    ]


async def tinydb() -> Sequence[Figure]:
    """A day of the drip on the embedded store: 2,000 people, a year of history, and turns meanwhile."""
    seen = await asyncio.to_thread(embedded.measure_tinydb, 2_000)
    a_person = seen.plan_milliseconds + seen.send_milliseconds
    return [
        Figure("planning and recording a person's tip", a_person, "ms", at_most=5),
        Figure("99 of 100 inbound turns within", seen.turn_p99_milliseconds, "ms", at_most=50),
        Figure("the same with nothing else going on", seen.quiet_turn_p99_milliseconds, "ms"),
        Figure("opening the store", seen.opening_seconds, "s"),
        Figure("memory", seen.peak_megabytes, "MB"),
    ]


async def reports() -> Sequence[Figure]:
    """Closing a round and showing a lead their summary: 505,000 people in 5,000 teams, and 2,000 people."""
    with bare_database() as url, TemporaryDirectory() as folder:
        await asyncio.to_thread(migrate, url)
        large = await summaries.measure_postgres(url)
        small = await summaries.measure_tiny(Path(folder) / "store.tinydb")
    return [
        Figure("all figures of 505,000 answers, PostgreSQL", large.publish_seconds, "s", at_most=10),
        Figure("one lead's summary, PostgreSQL", large.summary_seconds * 1e3, "ms", at_most=300),
        Figure("all figures of 2,000 answers, TinyDB", small.publish_seconds * 1e3, "ms", at_most=200),
    ]


GROUPS: Mapping[str, Callable[[], Awaitable[Sequence[Figure]]]] = {
    "sends": sends,
    "pace": pace,
    "plans": plans,
    "tinydb": tinydb,
    "answers": answers,
    "reports": reports,
    "choice": choice,
    "drip": year,
    "champions": champions,
}
