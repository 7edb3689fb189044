"""What every store promises of the outbox."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import LEASE, Backlog, Delivery, State, Total
from bot.domain.outbox.subjects import OutcomeDue, PulseDue, ReviewDue, Subject, TipDue, WelcomeDue
from bot.domain.staff.people import PersonId
from bot.services.ports import Store
from tests.contract.rows import ALEX, SAM, add, after, claim, delivery, read, to_each
from tests.samples import MONDAY

FINAL = [State.SENT, State.DROPPED, State.REFUSED, State.UNKNOWN]


async def put(store: Store, *deliveries: Delivery) -> None:
    """Add deliveries as planned, then put them as they are."""
    await add(store, *(replace(d, state=State.PLANNED, settled=None) for d in deliveries))
    async with store.unit_of_work() as work:
        for changed in deliveries:
            await work.deliveries.put(changed)


async def test_a_new_delivery_is_added(store: Store) -> None:
    """Adding says True, and the delivery is there."""
    assert await add(store, delivery()) == [True]
    assert await read(store, "d") == delivery()


async def test_a_known_key_changes_nothing(store: Store) -> None:
    """Adding again says False, in the same unit of work and in a later one, whatever else is different."""
    assert await add(store, delivery(), delivery(person=ALEX)) == [True, False]
    assert await add(store, delivery(due=after(60))) == [False]
    assert await read(store, "d") == delivery()


async def test_a_settled_key_stays_known(store: Store) -> None:
    """What was sent is not planned again."""
    await put(store, delivery().settled_as(State.SENT, MONDAY))
    assert await add(store, delivery()) == [False]


async def test_an_unknown_key_is_none(store: Store) -> None:
    """A key that was never added gives None."""
    assert await read(store, "d") is None


async def test_an_unknown_delivery_cannot_be_put(store: Store) -> None:
    """Putting replaces what is known; anything else is a mistake, and nothing is kept."""
    with pytest.raises(KeyError):
        async with store.unit_of_work() as work:
            await work.deliveries.put(delivery())
    assert await read(store, "d") is None


@pytest.mark.parametrize(
    "subject",
    [WelcomeDue(), TipDue(PromptId("p"), "why"), PulseDue("r"), ReviewDue("c"), OutcomeDue("c")],
    ids=lambda subject: type(subject).__name__,
)
async def test_every_subject_comes_back(store: Store, subject: Subject) -> None:
    """What a delivery is about keeps its type, also where two types have the same fields."""
    await add(store, delivery(subject=subject))
    kept = await read(store, "d")
    assert kept is not None
    assert kept.subject == subject


async def test_claiming_takes_a_lease(store: Store) -> None:
    """What is claimed is kept as claimed, with one attempt more."""
    await add(store, delivery())
    assert await claim(store, MONDAY) == ["d"]
    assert await read(store, "d") == delivery().claimed(MONDAY)


async def test_nothing_is_claimed_under_a_lease(store: Store) -> None:
    """A claimed delivery is one dispatcher's own until just before the lease ends."""
    await add(store, delivery())
    await claim(store, MONDAY)
    assert await claim(store, MONDAY + LEASE - timedelta(microseconds=1)) == []


async def test_a_lease_ends(store: Store) -> None:
    """A delivery whose dispatcher never came back is claimed again, as the second attempt."""
    await add(store, delivery())
    await claim(store, MONDAY)
    assert await claim(store, MONDAY + LEASE) == ["d"]
    kept = await read(store, "d")
    assert kept is not None
    assert kept.attempts == 2


async def test_claims_come_earliest_first(store: Store) -> None:
    """By due time, then by key; what is not due yet stays."""
    later, now, old = delivery("later", due=after(0.01)), delivery("now"), delivery("old", due=after(-9))
    b, a = delivery("b", due=after(-5)), delivery("a", due=after(-5))
    await add(store, *to_each(later, now, old, b, a))
    assert await claim(store, MONDAY) == ["old", "a", "b", "now"]


async def test_claims_are_limited(store: Store) -> None:
    """No more than the limit; the next claim takes the next ones."""
    await add(store, *to_each(*(delivery(str(n), due=after(n - 9)) for n in range(5))))
    assert await claim(store, MONDAY, limit=2) == ["0", "1"]
    assert await claim(store, MONDAY, limit=2) == ["2", "3"]


async def test_leased_ones_do_not_use_up_the_limit(store: Store) -> None:
    """The limit counts what is taken, not what is looked at."""
    await add(store, delivery("leased", due=after(-5)))
    await claim(store, MONDAY)
    await add(store, delivery("free", person=ALEX))
    assert await claim(store, MONDAY, limit=1) == ["free"]


@pytest.mark.parametrize("state", FINAL)
async def test_settled_ones_are_never_claimed(store: Store, state: State) -> None:
    """A final state is final, however long ago it was due."""
    await put(store, delivery().settled_as(state, MONDAY))
    assert await claim(store, after(10_000)) == []


async def test_one_put_off_is_claimed_later(store: Store) -> None:
    """A delivery that is to be tried again waits for its new time."""
    await put(store, delivery().claimed(MONDAY).put_off(after(5)))
    assert await claim(store, after(4)) == []
    assert await claim(store, after(5)) == ["d"]


async def test_two_dispatchers_never_share(store: Store) -> None:
    """Claims made at the same time are disjoint, and together complete."""
    await add(store, *to_each(*(delivery(f"{n:02}") for n in range(20))))
    taken = await asyncio.gather(*(claim(store, MONDAY, limit=6) for _ in range(4)))
    assert sorted(key for keys in taken for key in keys) == [f"{n:02}" for n in range(20)]


async def test_a_claim_has_one_of_each_person(store: Store) -> None:
    """Each person's earliest, by due time and then by key; the rest does not use up the limit."""
    await add(store, delivery("later"), delivery("b", due=after(-5)), delivery("a", due=after(-5)))
    await add(store, delivery("alex's", person=ALEX))
    assert await claim(store, MONDAY, limit=2) == ["a", "alex's"]


async def test_nobody_with_one_in_flight_is_claimed_for(store: Store) -> None:
    """While one is under a lease the person's others wait, also those that were due earlier or came later."""
    await add(store, delivery("first"))
    await claim(store, MONDAY)
    await add(store, delivery("earlier", due=after(-5)), delivery("alex's", person=ALEX))
    assert await claim(store, MONDAY) == ["alex's"]
    assert await claim(store, MONDAY + LEASE - timedelta(microseconds=1)) == []


@pytest.mark.parametrize("state", FINAL)
async def test_the_next_is_free_once_the_one_in_flight_is_settled(store: Store, state: State) -> None:
    """What became of the first is known, so the cap can see it."""
    await add(store, delivery("first"), delivery("next"))
    async with store.unit_of_work() as work:
        (first,) = await work.deliveries.claim(MONDAY, 1)
    async with store.unit_of_work() as work:
        await work.deliveries.put(first.settled_as(state, after(0.5)))
    assert await claim(store, after(0.5)) == ["next"]


async def test_one_whose_lease_ran_out_is_taken_up_alone(store: Store) -> None:
    """What became of it decides about the person's others, so they wait for it again."""
    await add(store, delivery("first"), delivery("next"))
    await claim(store, MONDAY)
    assert await claim(store, MONDAY + LEASE) == ["first"]
    assert await claim(store, MONDAY + LEASE) == []


async def test_two_dispatchers_never_have_the_same_person(store: Store) -> None:
    """Of claims made at the same time one gets each person, and one of that person's deliveries."""
    rows = [delivery(f"{who} {n}", person=who) for who in (SAM, ALEX) for n in range(3)]
    await add(store, *rows)
    taken = await asyncio.gather(*(claim(store, MONDAY) for _ in range(4)))
    assert sorted(key for keys in taken for key in keys) == ["alex 0", "sam 0"]


async def test_several_are_replaced_at_once(store: Store) -> None:
    """Each is kept as it was put, and is found as such."""
    await add(store, delivery("one"), delivery("other"))
    sent, put_off = delivery("one").settled_as(State.SENT, MONDAY), delivery("other").put_off(after(5), "503")
    async with store.unit_of_work() as work:
        await work.deliveries.put_all([sent, put_off])
    assert (await read(store, "one"), await read(store, "other")) == (sent, put_off)
    assert await claim(store, MONDAY) == []


async def test_putting_none_changes_nothing(store: Store) -> None:
    """A batch of which nothing is left is no mistake."""
    async with store.unit_of_work() as work:
        await work.deliveries.put_all([])
    assert await claim(store, MONDAY) == []


async def test_of_several_an_unknown_one_is_left_out(store: Store) -> None:
    """Its person was erased while it was on its way; the others are kept, and it does not come back."""
    await add(store, delivery("one"))
    sent = delivery("one").settled_as(State.SENT, MONDAY)
    async with store.unit_of_work() as work:
        await work.deliveries.put_all([sent, delivery("taken away")])
    assert (await read(store, "one"), await read(store, "taken away")) == (sent, None)


async def test_unasked_ones_are_those_that_arrived(store: Store) -> None:
    """Sent or unknown, unasked, this person's, at or after the moment; in the order of settling."""
    await put(
        store,
        delivery("too early").settled_as(State.SENT, after(-0.01)),
        delivery("third").settled_as(State.SENT, after(30)),
        delivery("first").settled_as(State.SENT, MONDAY),
        delivery("second").settled_as(State.UNKNOWN, after(10)),
        delivery("dropped").settled_as(State.DROPPED, after(10)),
        delivery("refused").settled_as(State.REFUSED, after(10)),
        delivery("planned"),
        delivery("asked for", unasked=False).settled_as(State.SENT, after(10)),
        delivery("another's", person=ALEX).settled_as(State.SENT, after(10)),
    )
    async with store.unit_of_work() as work:
        assert await work.deliveries.unasked_since(SAM, MONDAY) == [MONDAY, after(10), after(30)]


async def test_unasked_ones_of_several_people(store: Store) -> None:
    """Each person's as if asked for alone; nobody without any, and nobody who was not asked about."""
    quiet, other = PersonId("quiet"), PersonId("other")
    await put(
        store,
        delivery("second").settled_as(State.UNKNOWN, after(10)),
        delivery("first").settled_as(State.SENT, MONDAY),
        delivery("too early", person=ALEX).settled_as(State.SENT, after(-0.01)),
        delivery("alex's", person=ALEX).settled_as(State.SENT, after(5)),
        delivery("planned", person=quiet),
        delivery("another's", person=other).settled_as(State.SENT, after(5)),
    )
    async with store.unit_of_work() as work:
        found = await work.deliveries.unasked_since_each([ALEX, quiet, SAM], MONDAY)
        assert {person: list(moments) for person, moments in found.items()} == {
            SAM: [MONDAY, after(10)],
            ALEX: [after(5)],
        }
        assert await work.deliveries.unasked_since_each([], MONDAY) == {}


async def test_open_ones_may_still_be_sent(store: Store) -> None:
    """Planned or claimed, this person's, earliest due first."""
    await put(
        store,
        delivery("later", due=after(60)),
        delivery("claimed", due=after(-5)).claimed(MONDAY),
        delivery("sent").settled_as(State.SENT, MONDAY),
        delivery("another's", person=ALEX),
    )
    async with store.unit_of_work() as work:
        assert [d.key for d in await work.deliveries.open_for(SAM)] == ["claimed", "later"]


async def test_the_backlog_is_what_is_due_and_not_settled(store: Store) -> None:
    """Claimed or not; what is due later and what is settled do not count."""
    await put(
        store,
        delivery("old", due=after(-9)).claimed(MONDAY),
        delivery("now", person=ALEX),
        delivery("later", due=after(0.01)),
        delivery("sent", due=after(-99)).settled_as(State.SENT, MONDAY),
    )
    async with store.unit_of_work() as work:
        assert await work.deliveries.backlog(MONDAY) == Backlog(2, after(-9))
        assert await work.deliveries.backlog(after(1)) == Backlog(3, after(-9))


async def test_nothing_due_is_no_backlog(store: Store) -> None:
    """Nothing waits, so nothing is old."""
    await add(store, delivery(due=after(1)))
    async with store.unit_of_work() as work:
        assert await work.deliveries.backlog(MONDAY) == Backlog(0, None)


async def test_what_is_in_flight_can_be_listed(store: Store) -> None:
    """Claimed ones, whether their leases have run out or not, earliest due first; nothing else."""
    await put(
        store,
        delivery("late", due=after(-1), person=PersonId("a")),
        delivery("early", due=after(-2), person=PersonId("b")),
    )
    await put(store, delivery("later", due=after(9), person=PersonId("c")))
    async with store.unit_of_work() as work:
        await work.deliveries.claim(MONDAY, 5)
    async with store.unit_of_work() as work:
        assert [d.key for d in await work.deliveries.in_flight()] == ["early", "late"]


async def test_the_next_that_may_be_claimed(store: Store) -> None:
    """When it is due, or when its lease ends; settled ones do not count; nothing open is None."""
    async with store.unit_of_work() as work:
        assert await work.deliveries.next_claimable() is None
    late, later = to_each(delivery("late", due=after(10)), delivery("later", due=after(20)))
    await add(store, late, later)
    assert await claim(store, after(10)) == ["late"]
    async with store.unit_of_work() as work:
        assert await work.deliveries.next_claimable() == after(10) + LEASE
    await put(store, late.settled_as(State.SENT, MONDAY))
    async with store.unit_of_work() as work:
        assert await work.deliveries.next_claimable() == after(20)


async def test_totals_by_state(store: Store) -> None:
    """How many there are in each state, and the tries after the first."""
    async with store.unit_of_work() as work:
        assert dict(await work.deliveries.totals()) == {}
    one, two, three = to_each(delivery("one"), delivery("two"), delivery("three"))
    await put(store, one, replace(two, attempts=3, state=State.SENT, settled=MONDAY))
    await put(store, replace(three, attempts=1, state=State.SENT, settled=MONDAY))
    async with store.unit_of_work() as work:
        totals = dict(await work.deliveries.totals())
    assert totals == {State.PLANNED: Total(1, 0), State.SENT: Total(2, 2)}
