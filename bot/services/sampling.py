"""The sample trust of the local run: people, a closed round, and a prompt that waits for review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.commands import SharePrompt
from bot.domain.people import GroupId, PersonId, RosterEntry
from bot.domain.pulses import OPEN_FOR, Answer, Round
from bot.errors import WrongStore
from bot.services import curating, enrolling
from bot.services.ports import UnitOfWork, World

SOON = timedelta(days=2)
"""The next round opens on the first Monday after this."""


SAMPLE_PERSON = PersonId("00000000-0000-0000-0000-000000000020")
"""Alex Sample: where they are on the roster, the store holds the sample trust."""


async def refuse_sample(world: World) -> None:
    """Raise WrongStore where the store holds the sample trust: staff would meet people who do not exist."""
    async with world.store.unit_of_work() as work:
        if await work.people.get(SAMPLE_PERSON):
            raise WrongStore("This store holds sample data. Name another in STEADY_DRIP_STORE.")


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One made-up answer of the closed round."""

    group: GroupId
    confidence: int
    workload: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that the local run begins with. It is called sample data wherever it appears."""

    entries: Sequence[RosterEntry]
    answers: Sequence[SampleAnswer]
    author: PersonId
    shared: SharePrompt


async def load(world: World, sample: Sample) -> bool:
    """Load the sample trust into an empty store, whole, and return True; where it is already, return False.

    Raises WrongStore for a store that has other people: sample and real data never mix.
    """
    async with world.store.unit_of_work() as work:
        if await work.people.get(SAMPLE_PERSON):
            return False
        if await work.people.groups():
            raise WrongStore("This store has real people. A local run needs another: STEADY_DRIP_STORE.")
        await enrolling.keep(work, sample.entries)
        await _closed_round(world, work, sample.answers, world.clock.now())
        await work.contributions.put(curating.contribution_of(world, sample.author, sample.shared))
    return True


async def _closed_round(
    world: World, work: UnitOfWork, answers: Sequence[SampleAnswer], now: datetime
) -> None:
    opens = _monday_after(now + SOON) - world.house.pulse_every
    round_ = Round(f"{opens:%Y-%m-%d}", opens, opens + OPEN_FOR, None, world.house.threshold, sealed=True)
    await work.pulses.put_round(round_)
    for one in answers:
        voice = world.chance.new_id()
        await work.pulses.put_answer(Answer(round_.id, voice, one.group, one.confidence, one.workload))


def _monday_after(moment: datetime) -> datetime:
    day = moment.date() + timedelta(days=1)
    monday = day + timedelta(days=-day.weekday() % 7)
    return datetime.combine(monday, time(0), moment.tzinfo)
