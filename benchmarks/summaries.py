"""How long it takes to close a round, with all that is published of it, and to show one lead's summary.

`python -m benchmarks.summaries` measures both stores and prints one JSON object. PostgreSQL's answers are
made by the database itself; TinyDB's are given one by one, as people would.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.worlds import standing
from bot.domain.commands.leads import ShowSummary
from bot.domain.messages import GroupSummary
from bot.domain.rounds.pulses import Round, answers_of
from bot.domain.staff.people import GroupId, Licence, Person, PersonId, RoleId, RosterEntry
from bot.services.ports import Store, World
from bot.services.rounds import closing, summarising
from bot.storage.postgres.store import PostgresStore
from bot.storage.tiny.store import TinyStore

PEOPLE = 505_000
TEAMS = 5_000
SITES = 250
FEW = 2_000
"""People of an embedded store."""

OPENS = datetime(2026, 11, 2, tzinfo=UTC)
ROUND = Round("2026-11-02", OPENS, OPENS + timedelta(days=5), b"s" * 32, turn="minutes_saved")
LEAD = PersonId("lead")
LOOKS = 20

FILL = (
    """
    INSERT INTO people (id, rights, roster, preferences)
    SELECT 'person-' || n, '{}',
      jsonb_build_object(
        'team', 'team-' || n %% %(teams)s::int,
        'site', 'site-' || n %% %(sites)s::int,
        'role', 'role-' || (n / 7) %% 20,
        'licence', (ARRAY['nothing', 'chat', 'copilot'])[1 + (n / 5) %% 3],
        'leads', '[]'::jsonb
      ),
      '{}'
    FROM generate_series(1, %(people)s::int) AS n
    """,
    """
    INSERT INTO answers
    SELECT %(round)s, md5('t' || n), 'team:team-' || n %% %(teams)s::int, 'site-' || n %% %(sites)s::int,
      1 + n %% 5, 1 + n %% 4, 1 + n %% 5, 1 + n %% 3
    FROM generate_series(1, %(people)s::int) AS n
    """,
    """
    INSERT INTO answers (round, voice, "group", site, confidence)
    SELECT %(round)s, md5('r' || n), 'role:role-' || (n / 7) %% 20, '', 1 + n %% 5
    FROM generate_series(1, %(people)s::int) AS n
    """,
    """
    INSERT INTO answers (round, voice, "group", site, confidence)
    SELECT %(round)s, md5('l' || n),
      'licence:' || (ARRAY['nothing', 'chat', 'copilot'])[1 + (n / 5) %% 3], '', 1 + n %% 5
    FROM generate_series(1, %(people)s::int) AS n
    """,
    "ANALYZE",
)
"""A roster, and an answer of everybody for the team, the role and the licence."""


@dataclass(frozen=True, slots=True)
class Summaries:
    """What a round of so many people takes, in seconds.

    To work out everything that is published; to close it, which does that too, destroys the answers and gets
    the secret out of the files; and to show one lead the summary.
    """

    people: int
    published: int
    publish_seconds: float
    close_seconds: float
    summary_seconds: float


async def measure_postgres(url: str, people: int = PEOPLE, teams: int = TEAMS) -> Summaries:
    """In a database that has the newest schema and no rows."""
    values = {"round": ROUND.id, "people": people, "teams": teams, "sites": min(SITES, teams)}
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in FILL:
            connection.execute(statement.encode(), values if "%" in statement else None)
    store = await PostgresStore.open(url)
    try:
        return await _measured(store, people, GroupId("team-7"))
    finally:
        await store.close()


async def measure_tiny(path: Path, people: int = FEW) -> Summaries:
    """In a file of its own."""
    store = TinyStore.open(path)
    try:
        async with store.unit_of_work() as work:
            members = [_person(number) for number in range(people)]
            await work.people.put_all(members)
            for number, member in enumerate(members):
                said = (number % 5 + 1, number % 4 + 1, number % 5 + 1, number % 3 + 1)
                await work.pulses.put_answers(answers_of(ROUND, b"s" * 32, member, said))
        return await _measured(store, people, GroupId("team-7"))
    finally:
        await store.close()


async def _measured(store: Store, people: int, led: GroupId) -> Summaries:
    world = standing(store, ROUND.closes)
    async with store.unit_of_work() as work:
        await work.pulses.put_round(ROUND)
        await work.people.put(Person(LEAD, replace(_entry(7), id=LEAD, team=led, leads=frozenset({led}))))
    publish = await _seconds(lambda: _publish(world))
    close = await _seconds(lambda: closing.close_due(world))
    looks = [await _seconds(lambda: _look(world)) for _ in range(LOOKS)]
    async with store.unit_of_work() as work:
        teams = [f"team:{name}" for name in await work.people.groups()]
        published = len(await work.pulses.published(ROUND.id)) + len(await work.pulses.published_of(teams))
    return Summaries(people, published, publish, close, sorted(looks)[LOOKS // 2])


async def _publish(world: World) -> None:
    async with world.store.unit_of_work() as work:
        await closing.published(world, work, ROUND, world.chance.fraction)


async def _look(world: World) -> None:
    card = await summarising.summary(world, LEAD, ShowSummary())
    if not isinstance(card, GroupSummary):
        raise TypeError("the lead saw no summary")


async def _seconds(work: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began


def _person(number: int) -> Person:
    entry = _entry(number)
    return Person(entry.id, entry)


def _entry(number: int) -> RosterEntry:
    return RosterEntry(
        id=PersonId(f"person-{number}"),
        name="Somebody",
        upn="somebody@trust.invalid",
        role=RoleId(f"role-{number % 20}"),
        licence=list(Licence)[number % 3],
        site=f"site-{number % 5}",
        team=GroupId(f"team-{number % 40}"),
    )


async def main() -> None:
    """Measure both, PostgreSQL in a database that is gone afterwards."""
    from bot.storage.postgres.migrating import migrate
    from tests.storage.postgres.server import bare_database

    with TemporaryDirectory() as folder:
        tiny = await measure_tiny(Path(folder) / "store.tinydb")
    with bare_database() as url:
        migrate(url)
        postgres = await measure_postgres(url)
    sys.stdout.write(json.dumps({"tiny": asdict(tiny), "postgres": asdict(postgres)}, indent=2) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
