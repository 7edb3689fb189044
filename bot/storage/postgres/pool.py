"""Connections: how they are made, how long anything on them may take, and which of them are still alive."""

import select
from dataclasses import dataclass
from datetime import timedelta

from psycopg import conninfo
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool
from pydantic_core import from_json

from bot.storage.postgres.faults import failing
from bot.storage.postgres.session import Connection

_PARAMETERS: dict[str, str | int | None] = {
    "application_name": "steady-drip",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What holds where the URL says nothing else: a network that has vanished is noticed within a minute."""

_GIVE_UP_RECONNECTING = 2.0
"""Seconds. After that the next unit of work tries again; the pool alone would wait longer each time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a statement may run, how long it or a unit may wait, and how long a unit may be idle."""

    statement: timedelta = timedelta(seconds=30)
    lock: timedelta = timedelta(seconds=10)
    connection: timedelta = timedelta(seconds=10)
    idle: timedelta = timedelta(seconds=60)

    @property
    def settings(self) -> dict[str, str]:
        """The server's names for them, and their values."""
        return {
            "statement_timeout": _milliseconds(self.statement),
            "lock_timeout": _milliseconds(self.lock),
            "idle_in_transaction_session_timeout": _milliseconds(self.idle),
        }


class Pool:
    """Up to `size` connections in autocommit mode, replaced as they are lost."""

    def __init__(self, url: str, size: int, limits: Limits) -> None:
        """Connect to nothing yet."""
        self._limits = limits
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            parameters(url),
            kwargs={"autocommit": True},
            configure=self._configure,
            min_size=1,
            max_size=size,
            open=False,
            timeout=limits.connection.total_seconds(),
            reconnect_timeout=_GIVE_UP_RECONNECTING,
        )

    async def open(self) -> None:
        """Make the first connection. Raises StoreFailed where that cannot be done."""
        with failing():
            await self._pool.open(wait=True, timeout=self._limits.connection.total_seconds())

    async def take(self) -> Connection:
        """A connection that was alive a moment ago. Raises StoreFailed where there is none in time."""
        with failing():
            while True:
                connection = await self._pool.getconn()
                if _is_alive(connection):
                    return connection
                await connection.close()
                await self._pool.putconn(connection)

    async def give_back(self, connection: Connection) -> None:
        """End the use of a connection; one that is lost is replaced."""
        await self._pool.putconn(connection)

    async def close(self) -> None:
        """Let go of all connections."""
        await self._pool.close()

    async def _configure(self, connection: Connection) -> None:
        set_json_loads(from_json, connection)  # planning spends half as long on JSON with it
        settings = {"timezone": "UTC", **self._limits.settings}
        for name, value in settings.items():
            await connection.execute("SELECT set_config(%s, %s, false)", (name, value))


def parameters(url: str) -> str:
    """A URL with our own parameters where it does not say otherwise.

    Raises StoreFailed for what is not a URL of PostgreSQL.
    """
    with failing():
        given = conninfo.conninfo_to_dict(url)
        return conninfo.make_conninfo("", **(_PARAMETERS | given))


def _is_alive(connection: Connection) -> bool:
    """Whether nothing has come on the socket: a server that ends, or dies, closes it. Costs no round trip."""
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    return not readable.poll(0)


def _milliseconds(span: timedelta) -> str:
    return str(round(span / timedelta(milliseconds=1)))
