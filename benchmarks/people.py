"""People with a history, made by the database server itself: half a million in minutes. All are invented.

Run as `python -m benchmarks.people URL PEOPLE [WEEKS]` on a database that `steady-drip migrate` has made.

Everybody got two tips a week, each sent within seconds of its slot, and what it showed is remembered, as the
service itself would have left it: row after row in the order of the slots; what was written at one time lies
together. The history ends before `DAY`, when everybody is due.
"""

import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from bot.domain import rehearsals
from bot.domain.library.prompts import EVERYONE, App, DataRule, Prompt, PromptId
from bot.domain.staff.people import Contact, GroupId, Licence, Person, PersonId, Preferences, RoleId
from bot.storage.documents import encode

DAY = datetime(2026, 11, 24, tzinfo=UTC)
"""A Tuesday, on which London keeps UTC; slots are from nine to a quarter past four."""

ROLES = 16
PROMPTS = 52
"""Prompts that suit each role: at two a week each comes back after half a year."""

SKILLS = ("adapt-and-reuse", "ask-well", "check-it", "give-safe-context", "know-when-not-to", "share")
"""The skills of the library that ships."""

FOR_EVERYONE = 36
"""How many of them suit every role. The library has 36 and 16 times 16: 292 prompts."""

WEEKS = 52
TEAM = 25
"""People in a team."""

_PROMPT = Prompt(
    id=PromptId(""),
    title="Turn visiting rules into a clear notice",
    roles=(EVERYONE,),
    task="Write a notice",
    app=App.COPILOT_CHAT,
    needs=Licence.CHAT,
    level=1,
    skill="ask-well",
    why="Visitors ask the same thing all day.",
    text="Write a notice for [our ward] in plain English.",
    good="It fits one page.",
    check="Compare the times with the poster at the door.",
    data=DataRule.INTERNAL,
    minutes=5,
    author="the sample library",
    licence="CC-BY-4.0",
    reviewed_on=date(2026, 10, 1),
    review_by=date(2030, 1, 1),
)

_ROSTER = rehearsals.roster_entry(0, RoleId(""))
_PREFERENCES = Preferences(contact=Contact(heard=DAY.date() - timedelta(days=3), licence=Licence.COPILOT))
"""As tips leave them: everybody has been heard from, and was told of their licence."""

_REFERENCE = rehearsals.chat(0)

PROMPT = "CASE WHEN {n} < %(everyone)s THEN 'everyone-' ELSE role || '-' END || {n}"
"""The id of a role's `n`th prompt, as `prompts` gives them."""

PEOPLE = """
INSERT INTO people (id, next_nudge, rights, roster, preferences, reference)
SELECT
  id,
  %(day)s + interval '9 hours' + (n::bigint * 7919 %% 435) * interval '1 minute',
  '{}',
  %(roster)s || jsonb_build_object(
    'id', id,
    'upn', 'sample-' || n || '@trust.invalid',
    'role', 'role-' || n %% %(roles)s,
    'team', 'Team ' || n / %(team)s
  ),
  %(preferences)s,
  %(reference)s || jsonb_build_object('conversation', 'a:' || id, 'user', '29:' || id)
FROM (SELECT n, md5(n::text)::uuid::text AS id FROM generate_series(1, %(people)s::int) AS n) AS one
"""

IN_ORDER = """
CREATE TEMPORARY TABLE in_order AS
SELECT id, roster ->> 'role' AS role, next_nudge FROM people ORDER BY next_nudge, id
"""
"""Everybody as the service comes to them on any day."""

DELIVERIES = f"""
INSERT INTO deliveries (
  key, person, subject, due, expires, unasked, state, attempts, claimed_until, settled, note
)
SELECT
  'nudge:' || to_char(slot AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MI') || ':' || id,
  id,
  jsonb_build_object(
    'kind', 'tip', 'prompt', {PROMPT.format(n="(back %% %(prompts)s)")},
    'reason', 'it goes a step further than most'
  ),
  slot, slot + interval '12 hours', true, 'sent', 1, NULL, slot + interval '3 seconds', ''
FROM generate_series(%(tips)s::int, 1, -1) AS back,
  LATERAL (
    SELECT id, role, next_nudge - back * interval '84 hours' AS slot FROM in_order OFFSET 0
  ) AS one
"""  # noqa: S608 - our own words

EXPERIENCES = f"""
INSERT INTO experiences (person, prompt, shown, outcome)
SELECT
  id,
  {PROMPT.format(n="(back %% %(prompts)s)")},
  next_nudge - back * interval '84 hours',
  CASE WHEN back %% 5 = 0 THEN 'worked' END
FROM generate_series(least(%(tips)s, %(prompts)s)::int, 1, -1) AS back,
  LATERAL (SELECT id, role, next_nudge FROM in_order OFFSET 0) AS one
"""  # noqa: S608 - our own words


def person(number: int) -> Person:
    """One of the people, as `load` makes them: from 0 on."""
    id_ = PersonId(str(UUID(hashlib.md5(str(number + 1).encode(), usedforsecurity=False).hexdigest())))
    slot = DAY + timedelta(hours=9, minutes=(number + 1) * 7919 % 435)
    roster = replace(
        _ROSTER,
        id=id_,
        upn=f"sample-{number + 1}@trust.invalid",
        role=RoleId(f"role-{(number + 1) % ROLES}"),
        team=GroupId(f"Team {(number + 1) // TEAM}"),
    )
    reference = replace(_REFERENCE, conversation=f"a:{id_}", user=f"29:{id_}")
    return Person(id_, roster=roster, preferences=_PREFERENCES, reference=reference, next_nudge=slot)


def prompts() -> Sequence[Prompt]:
    """The library that the history was made from."""
    everyone = [_prompt(f"everyone-{n}", n) for n in range(FOR_EVERYONE)]
    own = [
        replace(_prompt(f"role-{role}-{n}", n), roles=(RoleId(f"role-{role}"),), level=1 + n % 3)
        for role in range(ROLES)
        for n in range(FOR_EVERYONE, PROMPTS)
    ]
    return [*everyone, *own]


def _prompt(id_: str, number: int) -> Prompt:
    return replace(_PROMPT, id=PromptId(id_), skill=SKILLS[number % len(SKILLS)])


def load(url: str, people: int, weeks: int = WEEKS) -> None:
    """Fill an empty, migrated database with so many people and so many weeks of history, with statistics."""
    values = {
        "day": DAY,
        "people": people,
        "roles": ROLES,
        "team": TEAM,
        "prompts": PROMPTS,
        "everyone": FOR_EVERYONE,
        "tips": 2 * weeks,
        "roster": Jsonb(encode(_ROSTER)),
        "preferences": Jsonb(encode(_PREFERENCES)),
        "reference": Jsonb(encode(_REFERENCE)),
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("SET temp_buffers = '256MB'")
        with _without_indexes(connection, "people"):
            connection.execute(PEOPLE.encode(), values)
        connection.execute(IN_ORDER)
        for table, statement in (("experiences", EXPERIENCES), ("deliveries", DELIVERIES)):
            with _without_indexes(connection, table):
                connection.execute(statement.encode(), values)
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")


@contextmanager
def _without_indexes(connection: psycopg.Connection, table: str) -> Iterator[None]:
    """Take a table's indexes away and make them again afterwards: sorting once is many times as fast."""
    keys = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype = 'p'",
        (table,),
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname <> ALL(%s)",
        (table, [name for name, _ in keys]),
    ).fetchall()
    for name, _ in keys:
        _alter(connection, table, "DROP CONSTRAINT {name}", name)
    for name, _ in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for name, definition in keys:
        _alter(connection, table, f"ADD CONSTRAINT {{name}} {definition}", name)
    for _, definition in indexes:
        connection.execute(definition)


def _alter(connection: psycopg.Connection, table: str, change: str, name: str) -> None:
    statement = f"ALTER TABLE {{table}} {change}"
    connection.execute(sql.SQL(statement).format(table=sql.Identifier(table), name=sql.Identifier(name)))


if __name__ == "__main__":
    load(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:]))
