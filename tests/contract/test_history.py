"""What every store promises of history that is old enough to go."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.library.experiences import Experience, Outcome
from bot.domain.outbox.delivery import Delivery, DeliveryCount, State
from bot.domain.outbox.subjects import PulseDue
from bot.domain.staff.people import PersonId
from bot.services.ports import Store
from tests.contract.rows import ALEX, ONE, SAM, TWO, add, after, delivery, read
from tests.samples import MONDAY

TODAY = date(2026, 11, 23)


async def settled(store: Store, *deliveries: Delivery) -> None:
    """Add deliveries and put them as they are."""
    await add(store, *(replace(d, state=State.PLANNED, settled=None) for d in deliveries))
    async with store.unit_of_work() as work:
        await work.deliveries.put_all(deliveries)


def sent(key: str, at: datetime = MONDAY, state: State = State.SENT, person: PersonId = SAM) -> Delivery:
    """A delivery that reached a final state."""
    return delivery(key, person=person).settled_as(state, at)


async def roll_up(store: Store, before: datetime, limit: int = 10) -> int:
    """Roll up in a unit of work of its own."""
    async with store.unit_of_work() as work:
        return await work.deliveries.roll_up(before, limit)


async def counts(store: Store) -> list[DeliveryCount]:
    """All counts."""
    async with store.unit_of_work() as work:
        return list(await work.deliveries.rolled_up())


async def test_what_is_rolled_up_is_a_number(store: Store) -> None:
    """The delivery is gone, and counted under its day, kind and state."""
    await settled(store, sent("a"), sent("b", person=ALEX), sent("c", state=State.DROPPED))
    assert await roll_up(store, after(1)) == 3
    assert [await read(store, key) for key in "abc"] == [None] * 3
    assert await counts(store) == [
        DeliveryCount(TODAY, "tip", State.DROPPED, 1),
        DeliveryCount(TODAY, "tip", State.SENT, 2),
    ]


async def test_counts_grow(store: Store) -> None:
    """What is rolled up later is added to what was counted."""
    await settled(store, sent("a"), sent("b", after(1)))
    await roll_up(store, after(0.5))
    await roll_up(store, after(9))
    assert await counts(store) == [DeliveryCount(TODAY, "tip", State.SENT, 2)]


async def test_each_day_and_kind_has_its_counts(store: Store) -> None:
    """Days are those of UTC; the list is in order."""
    asked = replace(sent("pulse"), subject=PulseDue("r"))
    await settled(
        store, asked, sent("late", MONDAY.replace(hour=23, minute=59)), sent("next", after(24 * 60))
    )
    await roll_up(store, after(9999))
    assert await counts(store) == [
        DeliveryCount(TODAY, "pulse", State.SENT, 1),
        DeliveryCount(TODAY, "tip", State.SENT, 1),
        DeliveryCount(TODAY + timedelta(days=1), "tip", State.SENT, 1),
    ]


async def test_what_is_not_old_or_not_settled_stays(store: Store) -> None:
    """Settled at the moment itself, planned and claimed ones, however long ago they were due."""
    planned = delivery("planned", due=after(-9999))
    await settled(store, sent("new"), planned, delivery("claimed", person=ALEX).claimed(after(-9999)))
    assert await roll_up(store, MONDAY) == 0
    assert None not in [await read(store, key) for key in ("new", "planned", "claimed")]
    assert await counts(store) == []


async def test_the_oldest_are_rolled_up_first(store: Store) -> None:
    """No more than the limit at a time."""
    await settled(store, *(sent(str(n), after(-n)) for n in range(5)))
    assert await roll_up(store, after(1), limit=3) == 3
    assert [await read(store, str(n)) is None for n in range(5)] == [False, False, True, True, True]


async def test_what_was_rolled_up_reached_nobody_any_more(store: Store) -> None:
    """It is in no answer about the person either."""
    await settled(store, sent("old"), sent("new", after(5)))
    await roll_up(store, after(1))
    async with store.unit_of_work() as work:
        assert await work.deliveries.unasked_since(SAM, after(-99)) == [after(5)]
        assert await work.deliveries.open_for(SAM) == []


async def test_a_unit_that_raises_rolls_nothing_up(store: Store) -> None:
    """The deliveries are there again, and no count is."""
    await settled(store, sent("a"))

    async def raises() -> None:
        async with store.unit_of_work() as work:
            assert await work.deliveries.roll_up(after(1), 10) == 1
            raise LookupError

    with pytest.raises(LookupError):
        await raises()
    assert await read(store, "a") == sent("a")
    assert await counts(store) == []


async def test_two_that_roll_up_count_once(store: Store) -> None:
    """Together they take all, and each delivery is in the counts once."""
    await settled(store, *(sent(f"{n:02}", person=PersonId(str(n))) for n in range(40)))
    taken = await asyncio.gather(*(roll_up(store, after(1), limit=10) for _ in range(4)))
    taken.append(await roll_up(store, after(1), limit=40))
    assert sum(taken) == 40
    assert await counts(store) == [DeliveryCount(TODAY, "tip", State.SENT, 40)]


async def test_old_experiences_are_forgotten(store: Store) -> None:
    """Those last shown before the moment, oldest first and up to the limit, whatever came of them."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, after(-2), Outcome.WORKED))
        await work.experiences.put(Experience(ALEX, ONE, after(-1)))
        await work.experiences.put(Experience(SAM, TWO, MONDAY))
    async with store.unit_of_work() as work:
        assert await work.experiences.forget(MONDAY, 1) == 1
        assert await work.experiences.get(SAM, ONE) is None
        assert await work.experiences.get(ALEX, ONE) is not None
    async with store.unit_of_work() as work:
        assert await work.experiences.forget(MONDAY, 10) == 1
        assert await work.experiences.forget(MONDAY, 10) == 0
        assert await work.experiences.of(SAM) == [Experience(SAM, TWO, MONDAY)]
        assert not await work.experiences.of(ALEX)


async def test_one_shown_again_is_not_old(store: Store) -> None:
    """What counts is when it was last shown."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, after(-2)))
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, after(2)))
    async with store.unit_of_work() as work:
        assert await work.experiences.forget(MONDAY, 10) == 0
