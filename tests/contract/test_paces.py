"""What every store promises of paces: one a tenant, and nobody reserves on an old one."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.outbox.pacing import Pace, reserve
from bot.services.ports import Store
from tests.contract.rows import after, pace
from tests.samples import MONDAY


class Broken(Exception):
    """Something went wrong in the middle."""


async def put(store: Store, *paces: Pace) -> None:
    """Put paces in one unit of work."""
    async with store.unit_of_work() as work:
        for one in paces:
            await work.paces.put(one)


async def get(store: Store, tenant: str = "t") -> Pace | None:
    """A tenant's pace, in a unit of work of its own."""
    async with store.unit_of_work() as work:
        return await work.paces.get(tenant)


async def test_a_tenant_without_a_pace_is_none(store: Store) -> None:
    """Nothing was sent to them yet."""
    assert await get(store) is None


async def test_a_pace_is_one_tenants(store: Store) -> None:
    """Each tenant has their own, and it comes back as put, to the microsecond."""
    ours = pace(next_free=MONDAY + timedelta(microseconds=1), halted_until=after(5))
    await put(store, ours, pace("other"))
    assert (await get(store), await get(store, "other")) == (ours, pace("other"))


async def test_a_pace_is_replaced_whole(store: Store) -> None:
    """The last put counts, also where it stands earlier."""
    await put(store, pace(next_free=after(5), halted_until=after(9)))
    await put(store, pace())
    assert await get(store) == pace()


async def test_a_unit_sees_its_own_pace(store: Store) -> None:
    """What was put is read in the same block."""
    async with store.unit_of_work() as work:
        await work.paces.put(pace())
        assert await work.paces.get("t") == pace()


async def test_a_unit_that_raises_reserves_nothing(store: Store) -> None:
    """The row stands where it stood, and times that nobody will use are free."""
    await put(store, pace())

    async def breaks() -> None:
        async with store.unit_of_work() as work:
            await work.paces.put(pace(next_free=after(5)))
            raise Broken

    with pytest.raises(Broken):
        await breaks()
    assert await get(store) == pace()


async def test_no_time_is_reserved_twice(store: Store) -> None:
    """Ten dispatchers that read the pace, wait and reserve one place each get ten different times."""
    await put(store, pace())

    async def one_place() -> timedelta:
        async with store.unit_of_work() as work:
            before = await work.paces.get("t")
            assert before is not None
            await asyncio.sleep(0)
            reserved, times = reserve(before, 1, 50, MONDAY)
            await work.paces.put(reserved)
        return times.at(0) - MONDAY

    waits = await asyncio.gather(*(one_place() for _ in range(10)))
    assert sorted(waits) == [timedelta(microseconds=20_360) * place for place in range(10)]
