"""What the benchmarks' worlds have in common: an organisation, time that stands still, and a way out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.library.prompts import Prompt
from bot.domain.messages import Message
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.rounds.calendar import Calendar
from bot.domain.staff.people import ConversationReference
from bot.services.ports import House, Store, World
from bot.system import SystemChance


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock that stands still."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    async def wait_until(self, at: datetime) -> None:
        """No time passes: a send is never early."""


class Everywhere:
    """An outbound that takes everything at once."""

    async def send(self, reference: ConversationReference, message: Message) -> Reply:  # noqa: ARG002 - the port
        return Accepted("activity")


HOUSE = House("Sample Trust", 10, Calendar(date(2026, 1, 5), timedelta(weeks=4)), links={})


def standing(store: Store, at: datetime, prompts: Sequence[Prompt] = ()) -> World:
    """A world in which it is always `at`, with the library that ships or with other prompts in it."""
    library = load_library(HOME / "prompts_library")
    library = replace(library, prompts=prompts or library.prompts)
    return World(store, library, Standing(at), SystemChance(), Everywhere(), HOUSE)
