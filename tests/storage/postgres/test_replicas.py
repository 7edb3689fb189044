"""Replicas in processes of their own: they share the work, and carry on when one of them is gone."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile

import pytest

from bot.config import HOME
from bot.domain.messages import Message
from bot.domain.outbox.delivery import ABANDONED, LEASE, State
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import ConversationReference, Person, Preferences
from bot.errors import StoreFailed
from bot.services.drip import nudging
from bot.services.outbox.dispatching import BATCH, PIPELINES, Dispatcher
from bot.services.ports import World
from bot.services.rounds import surveying
from bot.storage.postgres.store import PostgresStore
from tests.fakes import SettableClock
from tests.kept import open_for
from tests.samples import CLERK, MONDAY, staff
from tests.storage.postgres.replica import SILENT
from tests.storage.postgres.server import connected, server

AFTER = MONDAY + timedelta(minutes=1)


def crowd(people: int) -> Sequence[Person]:
    """So many people whose slot has come; the next one is on another day."""
    wanted = Preferences(role=CLERK, rhythm=Rhythm(per_week=1))
    return [replace(staff(f"P {n:04}").choosing(wanted), next_nudge=MONDAY) for n in range(people)]


async def keep(store: PostgresStore, people: Sequence[Person]) -> None:
    """Put people in one unit of work."""
    async with store.unit_of_work() as work:
        await work.people.put_all(people)


def replica(url: str, moment: datetime, *sends: int) -> subprocess.Popen[str]:
    """Begin a replica."""
    arguments = [url, moment.isoformat(), *map(str, sends)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.postgres.replica", *arguments],
        cwd=HOME,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(*processes: subprocess.Popen[str]) -> list[str]:
    """The chats that replicas wrote to, once they have ended well."""
    chats = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return [chat for lines in chats for chat in lines]


def states(url: str) -> dict[str, int]:
    """How many deliveries are in each state, as anybody can read it in SQL."""
    with connected(url) as connection:
        return dict(connection.execute("SELECT state, count(*) FROM deliveries GROUP BY state").fetchall())


async def test_processes_share_the_work(url: str, store: PostgresStore) -> None:
    """Three plan and send at the same time: everybody is written to, and once."""
    people = crowd(BATCH * PIPELINES * 2)
    await keep(store, people)
    chats = said(*(replica(url, AFTER) for _ in range(3)))
    assert sorted(chats) == sorted(f"29:{person.id}" for person in people)
    assert states(url) == {"sent": len(people)}


async def test_the_others_carry_on_when_one_is_killed(url: str, store: PostgresStore) -> None:
    """What it had in hand is nobody's until its lease ends, then it counts as unknown; nobody hears twice."""
    people = crowd(BATCH * PIPELINES + 40)
    await keep(store, people)
    dying = replica(url, AFTER, 30)
    assert dying.stdout is not None
    told = [line.strip() for line in takewhile(lambda line: line != f"{SILENT}\n", dying.stdout)]
    dying.kill()
    told += dying.communicate(timeout=60)[0].split()
    assert len(told) == 29

    told += said(replica(url, AFTER), replica(url, AFTER))
    in_hand = states(url)["claimed"]
    assert 1 <= in_hand <= BATCH * PIPELINES
    assert said(replica(url, AFTER + LEASE)) == []

    assert len(told) == len(set(told))
    counted = states(url)
    assert counted == {"sent": len(people) - in_hand, "unknown": in_hand}
    with connected(url) as connection:
        lost = connection.execute(
            "SELECT person FROM deliveries WHERE state = 'unknown' AND note = %s", (ABANDONED,)
        )
        unknown = {f"29:{person}" for (person,) in lost}
    assert unknown | set(told) == {f"29:{person.id}" for person in people}


@dataclass
class RestartingOnce:
    """Takes everything; in the middle of one send the database server restarts."""

    at: int
    sent: list[str] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:  # noqa: ARG002 - the port
        self.sent.append(reference.user)
        if len(self.sent) == self.at:
            await asyncio.to_thread(server().restart)
        return Accepted("activity")


async def until_done(world: World) -> None:
    """Plan and send as ticks do: a failure is logged and the next tick comes."""
    dispatcher = Dispatcher(world)
    for _ in range(20):
        try:
            if not await nudging.plan_due(world) + await dispatcher.dispatch_due():
                return
        except StoreFailed:
            await asyncio.sleep(0.05)
    pytest.fail("it never came to an end")


async def test_a_restart_of_the_server_loses_nothing(
    world: World, clock: SettableClock, url: str, store: PostgresStore, replica: PostgresStore
) -> None:
    """Two dispatchers go on; what could not be recorded is unknown after its lease, and is not sent again."""
    people = crowd(BATCH * PIPELINES * 3)
    await keep(store, people)
    clock.at = AFTER
    outbound = RestartingOnce(at=70)
    worlds = [replace(world, store=one, outbound=outbound) for one in (store, replica)]
    await asyncio.gather(*map(until_done, worlds))
    clock.at = AFTER + LEASE
    await asyncio.gather(*map(until_done, worlds))
    assert len(outbound.sent) == len(set(outbound.sent))
    counted = Counter(states(url))
    assert counted.keys() <= {State.SENT, State.UNKNOWN}
    assert counted.total() == len(people)
    assert counted["unknown"] <= 2 * BATCH * PIPELINES
    assert counted["sent"] <= len(outbound.sent)


async def test_two_that_open_a_round_ask_everybody_once(
    world: World, clock: SettableClock, store: PostgresStore, replica: PostgresStore
) -> None:
    """They find the same round, and share the asking or follow one another."""
    people = crowd(surveying.BATCH * 2 + 5)
    await keep(store, people)
    clock.at = MONDAY + timedelta(days=7)
    worlds = [replace(world, store=one) for one in (store, replica)]
    opened = await asyncio.gather(*map(surveying.open_due, worlds))
    assert len([round_ for round_ in opened if round_]) == 1
    assert all([len(await open_for(worlds[0], person.id)) == 1 for person in people])
    async with store.unit_of_work() as work:
        assert [round_.asked_to for round_ in await work.pulses.rounds()] == [None]
