"""What every store promises of people who leave or are erased: all that is theirs is found, and can go."""

from dataclasses import replace

from bot.domain.library.contributions import Stage
from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import State
from bot.domain.peers.champions import Introduction
from bot.domain.staff.people import Person, PersonId
from bot.services.ports import Store
from tests.contract.rows import ALEX, ONE, SAM, TWO, add, after, answer, contribution, delivery, read, round_
from tests.samples import MONDAY, staff

KIM = PersonId("kim")


async def test_who_left_before_a_moment(store: Store) -> None:
    """Longest ago first, up to the limit; whoever is with us is not among them."""
    async with store.unit_of_work() as work:
        for name, minutes in [("c", 3), ("a", 2), ("b", 1)]:
            await work.people.put(Person(PersonId(name), uninstalled=after(minutes)))
        await work.people.put(Person(SAM))
    async with store.unit_of_work() as work:
        assert [p.id for p in await work.people.uninstalled_before(after(3), 10)] == ["b", "a"]
        assert [p.id for p in await work.people.uninstalled_before(after(9), 1)] == ["b"]
    async with store.unit_of_work() as work:
        await work.people.put(Person(PersonId("b")))
        assert [p.id for p in await work.people.uninstalled_before(after(3), 10)] == ["a"]


async def test_who_is_on_the_staff_list(store: Store) -> None:
    """In order of ids, page after page; whoever is not on it is not among them."""
    async with store.unit_of_work() as work:
        for name in ("c", "a", "b"):
            await work.people.put(staff(name))
        await work.people.put(Person(PersonId("aa")))
    async with store.unit_of_work() as work:
        assert await work.people.listed("", 2) == ["a", "b"]
        assert await work.people.listed("b", 2) == ["c"]
        assert await work.people.listed("c", 2) == []


async def test_a_person_is_taken_away(store: Store) -> None:
    """From every list; a second time, and somebody unknown, change nothing."""
    async with store.unit_of_work() as work:
        await work.people.put(Person(SAM, next_nudge=MONDAY, uninstalled=MONDAY))
        await work.people.put(Person(ALEX))
    for _ in range(2):
        async with store.unit_of_work() as work:
            await work.people.remove(SAM)
            assert await work.people.get(SAM) is None
            assert list(await work.people.get_all([SAM, ALEX])) == [ALEX]
            assert await work.people.due(MONDAY, 10) == []
            assert await work.people.uninstalled_before(after(1), 10) == []


async def test_taken_away_and_put_again_is_there(store: Store) -> None:
    """Whoever comes back in the same unit of work, or a later one, is as new as they are put."""
    async with store.unit_of_work() as work:
        await work.people.put(Person(SAM, uninstalled=MONDAY))
    async with store.unit_of_work() as work:
        await work.people.remove(SAM)
        await work.people.put(Person(SAM))
    async with store.unit_of_work() as work:
        assert await work.people.get(SAM) == Person(SAM)


async def test_all_deliveries_of_somebody(store: Store) -> None:
    """Open, under way and settled ones, by when they were due; then none, and others' stay."""
    sent = delivery("sent", due=after(1)).settled_as(State.SENT, after(2))
    others = delivery("other", person=ALEX)
    await add(
        store, delivery("open", due=after(3)), delivery("sent", due=after(1)), delivery("first"), others
    )
    async with store.unit_of_work() as work:
        await work.deliveries.put(sent)
    async with store.unit_of_work() as work:
        assert [d.key for d in await work.deliveries.of(SAM)] == ["first", "sent", "open"]
        assert sent in await work.deliveries.of(SAM)
    async with store.unit_of_work() as work:
        await work.deliveries.remove_of(SAM)
        assert await work.deliveries.of(SAM) == []
    assert [await read(store, key) for key in ("open", "sent", "first")] == [None, None, None]
    assert await read(store, "other") == others
    async with store.unit_of_work() as work:
        assert await work.deliveries.unasked_since(SAM, after(-9)) == []
        assert await work.deliveries.rolled_up() == []


async def test_a_key_that_was_taken_away_can_be_added(store: Store) -> None:
    """It is not known any more."""
    await add(store, delivery())
    async with store.unit_of_work() as work:
        await work.deliveries.remove_of(SAM)
    assert await add(store, delivery()) == [True]


async def test_all_experiences_of_somebody_go(store: Store) -> None:
    """Nobody else's do."""
    async with store.unit_of_work() as work:
        for person, prompt in [(SAM, ONE), (SAM, TWO), (ALEX, ONE)]:
            await work.experiences.put(Experience(person, prompt, MONDAY))
    async with store.unit_of_work() as work:
        await work.experiences.remove_of(SAM)
    async with store.unit_of_work() as work:
        assert await work.experiences.of(SAM) == []
        assert len(await work.experiences.of(ALEX)) == 1


async def test_introductions_on_both_sides(store: Store) -> None:
    """As the one who asked and as the champion; then neither, and other people's stay."""
    asked, helped = Introduction(SAM, ALEX, after(2)), Introduction(KIM, SAM, after(1))
    other = Introduction(KIM, ALEX, after(3))
    async with store.unit_of_work() as work:
        for one in (asked, helped, other):
            await work.introductions.put(one)
    async with store.unit_of_work() as work:
        assert await work.introductions.of(SAM) == [helped, asked]
        await work.introductions.remove_of(SAM)
        assert await work.introductions.of(SAM) == []
    async with store.unit_of_work() as work:
        assert (await work.introductions.by(SAM), await work.introductions.by(KIM)) == ([], [other])


async def test_old_introductions_go(store: Store) -> None:
    """Those from before the moment, oldest first and up to the limit."""
    async with store.unit_of_work() as work:
        for minutes in range(3):
            await work.introductions.put(Introduction(SAM, ALEX, after(minutes)))
    async with store.unit_of_work() as work:
        assert await work.introductions.forget(after(2), 1) == 1
        assert await work.introductions.forget(after(2), 5) == 1
        assert await work.introductions.by(SAM) == [Introduction(SAM, ALEX, after(2))]


async def test_what_somebody_shared_or_reviewed(store: Store) -> None:
    """Oldest first; one that was unlinked is not theirs any more, and one that was taken away is gone."""
    theirs = replace(contribution("theirs", submitted=after(1)), author=ALEX)
    reviewed = theirs.reviewed(Stage.APPROVED, SAM, after(5))
    async with store.unit_of_work() as work:
        for row in (
            contribution("mine", submitted=after(2)),
            reviewed,
            replace(reviewed, id="o", reviewer=KIM),
        ):
            await work.contributions.put(row)
    async with store.unit_of_work() as work:
        assert [c.id for c in await work.contributions.of(SAM)] == ["theirs", "mine"]
        await work.contributions.put(replace(reviewed, reviewer=None, author=None))
        await work.contributions.remove("mine")
        await work.contributions.remove("nobody's")
    async with store.unit_of_work() as work:
        assert await work.contributions.of(SAM) == []
        assert await work.contributions.get("mine") is None
        assert await work.contributions.get("theirs") == replace(reviewed, reviewer=None, author=None)
        assert [c.id for c in await work.contributions.of(ALEX)] == ["o"]


async def test_one_answer_goes(store: Store) -> None:
    """The voices' own; one that is not there changes nothing."""
    async with store.unit_of_work() as work:
        await work.pulses.put_round(round_())
        await work.pulses.put_answers([answer(voice, 2, 2) for voice in ("a", "b")])
    async with store.unit_of_work() as work:
        await work.pulses.remove_answers("r", ["a", "nobody's"])
    async with store.unit_of_work() as work:
        assert await work.pulses.answered("r", ["a", "b"]) == {"b"}
    await store.erase()
