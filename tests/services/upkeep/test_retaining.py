"""History has an end: what is old becomes counts, and what planning looks back on stays."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.audit import Act
from bot.domain.drip.retention import DEFAULT_AUDIT, DEFAULT_HISTORY, SMALLEST_HISTORY
from bot.domain.drip.selection import REPEAT_AFTER
from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery, DeliveryCount, State
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import PersonId, Preferences
from bot.services import auditing
from bot.services.drip import nudging
from bot.services.outbox.preparing import CAP_LOOKS_BACK
from bot.services.own import onboarding
from bot.services.ports import World
from bot.services.upkeep import retaining
from tests.fakes import SettableClock
from tests.kept import everything, experiences_in, keep, open_for
from tests.samples import CLERK, MONDAY, preferring, reference, staff

LONG_AGO = MONDAY - DEFAULT_HISTORY - timedelta(seconds=1)
SAM = preferring(staff(), Preferences(role=CLERK, rhythm=Rhythm(per_week=5)))


def sent(number: int, at: datetime) -> Delivery:
    """A tip that was sent."""
    person = PersonId(f"person-{number % 7}")
    tip = TipDue(PromptId("p"), "it is new")
    return Delivery(f"tip-{number}", person, tip, at, at, unasked=True).settled_as(State.SENT, at)


async def test_what_is_old_goes_in_batches(world: World) -> None:
    """All of it at one call, however many batches that takes; a second call finds nothing."""
    many = retaining.BATCH * 2 + 1
    await keep(world, *(sent(n, LONG_AGO) for n in range(many)))
    assert await retaining.forget_old(world) == many
    assert await retaining.forget_old(world) == 0
    async with world.store.unit_of_work() as work:
        counted = await work.deliveries.rolled_up()
    assert counted == [DeliveryCount(LONG_AGO.date(), "tip", State.SENT, many)]


async def test_what_is_not_old_stays(world: World) -> None:
    """To the very moment, and what is open whatever its age."""
    await keep(world, sent(1, MONDAY - DEFAULT_HISTORY), replace(sent(2, LONG_AGO), state=State.PLANNED))
    await keep(world, Experience(SAM.id, PromptId("p"), MONDAY - DEFAULT_HISTORY))
    before = everything(world)
    assert await retaining.forget_old(world) == 0
    assert everything(world) == before


async def test_no_trace_of_a_person_is_left(world: World) -> None:
    """Neither id nor prompt: only a day, a kind, a state and a number."""
    await keep(world, sent(1, LONG_AGO), Experience(PersonId("person-1"), PromptId("p"), LONG_AGO))
    assert await retaining.forget_old(world) == 2
    assert "person-1" not in repr(everything(world))


async def test_old_audit_records_go(world: World, clock: SettableClock) -> None:
    """They have a time of their own."""
    await auditing.keep(world, SAM.id, Act.AUDIT_READ)
    clock.forward(DEFAULT_AUDIT)
    assert await retaining.forget_old(world) == 0
    clock.forward(timedelta(seconds=1))
    assert await retaining.forget_old(world) == 1


async def test_a_house_may_keep_less(world: World) -> None:
    """The setting is the limit."""
    less = replace(world, house=replace(world.house, keep_history=SMALLEST_HISTORY))
    await keep(world, sent(1, MONDAY - SMALLEST_HISTORY - timedelta(seconds=1)))
    assert await retaining.forget_old(world) == 0
    assert await retaining.forget_old(less) == 1


def test_the_smallest_history_is_what_is_looked_back_on() -> None:
    """A prompt that may not come back yet, the cap, and the longest round that the settings allow."""
    assert max(REPEAT_AFTER, CAP_LOOKS_BACK, timedelta(days=28)) < SMALLEST_HISTORY <= DEFAULT_HISTORY


async def test_forgetting_repeats_no_tip_too_early(world: World, clock: SettableClock) -> None:
    """With the smallest history, over half a year, the same tip never comes back within `REPEAT_AFTER`."""
    world = replace(world, house=replace(world.house, keep_history=SMALLEST_HISTORY))
    await keep(world, SAM)
    seen: dict[PromptId, datetime] = {}
    for _ in range(190):
        clock.forward(timedelta(days=1))
        await onboarding.seen(world, SAM.id, reference(SAM.id))
        await nudging.plan_due(world)
        await retaining.forget_old(world)
        for tip in await open_for(world, SAM.id):
            assert isinstance(tip.subject, TipDue)
            last = seen.get(tip.subject.prompt)
            assert last is None or tip.due == last or tip.due - last > REPEAT_AFTER - timedelta(days=1)
            seen[tip.subject.prompt] = tip.due
    assert len(seen) > 3
    assert len(await experiences_in(world, SAM.id)) <= len(seen)
