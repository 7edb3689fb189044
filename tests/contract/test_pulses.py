"""What every store promises of rounds and answers."""

from dataclasses import replace

from bot.domain.anonymity.summaries import Tally
from bot.domain.people import GroupId
from bot.domain.pulses import Answer, Round
from bot.services.ports import Store
from tests.contract.rows import after, answer, round_

WARD = GroupId("ward")


async def put(store: Store, *rows: Round | Answer) -> None:
    """Put rounds and answers in one unit of work."""
    async with store.unit_of_work() as work:
        for row in rows:
            if isinstance(row, Round):
                await work.pulses.put_round(row)
            else:
                await work.pulses.put_answer(row)


async def tally(
    store: Store, round_id: str = "r", group: GroupId = WARD
) -> tuple[dict[int, int], dict[int, int]]:
    """The counts of confidence and of workload, without values that nobody chose."""
    async with store.unit_of_work() as work:
        counts: Tally = await work.pulses.tally(round_id, group)
    return (
        {value: number for value, number in counts.confidence.items() if number},
        {value: number for value, number in counts.workload.items() if number},
    )


async def test_a_round_comes_back_with_its_secret(store: Store) -> None:
    """Any bytes survive; an unknown round is None."""
    secret = bytes(range(256))
    await put(store, round_(secret=secret))
    async with store.unit_of_work() as work:
        assert await work.pulses.get_round("r") == round_(secret=secret)
        assert await work.pulses.get_round("another") is None


async def test_a_closed_round_has_no_secret(store: Store) -> None:
    """Closing replaces the round; forgetting changes nothing that can be asked for."""
    await put(store, round_(), answer("a", 1, 5))
    await put(store, round_().closed())
    await store.forget()
    async with store.unit_of_work() as work:
        assert await work.pulses.get_round("r") == replace(round_(), secret=None)
    assert await tally(store) == ({1: 1}, {5: 1})


async def test_rounds_come_by_opening(store: Store) -> None:
    """The newest is last, whatever it is called."""
    await put(store, round_("b", opens=after(5)), round_("c", opens=after(-5)), round_("a", opens=after(9)))
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.pulses.rounds()] == ["c", "b", "a"]


async def test_a_tally_counts_one_group_of_one_round(store: Store) -> None:
    """Other groups and other rounds do not count."""
    await put(store, answer("a", 1, 5), answer("b", 1, 4), answer("c", 3, 4))
    await put(store, answer("d", 2, 2, group="clinic"), answer("a", 2, 2, of="another"))
    assert await tally(store) == ({1: 2, 3: 1}, {4: 2, 5: 1})


async def test_a_tally_of_nothing_is_empty(store: Store) -> None:
    """A group without answers has no counts."""
    assert await tally(store) == ({}, {})


async def test_a_second_answer_replaces_the_first(store: Store) -> None:
    """One voice counts once a round, with what it said last."""
    await put(store, answer("a", 1, 1))
    await put(store, answer("a", 5, 4))
    assert await tally(store) == ({5: 1}, {4: 1})


async def test_a_voice_that_moved_counts_in_its_new_group_only(store: Store) -> None:
    """A second answer from another team replaces the first one there."""
    await put(store, answer("a", 1, 1, group="clinic"))
    await put(store, answer("a", 5, 4))
    assert await tally(store, group=GroupId("clinic")) == ({}, {})
    assert await tally(store) == ({5: 1}, {4: 1})


async def test_voices_and_rounds_are_not_mixed_up(store: Store) -> None:
    """No round and voice make the key of another round and voice."""
    await put(store, answer("b/c", 1, 1, of="a"), answer("c", 2, 2, of="a/b"), answer("c", 3, 3, of="a%2Fb"))
    assert await tally(store, "a") == ({1: 1}, {1: 1})
    assert await tally(store, "a/b") == ({2: 1}, {2: 1})
    assert await tally(store, "a%2Fb") == ({3: 1}, {3: 1})
