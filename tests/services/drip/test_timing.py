"""One a week at most for a heavy workload, whatever else is chosen meanwhile."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.commands.own import Pause, SetUp
from bot.domain.drip.slots import next_slot
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import OwnAnswer, Person, Preferences
from bot.services.drip import nudging
from bot.services.own import adjusting, onboarding, resting
from bot.services.ports import World
from bot.services.upkeep import restoring
from tests.fakes import SettableClock
from tests.kept import keep, open_for, person_in
from tests.samples import CLERK, MONDAY, OPERATOR, preferring, reference, staff

DAILY = Rhythm(per_week=5)
HEAVY = (OwnAnswer(date(2026, 11, 2), 3, 5),)
SAM = preferring(staff(), Preferences(role=CLERK, rhythm=DAILY, tuned=True, own=HEAVY))
DAY = timedelta(days=1)


async def rhythm(world: World) -> None:
    """Another number of tips."""
    await adjusting.choose(world, SAM.id, lambda p: replace(p.preferences, rhythm=DAILY))


async def pause_and_resume(world: World) -> None:
    """Off, and on again at once."""
    await resting.pause(world, SAM.id, Pause(days=1))
    await resting.resume(world, SAM.id)


async def pause(world: World) -> None:
    """Off for a day."""
    await resting.pause(world, SAM.id, Pause(days=1))


async def install_again(world: World) -> None:
    """On a new telephone."""
    await onboarding.left(world, SAM.id)
    await onboarding.arrived(world, SAM.id, reference(SAM.id))


async def set_up_again(world: World) -> None:
    """With an old welcome card."""
    await onboarding.set_up(world, SAM.id, SetUp(CLERK, SAM.licence, DAILY.days))


async def word_after_silence(world: World) -> None:
    """A word from somebody whose tips had slowed down."""
    sam = await person_in(world, SAM.id)
    slowed = replace(sam.preferences.contact, slowed=True)
    await keep(world, sam.choosing(replace(sam.preferences, contact=slowed)))
    await onboarding.seen(world, SAM.id, reference(SAM.id))


async def restore(world: World) -> None:
    """Everything back from a backup in which the slot had come already."""
    await keep(world, replace(await person_in(world, SAM.id), next_nudge=MONDAY))
    await restoring.settle(world, OPERATOR, ())


CHOICES = [rhythm, pause, pause_and_resume, install_again, set_up_again, word_after_silence, restore]


async def after_a_tip(world: World, clock: SettableClock) -> datetime:
    """The slot of a tip that came to Sam."""
    await keep(world, SAM)
    slot = SAM.next_nudge
    assert slot
    clock.at = slot
    await nudging.plan_due(world)
    (tip,) = await open_for(world, SAM.id)
    assert isinstance(tip.subject, TipDue)
    async with world.store.unit_of_work() as work:
        await work.deliveries.put(tip.settled_as(State.SENT, clock.at))
    return slot


@pytest.mark.parametrize("choice", CHOICES)
async def test_one_a_week_whatever_is_chosen(
    world: World, clock: SettableClock, choice: Callable[[World], Awaitable[None]]
) -> None:
    """The day after a tip somebody changes something: the next one still comes a week after it."""
    last = await after_a_tip(world, clock)
    planned = (await person_in(world, SAM.id)).next_nudge
    clock.at = last + DAY
    await choice(world)
    next_one = (await person_in(world, SAM.id)).next_nudge
    assert next_one
    assert next_one.date() - last.date() >= 7 * DAY
    assert next_one == planned


async def test_without_a_heavy_workload_nobody_rests(world: World, clock: SettableClock) -> None:
    """The next of their days follows a choice at once."""
    last = await after_a_tip(world, clock)
    clock.at = last + DAY / 2
    await adjusting.choose(world, SAM.id, lambda p: p.preferences.untuned())
    next_one = (await person_in(world, SAM.id)).next_nudge
    assert next_one
    assert next_one.date() - last.date() == DAY


async def test_a_tip_that_never_came_asks_for_no_rest(world: World, clock: SettableClock) -> None:
    """Nobody waits a week for the one after it."""
    last = await after_a_tip(world, clock)
    async with world.store.unit_of_work() as work:
        (tip,) = await work.deliveries.of(SAM.id)
        await work.deliveries.put(tip.settled_as(State.DROPPED, last, "expired"))
    clock.at = last + DAY / 2
    await rhythm(world)
    next_one = (await person_in(world, SAM.id)).next_nudge
    assert next_one
    assert next_one.date() - last.date() == DAY


def test_a_rest_goes_by_days_of_the_calendar() -> None:
    """The clocks go back on a Sunday in October: seven days are seven days, and no hour more or less."""
    week = Rhythm(days=frozenset(range(7)), per_week=5)
    sam: Person = SAM.choosing(replace(SAM.preferences, rhythm=week))
    for ahead in range(-40, -20):
        last = sam.preferences.rhythm.next_slot(sam.id, MONDAY + ahead * DAY)
        assert last
        following = next_slot(sam, last, last=last)
        assert following
        assert sam.today(following) - sam.today(last) in {7 * DAY, 8 * DAY}
