"""The schema's version: brought up to date by a command, checked at start, changed by nothing else.

Alembic is loaded where a database is asked, so that whoever keeps a file starts without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from bot.errors import StoreFailed, StoreOutdated
from bot.storage.postgres.faults import code, failing, unreached
from bot.storage.postgres.pool import parameters
from bot.storage.postgres.statements import STATEMENTS

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"

COMMAND = "steady-drip migrate"
"""What an operator runs to bring a database up to date."""


def migrate(url: str) -> None:
    """Bring a database up to date, as one transaction; two that try at the same time do it once.

    Raises StoreFailed where that cannot be done; then the database is as before.
    """
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    with failing():
        try:
            command.upgrade(_config(url), "head")
        except DBAPIError as error:
            raise error.orig or error from None


def outdated(url: str) -> bool:
    """Whether a database lacks a migration of this release.

    Raises StoreFailed where it cannot be asked, StoreOutdated where it was made by a newer release.
    """
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(url))
    version = _version(url)
    if version is not None and version not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreOutdated(
            f"the database is at {version}, which this release does not know; install a newer one"
        )
    return version != scripts.get_current_head()


def check_current(url: str) -> None:
    """Raise StoreOutdated, with what to do, where a database is not of this release or holds half a move."""
    if outdated(url):
        raise StoreOutdated(
            f"the database is not up to date; run `{COMMAND}` with STEADY_DRIP_STORE naming it, "
            "then start again"
        )
    with failing(), _connected(url) as connection:
        row = connection.execute(STATEMENTS["moves_unfinished"]).fetchone()
    if row is not None and row[0]:
        raise StoreOutdated(
            "a store is still being moved into the database; run `steady-drip store move` again"
        )


def _version(url: str) -> str | None:
    """The newest migration that a database has, None where it has none."""
    with failing(), _connected(url) as connection:
        row = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if row is None or row[0] is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def _connected(url: str) -> psycopg.Connection:
    """A connection. Raises StoreFailed that says to what there was none."""
    given = parameters(url)
    try:
        return psycopg.connect(given, autocommit=True)
    except psycopg.Error as error:
        to = conninfo.conninfo_to_dict(given)
        place = f"{to.get('host', 'localhost')}:{to.get('port', 5432)}/{to.get('dbname', '')}"
        what = f"no connection to PostgreSQL at {place} ({code(error)})"
        raise StoreFailed(f"{what}: {unreached(error)}") from None


def _config(url: str) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"url": parameters(url)})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
