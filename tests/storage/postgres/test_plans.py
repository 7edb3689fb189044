"""The hot queries use their indexes: in a big database, in one of full size, and in one without statistics.

Each is looked at as it is planned at first, and as the server plans it once a connection has asked it often.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from psycopg.types.json import Jsonb

from bot.storage.postgres.migrating import migrate
from bot.storage.postgres.statements import STATEMENTS
from tests.samples import MONDAY
from tests.storage.postgres.growing import grow
from tests.storage.postgres.server import bare_database, connected, own_server

FULL_SIZE = {
    "people": 505_000,
    "deliveries": 26_000_000,
    "experiences": 26_000_000,
    "answers": 1_515_000,
    "publications": 300_000,
}
"""Two tips a week for 180 days, each remembered; a round's answers for team, role and licence."""

OFTEN = 7
"""PostgreSQL plans a prepared statement anew five times; then it may keep one plan for all values."""

FILL = """
INSERT INTO people (id, next_nudge, rights, roster, preferences, reference)
SELECT 'person-' || n, %(monday)s + n %% 10080 * interval '1 minute',
  CASE WHEN n %% 500 = 0 THEN ARRAY['champion'] ELSE '{}'::text[] END,
  jsonb_build_object('team', 'team-' || n %% 1000, 'leads', '[]'::jsonb),
  jsonb_build_object('rest', repeat('x', 600)), '{}'
FROM generate_series(1, %(people)s::int) AS n;

INSERT INTO experiences
SELECT 'person-' || n, 'prompt-' || m, %(monday)s - m * interval '1 day', NULL
FROM generate_series(1, %(people)s::int) AS n, generate_series(1, 5) AS m;

INSERT INTO deliveries
SELECT 'nudge:' || n, 'person-' || n %% %(people)s::int, '{"kind": "welcome"}',
  %(monday)s - n * interval '1 minute', %(monday)s, true,
  CASE WHEN n <= %(open)s::int THEN 'planned' ELSE 'sent' END, 1, NULL,
  CASE WHEN n > %(open)s::int THEN %(monday)s - n * interval '1 minute' END, ''
FROM generate_series(1, %(deliveries)s::int) AS n;

INSERT INTO answers
SELECT 'round-' || n %% 4, 'voice-' || n, 'team:team-' || n %% 1000, 'site-' || n %% 20, 1 + n %% 5, 3
FROM generate_series(1, %(people)s::int) AS n;

INSERT INTO publications
SELECT 'round-' || n %% 4, 'team:team-' || n / 4, '{}'
FROM generate_series(1, 20000) AS n;

INSERT INTO contributions
SELECT 'c-' || n, %(monday)s,
  jsonb_build_object('stage', CASE WHEN n %% 100 = 0 THEN 'submitted' ELSE 'declined' END)
FROM generate_series(1, 5000) AS n
"""


def fill(connection: psycopg.Connection, **sizes: int) -> None:
    """So many people and deliveries, of which so many are open and due."""
    with connection.transaction():
        for statement in FILL.split(";"):
            connection.execute(statement.encode(), {"monday": MONDAY, **sizes})


@pytest.fixture(scope="module")
def fifty_thousand() -> Iterator[psycopg.Connection]:
    """Fifty thousand people and half a million deliveries, with statistics."""
    with bare_database() as url:
        migrate(url)
        with connected(url) as connection:
            fill(connection, people=50_000, deliveries=500_000, open=2_000)
            connection.execute("VACUUM ANALYZE")
            yield connection


@pytest.fixture(scope="module")
def everybody() -> Iterator[psycopg.Connection]:
    """What PostgreSQL takes for everybody and half a year of two tips a week, while a round is open."""
    with bare_database(own_server()) as url:
        migrate(url)
        with connected(url) as connection:
            fill(connection, people=10_000, deliveries=100_000, open=400)
            connection.execute("VACUUM ANALYZE")
            grow(connection, own_server().folder, **FULL_SIZE)
        with connected(url) as connection:
            yield connection


@pytest.fixture(params=["fifty_thousand", "everybody"])
def big(request: pytest.FixtureRequest) -> psycopg.Connection:
    """A database with a history."""
    connection: psycopg.Connection = request.getfixturevalue(request.param)
    return connection


@pytest.fixture(scope="module")
def backlog() -> Iterator[psycopg.Connection]:
    """Twenty thousand deliveries that have just been planned and are all due, without any statistics."""
    with bare_database() as url:
        migrate(url)
        with connected(url) as connection:
            fill(connection, people=20_000, deliveries=20_000, open=20_000)
            yield connection


def scans(connection: psycopg.Connection, name: str, **values: object) -> set[str]:
    """How a statement reads tables: the sort of each scan and the index, `Seq Scan` where there is none."""
    return {scan for plan in plans(connection, name, values) for scan in _scans(plan)}


def plans(connection: psycopg.Connection, name: str, values: dict[str, object]) -> list[dict[str, object]]:
    """The plans of a statement that is prepared, as a connection prepares it, and asked `OFTEN` times."""
    numbered = {key: f"${number}" for number, key in enumerate(values, 1)}
    text = re.sub(r"%\((\w+)\)[sb]", lambda found: numbered[found[1]], STATEMENTS[name].decode())
    given = f"({', '.join('%s' for _ in values)})" if values else ""
    asked = f"EXPLAIN (FORMAT JSON) EXECUTE asked {given}".encode()
    connection.execute(f"PREPARE asked AS {text.replace('%%', '%')}".encode())
    with psycopg.ClientCursor(connection) as cursor:
        found = [cursor.execute(asked, [*values.values()]).fetchall() for _ in range(OFTEN)]
    connection.execute("DEALLOCATE asked")
    return [rows[0][0][0]["Plan"] for rows in found]


def _scans(plan: dict[str, object]) -> Iterator[str]:
    if "Index Name" in plan:
        yield f"{plan['Node Type']} {plan['Index Name']}"
    elif "Relation Name" in plan and plan["Node Type"] != "ModifyTable":
        yield str(plan["Node Type"])
    children = plan.get("Plans", [])
    assert isinstance(children, list), json.dumps(plan)
    for child in children:
        yield from _scans(child)


def test_the_planner_sees_full_size(everybody: psycopg.Connection) -> None:
    """As many rows, and files so long that reading one through costs more than thousands of look-ups."""
    for table, rows in FULL_SIZE.items():
        (plan,) = everybody.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM {table}".encode()).fetchall()
        found = plan[0][0]["Plan"]
        assert found["Plan Rows"] == pytest.approx(rows, rel=0.01)
        assert found["Total Cost"] > found["Plan Rows"] / 100
    assert everybody.execute("SELECT count(*) FROM people").fetchone() == (10_000,)


WITHOUT: dict[str, tuple[str, dict[str, object]]] = {
    "people_due": ("people_due", {"now": MONDAY, "limit": 500}),
    "people_pkey": ("people", {"people": ["person-7"]}),
    "people_team": ("people_groups", {}),
    "deliveries_pkey": ("delivery", {"key": "nudge:7"}),
    "deliveries_due deliveries_open": ("deliveries_free", {"now": MONDAY, "limit": 50}),
    "deliveries_settled": ("deliveries_rolled_up", {"before": MONDAY, "limit": 500}),
    "deliveries_history": ("deliveries_of", {"person": "person-7"}),
    "experiences_pkey": ("experiences_of", {"person": "person-7"}),
    "experiences_shown": ("experiences_forgotten", {"before": MONDAY, "limit": 500}),
    "answers_pkey": ("answers_voices", {"round": "round-1", "voices": ["voice-7"]}),
    "publications_group publications_pkey": ("published_of", {"groups": ["team:team-7"]}),
}
"""Indexes, each with a statement that needs it and what is asked."""


@pytest.mark.parametrize(("indexes", "asked"), WITHOUT.items(), ids=WITHOUT)
def test_a_missing_index_would_be_noticed(
    everybody: psycopg.Connection, indexes: str, asked: tuple[str, dict[str, object]]
) -> None:
    """Once it is dropped the statement reads a whole table, and the tests below would say so."""
    name, values = asked
    assert "Seq Scan" not in scans(everybody, name, **values)
    with everybody.transaction(force_rollback=True):
        for index in indexes.split():
            table = index.partition("_")[0]
            kind = f"ALTER TABLE {table} DROP CONSTRAINT" if "pkey" in index else "DROP INDEX"
            everybody.execute(f"{kind} {index}".encode())
        assert "Seq Scan" in scans(everybody, name, **values)


def test_a_key_that_is_known_is_found_in_the_index(big: psycopg.Connection) -> None:
    """Planning adds what may be there already: the key's index decides, row by row."""
    for plan in plans(big, "deliveries_add", {"documents": Jsonb([])}):
        assert plan["Conflict Arbiter Indexes"] == ["deliveries_pkey"]
        assert set(_scans(plan)) == set()


def test_a_claim_reads_what_is_due(big: psycopg.Connection) -> None:
    """In the index's own order, however long the history is."""
    found = scans(big, "deliveries_free", now=MONDAY, limit=50)
    assert found == {"Index Scan deliveries_due", "Index Scan deliveries_open"}


@pytest.mark.parametrize(
    ("name", "indexes"),
    [("deliveries_free", ["deliveries_due", "deliveries_open"]), ("people_due", ["people_due"])],
)
def test_a_backlog_is_read_in_order(backlog: psycopg.Connection, name: str, indexes: list[str]) -> None:
    """Batch by batch, and not collected and sorted for each batch."""
    with backlog.transaction():
        backlog.execute(STATEMENTS["in_order"])
        found = scans(backlog, name, now=MONDAY + timedelta(days=8), limit=50)
    assert found == {f"Index Scan {index}" for index in indexes}


def test_what_is_due_to_people_is_read_in_order(big: psycopg.Connection) -> None:
    """A batch of planning reads a batch of people."""
    assert scans(big, "people_due", now=MONDAY + timedelta(days=2), limit=500) == {"Index Scan people_due"}


def test_the_cap_is_looked_up_in_the_index_alone(big: psycopg.Connection) -> None:
    """It is asked before every send."""
    people = [f"person-{n}" for n in range(50)]
    for asked in (people[:1], people):
        values = {"people": asked, "since": MONDAY - timedelta(days=8)}
        assert scans(big, "deliveries_unasked_since", **values) == {"Index Only Scan deliveries_unasked"}


def test_all_that_is_in_flight_is_found(big: psycopg.Connection) -> None:
    """Among what is open, not among what was sent."""
    found = scans(big, "deliveries_claimed")
    assert "Seq Scan" not in found
    assert any("deliveries_due" in scan or "deliveries_open" in scan for scan in found)


def test_what_is_due_is_counted_among_what_is_open(big: psycopg.Connection) -> None:
    """However long the history is."""
    found = scans(big, "deliveries_backlog", now=MONDAY)
    assert found <= {"Index Only Scan deliveries_due", "Bitmap Index Scan deliveries_due", "Bitmap Heap Scan"}


def test_what_is_in_flight_is_found_by_person(big: psycopg.Connection) -> None:
    """It is asked with every claim."""
    found = scans(big, "deliveries_in_flight", people=[f"person-{n}" for n in range(50)])
    assert found <= {"Index Scan deliveries_open", "Bitmap Index Scan deliveries_open", "Bitmap Heap Scan"}


def test_a_persons_open_deliveries_are_found(big: psycopg.Connection) -> None:
    """Without a look at what was sent to them."""
    assert scans(big, "deliveries_open_for", person="person-7") == {"Index Scan deliveries_open"}


def test_experiences_are_found_by_person(big: psycopg.Connection) -> None:
    """With one descent."""
    assert scans(big, "experiences_of", person="person-7") <= {
        "Index Scan experiences_pkey",
        "Bitmap Index Scan experiences_pkey",
        "Bitmap Heap Scan",
    }


def test_what_people_saw_lately_is_in_the_index_alone(big: psycopg.Connection) -> None:
    """It is asked of everybody who is planned for."""
    for number in (1, 500):
        people = [f"person-{n}" for n in range(number)]
        found = scans(big, "experiences_seen_each", people=people, after=MONDAY - timedelta(days=3))
        assert found == {"Index Only Scan experiences_pkey"}


def test_old_deliveries_are_found_by_age(big: psycopg.Connection) -> None:
    """A batch reads a batch, oldest first, and each row by its key: also where nearly all of it is old."""
    for before in (MONDAY - timedelta(days=300), MONDAY):
        found = scans(big, "deliveries_rolled_up", before=before, limit=500)
        assert found <= {
            "Index Scan deliveries_settled",
            "Index Scan deliveries_pkey",
            "Bitmap Index Scan deliveries_pkey",
            "Bitmap Heap Scan",
        }
        assert "Index Scan deliveries_settled" in found


def test_old_experiences_are_found_by_age(big: psycopg.Connection) -> None:
    """A batch reads a batch, oldest first, and each row by its key."""
    for before in (MONDAY - timedelta(days=4), MONDAY):
        found = scans(big, "experiences_forgotten", before=before, limit=500)
        assert found == {"Index Scan experiences_shown", "Index Scan experiences_pkey"}


def test_who_has_answered_is_found_by_voice(big: psycopg.Connection) -> None:
    """Without a look at what they said."""
    for number in (1, 200):
        voices = [f"voice-{n}" for n in range(number)]
        found = scans(big, "answers_voices", round="round-1", voices=voices)
        assert found == {"Index Only Scan answers_pkey"}


def test_a_groups_rounds_are_found(big: psycopg.Connection) -> None:
    """However many groups there are."""
    found = scans(big, "published_of", groups=["team:team-7", "organisation:"])
    assert found <= {
        "Index Scan publications_group",
        "Bitmap Index Scan publications_group",
        "Bitmap Heap Scan",
    }
    found = scans(big, "published", round="round-1")
    assert found <= {
        "Index Scan publications_wide",
        "Bitmap Index Scan publications_wide",
        "Bitmap Heap Scan",
    }


def test_reminders_and_leads_are_found(big: psycopg.Connection) -> None:
    """Among half a million deliveries and all the people."""
    assert "Seq Scan" not in scans(big, "deliveries_reminders_removed", round="round-1")
    assert "Seq Scan" not in scans(big, "people_leading")


def test_the_holders_of_a_right_are_found(big: psycopg.Connection) -> None:
    """Without reading the many who hold none."""
    assert scans(big, "people_holding", right="champion") == {
        "Bitmap Index Scan people_rights",
        "Bitmap Heap Scan",
    }


def test_groups_are_counted_in_the_index(big: psycopg.Connection) -> None:
    """Without reading anybody's documents."""
    assert scans(big, "people_groups") == {"Index Only Scan people_team"}


def test_waiting_contributions_are_found(big: psycopg.Connection) -> None:
    """Without reading what was declined."""
    found = scans(big, "contributions_at", stage="submitted")
    assert "Seq Scan" not in found
    assert any("contributions_stage" in scan for scan in found)


@pytest.mark.parametrize(
    ("name", "values", "index"),
    [
        ("people", {"people": ["person-7"]}, "people_pkey"),
        ("delivery", {"key": "nudge:7"}, "deliveries_pkey"),
        ("experience", {"person": "person-7", "prompt": "prompt-1"}, "experiences_pkey"),
        ("contribution", {"contribution": "c-7"}, "contributions_pkey"),
    ],
)
def test_one_row_is_found_by_its_key(
    big: psycopg.Connection, name: str, values: dict[str, object], index: str
) -> None:
    """With one descent of the primary key's index."""
    assert scans(big, name, **values) == {f"Index Scan {index}"}


@pytest.mark.parametrize("name", ["deliveries_of", "deliveries_remove_of"])
def test_one_persons_messages_are_found_without_reading_all(big: psycopg.Connection, name: str) -> None:
    """For their data, or to erase them: open ones and history each have an index by person."""
    found = scans(big, name, person="person-7")
    assert "Seq Scan" not in found
    assert {one.split()[-1] for one in found if "Index" in one} == {"deliveries_open", "deliveries_history"}
