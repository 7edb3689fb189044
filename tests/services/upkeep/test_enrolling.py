"""A roster replaces what the organisation says and leaves what people chose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.drip.silence import heard
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.hours import Nation
from bot.domain.staff.people import Person, Preferences, Right, RosterEntry
from bot.services.own import erasing, onboarding
from bot.services.ports import World
from bot.services.upkeep import enrolling
from bot.services.upkeep.enrolling import Enrolled
from tests.fakes import SettableClock
from tests.kept import but_the_audit, keep, open_for, person_in
from tests.samples import BOOKING, CLERK, MONDAY, OPERATOR, WARD, preferring, reference, staff, stranger

SAM, KIM = staff(), staff("Kim Sample")


def entry(person: Person) -> RosterEntry:
    """A sample person's row."""
    assert person.roster is not None
    return person.roster


def starting(person: Person, day: date | None) -> Person:
    """The same person in a cohort that starts on a day."""
    return replace(person, roster=replace(entry(person), start=day))


async def test_the_same_roster_twice_changes_nothing(world: World) -> None:
    """Loading a file again is harmless, and says so."""
    entries = [entry(SAM), entry(KIM)]
    assert await enrolling.enrol(world, OPERATOR, entries) == Enrolled(added=2)
    before = but_the_audit(world)
    assert await enrolling.enrol(world, OPERATOR, entries) == Enrolled(unchanged=2)
    assert but_the_audit(world) == before


async def test_a_large_roster_is_taken_in_whole(world: World) -> None:
    """However many batches it takes; loading it again makes whole what was cut short."""
    people = [staff(f"Person {n:04}") for n in range(enrolling.BATCH * 2 + 1)]
    await keep(world, *people[:7])
    done = await enrolling.enrol(world, OPERATOR, [entry(person) for person in people])
    assert done == Enrolled(added=len(people) - 7, unchanged=7)
    assert [await person_in(world, p.id) for p in people[:7]] == people[:7]
    assert (await person_in(world, people[-1].id)).roster == people[-1].roster


async def test_a_changed_row_leaves_choices_and_chat_alone(world: World) -> None:
    """A new job on the roster does not undo what somebody chose, or when their next tip comes."""
    sam = preferring(SAM, Preferences(role=CLERK, saved=("one",)))
    await keep(world, sam)
    moved = replace(entry(SAM), role=BOOKING)
    assert await enrolling.enrol(world, OPERATOR, [moved]) == Enrolled(changed=1)
    assert await person_in(world, SAM.id) == replace(sam, roster=moved)


async def test_somebody_who_wrote_before_the_roster_came_is_added(world: World) -> None:
    """A stranger becomes a colleague and keeps the chat."""
    nico = stranger("Sam Sample")
    await keep(world, nico)
    assert await enrolling.enrol(world, OPERATOR, [entry(SAM)]) == Enrolled(added=1)
    assert await person_in(world, SAM.id) == replace(nico, roster=entry(SAM))


# Leavers


async def test_who_is_not_on_the_list_any_more(world: World) -> None:
    """Found however many there are; strangers were never on it."""
    people = [staff(f"Person {n:04}") for n in range(enrolling.BATCH + 7)]
    await keep(world, *people, stranger())
    assert await enrolling.missing(world, [entry(person) for person in people[3:]]) == [
        person.id for person in people[:3]
    ]
    assert await enrolling.missing(world, [entry(person) for person in people]) == []


async def test_taken_off_the_list_everything_ends_at_once(world: World) -> None:
    """Rights, messages and the team; what they chose stays for the time of leaving, and then goes."""
    sam = preferring(staff(rights=frozenset(Right), leads=frozenset({WARD})), Preferences(role=CLERK))
    await keep(world, sam, KIM, Delivery("d", sam.id, WelcomeDue(), MONDAY, MONDAY, unasked=True))
    await enrolling.let_go(world, [sam.id])
    left = await person_in(world, sam.id)
    assert (left.roster, left.next_nudge, left.uninstalled) == (None, None, MONDAY)
    assert left.preferences == sam.preferences
    assert await open_for(world, sam.id) == []
    async with world.store.unit_of_work() as work:
        assert await work.people.holding(Right.ADMINISTRATOR) == []
        assert await work.people.groups() == {WARD: 1}
    later = replace(world, clock=SettableClock(MONDAY + timedelta(days=91)))
    assert await erasing.expire(later) == 1
    assert await person_in(world, sam.id) == Person(sam.id)


async def test_back_on_the_list_in_time(world: World) -> None:
    """The drip goes on where the app is still there; where it is not, the entry alone comes back."""
    sam = preferring(staff(), Preferences(role=CLERK))
    gone = replace(staff("Gone Sample"), reference=None, uninstalled=MONDAY)
    await keep(world, sam, gone)
    await enrolling.let_go(world, [sam.id, gone.id])
    await enrolling.enrol(world, OPERATOR, [entry(sam), entry(gone)])
    back = await person_in(world, sam.id)
    assert back == heard(sam, MONDAY.date()), "who was off the list was away, not silent"
    assert await person_in(world, gone.id) == gone


async def test_back_on_the_list_before_bank_holidays(world: World) -> None:
    """The drip goes on on a day on which a tip can come."""
    closed = frozenset(MONDAY.date() + timedelta(days=ahead) for ahead in range(12))
    world = replace(world, holidays={Nation.ENGLAND: closed})
    sam = preferring(staff(), Preferences(role=CLERK))
    await keep(world, sam)
    await enrolling.let_go(world, [sam.id])
    await enrolling.enrol(world, OPERATOR, [entry(sam)])
    back = (await person_in(world, sam.id)).next_nudge
    assert back is not None
    assert back.date() not in closed


async def test_back_on_the_list_after_a_word_in_between(world: World) -> None:
    """Whoever wrote while they were off the list has scheduled tips again once they are back on it."""
    sam = preferring(staff(), Preferences(role=CLERK))
    await keep(world, sam)
    await enrolling.let_go(world, [sam.id])
    await onboarding.seen(world, sam.id, reference(sam.id))
    assert (await person_in(world, sam.id)).next_nudge is None
    await enrolling.enrol(world, OPERATOR, [entry(sam)])
    assert (await person_in(world, sam.id)).next_nudge == sam.next_nudge


# Another start


@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2027, 3, 1), date(2026, 12, 7)), (date(2027, 3, 1), None), (date(2026, 12, 7), date(2027, 3, 1))],
)
async def test_another_start_moves_the_next_tip(world: World, before: date, after: date | None) -> None:
    """Earlier, at once or later: the first tip is the first after the new one."""
    planned = preferring(starting(SAM, before), Preferences(role=CLERK))
    await keep(world, planned)
    await enrolling.enrol(world, OPERATOR, [entry(starting(SAM, after))])
    expected = preferring(starting(SAM, after), Preferences(role=CLERK))
    assert await person_in(world, SAM.id) == expected
    assert expected.next_nudge != planned.next_nudge


async def test_a_start_that_has_passed_moves_nothing(world: World) -> None:
    """A tip that gave way to questions stays where it is."""
    moved = replace(starting(SAM, date(2026, 9, 1)), preferences=Preferences(role=CLERK))
    moved = replace(moved, next_nudge=MONDAY + timedelta(days=9))
    await keep(world, moved)
    await enrolling.enrol(world, OPERATOR, [entry(starting(SAM, date(2026, 10, 1)))])
    assert (await person_in(world, SAM.id)).next_nudge == moved.next_nudge


async def test_another_start_moves_the_hello(world: World) -> None:
    """Whom the bot has never met is greeted when their cohort starts, not when it was to start before."""
    greeting = replace(world, house=replace(world.house, first_contact=True))
    for start in (date(2027, 3, 1), date(2026, 12, 7)):
        await enrolling.enrol(greeting, OPERATOR, [entry(starting(SAM, start))])
        hello = (await person_in(world, SAM.id)).next_nudge
        assert hello is not None
        assert timedelta(0) <= hello.date() - start < timedelta(days=15)


async def test_of_somebody_never_met_nothing_is_left(world: World) -> None:
    """There was nothing but the entry; and whoever comes back later is as new."""
    await keep(world, Person(KIM.id, KIM.roster, next_nudge=MONDAY))
    await enrolling.let_go(world, [KIM.id])
    assert KIM.id not in repr(but_the_audit(world))


async def test_who_left_gets_no_hello(world: World) -> None:
    """Also once the rest is erased: whoever removed the app is not greeted again by a staff list."""
    greeting = replace(world, house=replace(world.house, first_contact=True))
    await keep(world, KIM)
    await onboarding.left(world, KIM.id)
    await erasing.expire(replace(greeting, clock=SettableClock(MONDAY + timedelta(days=91))))
    await enrolling.enrol(greeting, OPERATOR, [entry(KIM)])
    assert (await person_in(world, KIM.id)).next_nudge is None
