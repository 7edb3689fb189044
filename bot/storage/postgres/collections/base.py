"""What the collections of a unit of work have in common."""

from collections.abc import Sequence
from typing import TypeVar

from bot.storage.postgres.session import Session

Row = TypeVar("Row")


class Collection:
    """Statements of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session


def only(found: Sequence[Row]) -> Row | None:
    """The only row, or None."""
    return found[0] if found else None
