"""Thanks once a quarter: to whoever shared or helped, from true counts, once, and within the cap."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.commands.sharing import ApprovePrompt
from bot.domain.library.experiences import Experience, Votes
from bot.domain.library.prompts import PromptId
from bot.domain.messages import Message, Note
from bot.domain.outbox.subjects import QuarterThanksDue
from bot.domain.peers.help_requests import HelpRequest, Offer, Response, Stage
from bot.domain.peers.quarters import end_of, quarter_in_words, quarter_to_thank
from bot.domain.staff.people import GroupId, PersonId
from bot.services import thanking
from bot.services.library import reviewing, sharing
from bot.services.ports import World
from tests.fakes import SettableClock
from tests.kept import everything, keep, open_for
from tests.samples import champion, staff
from tests.services.shared_prompts import CHAM, PROMPT, REV, SHARED

AUTUMN = date(2026, 10, 1)
NEW_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
BEFORE = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SAM = staff()


def helped(champion_id: PersonId, at: datetime = BEFORE, stage: Stage = Stage.HELPED) -> HelpRequest:
    """A request that somebody said yes to."""
    offer = Offer(champion_id, at, Response.ACCEPTED)
    return HelpRequest(f"h-{at}-{stage}", SAM.id, "", (), "", None, at, at, None, stage, (offer,))


async def keep_requests(world: World, *requests: HelpRequest) -> None:
    """Put them into the store."""
    async with world.store.unit_of_work() as work:
        for request in requests:
            await work.help_requests.put(request)


async def approve_one(world: World) -> None:
    """A prompt of Cham's that Rev has approved."""
    await keep(world, CHAM, REV)
    await sharing.submit(world, CHAM.id, PROMPT)
    await reviewing.approve(world, REV.id, ApprovePrompt(SHARED))


async def message(world: World, person: PersonId) -> Message | None:
    """What somebody is sent."""
    async with world.store.unit_of_work() as work:
        known = await work.people.get(person)
        assert known is not None
        return await thanking.message(world, work, AUTUMN, known)


async def thanked(world: World, person: PersonId) -> list[object]:
    """The thanks that are planned for somebody."""
    planned = [one.subject for one in await open_for(world, person) if one.unasked]
    return [subject for subject in planned if isinstance(subject, QuarterThanksDue)]


@pytest.mark.parametrize(
    ("now", "quarter"),
    [
        (NEW_YEAR, AUTUMN),
        (datetime(2027, 1, 7, 23, 59, tzinfo=UTC), AUTUMN),
        (datetime(2027, 1, 8, tzinfo=UTC), None),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), None),
        (datetime(2026, 4, 1, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 10, 3, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_a_quarter_is_thanked_for_when_it_has_ended(now: datetime, quarter: date | None) -> None:
    """In the first week of the next one, and at no other time."""
    assert quarter_to_thank(now) == quarter


def test_a_quarter_has_three_months() -> None:
    """In words, and to the day."""
    assert quarter_in_words(AUTUMN) == "October to December"
    assert [end_of(date(2026, month, 1)) for month in (1, 10)] == [date(2026, 4, 1), date(2027, 1, 1)]


async def test_authors_and_helpers_are_thanked_once(world: World, clock: SettableClock) -> None:
    """However often the tick comes or the service starts anew; who did neither hears nothing."""
    await approve_one(world)
    helper = champion("Hel Sample")
    await keep(world, helper, SAM)
    await keep_requests(world, helped(helper.id))
    clock.at = NEW_YEAR
    assert await thanking.thank_due(world) == 2
    before = everything(world)
    assert [await thanking.thank_due(world) for _ in range(3)] == [0, 0, 0]
    assert everything(world) == before
    for person in (CHAM, helper):
        assert await thanked(world, person.id) == [QuarterThanksDue(AUTUMN)]
    for person in (REV, SAM):
        assert await thanked(world, person.id) == []


async def test_between_times_nobody_is_thanked(world: World, clock: SettableClock) -> None:
    """The tick does nothing for most of a quarter."""
    await approve_one(world)
    clock.at = NEW_YEAR + timedelta(days=10)
    assert await thanking.thank_due(world) == 0


async def test_help_of_another_quarter_counts_then(world: World, clock: SettableClock) -> None:
    """A yes of this January is for April's thanks; so is one of last summer, long thanked for."""
    helper = champion("Hel Sample")
    await keep(world, helper)
    await keep_requests(
        world,
        helped(helper.id, NEW_YEAR - timedelta(days=1)),
        helped(helper.id, BEFORE - timedelta(days=90)),
    )
    clock.at = NEW_YEAR
    assert await thanking.thank_due(world) == 0
    assert await message(world, helper.id) is None


async def test_the_thanks_say_what_came_of_it(world: World) -> None:
    """Plain counts, those of other people's tries as "a few"; from the organisation."""
    await approve_one(world)
    await keep(
        world, *(Experience(PersonId(f"p{n}"), PromptId(f"shared-{SHARED}"), BEFORE) for n in range(7))
    )
    async with world.store.unit_of_work() as work:
        await work.votes.put(Votes(PromptId(f"shared-{SHARED}"), worked=2))
    await keep_requests(
        world,
        helped(CHAM.id),
        helped(CHAM.id, BEFORE + timedelta(days=1)),
        helped(CHAM.id, BEFORE + timedelta(days=2), Stage.ENDED),
    )
    card = await message(world, CHAM.id)
    assert isinstance(card, Note)
    assert card.lines == [
        "From October to December you said yes to a colleague 3 times, "
        "and twice you heard that it made a difference.",
        "“Sum up the ward round list”, which you shared: 7 got it. "
        "A few said how it went; it worked for a few.",
        f"With thanks from {world.house.organisation}. Nobody else sees these numbers.",
    ]


async def test_the_lead_of_the_organisation_signs(world: World) -> None:
    """Where the staff list names one person who leads all of it; two cannot sign one card."""
    await approve_one(world)
    lead = staff("Lea Sample", leads=frozenset({GroupId("organisation")}))
    await keep(world, lead)
    card = await message(world, CHAM.id)
    assert isinstance(card, Note)
    assert card.lines[-1].startswith(f"With thanks from Lea Sample and {world.house.organisation}.")
    await keep(world, staff("Lou Sample", leads=frozenset({GroupId("organisation")})))
    card = await message(world, CHAM.id)
    assert isinstance(card, Note)
    assert card.lines[-1].startswith(f"With thanks from {world.house.organisation}.")


async def test_nothing_is_said_of_what_is_gone(world: World) -> None:
    """A prompt that was retired after the thanks were planned is not thanked for."""
    await approve_one(world)
    async with world.store.unit_of_work() as work:
        found = await work.contributions.get(SHARED)
        assert found is not None
        await work.contributions.put(replace(found, stage=type(found.stage).RETIRED))
    assert await message(world, CHAM.id) is None


@pytest.mark.parametrize(
    ("people", "said"), [(0, "nobody"), (1, "a few"), (4, "a few"), (5, "5"), (40, "40")]
)
async def test_an_author_sees_how_many_got_it(world: World, people: int, said: str) -> None:
    """Not counting themselves; few are told as a few."""
    await approve_one(world)
    await keep(
        world, *(Experience(PersonId(f"p{n}"), PromptId(f"shared-{SHARED}"), BEFORE) for n in range(people))
    )
    card = await sharing.show_mine(world, CHAM.id)
    assert isinstance(card, Note)
    assert card.lines[0].startswith(f"“Sum up the ward round list” is in the library: {said} ")
