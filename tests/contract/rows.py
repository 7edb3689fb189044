"""Rows with nothing in them that a test does not name, and how to put and read them in one breath."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.library.contributions import Contribution
from bot.domain.library.prompts import DataRule, PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.pacing import Pace
from bot.domain.outbox.subjects import Subject, TipDue
from bot.domain.rounds.pulses import Answer, Round
from bot.domain.staff.people import PersonId, RoleId
from bot.services.ports import Store
from tests.samples import MONDAY

SAM = PersonId("sam")
ALEX = PersonId("alex")
ONE = PromptId("one")
TWO = PromptId("two")


def after(minutes: float) -> datetime:
    """Some minutes after `MONDAY`, before it where they are negative."""
    return MONDAY + timedelta(minutes=minutes)


def delivery(
    key: str = "d",
    *,
    person: PersonId = SAM,
    due: datetime = MONDAY,
    unasked: bool = True,
    subject: Subject = TipDue(ONE, "it is new"),  # noqa: B008  # frozen
) -> Delivery:
    """A planned delivery, due at nine o'clock."""
    return Delivery(key, person, subject, due, due + timedelta(hours=12), unasked)


def to_each(*deliveries: Delivery) -> list[Delivery]:
    """The same deliveries, each to a person of its own."""
    return [replace(one, person=PersonId(f"for {one.key}")) for one in deliveries]


def pace(tenant: str = "t", *, next_free: datetime = MONDAY, halted_until: datetime = MONDAY) -> Pace:
    """A row of sends that begins at nine o'clock."""
    return Pace(tenant, next_free, halted_until)


def round_(round_id: str = "r", *, opens: datetime = MONDAY, secret: bytes | None = b"\x00\xff") -> Round:
    """A round of one week."""
    return Round(round_id, opens, opens + timedelta(days=7), secret)


def answer(
    voice: str,
    confidence: int,
    workload: int | None,
    *,
    group: str = "ward",
    site: str = "North",
    of: str = "r",
) -> Answer:
    """One voice of a team."""
    return Answer(of, voice, f"team:{group}", site, confidence, workload)


def contribution(contribution_id: str, *, submitted: datetime = MONDAY) -> Contribution:
    """A prompt that was just handed in."""
    return Contribution(
        contribution_id, SAM, "A title", "A text", RoleId("clerk"), "A check", DataRule.INTERNAL, submitted
    )


async def add(store: Store, *deliveries: Delivery) -> list[bool]:
    """Add deliveries in one unit of work; what `add` said of each."""
    async with store.unit_of_work() as work:
        return [await work.deliveries.add(d) for d in deliveries]


async def read(store: Store, key: str) -> Delivery | None:
    """A delivery, in a unit of work of its own."""
    async with store.unit_of_work() as work:
        return await work.deliveries.get(key)


async def claim(store: Store, now: datetime, limit: int = 10) -> list[str]:
    """The keys that are claimed, in a unit of work of its own."""
    async with store.unit_of_work() as work:
        return [d.key for d in await work.deliveries.claim(now, limit)]
