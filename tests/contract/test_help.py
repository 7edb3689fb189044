"""What every store promises of requests for help and of champions' profiles."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.peers.champions import Profile, Standing
from bot.domain.staff.people import PersonId
from bot.services.ports import Store, UnitOfWork
from tests.contract.rows import ALEX, SAM, after
from tests.requests import accepted, offered, request

CHAMPION = PersonId("champion")
PROFILE = Profile(CHAMPION, Standing.ACTIVE, (), ("letters",), "North site")


async def test_requests_are_found_by_everybody_in_them(store: Store) -> None:
    """As the asker or as a champion, oldest first; the last put counts."""
    first, second = request("b", SAM), replace(offered("a", ALEX, SAM), asked=after(1))
    async with store.unit_of_work() as work:
        for one in (second, first, replace(request("c", ALEX), asked=after(2))):
            await work.help_requests.put(one)
    async with store.unit_of_work() as work:
        assert await work.help_requests.of(SAM) == [first, second]
        await work.help_requests.put(second.without(SAM))
    async with store.unit_of_work() as work:
        assert await work.help_requests.of(SAM) == [first]
        assert await work.help_requests.get("a") == second.without(SAM)
        assert await work.help_requests.get("nobody's") is None


async def test_what_is_due_comes_earliest_first(store: Store) -> None:
    """Up to the limit; what has ended is never due."""
    ended = request("z", SAM).withdrawn(SAM, after(0))
    assert ended is not None
    async with store.unit_of_work() as work:
        for name, minutes in [("c", 3), ("a", 2), ("b", 1)]:
            await work.help_requests.put(replace(request(name, SAM), due=after(minutes)))
        await work.help_requests.put(ended)
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.help_requests.due(after(2), 10)] == ["b", "a"]
        assert [r.id for r in await work.help_requests.due(after(9), 1)] == ["b"]


async def test_changes_since_a_moment(store: Store) -> None:
    """At it or later, in order of the change."""
    async with store.unit_of_work() as work:
        for name, minutes in [("c", 3), ("a", 2), ("b", 1)]:
            await work.help_requests.put(replace(request(name, SAM), changed=after(minutes)))
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.help_requests.changed_since(after(2))] == ["a", "c"]


async def test_old_requests_are_forgotten(store: Store) -> None:
    """Oldest first, up to the limit; what is open stays, however old it is."""
    async with store.unit_of_work() as work:
        for name, minutes in [("a", 2), ("b", 1), ("new", 9)]:
            await work.help_requests.put(replace(request(name, SAM), changed=after(minutes), due=None))
        await work.help_requests.put(accepted("open", SAM, CHAMPION))
    async with store.unit_of_work() as work:
        assert await work.help_requests.forget(after(9), 1) == 1
    async with store.unit_of_work() as work:
        assert {r.id for r in await work.help_requests.of(SAM)} == {"a", "new", "open"}
        assert await work.help_requests.forget(after(9), 5) == 1
        await work.help_requests.remove("new")
        await work.help_requests.remove("nobody's")
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.help_requests.of(SAM)] == ["open"]


async def test_profiles_are_kept_by_person(store: Store) -> None:
    """The last put counts; a removed one is gone."""
    other = replace(PROFILE, person=ALEX)
    async with store.unit_of_work() as work:
        await work.champions.put(replace(PROFILE, standing=Standing.ASKED))
        await work.champions.put(PROFILE)
        await work.champions.put(other)
    async with store.unit_of_work() as work:
        assert await work.champions.all() == [other, PROFILE]
        await work.champions.remove(ALEX)
        await work.champions.remove(ALEX)
    async with store.unit_of_work() as work:
        assert await work.champions.get(ALEX) is None
        assert await work.champions.get(CHAMPION) == PROFILE


async def offer_if_free(work: UnitOfWork, request_id: str) -> None:
    """Offer the champion a request unless they have one."""
    await work.help_requests.held()
    if not await work.help_requests.of(CHAMPION):
        await asyncio.sleep(0)
        await work.help_requests.put(offered(request_id, SAM, CHAMPION))


@pytest.mark.parametrize("many", [8])
async def test_offers_do_not_collide(store: Store, many: int) -> None:
    """Of several at once, each sees what the champion was offered before."""

    async def one(number: int) -> None:
        async with store.unit_of_work() as work:
            await offer_if_free(work, f"r{number}")

    await asyncio.gather(*(one(number) for number in range(many)))
    async with store.unit_of_work() as work:
        assert len(await work.help_requests.of(CHAMPION)) == 1
        assert len(await work.help_requests.changed_since(after(0) - timedelta(days=1))) == 1
