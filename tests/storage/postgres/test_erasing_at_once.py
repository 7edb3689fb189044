"""Somebody is erased while others work on the same database: nothing comes back, nobody deadlocks."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain import commands as c
from bot.domain.commands.own import SetUp
from bot.domain.commands.pulses import AnswerPulse
from bot.domain.commands.sharing import ApprovePrompt
from bot.domain.library.contributions import Stage
from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import OutcomeDue
from bot.domain.staff.people import Licence
from bot.services import conversing
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import erasing, onboarding
from bot.services.ports import World
from bot.services.rounds import surveying
from bot.storage.postgres.store import PostgresStore
from tests.lives import KIM, SAM, TIP, live, traces
from tests.raw import raw
from tests.samples import CLERK, MONDAY, reference

SOON = 0.2
"""Seconds in which an erasure that waits for nothing is done; more are never needed for a test to pass."""


async def test_a_review_that_is_being_decided(
    world: World, store: PostgresStore, replica: PostgresStore
) -> None:
    """Its author erases their data meanwhile: what the review plans for them goes as well."""
    ours, theirs = replace(world, store=store), replace(world, store=replica)
    await live(ours)
    async with store.unit_of_work() as work:
        waiting = await work.contributions.get("waiting")
        assert waiting is not None
        erasure = asyncio.create_task(erasing.erase_mine(theirs, SAM.id))
        await asyncio.wait({erasure}, timeout=SOON)
        assert not erasure.done()
        await work.contributions.put(waiting.reviewed(Stage.APPROVED, KIM.id, MONDAY))
        told = Delivery("outcome:waiting", SAM.id, OutcomeDue("waiting"), MONDAY, MONDAY, unasked=True)
        await work.deliveries.add(told)
        await work.experiences.put(Experience(SAM.id, TIP, MONDAY + timedelta(minutes=1)))
    await erasure
    found = raw(store, Path())
    assert [word for word in traces(SAM) if word in found] == []


async def test_everything_at_once(world: World, store: PostgresStore, replica: PostgresStore) -> None:
    """Answers, tips, sends, rounds and erasures in two processes: none fails, and nothing is left."""
    ours, theirs = replace(world, store=store), replace(world, store=replica)
    await live(ours)
    deeds: list[Callable[[World], Awaitable[object]]] = [
        surveying.open_due,
        lambda w: conversing.respond(w, SAM.id, AnswerPulse("open", 2, 4)),
        lambda w: conversing.respond(w, SAM.id, SetUp(CLERK, Licence.CHAT, frozenset(range(5)))),
        lambda w: conversing.respond(w, SAM.id, c.ShowTip()),
        lambda w: conversing.respond(w, KIM.id, c.ShowTip()),
        lambda w: conversing.respond(w, SAM.id, ApprovePrompt("waiting")),
        lambda w: onboarding.seen(w, SAM.id, reference(SAM.id)),
        nudging.plan_due,
        lambda w: Dispatcher(w).dispatch_due(),
        lambda w: erasing.erase_mine(w, SAM.id),
        erasing.expire,
    ]
    for _ in range(3):
        await asyncio.gather(*(deed(one) for deed in deeds for one in (ours, theirs)))
    await erasing.erase_mine(ours, SAM.id)
    found = raw(store, Path())
    assert [word for word in traces(SAM) if word in found] == []
