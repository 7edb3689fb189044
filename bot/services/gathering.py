"""Several things at once, none of which goes on behind the others' errors."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def ended(these: Iterable[Awaitable[T]]) -> tuple[list[T], list[BaseException]]:
    """What came of each and what went wrong, in order, once all have ended."""
    found = await asyncio.gather(*these, return_exceptions=True)
    errors = [one for one in found if isinstance(one, BaseException)]
    return [one for one in found if not isinstance(one, BaseException)], errors
