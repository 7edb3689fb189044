"""What every store promises of people."""

from dataclasses import replace

from bot.domain.staff.groups import Membership
from bot.domain.staff.people import GroupId, Licence, Person, PersonId, Right
from bot.services.ports import Store
from tests.contract.rows import SAM, after
from tests.samples import MONDAY, WARD, champion, staff, stranger


async def put(store: Store, *people: Person) -> None:
    """Put people in one unit of work."""
    async with store.unit_of_work() as work:
        for person in people:
            await work.people.put(person)


async def due(store: Store, limit: int = 10) -> list[PersonId]:
    """Who is due at nine o'clock."""
    async with store.unit_of_work() as work:
        return [person.id for person in await work.people.due(MONDAY, limit)]


def waiting(name: str, minutes: float | None) -> Person:
    """Somebody whose next nudge comes so long after nine, or not at all."""
    return Person(PersonId(name), next_nudge=None if minutes is None else after(minutes))


async def test_somebody_unknown_is_none(store: Store) -> None:
    """An id that was never put gives None."""
    async with store.unit_of_work() as work:
        assert await work.people.get(SAM) is None


async def test_a_person_comes_back_as_put(store: Store) -> None:
    """Everything about a person survives."""
    sam = replace(champion("Sam Sample"), next_nudge=MONDAY)
    await put(store, sam)
    async with store.unit_of_work() as work:
        assert await work.people.get(sam.id) == sam


async def test_several_people_are_read_at_once(store: Store) -> None:
    """Those who are known, each once and as they were put, whoever else is asked for."""
    sam, zed = champion("Sam Sample"), stranger("Zed Sample")
    await put(store, sam, zed, Person(PersonId("another")))
    async with store.unit_of_work() as work:
        found = await work.people.get_all([zed.id, PersonId("nobody"), sam.id, sam.id])
        assert found == {sam.id: sam, zed.id: zed}
        assert await work.people.get_all([]) == {}


async def test_several_people_are_read_as_the_unit_has_changed_them(store: Store) -> None:
    """What was put in the same block is what is read."""
    async with store.unit_of_work() as work:
        await work.people.put(Person(SAM, next_nudge=MONDAY))
        assert await work.people.get_all([SAM]) == {SAM: Person(SAM, next_nudge=MONDAY)}


async def test_a_person_is_replaced_whole(store: Store) -> None:
    """The last put counts, in every answer about the person."""
    sam = replace(champion("Sam Sample"), next_nudge=MONDAY)
    await put(store, sam)
    await put(store, Person(sam.id))
    async with store.unit_of_work() as work:
        assert await work.people.get(sam.id) == Person(sam.id)
        assert not await work.people.holding(Right.CHAMPION)
        assert not await work.people.reachable("", 10)
        assert not await work.people.groups()
    assert await due(store) == []


async def test_due_people_come_earliest_first(store: Store) -> None:
    """At or before now, ordered by time and then by id; nobody who is later or rests."""
    await put(store, waiting("now", 0), waiting("late", 0.01), waiting("rests", None))
    await put(store, waiting("first", -60), waiting("b", -5), waiting("a", -5))
    assert await due(store) == ["first", "a", "b", "now"]


async def test_due_people_are_limited(store: Store) -> None:
    """No more than the limit, and the earliest of them."""
    await put(store, *(waiting(str(n), -n) for n in range(5)))
    assert await due(store, limit=2) == ["4", "3"]


async def test_somebody_put_off_is_not_due(store: Store) -> None:
    """A later slot takes the place of the earlier one."""
    await put(store, waiting("sam", -1))
    await put(store, waiting("sam", 1))
    assert await due(store) == []


async def test_holders_of_a_right_are_ordered_by_id(store: Store) -> None:
    """Everybody with the right, and nobody with another one only."""
    admin = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
    await put(store, champion("Zoe Sample"), admin, champion("Bea Sample"), stranger())
    async with store.unit_of_work() as work:
        assert [p.name for p in await work.people.holding(Right.REVIEWER)] == ["Bea Sample", "Zoe Sample"]


async def test_leads_are_ordered_by_id(store: Store) -> None:
    """Everybody who leads a group, whole; nobody who has left the roster or never led one."""
    zoe = staff("Zoe Sample", leads=frozenset({WARD}))
    bea = staff("Bea Sample", leads=frozenset({WARD, GroupId("Clinic sample")}))
    await put(store, zoe, bea, staff(), stranger(), champion("Cham Sample"))
    async with store.unit_of_work() as work:
        assert await work.people.leading() == [bea, zoe]
        await work.people.put(Person(zoe.id))
        assert await work.people.leading() == [bea]


async def test_reachable_people_have_a_conversation(store: Store) -> None:
    """On the roster or not, ordered by id."""
    await put(store, stranger("Zed Sample"), Person(SAM), staff("Bea Sample"))
    async with store.unit_of_work() as work:
        assert await work.people.reachable("", 10) == ["bea-sample", "zed-sample"]


async def test_reachable_people_come_in_batches(store: Store) -> None:
    """Each begins after the id that is given, whether there is such a person or not, up to the limit."""
    await put(store, *(stranger(f"{letter} Sample") for letter in "dbeca"))
    async with store.unit_of_work() as work:
        assert await work.people.reachable("", 2) == ["a-sample", "b-sample"]
        assert await work.people.reachable("b-sample", 2) == ["c-sample", "d-sample"]
        assert await work.people.reachable("d", 9) == ["d-sample", "e-sample"]
        assert await work.people.reachable("e-sample", 2) == []


async def test_groups_count_the_roster(store: Store) -> None:
    """Everybody on the roster counts in one team, reachable or not; strangers count nowhere."""
    ward, clinic = GroupId("ward"), GroupId("clinic")
    await put(store, staff("A B", team=ward), replace(staff("C D", team=ward), reference=None))
    await put(store, staff("E F", team=clinic), stranger())
    async with store.unit_of_work() as work:
        assert await work.people.groups() == {ward: 2, clinic: 1}


async def test_memberships_count_the_roster_in_every_combination(store: Store) -> None:
    """Site, team, role and licence together; strangers and those who have left the list count nowhere."""
    ward, nothing = GroupId("ward"), Licence.NOTHING
    await put(store, staff("A B", team=ward), staff("C D", team=ward), staff("E F", team=ward, site="South"))
    await put(
        store, replace(staff("G H", licence=nothing), reference=None), stranger(), Person(PersonId("x"))
    )
    async with store.unit_of_work() as work:
        assert await work.people.memberships() == {
            Membership("North site", "ward", "ward-clerk", "chat"): 2,
            Membership("South", "ward", "ward-clerk", "chat"): 1,
            Membership("North site", "Ward 4 sample", "ward-clerk", "nothing"): 1,
        }


async def test_who_has_no_app_is_counted_and_listed(store: Store) -> None:
    """Of the staff list alone, by site and in order of ids; whoever is no longer on it counts nowhere."""
    met = staff("Bea Sample")
    unmet = [replace(staff(f"{letter} Sample", site="South site"), reference=None) for letter in "DAC"]
    await put(store, met, *unmet, stranger(), Person(PersonId("nobody")))
    async with store.unit_of_work() as work:
        assert await work.people.sites() == {"North site": (1, 0), "South site": (3, 3)}
        assert [one.name for one in await work.people.without_app("", 2)] == ["A Sample", "C Sample"]
        assert [one.name for one in await work.people.without_app("c-sample", 9)] == ["D Sample"]
        assert await work.people.without_app("d-sample", 9) == []
