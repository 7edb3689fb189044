"""The schema: up from nothing, refused where it is not this release's, never changed in passing."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import conninfo

from bot.config import HOME
from bot.errors import StoreFailed, StoreOutdated
from bot.storage.postgres.migrating import migrate, outdated
from bot.storage.postgres.store import PostgresStore
from bot.storage.working import Tables
from tests.storage.postgres.server import bare_database, connected, opened
from tests.storage.stores import commit, knows


@pytest.fixture
def bare() -> Iterator[str]:
    """A database without a schema."""
    with bare_database() as url:
        yield url


def tables(url: str) -> set[str]:
    """The tables that a database has."""
    with connected(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {name for (name,) in found}


async def test_an_empty_database_is_brought_up_to_date(bare: str) -> None:
    """Afterwards there is a table for every collection, and a store opens."""
    assert outdated(bare)
    migrate(bare)
    assert not outdated(bare)
    assert tables(bare) == {*Tables.__dataclass_fields__, "moves", "alembic_version"}
    async with opened(bare) as store:
        await commit(store, "sam")


async def test_migrating_again_changes_nothing(url: str) -> None:
    """What was kept is still there."""
    async with opened(url) as store:
        await commit(store, "sam")
    migrate(url)
    async with opened(url) as store:
        assert await knows(store, "sam") == [True]


def test_two_that_migrate_at_the_same_time_do_it_once(bare: str) -> None:
    """Replicas of a new release may all start with the command."""
    code = "import sys; from bot.storage.postgres.migrating import migrate; migrate(sys.argv[1])"
    both = [subprocess.Popen([sys.executable, "-c", code, bare]) for _ in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert not outdated(bare)


async def test_an_outdated_database_is_refused(bare: str) -> None:
    """With the command that mends it; and opening has made nothing."""
    with pytest.raises(StoreOutdated, match="steady-drip migrate"):
        await PostgresStore.open(bare)
    assert tables(bare) == set()


async def test_a_database_of_a_newer_release_is_refused(bare: str) -> None:
    """Migrating could not help: a replica that was left behind must not write into it."""
    migrate(bare)
    with connected(bare) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreOutdated, match="newer"):
        await PostgresStore.open(bare)


async def test_a_migration_that_fails_leaves_nothing(bare: str) -> None:
    """It is one transaction: the tables that came before the trouble are not there either."""
    with connected(bare) as connection:
        connection.execute("CREATE TABLE contributions (id text)")
    with pytest.raises(StoreFailed, match="DuplicateTable"):
        await asyncio.to_thread(migrate, bare)
    assert tables(bare) == {"contributions"}


async def test_a_server_that_is_not_there_is_named(url: str) -> None:
    """The error says which server and database, and how it went; never the password."""
    nowhere = conninfo.make_conninfo(url, host="127.0.0.1", port=1, password="s3cret", dbname="drip")
    with pytest.raises(StoreFailed, match=r"127\.0\.0\.1.*drip.*OperationalError") as failed:
        await PostgresStore.open(nowhere)
    assert "s3cret" not in str(failed.value)


async def test_what_is_no_url_is_refused() -> None:
    """A mistyped setting is an error of ours, without what was typed."""
    with pytest.raises(StoreFailed) as failed:
        await PostgresStore.open("postgresql//sam:s3cret@host")
    assert "s3cret" not in str(failed.value)


def test_states_are_readable(url: str) -> None:
    """No other state than the domain's can be written."""
    with connected(url) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "INSERT INTO deliveries VALUES ('k', 'p', '{}', now(), now(), true, 'lost', 0, NULL, NULL, '')"
        )


def test_only_who_asks_a_database_waits_for_what_migrates_one() -> None:
    """A start on a file loads nothing of it."""
    code = "import sys, bot.bootstrap; sys.exit(bool({'alembic', 'sqlalchemy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=HOME, check=False).returncode == 0
