"""What PostgreSQL and its driver say when something goes wrong, as our own errors: codes, never values."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from bot.errors import StoreFailed


@contextmanager
def failing() -> Iterator[None]:
    """Turn what the driver raises, and rows that cannot be kept at all, into StoreFailed.

    The driver's own words are left behind: they quote statements, and keys with people's ids.
    """
    try:
        yield
    except psycopg.Error as error:
        raise StoreFailed(f"PostgreSQL: {code(error)}; {mend(error)}") from None
    except UnicodeError:
        raise StoreFailed("PostgreSQL: a text is not valid Unicode") from None


_MENDS = {
    "08": "is the server running, and can it be reached?",
    "25": "the server takes no changes; is it a standby?",
    "28": "are the user and the password of STEADY_DRIP_STORE right?",
    "40": "two changes met, and this one was undone; do it again",
    "42": "the tables are not those of this release; run `steady-drip migrate`",
    "42501": "the user lacks a right; grant it those on the database, its schema and its tables",
    "53": "the server has no room left; look at its disk, memory and max_connections",
    "55": "somebody else held it for too long; do it again",
    "57": "the server ended it, or it took too long; do it again",
}
"""What to do, by an SQLSTATE or by its class, its first two characters."""

_LOST = _MENDS["08"]


def mend(error: psycopg.Error) -> str:
    """What an operator can do about it."""
    if error.sqlstate is None and isinstance(error, psycopg.OperationalError):
        return _LOST
    state = error.sqlstate or ""
    return _MENDS.get(state) or _MENDS.get(state[:2], "the server's log says more")


_REFUSALS = {
    "password authentication failed": "it refuses the user or the password",
    "no password supplied": "it wants a password, and none was given",
    "no pg_hba.conf entry": "it does not let this user in from here; see its pg_hba.conf",
    'role ".*" does not exist': "it has no such user; make it, or correct its name",
    'database ".*" does not exist': "it has no such database; make it, or correct its name",
}
"""What to do, by the words with which a server that speaks English answers whoever it does not let in.

There is no SQLSTATE then. The first that fits counts.
"""


def unreached(error: psycopg.Error) -> str:
    """What an operator can do where there was no connection, by what the server said or else in general."""
    said = str(error)
    found = (mend for words, mend in _REFUSALS.items() if re.search(words, said))
    return next(found, "is it running, and are the address, the user and the password right?")


def code(error: psycopg.Error) -> str:
    """What happened, as a name and, where the server said it, its SQLSTATE: `DeadlockDetected 40P01`."""
    return " ".join(filter(None, [type(error).__name__, error.sqlstate]))
