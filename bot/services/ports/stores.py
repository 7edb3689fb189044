"""All of it together: a unit of work, and the store behind it."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.services.ports.audit import Audit
from bot.services.ports.outbox import Deliveries, Paces
from bot.services.ports.peers import Champions, Contributions, HelpRequests, Introductions
from bot.services.ports.people import People
from bot.services.ports.pulses import Plans, Pulses
from bot.services.ports.tips import Experiences, PromptVotes


class UnitOfWork(Protocol):
    """All collections, seen and changed as one."""

    @property
    def people(self) -> People: ...
    @property
    def experiences(self) -> Experiences: ...
    @property
    def votes(self) -> PromptVotes: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def pulses(self) -> Pulses: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def introductions(self) -> Introductions: ...
    @property
    def help_requests(self) -> HelpRequests: ...
    @property
    def champions(self) -> Champions: ...
    @property
    def contributions(self) -> Contributions: ...
    @property
    def paces(self) -> Paces: ...
    @property
    def audit(self) -> Audit: ...


class Store(Protocol):
    """Where everything is kept."""

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it at the same time."""

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """Begin a unit of work; kept when the block ends, undone when it raises. Units do not interleave.

        Raises StoreFailed where it could not be kept; then nothing of it was.
        """

    async def erase(self) -> None:
        """Make what was removed unreadable in the store's own files as well, as far as a store can."""

    async def forget(self) -> None:
        """Make what was deleted or replaced unreadable in the files as well (a closed round's secret)."""

    async def close(self) -> None:
        """Let go of files and connections."""
