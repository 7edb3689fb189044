"""What every store promises of experiences, introductions and contributions."""

from dataclasses import replace

from bot.domain.library.contributions import Stage
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.peers.champions import Introduction
from bot.domain.staff.people import PersonId
from bot.services.ports import Store
from tests.contract.rows import ALEX, ONE, SAM, TWO, after, contribution
from tests.samples import MONDAY


async def test_an_experience_is_one_person_and_prompt(store: Store) -> None:
    """The last put counts; other people and prompts are others."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, MONDAY))
        await work.experiences.put(Experience(SAM, ONE, after(1), Outcome.WORKED))
        await work.experiences.put(Experience(ALEX, TWO, MONDAY))
    async with store.unit_of_work() as work:
        assert await work.experiences.get(SAM, ONE) == Experience(SAM, ONE, after(1), Outcome.WORKED)
        assert await work.experiences.get(SAM, TWO) is None
        assert await work.experiences.get(ALEX, ONE) is None


async def test_experiences_come_by_when_shown(store: Store) -> None:
    """All of one person's and nobody else's."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, after(5)))
        await work.experiences.put(Experience(SAM, TWO, MONDAY))
        await work.experiences.put(Experience(ALEX, ONE, MONDAY))
    async with store.unit_of_work() as work:
        assert [e.prompt for e in await work.experiences.of(SAM)] == [TWO, ONE]


async def test_what_was_shown_again_keeps_its_outcome(store: Store) -> None:
    """Only the moment is new; what was never shown before is there without an outcome."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, MONDAY, Outcome.WORKED))
    async with store.unit_of_work() as work:
        await work.experiences.mark_shown([Experience(SAM, ONE, after(5)), Experience(SAM, TWO, after(6))])
        await work.experiences.mark_shown([])
    async with store.unit_of_work() as work:
        assert await work.experiences.of(SAM) == [
            Experience(SAM, ONE, after(5), Outcome.WORKED),
            Experience(SAM, TWO, after(6)),
        ]


async def test_what_never_arrived_counts_as_not_shown(store: Store) -> None:
    """It is gone; what somebody rated or opened since stays, and so does everybody else's."""
    async with store.unit_of_work() as work:
        await work.experiences.put(Experience(SAM, ONE, MONDAY))
        await work.experiences.put(Experience(SAM, TWO, MONDAY, Outcome.WORKED))
        await work.experiences.put(Experience(ALEX, ONE, MONDAY))
        await work.experiences.put(Experience(PersonId("opened"), ONE, after(1)))
    async with store.unit_of_work() as work:
        marks = [(SAM, ONE), (SAM, TWO), (ALEX, TWO), (PersonId("opened"), ONE)]
        await work.experiences.unmark([Experience(who, what, MONDAY) for who, what in marks])
        await work.experiences.unmark([])
    async with store.unit_of_work() as work:
        assert await work.experiences.of(SAM) == [Experience(SAM, TWO, MONDAY, Outcome.WORKED)]
        assert await work.experiences.of(ALEX) == [Experience(ALEX, ONE, MONDAY)]
        assert await work.experiences.of(PersonId("opened")) == [
            Experience(PersonId("opened"), ONE, after(1))
        ]


async def test_some_experiences_of_several_people(store: Store) -> None:
    """Those pairs that there are; nothing else of the same people or of the same prompts."""
    every = [Experience(SAM, ONE, MONDAY, Outcome.WORKED), Experience(ALEX, TWO, after(1))]
    async with store.unit_of_work() as work:
        await work.experiences.put_all([*every, Experience(SAM, TWO, MONDAY), Experience(ALEX, ONE, MONDAY)])
    async with store.unit_of_work() as work:
        found = await work.experiences.get_all([(SAM, ONE), (ALEX, TWO), (PersonId("nobody"), ONE)])
        assert sorted(found, key=lambda one: one.prompt) == sorted(every, key=lambda one: one.prompt)
        assert await work.experiences.get_all([]) == []


async def test_what_several_people_saw_lately(store: Store) -> None:
    """Each person's own, shown after the moment and not at it; nobody else, and nobody who saw nothing."""
    quiet = PersonId("quiet")
    shown = [(SAM, ONE, 5), (SAM, TWO, 6), (ALEX, ONE, 0), (ALEX, TWO, 1), (quiet, ONE, -1)]
    async with store.unit_of_work() as work:
        await work.experiences.put_all([Experience(who, what, after(at)) for who, what, at in shown])
        await work.experiences.put(Experience(PersonId("other"), ONE, after(9)))
    async with store.unit_of_work() as work:
        seen = await work.experiences.seen_each([quiet, ALEX, SAM], MONDAY)
        assert seen == {SAM: {ONE, TWO}, ALEX: {TWO}}
        assert await work.experiences.seen_each([], MONDAY) == {}


async def test_introductions_come_in_order_of_time(store: Store) -> None:
    """All of one asker's; the same champion at another time is another introduction."""
    first, second = PersonId("first"), PersonId("second")
    kept = [
        Introduction(SAM, first, after(1)),
        Introduction(SAM, second, after(2)),
        Introduction(SAM, first, after(3)),
    ]
    async with store.unit_of_work() as work:
        for introduction in [kept[2], kept[0], Introduction(ALEX, first, MONDAY), kept[1]]:
            await work.introductions.put(introduction)
    async with store.unit_of_work() as work:
        assert await work.introductions.by(SAM) == kept


async def test_an_introduction_is_remembered_once(store: Store) -> None:
    """Putting the same one again changes nothing."""
    for _ in range(2):
        async with store.unit_of_work() as work:
            await work.introductions.put(Introduction(SAM, ALEX, MONDAY))
    async with store.unit_of_work() as work:
        assert len(await work.introductions.by(SAM)) == 1


async def test_contributions_wait_oldest_first(store: Store) -> None:
    """Until they are reviewed; then they are in the library or nowhere."""
    async with store.unit_of_work() as work:
        for name, minutes in [("c", 3), ("a", 2), ("b", 1), ("d", 4)]:
            await work.contributions.put(contribution(name, submitted=after(minutes)))
    async with store.unit_of_work() as work:
        assert [c.id for c in await work.contributions.submitted()] == ["b", "a", "c", "d"]
        assert not await work.contributions.approved()


async def test_reviewed_contributions_change_their_list(store: Store) -> None:
    """Approved ones are listed as such, declined ones can only be got by their id."""
    approved = contribution("a").reviewed(Stage.APPROVED, ALEX, after(9))
    declined = contribution("d").reviewed(Stage.DECLINED, ALEX, after(9), "it names a person")
    earlier = replace(approved, id="e", submitted=after(-5))
    async with store.unit_of_work() as work:
        for row in [contribution("a"), contribution("d"), contribution("w"), approved, declined, earlier]:
            await work.contributions.put(row)
    async with store.unit_of_work() as work:
        assert [c.id for c in await work.contributions.submitted()] == ["w"]
        assert await work.contributions.approved() == [earlier, approved]
        assert await work.contributions.get("d") == declined
        assert await work.contributions.get("nobody's") is None
