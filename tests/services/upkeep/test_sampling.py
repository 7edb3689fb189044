"""The sample trust of the local run: there at once, and never laid over anything real."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.config import HOME
from bot.content.library import load_library
from bot.content.sample import load_sample
from bot.domain import rehearsals
from bot.domain.commands.champions import ShowDirectory
from bot.domain.commands.leads import ShowSummary
from bot.domain.commands.sharing import SharePrompt
from bot.domain.library.prompts import DataRule
from bot.domain.messages import GroupSummary, Note, ReviewRequest
from bot.domain.peers.champions import Profile, Standing
from bot.domain.staff.people import Right
from bot.errors import WrongStore
from bot.services.library import reviewing
from bot.services.peers import championing
from bot.services.ports import World
from bot.services.rounds import summarising, surveying
from bot.services.upkeep import sampling
from bot.services.upkeep.sampling import SAMPLE_PERSON, Sample, SampleAnswer
from bot.storage.memory import MemoryStore
from tests.fakes import SettableClock
from tests.kept import everything, keep
from tests.samples import CLERK, WARD, champion, staff

MEMBERS = [staff(f"Member {number}") for number in range(12)]
PEOPLE = [champion(), champion("Rev Sample"), staff("Lea Sample", leads=frozenset({WARD}))]
ALEX = [replace(person.roster, id=SAMPLE_PERSON) for person in [staff("Alex Sample")] if person.roster]
SAMPLE = Sample(
    entries=[*ALEX, *(person.roster for person in [*PEOPLE, *MEMBERS] if person.roster)],
    rounds=[[SampleAnswer(WARD, (number % 5 + 1, number % 3 + 1, 3, 2)) for number in range(12)]] * 2,
    author=PEOPLE[0].id,
    shared=SharePrompt("A title", "A prompt that is long enough", CLERK, "A check", DataRule.INTERNAL),
    profiles=[
        Profile(PEOPLE[0].id, Standing.ACTIVE, (CLERK,), ("letters",), "North site", ("English", "Welsh"))
    ],
)


async def test_the_sample_trust_has_something_to_show(world: World) -> None:
    """A lead's summary and a prompt to review are there from the first minute, and called sample data."""
    world = replace(world, house=replace(world.house, local_run=True))
    assert await sampling.load(world, SAMPLE)
    card = await summarising.summary(world, PEOPLE[2].id, ShowSummary())
    assert isinstance(card, GroupSummary)
    assert card.sample_data
    assert isinstance(await reviewing.show_reviews(world, PEOPLE[1].id), ReviewRequest)


async def test_the_directory_has_something_to_show(world: World) -> None:
    """What a sample champion offers can be found by its words."""
    await sampling.load(world, SAMPLE)
    card = await championing.show_directory(world, PEOPLE[1].id, ShowDirectory("welsh letters"))
    assert isinstance(card, Note)
    assert [line.split(":")[0] for line in card.lines] == ["Cham Sample"]


def test_every_sample_champion_has_a_profile() -> None:
    """The files of the local run fit together: whoever the roster calls a champion says what they offer."""
    sample = load_sample(HOME / "docs" / "sample-trust", load_library(HOME / "prompts_library"))
    champions = {entry.id for entry in sample.entries if Right.CHAMPION in entry.rights}
    assert {profile.person for profile in sample.profiles} == champions
    roles = {entry.id: entry.role for entry in sample.entries}
    assert all(roles[profile.person] in profile.roles for profile in sample.profiles)


async def test_sample_totals_are_blurred_and_the_same_everywhere(world: World) -> None:
    """What the card says of all totals is so of these: moved by chance, which is alike on every machine."""
    await sampling.load(world, SAMPLE)
    async with world.store.unit_of_work() as work:
        figures = [one.figures[0] for one in await work.pulses.published_of([f"team:{WARD}"])]
        elsewhere = replace(world, store=MemoryStore())
    assert [figure.values for figure in figures] != [(3, 3, 2, 2, 2)] * 2
    assert all(figure.spread > 0 for figure in figures)
    await sampling.load(elsewhere, SAMPLE)
    async with elsewhere.store.unit_of_work() as work:
        assert [one.figures[0] for one in await work.pulses.published_of([f"team:{WARD}"])] == figures


async def test_loading_twice_is_loading_once(world: World) -> None:
    """A second start changes nothing."""
    await sampling.load(world, SAMPLE)
    before = everything(world)
    assert not await sampling.load(world, SAMPLE)
    assert everything(world) == before


async def test_a_real_roster_is_never_mixed_with_samples(world: World) -> None:
    """Where anybody else is on the roster, the sample stays out, and the start says why."""
    await keep(world, staff())
    before = everything(world)
    with pytest.raises(WrongStore, match="real people"):
        await sampling.load(world, SAMPLE)
    assert everything(world) == before


async def test_a_service_in_earnest_refuses_the_sample(world: World) -> None:
    """Staff must not be sent to champions who do not exist; any other store is welcome."""
    await sampling.refuse_sample(world)
    await sampling.load(world, SAMPLE)
    with pytest.raises(WrongStore, match="sample data"):
        await sampling.refuse_sample(world)


async def test_nobody_starts_on_a_rehearsal(world: World) -> None:
    """Its people are made up as well, whether the service is in earnest or a local one."""
    await keep(world, rehearsals.person(0, [CLERK]))
    with pytest.raises(WrongStore, match="made-up people of a rehearsal"):
        await sampling.refuse_sample(world)
    with pytest.raises(WrongStore, match="rehearsal's"):
        await sampling.load(world, SAMPLE)


async def test_the_next_round_opens_soon(world: World, clock: SettableClock) -> None:
    """After the closed round of the sample, the next one opens within the ten days after."""
    await sampling.load(world, SAMPLE)
    assert await surveying.open_due(world) is None
    clock.forward(timedelta(days=10))
    assert await surveying.open_due(world) is not None
