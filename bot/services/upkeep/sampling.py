"""The sample trust of the local run: people, closed rounds, and a prompt that waits for review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import count

from bot.domain.anonymity.blurring import Draw
from bot.domain.commands.sharing import SharePrompt
from bot.domain.peers.champions import Profile
from bot.domain.rehearsals import person_id
from bot.domain.rounds.pulses import Answer, Round, answers_of
from bot.domain.staff.cadence import stable_number
from bot.domain.staff.people import GroupId, Person, PersonId, RosterEntry
from bot.errors import WrongStore
from bot.services.library import sharing
from bot.services.ports import UnitOfWork, World
from bot.services.rounds import closing
from bot.services.upkeep import enrolling

SOON = timedelta(days=2)
"""The next round opens on the first Monday after this."""


SAMPLE_PERSON = PersonId("00000000-0000-0000-0000-000000000020")
"""Alex Sample: where they are on the roster, the store holds the sample trust."""


async def refuse_sample(world: World) -> None:
    """Raise WrongStore where the store holds made-up people: staff would meet people who do not exist."""
    async with world.store.unit_of_work() as work:
        if await holds_sample(work):
            raise WrongStore("This store holds sample data. Name another in STEADY_DRIP_STORE.")
        if await holds_rehearsal(work):
            raise WrongStore(
                "This store holds the made-up people of a rehearsal. Name another in STEADY_DRIP_STORE."
            )


async def is_sample(world: World) -> bool:
    """Whether the store holds the sample trust."""
    async with world.store.unit_of_work() as work:
        return await holds_sample(work)


async def holds_sample(work: UnitOfWork) -> bool:
    """The same, within a unit of work."""
    return await work.people.get(SAMPLE_PERSON) is not None


async def holds_rehearsal(work: UnitOfWork) -> bool:
    """Whether the store holds the made-up people of a rehearsal."""
    return await work.people.get(person_id(0)) is not None


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """One made-up answer of a closed round: confidence, workload, and the values of the turn."""

    team: GroupId
    said: Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Sample:
    """Everything that the local run begins with. It is called sample data wherever it appears."""

    entries: Sequence[RosterEntry]
    rounds: Sequence[Sequence[SampleAnswer]]
    author: PersonId
    shared: SharePrompt
    profiles: Sequence[Profile] = ()


async def load(world: World, sample: Sample) -> bool:
    """Load the sample trust into an empty store, whole, and return True; where it is already, return False.

    Raises WrongStore for a store that has other people: sample and real data never mix.
    """
    async with world.store.unit_of_work() as work:
        if await work.people.get(SAMPLE_PERSON):
            return False
        if await holds_rehearsal(work):
            raise WrongStore("This store is a rehearsal's. A local run needs another: STEADY_DRIP_STORE.")
        if await work.people.groups():
            raise WrongStore("This store has real people. A local run needs another: STEADY_DRIP_STORE.")
        await enrolling.keep(world, work, sample.entries)
        await _closed_rounds(world, work, sample, world.clock.now())
        for profile in sample.profiles:
            await work.champions.put(profile)
        await work.contributions.put(sharing.contribution_of(world, sample.author, sample.shared))
    return True


async def _closed_rounds(world: World, work: UnitOfWork, sample: Sample, now: datetime) -> None:
    """The rounds that have closed, oldest first; what is published of them is blurred like any round's."""
    draw = _same_chance()
    last = _monday_after(now + SOON) - world.house.calendar.every
    turn = ""
    for ago, answers in reversed(list(enumerate(reversed(sample.rounds)))):
        opens = last - ago * world.house.calendar.every
        turn = world.library.questions.following(turn)
        closes, threshold = world.house.calendar.closes(opens), world.house.threshold
        round_ = Round(f"{opens:%Y-%m-%d}", opens, closes, None, threshold, sealed=True, turn=turn)
        await work.pulses.put_round(round_)
        await work.pulses.put_answers(_made_up(round_, answers, sample.entries))
        await work.pulses.publish(await closing.published(world, work, round_, draw))
        await work.pulses.remove_answers(round_.id)


def _same_chance() -> Draw:
    """Chance that is the same on every machine: nobody is behind these answers, and pictures stay true."""
    return (stable_number(f"sample {number}") / 2**32 for number in count()).__next__


def _made_up(
    round_: Round, answers: Sequence[SampleAnswer], entries: Sequence[RosterEntry]
) -> Sequence[Answer]:
    """A team's answers as if its people had given them, in the order of the roster."""
    people = {team: [e for e in entries if e.team == team] for team in {a.team for a in answers}}
    kept: list[Answer] = []
    for one in answers:
        person = Person(people[one.team][0].id, people[one.team].pop(0))
        kept += answers_of(round_, b"made up", person, one.said)
    return kept


def _monday_after(moment: datetime) -> datetime:
    day = moment.date() + timedelta(days=1)
    monday = day + timedelta(days=-day.weekday() % 7)
    return datetime.combine(monday, time(0), moment.tzinfo)
