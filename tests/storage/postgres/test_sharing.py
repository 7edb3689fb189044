"""Several processes on one database: nothing twice, nothing lost, and nobody waits without need."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.library.contributions import Stage
from bot.domain.outbox.delivery import ABANDONED, LEASE
from bot.domain.staff.people import Person, PersonId
from bot.services.ports import Store, UnitOfWork
from bot.storage.postgres.store import PostgresStore
from tests.contract.rows import (
    ALEX,
    ONE,
    SAM,
    add,
    after,
    claim,
    contribution,
    delivery,
    read,
    round_,
    to_each,
)
from tests.samples import MONDAY
from tests.storage.stores import commit

SOON = 0.2
"""Seconds in which something that waits for nothing is done; more are never needed for a test to pass."""


class Turn:
    """A unit of work in a task of its own that goes on until it is let go."""

    def __init__(self, store: Store) -> None:
        self.asked = asyncio.Event()
        self.may_end = asyncio.Event()
        self._store = store

    async def hold(self, person: PersonId) -> None:
        """Ask about a person, and keep the unit open."""
        async with self._store.unit_of_work() as work:
            await work.people.get(person)
            self.asked.set()
            await self.may_end.wait()


async def pause_more(store: Store, person: PersonId) -> None:
    """Read a person, wait, and write what follows from what was read: one saved prompt more."""
    async with store.unit_of_work() as work:
        before = await work.people.get(person) or Person(person)
        await asyncio.sleep(0.001)
        saved = (*before.preferences.saved, "one more")
        await work.people.put(before.choosing(replace(before.preferences, saved=saved)))


async def saved(store: Store, person: PersonId) -> int:
    """How many prompts somebody has saved."""
    async with store.unit_of_work() as work:
        found = await work.people.get(person)
        return len(found.preferences.saved) if found else 0


async def test_two_processes_never_claim_the_same(store: PostgresStore, replica: PostgresStore) -> None:
    """Many dispatchers on two stores: every delivery is claimed once, and all of them are."""
    await add(store, *to_each(*(delivery(f"{n:03}") for n in range(300))))
    taken = await asyncio.gather(*(claim(one, MONDAY, limit=7) for one in [store, replica] * 30))
    keys = [key for batch in taken for key in batch]
    while rest := await claim(store, MONDAY, limit=50):
        keys += rest
    assert sorted(keys) == [f"{n:03}" for n in range(300)]


async def test_a_claim_steps_over_what_another_is_claiming(
    store: PostgresStore, replica: PostgresStore
) -> None:
    """While the first unit is still open, and without waiting for it."""
    await add(store, *to_each(delivery("a"), delivery("b")))
    async with store.unit_of_work() as work:
        assert [d.key for d in await work.deliveries.claim(MONDAY, 1)] == ["a"]
        assert await asyncio.create_task(claim(replica, MONDAY)) == ["b"]


async def test_a_dead_processs_delivery_comes_back(store: PostgresStore, replica: PostgresStore) -> None:
    """After its lease another process gets it, marked as abandoned; before that nobody does."""
    await add(store, delivery())
    assert await claim(store, MONDAY) == ["d"]
    await store.close()
    assert await claim(replica, MONDAY + LEASE / 2) == []
    assert await claim(replica, MONDAY + LEASE) == ["d"]
    kept = await read(replica, "d")
    assert kept is not None
    assert (kept.note, kept.attempts) == (ABANDONED, 2)


@pytest.mark.parametrize("known", [True, False], ids=["somebody known", "a newcomer"])
async def test_units_about_one_person_do_not_interleave(
    store: PostgresStore, replica: PostgresStore, *, known: bool
) -> None:
    """Twenty units on two stores that each read, wait and add one lose nothing."""
    if known:
        await commit(store, SAM)
    await asyncio.gather(*(pause_more(one, SAM) for one in [store, replica] * 10))
    assert await saved(store, SAM) == 20


async def test_units_about_different_people_run_at_the_same_time(
    store: PostgresStore, replica: PostgresStore
) -> None:
    """While one is open, another about somebody else begins and ends."""
    turn = Turn(store)
    task = asyncio.create_task(turn.hold(SAM))
    await turn.asked.wait()
    await pause_more(replica, ALEX)
    turn.may_end.set()
    await task


@pytest.mark.parametrize(
    "ask",
    [
        lambda work: work.people.get(SAM),
        lambda work: work.experiences.get(SAM, ONE),
        lambda work: work.experiences.of(SAM),
        lambda work: work.deliveries.put(delivery()),
        lambda work: work.deliveries.unasked_since(SAM, MONDAY),
        lambda work: work.deliveries.open_for(SAM),
        lambda work: work.introductions.by(SAM),
    ],
    ids=["get", "experience", "experiences", "put a delivery", "unasked", "open", "introductions"],
)
async def test_whatever_is_asked_about_a_person_waits(
    store: PostgresStore, replica: PostgresStore, ask: object
) -> None:
    """Until the unit that asked first has ended."""
    await add(store, delivery())
    turn = Turn(store)
    first = asyncio.create_task(turn.hold(SAM))
    await turn.asked.wait()

    async def second() -> None:
        async with replica.unit_of_work() as work:
            assert callable(ask)
            await ask(work)

    waiting = asyncio.create_task(second())
    await asyncio.wait({waiting}, timeout=SOON)
    assert not waiting.done()
    turn.may_end.set()
    await asyncio.gather(first, waiting)


async def test_planning_steps_over_whom_another_unit_holds(
    store: PostgresStore, replica: PostgresStore
) -> None:
    """Somebody who is changing their settings is planned at the next tick, from what they chose."""
    await put_due(store, SAM, ALEX)
    turn = Turn(store)
    task = asyncio.create_task(turn.hold(SAM))
    await turn.asked.wait()
    async with replica.unit_of_work() as work:
        assert [p.id for p in await work.people.due(MONDAY, 10)] == [ALEX]
    turn.may_end.set()
    await task


async def test_two_planners_share_the_people(store: PostgresStore, replica: PostgresStore) -> None:
    """What one has, the other does not get, and need not wait for."""
    await put_due(store, SAM, ALEX)
    async with store.unit_of_work() as work:
        first = await work.people.due(MONDAY, 1)
        second = await asyncio.create_task(due(replica))
    assert sorted([*(p.id for p in first), *second]) == [ALEX, SAM]


async def test_somebody_who_is_planned_is_waited_for(store: PostgresStore, replica: PostgresStore) -> None:
    """A person who writes meanwhile is read as planning has left them."""
    await put_due(store, SAM)
    async with store.unit_of_work() as work:
        [sam] = await work.people.due(MONDAY, 1)
        reading = asyncio.create_task(next_nudge(replica, SAM))
        await asyncio.wait({reading}, timeout=SOON)
        assert not reading.done()
        await work.people.put_all([replace(sam, next_nudge=after(60))])
    assert await reading == after(60)


async def test_planning_writes_what_has_changed(store: PostgresStore) -> None:
    """The slot alone where nothing else has, everything where something has."""
    await put_due(store, SAM, ALEX)
    async with store.unit_of_work() as work:
        alex, sam = sorted(await work.people.due(MONDAY, 2), key=lambda p: p.id)
        stopped = replace(alex.choosing(replace(alex.preferences, stopped=True)), next_nudge=None)
        moved = replace(sam, next_nudge=after(60))
        await work.people.put_all([stopped, moved])
        assert [await work.people.get(p) for p in (ALEX, SAM)] == [stopped, moved]
        await work.people.put_all([alex, sam])
        assert [await work.people.get(p) for p in (ALEX, SAM)] == [alex, sam]


async def test_two_reviewers_decide_one_after_the_other(store: PostgresStore, replica: PostgresStore) -> None:
    """The second finds the first one's decision, and not what was there when both began."""
    async with store.unit_of_work() as work:
        await work.contributions.put(contribution("c"))

    async def review(one: Store) -> Stage:
        async with one.unit_of_work() as work:
            found = await work.contributions.get("c")
            assert found is not None
            await asyncio.sleep(0.01)
            await work.contributions.put(found.reviewed(Stage.APPROVED, SAM, MONDAY))
            return found.stage

    assert sorted(await asyncio.gather(review(store), review(replica))) == [Stage.APPROVED, Stage.SUBMITTED]


async def test_a_round_is_opened_once(store: PostgresStore, replica: PostgresStore) -> None:
    """Of two ticks that find no round, the second finds the first one's, and its secret stays."""

    async def open_one(one: Store, secret: bytes) -> bool:
        async with one.unit_of_work() as work:
            if await work.pulses.rounds():
                return False
            await asyncio.sleep(0.01)
            await work.pulses.put_round(round_(secret=secret))
            return True

    assert sorted(await asyncio.gather(open_one(store, b"1"), open_one(replica, b"2"))) == [False, True]


async def test_a_round_does_not_close_under_an_answer(store: PostgresStore, replica: PostgresStore) -> None:
    """Who has read an open round may still answer it; closing waits. Others read it at the same time."""
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_())

    async def close() -> None:
        async with replica.unit_of_work() as work:
            await work.pulses.put_round(round_().closed())

    async def is_open(work: UnitOfWork) -> bool:
        found = await work.pulses.get_round("r")
        return found is not None and not found.is_closed

    async def another_reads() -> bool:
        async with replica.unit_of_work() as work:
            return await is_open(work)

    async with store.unit_of_work() as work:
        assert await is_open(work)
        assert await asyncio.create_task(another_reads())
        closing = asyncio.create_task(close())
        await asyncio.wait({closing}, timeout=SOON)
        assert not closing.done()
    await closing
    assert not await another_reads()


async def test_keys_that_cross_are_no_deadlock(store: PostgresStore, replica: PostgresStore) -> None:
    """Two planners with the same people in another order: each key is added once."""
    batch = [delivery(f"{n}") for n in range(200)]

    async def plan(one: Store, order: int) -> set[str]:
        async with one.unit_of_work() as work:
            return set(await work.deliveries.add_all(batch[::order]))

    first, second = await asyncio.gather(plan(store, 1), plan(replica, -1))
    assert not first & second
    assert len(first | second) == 200


async def test_a_unit_inside_a_unit_is_refused(store: PostgresStore) -> None:
    """It might wait for itself for ever, so it raises, and the outer one goes on."""
    async with store.unit_of_work() as work:
        with pytest.raises(RuntimeError, match="open in this task"):
            await commit(store, "alex")
        await work.people.put(Person(SAM))
    assert await saved(store, SAM) == 0


async def test_a_unit_that_is_over_takes_nothing(store: PostgresStore) -> None:
    """Somebody who held on to it finds out."""
    async with store.unit_of_work() as work:
        pass
    with pytest.raises(RuntimeError, match="is over"):
        await work.people.put(Person(SAM))


async def put_due(store: Store, *people: PersonId) -> None:
    """People whose slot has come."""
    async with store.unit_of_work() as work:
        await work.people.put_all([Person(person, next_nudge=MONDAY) for person in people])


async def due(store: Store) -> list[PersonId]:
    """Whom a planner gets."""
    async with store.unit_of_work() as work:
        return [person.id for person in await work.people.due(MONDAY, 10)]


async def next_nudge(store: Store, person: PersonId) -> object:
    """Somebody's next slot."""
    async with store.unit_of_work() as work:
        found = await work.people.get(person)
        return found and found.next_nudge
