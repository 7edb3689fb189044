"""Shared prompts: no identifiers, two pairs of eyes, and then the library."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contributions import LONGEST_REASON, Stage
from bot.domain.delivery import Delivery
from bot.domain.messages import Message, Note, ReviewRequest, ShareForm, Tip
from bot.domain.people import Person, PersonId, Right, RoleId
from bot.domain.prompts import DataRule, PromptId
from bot.domain.review_commands import ApprovePrompt, DeclinePrompt, SharePrompt
from bot.domain.subjects import OutcomeDue, ReviewDue
from bot.services import curating, nudging
from bot.services.ports import World
from bot.services.records import all_prompts
from tests.kept import everything, experiences_in, keep, open_for
from tests.samples import CLERK, champion, staff, stranger

CHAM = champion()
REV = champion("Rev Sample")
ONLY_CHAMPION = staff("Olly Sample", rights=frozenset({Right.CHAMPION}))
ONLY_REVIEWER = staff("Rea Sample", rights=frozenset({Right.REVIEWER}))
ADMIN = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
SAM = staff()
PROMPT = SharePrompt(
    title="  Sum up the ward round list ",
    prompt="Make a list of [what is left to do].",
    role=CLERK,
    check="Count the lines against your own list.",
    data=DataRule.INTERNAL,
)
SHARED = "id-1"


async def shared(world: World, *people: Person) -> None:
    """One prompt that waits for review, by Cham, among these people."""
    await keep(world, CHAM, *people)
    answer = await curating.submit(world, CHAM.id, PROMPT)
    assert isinstance(answer, Note)
    assert answer.title == "Thank you for sharing"


async def stage(world: World) -> Stage:
    """Where the shared prompt is."""
    async with world.store.unit_of_work() as work:
        found = await work.contributions.get(SHARED)
    assert found is not None
    return found.stage


async def titles(world: World) -> list[str]:
    """The titles of the whole library, the shared ones last."""
    async with world.store.unit_of_work() as work:
        return [prompt.title for prompt in await all_prompts(world.library, work)]


async def request(world: World, contribution_id: str = SHARED) -> Message | None:
    """What a reviewer is sent, in a unit of work of its own."""
    async with world.store.unit_of_work() as work:
        return await curating.request(world, work, contribution_id)


async def outcome(world: World, contribution_id: str = SHARED) -> Message | None:
    """What the author is sent, in a unit of work of its own."""
    async with world.store.unit_of_work() as work:
        return await curating.outcome(work, contribution_id)


def subjects(deliveries: list[Delivery]) -> list[object]:
    """What is planned."""
    return [delivery.subject for delivery in deliveries]


async def test_a_form_that_was_sent_twice_is_one_prompt(world: World) -> None:
    """A double tap, or a request that comes again: thanked each time, kept and asked about once."""
    await shared(world, REV)
    await shared(world, REV)
    async with world.store.unit_of_work() as work:
        assert [one.id for one in await work.contributions.submitted()] == [SHARED]
    asked = await open_for(world, REV.id)
    assert subjects(asked) == [ReviewDue(SHARED)] * 2, "now, and a reminder in three working days"


async def test_the_form_is_for_champions(world: World) -> None:
    """A champion gets the form with their own role chosen; others hear who can share for them."""
    await keep(world, CHAM, SAM)
    form = await curating.show_form(world, CHAM.id)
    assert isinstance(form, ShareForm)
    assert (form.role, form.problem) == (CLERK, "")
    assert isinstance(await curating.show_form(world, SAM.id), Note)


async def test_sharing_asks_every_reviewer_but_the_author(world: World) -> None:
    """Everybody with the right is asked in their own hours; the author is not, nor is anybody else."""
    await shared(world, REV, ONLY_REVIEWER, ONLY_CHAMPION, SAM)
    for reviewer in (REV, ONLY_REVIEWER):
        asked, reminder = await open_for(world, reviewer.id)
        assert asked.subject == reminder.subject == ReviewDue(SHARED)
        assert asked.unasked
        assert reminder.due - asked.due == timedelta(days=3)
    for other in (CHAM, ONLY_CHAMPION, SAM):
        assert await open_for(world, other.id) == []
    assert await stage(world) is Stage.SUBMITTED
    assert "Sum up the ward round list" not in await titles(world)


@pytest.mark.parametrize("person", [SAM, ONLY_REVIEWER, ADMIN, stranger()])
async def test_no_right_to_share_stores_nothing(world: World, person: Person) -> None:
    """A form that somebody without the right sends gets a kind refusal."""
    await keep(world, person)
    before = everything(world)
    answer = await curating.submit(world, person.id, PROMPT)
    assert isinstance(answer, Note)
    assert answer.title == "Champions share prompts here"
    assert answer.steps
    assert everything(world) == before


@pytest.mark.parametrize(
    ("command", "kind", "words"),
    [
        (replace(PROMPT, prompt="Write about 943 476 5919."), "an NHS number", "943 476 5919"),
        (replace(PROMPT, title="For kim@trust.invalid"), "an e-mail address", "kim@trust.invalid"),
        (replace(PROMPT, check="Ring 01632 960123."), "a phone number", "01632 960123"),
    ],
)
async def test_identifiers_are_refused_with_the_exact_words(
    world: World, command: SharePrompt, kind: str, words: str
) -> None:
    """The form comes back with what would be kept and the words to take out; nothing is stored."""
    await keep(world, CHAM, REV)
    before = everything(world)
    form = await curating.submit(world, CHAM.id, command)
    assert isinstance(form, ShareForm)
    assert f"{kind} ({words})" in form.problem
    typed = tuple(one.strip() for one in (command.title, command.prompt, command.check))
    assert (form.title, form.prompt, form.check) == typed
    assert everything(world) == before


@pytest.mark.parametrize(
    "command", [replace(PROMPT, title=" "), replace(PROMPT, prompt="x" * 901), replace(PROMPT, check="")]
)
async def test_an_unfinished_prompt_comes_back(world: World, command: SharePrompt) -> None:
    """What is missing or too long is said on the form; nothing is stored."""
    await keep(world, CHAM, REV)
    before = everything(world)
    form = await curating.submit(world, CHAM.id, command)
    assert isinstance(form, ShareForm)
    assert form.problem
    assert everything(world) == before


async def test_a_role_that_is_gone_stores_nothing(world: World) -> None:
    """A form from before a role was renamed gets a kind answer."""
    await keep(world, CHAM, REV)
    before = everything(world)
    answer = await curating.submit(world, CHAM.id, replace(PROMPT, role=RoleId("astronaut")))
    assert isinstance(answer, Note)
    assert everything(world) == before


async def test_a_reviewer_sees_what_waits(world: World) -> None:
    """The card shows the prompt, its check and who shares it."""
    await shared(world, REV)
    card = await curating.show_reviews(world, REV.id)
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
    answer = await curating.show_reviews(world, person.id)
    assert isinstance(answer, Note)
    assert answer.title == title
    assert answer.steps


async def test_an_approved_prompt_joins_the_library(world: World) -> None:
    """After somebody else's yes it is in the library, and its author is told."""
    await shared(world, REV)
    answer = await curating.approve(world, REV.id, ApprovePrompt(SHARED))
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
    await curating.approve(world, REV.id, ApprovePrompt(SHARED))
    assert [e.prompt for e in await experiences_in(world, CHAM.id)] == [PromptId("shared-id-1")]
    first = [await nudging.show_tip(world, person) for person in (REV.id, CHAM.id)]
    assert [isinstance(tip, Tip) and tip.prompt_id == "shared-id-1" for tip in first] == [True, False]


async def test_a_declined_prompt_stays_out_and_its_author_hears_why(world: World) -> None:
    """The reason reaches the author; the library does not change."""
    await shared(world, REV)
    before = await titles(world)
    answer = await curating.decline(world, REV.id, DeclinePrompt(SHARED, " Say where to check it. "))
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
    answer = await curating.decline(world, REV.id, DeclinePrompt(SHARED, reason))
    assert isinstance(answer, ReviewRequest)
    assert answer.problem
    assert answer.reason == reason.strip(), "nobody types it twice"
    assert everything(world) == before


async def decided(world: World, person: PersonId, *, approve: bool) -> Message:
    """Press one of the two buttons."""
    if approve:
        return await curating.approve(world, person, ApprovePrompt(SHARED))
    return await curating.decline(world, person, DeclinePrompt(SHARED, "A sample reason."))


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
    answer = await curating.approve(world, REV.id, ApprovePrompt("id-99"))
    assert isinstance(answer, Note)
    assert everything(world) == before
    assert await outcome(world, "id-99") is None
    assert await request(world, "id-99") is None


async def test_there_is_no_outcome_before_the_review(world: World) -> None:
    """An author is told once somebody decided."""
    await shared(world, REV)
    assert await outcome(world) is None
