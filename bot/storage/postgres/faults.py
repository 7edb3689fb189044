"""What PostgreSQL and its driver say when something goes wrong, as our own errors: codes, never values."""

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
        raise StoreFailed(f"PostgreSQL: {code(error)}") from None
    except UnicodeError:
        raise StoreFailed("PostgreSQL: a text is not valid Unicode") from None


def code(error: psycopg.Error) -> str:
    """What happened, as a name and, where the server said it, its SQLSTATE: `DeadlockDetected 40P01`."""
    return " ".join(filter(None, [type(error).__name__, error.sqlstate]))
