"""How fast the sender is, beside plain pooled aiohttp that posts the same bytes to the same place.

Run as `python -m benchmarks.sending` for these figures alone. All are sends a second, and only their ratios
mean anything: each depends on the machine and on what else it does.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time as time_of_day
from datetime import timedelta
from itertools import cycle, islice
from statistics import median
from typing import TypeVar

import aiohttp

from benchmarks.connector import loopback_connector
from benchmarks.worlds import HOUSE
from bot.config import HOME
from bot.content.cards import Cards
from bot.content.library import load_library
from bot.domain.messages import Message
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.replies import Accepted
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.cadence import EVERY_DAY, Rhythm
from bot.domain.staff.people import ConversationReference, Licence, Person, PersonId, Preferences, RoleId
from bot.services import composing
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import Store, World
from bot.storage.memory import MemoryStore
from bot.system import SystemChance, SystemClock, loaded
from bot.teams.connector import Connector
from bot.teams.sender import TeamsOutbound
from tests.storage.postgres.server import postgres

AT_ONCE = 100
"""Requests under way at once."""

SENDS = 5_000
TURNS = 3
"""Each figure is the median of so many, taken in turn, so that a busy moment of the machine is shared."""

REASON = "it is an easy first win in your job"

ALWAYS = Rhythm(days=EVERY_DAY, start=time_of_day(0), end=time_of_day(23, 59, 59), zone="UTC")
"""Somebody who may be written to whenever this is run."""

Item = TypeVar("Item")


class OneToken:
    """A token source with one token, as long as a real one."""

    async def token(self) -> str | None:
        """The token."""
        return "x" * 1_500

    def refused(self) -> None:
        """There is no other."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The real library, cards, sender and connector's client, before one connector and one store."""

    world: World
    outbound: TeamsOutbound
    url: str

    def posts(self, sends: int) -> Iterator[tuple[ConversationReference, Message]]:
        """So many tips to as many people: every prompt of the library in turn."""
        prompts = islice(cycle(self.world.library.prompts), sends)
        for number, prompt in enumerate(prompts):
            person = self.person(number)
            yield self.chat(number), composing.tip(self.world, person, prompt, REASON)

    def person(self, number: int) -> Person:
        """Somebody who can be reached at any time."""
        id_ = PersonId(f"{number:08d}-0000-4000-8000-000000000000")
        chosen = Preferences(RoleId("ward-clerk"), Licence.CHAT, ALWAYS)
        return Person(id_, preferences=chosen, reference=self.chat(number))

    def chat(self, number: int) -> ConversationReference:
        """Where they are."""
        return ConversationReference("tenant", f"a:1{number:08d}-xyz", self.url, f"29:{number}", "28:bot")

    async def keep_due(self, sends: int) -> None:
        """Put as many people, and a tip that is due to each, into the store."""
        prompts = cycle(self.world.library.prompts)
        async with self.world.store.unit_of_work() as work:
            people = [self.person(number) for number in range(sends)]
            await work.people.put_all(people)
            await work.deliveries.add_all(
                [self._due(person, TipDue(next(prompts).id, REASON)) for person in people]
            )

    def _due(self, person: Person, tip: TipDue) -> Delivery:
        now = self.world.clock.now()
        return Delivery(f"nudge:{person.id}", person.id, tip, now, now + timedelta(days=1), unasked=True)


@asynccontextmanager
async def bench(url: str, store: Store | None = None) -> AsyncIterator[Bench]:
    """Everything that sends, before the connector at `url`."""
    clock = SystemClock()
    library = load_library(HOME / "prompts_library")
    async with Connector(OneToken(), clock) as connector:
        outbound = TeamsOutbound(connector, Cards(HOME / "cards").render)
        world = World(store or MemoryStore(), library, clock, SystemChance(), outbound, HOUSE)
        with loaded():  # as in the service
            yield Bench(world, outbound, url)


async def bodies(url: str) -> Sequence[bytes]:
    """What the sender posts: a tip for each prompt of the library."""
    async with bench(url) as ours:
        return [ours.outbound.body(message) for _, message in ours.posts(len(ours.world.library.prompts))]


async def measure_plain(url: str, posted: Sequence[bytes], sends: int = SENDS) -> float:
    """Plain pooled aiohttp: each body to a chat of its own, the answer read."""
    headers = {"Authorization": f"Bearer {await OneToken().token()}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def post(number: int) -> None:
            address = f"{url}/v3/conversations/a%3A1{number:08d}-xyz/activities"
            async with session.post(address, data=posted[number % len(posted)], headers=headers) as response:
                await response.read()
                response.raise_for_status()

        return await per_second(post, range(sends))


async def measure_sender(url: str, sends: int = SENDS) -> float:
    """`TeamsOutbound.send` through `Connector.post`: as in production, each prompt's card is written once.

    That once is not counted: a national drip has thousands of sends for each of them.
    """
    async with bench(url) as ours:

        async def send(post: tuple[ConversationReference, Message]) -> None:
            reply = await ours.outbound.send(*post)
            if not isinstance(reply, Accepted):
                raise TypeError(f"the connector says {reply}")

        posts = list(ours.posts(sends))
        await per_second(send, posts[: len(ours.world.library.prompts)])
        return await per_second(send, posts)


async def measure_loop(url: str, store: Store, sends: int = SENDS) -> float:
    """The whole loop on an empty store: claim, compose, render, send, record, until nothing is due.

    As for the sender alone, that each prompt's card is written once is not counted.
    """
    async with bench(url, store) as ours:
        await ours.keep_due(sends)
        for _, message in ours.posts(len(ours.world.library.prompts)):
            ours.outbound.body(message)
        dispatcher = Dispatcher(ours.world)
        began = time.perf_counter()
        await dispatcher.dispatch_due()
        seconds = time.perf_counter() - began
    if dispatcher.counts != {State.SENT: sends}:
        raise ValueError(f"not all were sent: {dispatcher.counts}")
    return sends / seconds


async def per_second(call: Callable[[Item], Awaitable[None]], items: Sequence[Item]) -> float:
    """Calls a second, `AT_ONCE` of them under way at any time."""
    waiting = iter(items)

    async def work() -> None:
        for item in waiting:
            await call(item)

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return len(items) / (time.perf_counter() - began)


async def measure() -> tuple[float, float, float]:
    """Sends a second: plain aiohttp, the sender, and the whole loop on PostgreSQL."""
    rates: list[tuple[float, float, float]] = []
    async with loopback_connector() as url:
        posted = await bodies(url)
        for _ in range(TURNS):
            async with postgres() as store:
                plain, sender = await measure_plain(url, posted), await measure_sender(url)
                rates.append((plain, sender, await measure_loop(url, store)))
    plain, sender, loop = (median(rate) for rate in zip(*rates, strict=True))
    return plain, sender, loop


def main() -> None:
    """Measure, and say it."""
    plain, sender, loop = asyncio.run(measure())
    sys.stdout.write(f"plain aiohttp {plain:.0f}/s; sender {sender:.0f}/s, {sender / plain:.2f} of it; ")
    sys.stdout.write(f"whole loop on PostgreSQL {loop:.0f}/s, {loop / plain:.2f} of it\n")


if __name__ == "__main__":
    main()
