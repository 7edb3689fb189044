"""What every store promises of a unit of work: whole or not at all, one after the other."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.library.experiences import Experience, Votes
from bot.domain.outbox.delivery import State
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Publication
from bot.domain.staff.people import Person, Right
from bot.services.ports import Store, UnitOfWork
from tests.contract.rows import (
    ONE,
    SAM,
    add,
    after,
    answer,
    claim,
    contribution,
    delivery,
    pace,
    read,
    round_,
    to_each,
)
from tests.samples import MONDAY, champion


class Broken(Exception):
    """Something went wrong in the middle."""


async def change_everything(work: UnitOfWork) -> None:
    """Add to every collection, and replace what the tests have put before."""
    await work.people.put(replace(champion("Sam Sample"), id=SAM, next_nudge=MONDAY))
    await work.experiences.put(Experience(SAM, ONE, MONDAY))
    await work.votes.put(Votes(ONE, 1))
    await work.deliveries.add(delivery("new"))
    await work.deliveries.put(delivery("old").settled_as(State.SENT, MONDAY))
    await work.pulses.put_round(round_())
    await work.pulses.put_answers([answer("a", 1, 1)])
    await work.pulses.publish([Publication("r", "organisation:", ())])
    await work.plans.put(Plan("team:ward", 1))
    await work.contributions.put(contribution("c"))
    await work.paces.put(pace())


async def assert_unchanged(store: Store) -> None:
    """Only what the tests have put before is there."""
    async with store.unit_of_work() as work:
        assert await work.people.get(SAM) == Person(SAM)
        assert not await work.people.holding(Right.CHAMPION)
        assert not await work.people.due(MONDAY, 1)
        assert not await work.experiences.of(SAM)
        assert not await work.votes.all()
        assert [d.key for d in await work.deliveries.open_for(SAM)] == ["old"]
        assert not await work.deliveries.unasked_since(SAM, after(-1))
        assert not await work.pulses.rounds()
        assert await work.pulses.is_silent("r")
        assert not await work.pulses.published("r")
        assert await work.plans.get("team:ward") is None
        assert not await work.contributions.submitted()
        assert await work.paces.get("t") is None


async def put_the_old(store: Store) -> None:
    """One person and one delivery."""
    async with store.unit_of_work() as work:
        await work.people.put(Person(SAM))
        await work.deliveries.add(delivery("old"))


async def test_a_unit_that_raises_leaves_nothing(store: Store) -> None:
    """Whatever was added or replaced is as before, in every answer."""
    await put_the_old(store)

    async def breaks() -> None:
        async with store.unit_of_work() as work:
            await change_everything(work)
            raise Broken

    with pytest.raises(Broken):
        await breaks()
    await assert_unchanged(store)


async def test_a_unit_that_is_cancelled_leaves_nothing(store: Store) -> None:
    """A task that ends in the middle of its block has not changed anything, and holds nobody up."""
    await put_the_old(store)
    began = asyncio.Event()

    async def never_ends() -> None:
        async with store.unit_of_work() as work:
            await change_everything(work)
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await assert_unchanged(store)


async def test_a_unit_sees_its_own_changes(store: Store) -> None:
    """What was written is read in the same block."""
    old, new = to_each(delivery("old"), delivery("new"))
    async with store.unit_of_work() as work:
        assert await work.deliveries.add(old)
        assert await work.deliveries.add(new)
        assert await work.deliveries.get("new") == new
        assert [d.key for d in await work.deliveries.claim(MONDAY, 5)] == ["new", "old"]
        assert await work.deliveries.claim(MONDAY, 5) == []


async def test_a_claim_is_undone_too(store: Store) -> None:
    """A dispatcher that fails before its block ends has claimed nothing."""
    await add(store, delivery())

    async def breaks() -> None:
        async with store.unit_of_work() as work:
            assert await work.deliveries.claim(MONDAY, 1)
            raise Broken

    with pytest.raises(Broken):
        await breaks()
    assert await claim(store, MONDAY) == ["d"]
    kept = await read(store, "d")
    assert kept is not None
    assert kept.attempts == 1


async def test_units_do_not_interleave(store: Store) -> None:
    """Ten tasks that each read, wait and add one lose nothing."""
    await add(store, delivery())

    async def attempt_once_more() -> None:
        async with store.unit_of_work() as work:
            before = await work.deliveries.get("d")
            assert before is not None
            await asyncio.sleep(0)
            await work.deliveries.put(replace(before, attempts=before.attempts + 1))

    await asyncio.gather(*(attempt_once_more() for _ in range(10)))
    kept = await read(store, "d")
    assert kept is not None
    assert kept.attempts == 10


async def test_of_two_that_plan_the_same_one_succeeds(store: Store) -> None:
    """Two tasks that add the same key at the same time get one True between them."""
    said = await asyncio.gather(*(add(store, delivery()) for _ in range(2)))
    assert sorted(said) == [[False], [True]]


async def test_an_empty_unit_is_fine(store: Store) -> None:
    """Nothing to keep is nothing to do."""
    async with store.unit_of_work():
        pass
    await store.forget()


async def test_forgetting_keeps_what_is_current(store: Store) -> None:
    """Everything can be asked for after `forget` as before, and changed."""
    await put_the_old(store)
    async with store.unit_of_work() as work:
        await change_everything(work)
    await store.forget()
    assert await read(store, "old") == delivery("old").settled_as(State.SENT, MONDAY)
    assert await claim(store, MONDAY) == ["new"]
