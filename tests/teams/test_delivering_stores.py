"""A store that fails in the middle of sending, before a real connector: nothing lost, nothing twice."""

from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.outbox.delivery import LEASE, State
from bot.errors import StoreFailed
from bot.services.outbox.dispatching import BATCH, PIPELINES, Dispatcher
from bot.storage.tiny.store import TinyStore
from bot.teams.connector import Patience
from tests.fakes import SettableClock
from tests.kept import keep
from tests.services.deliveries import KIM, SAM, crowd, planned
from tests.storage.postgres.server import postgres, server
from tests.storage.stores import commit_text, no_file_larger_than
from tests.teams.connector_server import Meanwhile, Says, ScriptedConnector
from tests.teams.deliveries import living_at, post_office
from tests.teams.worlds import a_world

LARGE = "x" * 300_000
"""Enough that the limit on a file's size touches no other file of the test run."""


async def until_done(dispatcher: Dispatcher) -> int:
    """Send as ticks do, a failure being followed by the next tick; returns how many failed."""
    failures = 0
    while failures < 20:
        try:
            await dispatcher.dispatch_due()
        except StoreFailed:
            failures += 1
        else:
            return failures
    pytest.fail("it never came to an end")


async def test_a_database_that_restarts_loses_nothing(clock: SettableClock, teams: ScriptedConnector) -> None:
    """What could not be recorded is, as soon as it can; at most what was in flight is unknown."""
    async with postgres() as store:
        world = replace(a_world(), clock=clock, store=store)
        people = crowd(BATCH * PIPELINES + 20)
        async with post_office(world, teams, patience=Patience()) as post:
            await keep(world, *[living_at(teams.url, one) for one in people], *map(planned, people))
            teams.will(*[Says(201)] * 70, Meanwhile(server().restart))
            assert await until_done(post.dispatcher) > 0
            clock.forward(LEASE)
            await until_done(post.dispatcher)
        async with store.unit_of_work() as work:
            totals = {state: one.deliveries for state, one in (await work.deliveries.totals()).items()}
    heard = Counter(request.path for request in teams.requests)
    unknown = totals.get(State.UNKNOWN, 0)
    assert max(heard.values()) == 1
    assert totals == {State.SENT: 1 + len(people) - unknown} | ({State.UNKNOWN: unknown} if unknown else {})
    assert unknown <= BATCH * PIPELINES
    assert totals[State.SENT] <= len(heard) <= 1 + len(people)


async def test_a_full_disk_loses_nothing(
    clock: SettableClock, teams: ScriptedConnector, tmp_path: Path
) -> None:
    """While there is no room nothing more goes out; then it is recorded, and nobody gets anything twice."""
    path = tmp_path / "store.tinydb"
    store = TinyStore.open(path)
    await commit_text(store, LARGE)
    full = ExitStack()
    world = replace(a_world(), clock=clock, store=store)
    async with post_office(world, teams) as post:
        teams.will(Meanwhile(lambda: full.enter_context(no_file_larger_than(path.stat().st_size))))
        with full:
            for _ in range(3):
                with pytest.raises(StoreFailed):
                    await post.dispatcher.dispatch_due()
                clock.forward(timedelta(seconds=1))
            assert len(teams.requests) == 1
        await post.keep_kims()
        assert (await post.dispatches()).state is State.SENT
        assert (post.requests_to(SAM), post.requests_to(KIM)) == (1, 1)
        assert post.dispatcher.counts == {State.SENT: 2}
    await store.close()
