"""What every store promises of votes: totals of each prompt, of which none is lost."""

import asyncio

from bot.domain.library.experiences import Outcome, Votes
from bot.services.ports import Store
from tests.contract.rows import ONE, TWO


async def test_a_prompt_without_votes_has_none(store: Store) -> None:
    """Zeros, and it is not among those that have any."""
    async with store.unit_of_work() as work:
        assert await work.votes.get(ONE) == Votes(ONE)
        assert await work.votes.all() == {}


async def test_totals_are_one_prompts(store: Store) -> None:
    """Each has its own; the last put counts."""
    async with store.unit_of_work() as work:
        await work.votes.put(Votes(ONE, 9, 9, 9))
    async with store.unit_of_work() as work:
        await work.votes.put(Votes(ONE, 1, 2, 3))
        await work.votes.put(Votes(TWO, 4))
        assert await work.votes.get(ONE) == Votes(ONE, 1, 2, 3)
    async with store.unit_of_work() as work:
        assert await work.votes.all() == {ONE: Votes(ONE, 1, 2, 3), TWO: Votes(TWO, 4)}


async def test_no_vote_is_lost(store: Store) -> None:
    """Ten people who vote on one prompt at the same time are ten votes."""

    async def vote() -> None:
        async with store.unit_of_work() as work:
            before = await work.votes.get(ONE)
            await asyncio.sleep(0)
            await work.votes.put(before.changed(None, Outcome.WORKED))

    await asyncio.gather(*(vote() for _ in range(10)))
    async with store.unit_of_work() as work:
        assert (await work.votes.get(ONE)).worked == 10
