"""The first week after a set-up has an early second tip, and in all no more than the person chose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice

import pytest

from bot.domain.drip.first_week import second_tip, slot_after
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import Contact, Person, PersonId, Preferences
from tests.samples import CLERK, MONDAY, preferring, staff

WEEK = timedelta(days=7)


def set_up(per_week: int, begun: datetime, name: str = "sam") -> Person:
    """Somebody who has just set up."""
    chosen = Preferences(role=CLERK, rhythm=Rhythm(per_week=per_week), contact=Contact(begun=begun.date()))
    return preferring(replace(staff(), id=PersonId(name)), chosen)


def by_itself(person: Person, begun: datetime, until: datetime) -> Iterator[datetime]:
    """When tips come by themselves from the set-up on."""
    slot = second_tip(person, begun)
    while slot and slot < until:
        yield slot
        slot = slot_after(person, slot)


@pytest.mark.parametrize("per_week", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("name", ["sam", "kim", "alex"])
def test_no_more_than_chosen_in_the_first_week(per_week: int, day: int, name: str) -> None:
    """The tip that answered the set-up counts; whoever chose two or more has another early."""
    begun = MONDAY + timedelta(days=day)
    person = set_up(per_week, begun, name)
    midnight = datetime.combine(begun.date() + WEEK, time(0), begun.tzinfo)
    came = list(by_itself(person, begun, midnight))
    assert 1 + len(came) == per_week
    assert per_week < 2 or came[0] - begun < timedelta(days=4)


@pytest.mark.parametrize("per_week", [1, 2, 5])
def test_the_usual_days_after_it(per_week: int) -> None:
    """From the second week on every usual slot has a tip."""
    person = set_up(per_week, MONDAY)
    usual = list(islice(person.preferences.rhythm.slots(person.id, MONDAY + WEEK), 6))
    every = by_itself(person, MONDAY, usual[-1] + timedelta(seconds=1))
    came = [slot for slot in every if slot > MONDAY + WEEK]
    assert came == usual


def test_none_wanted_is_none() -> None:
    """Whoever chose no tips a week before they set up gets none by themselves."""
    assert second_tip(set_up(0, MONDAY), MONDAY) is None


def test_a_set_up_that_nobody_knows_the_day_of() -> None:
    """Every usual slot counts."""
    person = preferring(staff(), Preferences(role=CLERK))
    assert slot_after(person, MONDAY) == person.next_slot(MONDAY)
