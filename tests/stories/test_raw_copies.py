"""Two towns with the same people, of whom in each the others answer: what is left of anybody is the same.

Somebody takes a copy of everything once the round has closed and looks for who had been silent in it: by the
days on which people were heard, by tips that made room for a reminder or came a day later, by anything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import PulseQuestions
from bot.services.ports import World
from bot.storage.memory import MemoryStore
from tests.fakes import PredictableChance, ScriptedOutbound, SettableClock
from tests.kept import everything, keep, person_in
from tests.samples import staff
from tests.stories.dialog import Actor, Town
from tests.stories.test_keeping_up import LargeLibrary

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
EARLY, LATE = OPENS + timedelta(days=2, hours=18), OPENS + timedelta(days=3, hours=13)
"""Before anybody is reminded, and once some have been."""

PEOPLE = range(28)
EVEN, ODD = PEOPLE[::2], PEOPLE[1::2]


@pytest.fixture
def world(world: World) -> World:
    """The usual small world with a library that does not run out."""
    return replace(world, library=LargeLibrary())


async def goes_on(town: Town, until: datetime) -> None:
    """Time passes by the hour, and what is due goes out."""
    while town.clock.at < until:
        town.clock.forward(timedelta(hours=1))
        await town.tick()


async def settled_in(town: Town, number: int) -> Actor:
    """Somebody with two to five tips a week, one of which needed changes, so that a note follows it."""
    actor = await town.welcomed(staff(f"Sam Sample {number}"))
    person = await person_in(town.world, actor.id)
    rhythm = replace(person.preferences.rhythm, per_week=2 + number // 2 % 4)
    await keep(town.world, person.choosing(replace(person.preferences, rhythm=rhythm)))
    return actor


async def answer(people: Sequence[Actor], answering: Collection[int]) -> set[int]:
    """Those of these who have the questions answer them, and change their mind once; who that was."""
    asked = {number for number in answering if cards_to(people[number])}
    for number in asked:
        people[number].finds(PulseQuestions)
        for confidence in ("2", str(number % 5 + 1)):
            await people[number].presses("pulse", confidence=confidence, workload="3")
            await people[number].presses("pulse_again")
    return asked


def cards_to(person: Actor) -> int:
    """How often somebody got the questions."""
    return sum(isinstance(message, PulseQuestions) for message in person.town.outbound.to(person.id))


async def lived(town: Town, answering: Sequence[int]) -> Mapping[str, Mapping[str, object]]:
    """A round and the two weeks after it; what is left in the store then."""
    people = [await settled_in(town, number) for number in PEOPLE]
    await goes_on(town, OPENS - timedelta(hours=10))
    for one in people:
        await one.types("tip")
        await one.presses("needed_changes")
    await goes_on(town, EARLY)
    early = await answer(people, answering[::2])
    await goes_on(town, LATE)
    late = await answer(people, answering[1::2])
    await goes_on(town, OPENS + timedelta(days=21))
    reminded = {number for number in PEOPLE if cards_to(people[number]) == 2}
    assert reminded.isdisjoint(early)
    assert len(reminded - late) >= 8
    assert min(len(early), len(late)) >= 5
    return everything(town.world)


async def test_what_is_left_of_a_round_tells_nobody_who_was_silent(town: Town, world: World) -> None:
    """Every table but the published totals is the same, row for row."""
    clock, outbound = SettableClock(), ScriptedOutbound()
    twin = replace(world, store=MemoryStore(), chance=PredictableChance(), clock=clock, outbound=outbound)
    left, other = await lived(town, EVEN), await lived(Town(twin, clock, outbound), ODD)
    assert left.keys() == other.keys()
    for name in left.keys() - {"publications"}:
        assert left[name] == other[name], name
    assert len(left["publications"]) > 1
    assert left["answers"] == {}
