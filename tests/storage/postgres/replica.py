"""One of several processes that plan and send from one database, and say whom they wrote to.

Run as `python -m tests.storage.postgres.replica URL MOMENT [SENDS]`. It plans and sends all that is due at
the moment and ends; or, where SENDS is given, it goes silent in the middle of that send, until it is killed.
"""

import asyncio
import os
import sys
from datetime import date, datetime, timedelta

from bot.domain.messages import Message
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.rounds.calendar import Calendar
from bot.domain.staff.people import ConversationReference
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import House, World
from bot.storage.postgres.store import PostgresStore
from bot.system import SystemChance
from tests.fakes import SettableClock, SmallLibrary

SILENT = "silent"


class Saying:
    """An outbound that prints each chat, and goes silent at one of them."""

    def __init__(self, sends: int) -> None:
        self._left = sends

    async def send(self, reference: ConversationReference, message: Message) -> Reply:  # noqa: ARG002 - the port
        self._left -= 1
        if self._left == 0:
            os.write(1, f"{SILENT}\n".encode())
        if self._left <= 0:
            await asyncio.Event().wait()
        os.write(1, f"{reference.user}\n".encode())
        return Accepted("activity")


async def main(url: str, moment: datetime, sends: int = sys.maxsize) -> None:
    """Plan and send all that is due."""
    store = await PostgresStore.open(url)
    house = House("Sample Trust", 10, Calendar(date(2026, 1, 5), timedelta(weeks=4)), links={})
    world = World(store, SmallLibrary(), SettableClock(moment), SystemChance(), Saying(sends), house)
    await nudging.plan_due(world)
    await Dispatcher(world).dispatch_due()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), *map(int, sys.argv[3:])))
