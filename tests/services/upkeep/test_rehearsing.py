"""A rehearsal on the memory store: everybody gets their tips, and one that was cut off goes on."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.messages import Message
from bot.domain.outbox.delivery import LEASE
from bot.domain.outbox.replies import Accepted, NoAnswer, Rejected, Reply
from bot.domain.rehearsals import START, Rehearsal, Report
from bot.domain.staff.people import ConversationReference
from bot.errors import NotDelivered, WrongStore
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.services.upkeep import rehearsing
from bot.services.upkeep.rehearsing import Others, people_of, rehearse
from bot.system import SkippingClock
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import keep
from tests.samples import staff

SMALL = Rehearsal(people=30, nudges=2)


@dataclass(slots=True)
class Told:
    """Remembers the newest progress of each thing."""

    newest: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __call__(self, what: str, done: int, of: int) -> None:
        self.newest[what] = (done, of)


@dataclass(slots=True)
class HastyClock(SettableClock):
    """Whoever waits has waited at once: that time has passed, and what is skipped has not."""

    skipped: timedelta = timedelta(0)

    def skip_to(self, at: datetime) -> None:
        """Make it `at`, or leave it where that has passed."""
        self.skipped += max(timedelta(0), at - self.at)
        self.at = max(self.at, at)


@dataclass(frozen=True, slots=True)
class Throttling:
    """A connector that asks everybody to wait, for ever, and takes nothing."""

    wait: timedelta | None

    async def send(self, _reference: ConversationReference, _message: Message) -> Reply:
        """The same each time."""
        return Rejected(429, retry_after=self.wait)


async def rehearsed(world: World, told: Told, rehearsal: Rehearsal = SMALL, *, hasty: bool = False) -> Report:
    """Carry a rehearsal out, as a process that has just started would."""
    start = await rehearsing.time_of(world.store)
    clock = HastyClock(start) if hasty else SkippingClock(start)
    here = replace(world, clock=clock)
    await people_of(here, rehearsal, told)
    return await rehearse(here, clock, Dispatcher(here), rehearsal, told)


async def test_everybody_gets_their_tips(world: World, outbound: ScriptedOutbound) -> None:
    """As many as were asked for, each in another week, and the report says so."""
    told = Told()
    done = await rehearsed(world, told)
    assert (done.people, done.planned, done.sent, done.stopped, done.unknown) == (30, 60, 60, 0, 0)
    assert len({sent.reference.conversation for sent in outbound.sent}) == 30
    assert told.newest == {"People": (30, 30), "Tips": (60, 60)}


async def test_done_again_it_sends_nothing(world: World, outbound: ScriptedOutbound) -> None:
    """The report is the store's, so it stays; this run handled none."""
    first = await rehearsed(world, Told())
    again = await rehearsed(world, Told())
    assert len(outbound.sent) == 60
    assert (again.planned, again.sent, again.handled) == (first.planned, first.sent, 0)


async def test_one_that_was_cut_off_goes_on(world: World, outbound: ScriptedOutbound) -> None:
    """What was being sent is unknown and not repeated; the rest is sent; the clock never goes back."""
    outbound.answers(Crash())
    with pytest.raises(Crash):
        await rehearsed(world, Told())
    assert await rehearsing.time_of(world.store) > START
    done = await rehearsed(world, Told())
    assert (done.planned, done.sent, done.unknown) == (60, 59, 1)
    assert len(outbound.sent) == 60


@pytest.mark.parametrize(
    ("reply", "sent", "stopped", "unknown", "retried"),
    [
        (NoAnswer(), 59, 0, 1, 0),
        (Rejected(503), 60, 0, 0, 1),
        (Rejected(400), 59, 1, 0, 0),
        (Rejected(429, retry_after=timedelta(milliseconds=50)), 60, 0, 0, 1),
    ],
)
async def test_faults_are_counted(  # noqa: PLR0917 - a row of a table
    world: World,
    outbound: ScriptedOutbound,
    reply: Reply,
    sent: int,
    stopped: int,
    unknown: int,
    retried: int,
) -> None:
    """Each where it belongs, and nothing is lost."""
    outbound.answers(reply)
    done = await rehearsed(world, Told())
    assert (done.sent, done.stopped, done.unknown, done.retried) == (sent, stopped, unknown, retried)


async def test_a_store_with_anybody_else_is_refused(world: World) -> None:
    """Nobody real is ever part of a rehearsal, and nothing is written."""
    await keep(world, staff())
    with pytest.raises(WrongStore):
        await people_of(world, SMALL, Told())
    async with world.store.unit_of_work() as work:
        assert sum((await work.people.groups()).values()) == 1


async def test_more_people_can_be_added(world: World) -> None:
    """A larger rehearsal on the same store makes those who are missing."""
    await people_of(world, Rehearsal(5, 1), Told())
    await people_of(world, Rehearsal(2_500, 1), Told())
    async with world.store.unit_of_work() as work:
        assert sum((await work.people.groups()).values()) == 2_500


async def test_those_of_a_larger_one_take_part_and_are_counted(world: World) -> None:
    """Asked for fewer than the store holds, the figures are of all, and add up."""
    await people_of(world, Rehearsal(50, 1), Told())
    done = await rehearsed(world, Told(), Rehearsal(10, 1))
    assert (done.people, done.planned, done.sent) == (50, 50, 50)


async def test_figures_of_earlier_runs_are_named(world: World, outbound: ScriptedOutbound) -> None:
    """A first run has nothing to say; one that found its work done says whose figures they are."""
    outbound.answers(Rejected(400))
    first, again = [await rehearsed(world, Told()) for _ in range(2)]
    assert [remark.split()[0] for remark in first.remarks(SMALL)] == ["1"]
    assert [remark.split()[0] for remark in again.remarks(SMALL)] == ["Some", "1"]


async def test_people_who_come_too_late_are_named(world: World) -> None:
    """Whoever is added once the weeks are over gets nothing, and the report says so."""
    assert not (await rehearsed(world, Told(), Rehearsal(3, 1))).remarks(Rehearsal(3, 1))
    more = Rehearsal(5, 1)
    done = await rehearsed(world, Told(), more)
    assert (done.people, done.planned) == (5, 3)
    assert done.remarks(more)[0].startswith(
        "The store has 5 people and 3 tips in it; 5 with 1 each were asked"
    )


async def test_unknown_outcomes_are_explained(world: World, outbound: ScriptedOutbound) -> None:
    """How many, and that they stay so."""
    outbound.answers(NoAnswer())
    remarks = (await rehearsed(world, Told())).remarks(SMALL)
    assert [remark.split(".")[0] for remark in remarks] == ["Messages whose outcome is unknown: 1"]


async def test_a_connector_that_refuses_the_service_ends_it(world: World, outbound: ScriptedOutbound) -> None:
    """A 401 to everything would be waited for in vain."""
    outbound.answers(*[Rejected(401)] * SMALL.people)
    with pytest.raises(NotDelivered, match="refuses the service"):
        await rehearsed(world, Told())


@pytest.mark.parametrize(
    "wait",
    [None, timedelta(seconds=1), timedelta(hours=2)],
    ids=["does not say for how long", "a second", "hours"],
)
async def test_a_connector_that_asks_to_wait_for_ever_ends_it(
    world: World, outbound: ScriptedOutbound, wait: timedelta | None
) -> None:
    """After a time without one message; nothing is lost, and begun again it goes on where it was."""
    throttled = replace(world, outbound=Throttling(wait))
    with pytest.raises(NotDelivered, match=r"For 15 minutes .* \(429\) .* run this again"):
        await rehearsed(throttled, Told(), hasty=True)
    left_at = await rehearsing.time_of(world.store)
    assert START < left_at < START + timedelta(days=1)
    done = await rehearsed(world, Told(), hasty=True)
    assert (done.planned, done.sent, done.stopped, done.unknown) == (60, 60, 0, 0)
    assert len(outbound.sent) == 60


async def test_a_connector_that_takes_one_now_and_then_is_waited_for(
    world: World, outbound: ScriptedOutbound
) -> None:
    """As long as something gets through it goes on, however often it has to wait."""
    slow: list[Reply] = [Rejected(429, retry_after=rehearsing.PATIENCE * 0.6), Accepted("taken")]
    outbound.answers(*slow * SMALL.people * SMALL.nudges)
    done = await rehearsed(world, Told(), hasty=True)
    assert (done.sent, done.stopped, done.unknown) == (60, 0, 0)


def test_time_waits_for_others_and_not_for_ever() -> None:
    """What was claimed before is left over; what is claimed since holds time up for a lease, then no more."""
    others = Others(frozenset({"old"}))
    assert not others.at_work(frozenset({"old"}), START)
    assert others.at_work(frozenset({"old", "new"}), START)
    assert others.at_work(frozenset({"new"}), START + LEASE)
    assert not others.at_work(frozenset({"new"}), START + LEASE + timedelta(seconds=1))
    assert others.at_work(frozenset({"new", "newest"}), START + 2 * LEASE)


async def test_time_begins_on_a_monday(world: World) -> None:
    """A store that nothing was sent from begins at the beginning."""
    assert await rehearsing.time_of(world.store) == START == datetime.fromisoformat("2026-01-05T00:00Z")
