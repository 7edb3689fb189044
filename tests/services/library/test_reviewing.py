"""Two pairs of eyes: who may decide about a shared prompt, and what follows from a yes and from a no."""

import pytest

from bot.domain.commands.sharing import ApprovePrompt, DeclinePrompt
from bot.domain.library.contributions import LONGEST_REASON
from bot.domain.library.prompts import PromptId
from bot.domain.messages import Message, Note, ReviewRequest, Tip
from bot.domain.outbox.subjects import OutcomeDue
from bot.domain.staff.people import Person, PersonId
from bot.services.drip import nudging
from bot.services.library import reviewing, sharing
from bot.services.ports import World
from tests.kept import everything, experiences_in, keep, open_for
from tests.samples import stranger
from tests.services.shared_prompts import (
    ADMIN,
    CHAM,
    ONLY_CHAMPION,
    ONLY_REVIEWER,
    PROMPT,
    REV,
    SAM,
    SHARED,
    shared,
    subjects,
    titles,
)


async def request(world: World, contribution_id: str = SHARED) -> Message | None:
    """What a reviewer is sent, in a unit of work of its own."""
    async with world.store.unit_of_work() as work:
        return await reviewing.request(world, work, contribution_id)


async def outcome(world: World, contribution_id: str = SHARED) -> Message | None:
    """What the author is sent, in a unit of work of its own."""
    async with world.store.unit_of_work() as work:
        return await sharing.outcome(work, contribution_id)


async def test_a_reviewer_sees_what_waits(world: World) -> None:
    """The card shows the prompt, its check and who shares it."""
    await shared(world, REV)
    card = await reviewing.show_reviews(world, REV.id)
    assert isinstance(card, ReviewRequest)
    assert (card.contribution_id, card.author) == (SHARED, "Cham Sample")
    assert (card.title, card.prompt, card.check, card.roles) == (
        "Sum up the ward round list",
        PROMPT.prompt,
        PROMPT.check,
        "Ward clerk",
    )
    assert await request(world) == card


@pytest.mark.parametrize(
    ("person", "title"),
    [
        (CHAM, "Nothing waits for review"),
        (SAM, "Reviewing is not switched on for you"),
        (ONLY_CHAMPION, "Reviewing is not switched on for you"),
    ],
)
async def test_nobody_else_sees_what_waits(world: World, person: Person, title: str) -> None:
    """The author does not see their own among what waits, and nobody without the right sees any."""
    await shared(world, person)
    answer = await reviewing.show_reviews(world, person.id)
    assert isinstance(answer, Note)
    assert answer.title == title
    assert answer.steps


async def test_an_approved_prompt_joins_the_library(world: World) -> None:
    """After somebody else's yes it is in the library, and its author is told."""
    await shared(world, REV)
    answer = await reviewing.approve(world, REV.id, ApprovePrompt(SHARED))
    assert isinstance(answer, Note)
    assert answer.title == "Approved"
    assert (await titles(world))[-1] == "Sum up the ward round list"
    assert subjects(await open_for(world, CHAM.id)) == [OutcomeDue(SHARED)]
    told = await outcome(world)
    assert isinstance(told, Note)
    assert told.title == "Your prompt was approved"
    assert await request(world) is None


async def test_authors_do_not_get_their_own_prompt_as_new(world: World) -> None:
    """A colleague's next tip is the shared prompt; its author's is not."""
    await shared(world, REV)
    await reviewing.approve(world, REV.id, ApprovePrompt(SHARED))
    assert [e.prompt for e in await experiences_in(world, CHAM.id)] == [PromptId("shared-id-1")]
    first = [await nudging.show_tip(world, person) for person in (REV.id, CHAM.id)]
    assert [isinstance(tip, Tip) and tip.prompt_id == "shared-id-1" for tip in first] == [True, False]


async def test_a_declined_prompt_stays_out_and_its_author_hears_why(world: World) -> None:
    """The reason reaches the author; the library does not change."""
    await shared(world, REV)
    before = await titles(world)
    answer = await reviewing.decline(world, REV.id, DeclinePrompt(SHARED, " Say where to check it. "))
    assert isinstance(answer, Note)
    assert answer.title == "Declined"
    told = await outcome(world)
    assert isinstance(told, Note)
    assert told.lines[-1] == "The reviewer says: Say where to check it."
    assert await titles(world) == before
    assert await experiences_in(world, CHAM.id) == []


@pytest.mark.parametrize("reason", ["", "  ", "x" * (LONGEST_REASON + 1), "See 943 476 5919"])
async def test_a_decline_needs_a_kind_reason(world: World, reason: str) -> None:
    """No reason, an endless one, or one that points to a person changes nothing."""
    await shared(world, REV)
    before = everything(world)
    answer = await reviewing.decline(world, REV.id, DeclinePrompt(SHARED, reason))
    assert isinstance(answer, ReviewRequest)
    assert answer.problem
    assert answer.reason == reason.strip(), "nobody types it twice"
    assert everything(world) == before


async def decided(world: World, person: PersonId, *, approve: bool) -> Message:
    """Press one of the two buttons."""
    if approve:
        return await reviewing.approve(world, person, ApprovePrompt(SHARED))
    return await reviewing.decline(world, person, DeclinePrompt(SHARED, "A sample reason."))


@pytest.mark.parametrize("approve", [True, False])
@pytest.mark.parametrize("person", [CHAM, SAM, ONLY_CHAMPION, ADMIN, stranger()])
async def test_only_another_reviewer_decides(world: World, person: Person, *, approve: bool) -> None:
    """Neither the author, though a reviewer, nor anybody without the right decides."""
    await shared(world, person)
    before = everything(world)
    answer = await decided(world, person.id, approve=approve)
    assert isinstance(answer, Note)
    assert answer.steps
    assert everything(world) == before


@pytest.mark.parametrize("approve", [True, False])
async def test_what_is_decided_stays_decided(world: World, *, approve: bool) -> None:
    """The second reviewer's button, or a second press, changes nothing."""
    await shared(world, REV, ONLY_REVIEWER)
    await decided(world, REV.id, approve=approve)
    before = everything(world)
    for person in (REV, ONLY_REVIEWER):
        for again in (True, False):
            answer = await decided(world, person.id, approve=again)
            assert isinstance(answer, Note)
            assert answer.title == "Already decided"
    assert everything(world) == before


async def test_a_contribution_that_never_was_stores_nothing(world: World) -> None:
    """A made-up id gets a kind answer, and there is nothing to tell anybody."""
    await keep(world, REV)
    before = everything(world)
    answer = await reviewing.approve(world, REV.id, ApprovePrompt("id-99"))
    assert isinstance(answer, Note)
    assert everything(world) == before
    assert await outcome(world, "id-99") is None
    assert await request(world, "id-99") is None


async def test_there_is_no_outcome_before_the_review(world: World) -> None:
    """An author is told once somebody decided."""
    await shared(world, REV)
    assert await outcome(world) is None
