"""A roster replaces what the organisation says and leaves what people chose."""

from dataclasses import replace

from bot.domain.people import Person, Preferences, RosterEntry
from bot.services import enrolling
from bot.services.enrolling import Enrolled
from bot.services.ports import World
from tests.kept import but_the_audit, keep, person_in
from tests.samples import BOOKING, CLERK, preferring, staff, stranger

SAM, KIM = staff(), staff("Kim Sample")


def entry(person: Person) -> RosterEntry:
    """A sample person's row."""
    assert person.roster is not None
    return person.roster


async def test_the_same_roster_twice_changes_nothing(world: World) -> None:
    """Loading a file again is harmless, and says so."""
    entries = [entry(SAM), entry(KIM)]
    assert await enrolling.enrol(world, "operator:sample", entries) == Enrolled(added=2)
    before = but_the_audit(world)
    assert await enrolling.enrol(world, "operator:sample", entries) == Enrolled(unchanged=2)
    assert but_the_audit(world) == before


async def test_a_large_roster_is_taken_in_whole(world: World) -> None:
    """However many batches it takes; loading it again makes whole what was cut short."""
    people = [staff(f"Person {n:04}") for n in range(enrolling.BATCH * 2 + 1)]
    await keep(world, *people[:7])
    done = await enrolling.enrol(world, "operator:sample", [entry(person) for person in people])
    assert done == Enrolled(added=len(people) - 7, unchanged=7)
    assert [await person_in(world, p.id) for p in people[:7]] == people[:7]
    assert (await person_in(world, people[-1].id)).roster == people[-1].roster


async def test_a_changed_row_leaves_choices_and_chat_alone(world: World) -> None:
    """A new job on the roster does not undo what somebody chose, or when their next tip comes."""
    sam = preferring(SAM, Preferences(role=CLERK, saved=("one",)))
    await keep(world, sam)
    moved = replace(entry(SAM), role=BOOKING)
    assert await enrolling.enrol(world, "operator:sample", [moved]) == Enrolled(changed=1)
    assert await person_in(world, SAM.id) == replace(sam, roster=moved)


async def test_somebody_who_wrote_before_the_roster_came_is_added(world: World) -> None:
    """A stranger becomes a colleague and keeps the chat."""
    nico = stranger("Sam Sample")
    await keep(world, nico)
    assert await enrolling.enrol(world, "operator:sample", [entry(SAM)]) == Enrolled(added=1)
    assert await person_in(world, SAM.id) == replace(nico, roster=entry(SAM))
