"""Prompts between organisations: only what was approved leaves, and what comes waits for a review."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audit import Act
from bot.domain.commands.sharing import ApprovePrompt, DeclinePrompt
from bot.domain.library.bundles import Bundle, BundledPrompt, News
from bot.domain.library.contributions import Contribution
from bot.domain.messages import Note, ReviewRequest
from bot.domain.outbox.subjects import ReviewDue
from bot.domain.staff.people import Right, RoleId
from bot.errors import Problems
from bot.services.library import announcing, exchanging, reviewing, sharing
from bot.services.ports import World
from bot.services.records import all_prompts
from tests.bundles import BUNDLE, NAMED, ONE, TWO
from tests.fakes import SettableClock
from tests.kept import everything, keep, open_for
from tests.samples import MONDAY, staff
from tests.services.shared_prompts import CHAM, PROMPT, REV

WHO = "operator:sample"
CREDITED = replace(PROMPT, title="With a name", credit=True, prompt="Draft a notice about [what changes].")
SECOND = staff("Rea Sample", rights=frozenset({Right.REVIEWER}))


async def approved(world: World, *commands: object) -> None:
    """Prompts of Cham's that Rev has approved."""
    await keep(world, CHAM, REV)
    for command in commands:
        assert isinstance(command, type(PROMPT))
        await sharing.submit(world, CHAM.id, command)
    for one in await waiting(world):
        await reviewing.approve(world, REV.id, ApprovePrompt(one.id))


async def waiting(world: World) -> list[Contribution]:
    """What waits for a review."""
    async with world.store.unit_of_work() as work:
        return list(await work.contributions.submitted())


async def in_library(world: World) -> list[Contribution]:
    """What was approved."""
    async with world.store.unit_of_work() as work:
        return list(await work.contributions.approved())


async def acts(world: World) -> list[Act]:
    """What is on record."""
    async with world.store.unit_of_work() as work:
        return [record.act for record in await work.audit.since(MONDAY - timedelta(days=1))]


async def take_in(world: World, bundle: Bundle = BUNDLE, **options: bool) -> list[News]:
    """What each prompt of a bundle was to us."""
    arrivals, _ = await exchanging.receive(world, WHO, bundle, NAMED, **options)
    return [one.news for one in arrivals]


# Out


async def test_what_was_approved_goes(world: World) -> None:
    """With who approved it, when and under which licence; what waits or was declined stays; on record."""
    await approved(world, PROMPT)
    await sharing.submit(world, CHAM.id, CREDITED)
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0")
    (one,) = packed.bundle.prompts
    assert (one.title, one.licence, one.approved) == ("Sum up the ward round list", "CC-BY-4.0", MONDAY)
    assert one.approved_by == "a reviewer (Ward clerk)"
    assert (packed.bundle.organisation, packed.left_out) == (world.house.organisation, [])
    assert await acts(world) == [Act.PROMPTS_BUNDLED]


async def test_a_name_goes_only_with_a_yes(world: World) -> None:
    """Nobody's name leaves by default, and the reviewer's never."""
    await approved(world, PROMPT, CREDITED)
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0")
    assert {one.title: one.author for one in packed.bundle.prompts} == {
        "Sum up the ward round list": "",
        "With a name": "Cham Sample",
    }
    assert "Rev Sample" not in repr(packed.bundle)


async def test_a_yes_can_be_taken_back(world: World) -> None:
    """With one tap on the card of what one shared, which offers it only where there is something to take."""
    await approved(world, CREDITED)
    card = await sharing.show_mine(world, CHAM.id)
    assert isinstance(card, Note)
    assert "keep_name_back" in [step.verb for step in card.steps]
    await sharing.keep_name_back(world, CHAM.id)
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0")
    assert [one.author for one in packed.bundle.prompts] == [""]
    again = await sharing.show_mine(world, CHAM.id)
    assert isinstance(again, Note)
    assert "keep_name_back" not in [step.verb for step in again.steps]


async def test_an_author_who_was_erased_is_not_named(world: World) -> None:
    """Whatever they had said before."""
    await approved(world, CREDITED)
    async with world.store.unit_of_work() as work:
        (one,) = await work.contributions.of(CHAM.id)
        left = one.without(CHAM.id)
        assert left is not None
        await work.contributions.put(left)
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0")
    assert [one.author for one in packed.bundle.prompts] == [""]


async def test_it_is_looked_at_again_before_it_goes(world: World) -> None:
    """Somebody of that name may have joined since it was approved; it is left out and named."""
    await approved(world, PROMPT, replace(CREDITED, prompt="Write to Wren Featherstone about [the notice]."))
    await keep(world, staff("Wren Featherstone"))
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0")
    assert [one.title for one in packed.bundle.prompts] == ["Sum up the ward round list"]
    assert "Wren Featherstone" in packed.left_out[0]


async def test_nothing_to_send(world: World) -> None:
    """That is said, and nothing is on record."""
    with pytest.raises(Problems, match="There is no approved prompt to send"):
        await exchanging.pack(world, WHO, "CC-BY-4.0")
    assert await acts(world) == []


async def test_an_administrator_chooses(world: World) -> None:
    """By id; one that is not ours to send is named."""
    await approved(world, PROMPT, CREDITED)
    chosen = (await in_library(world))[0]
    packed = await exchanging.pack(world, WHO, "CC-BY-4.0", [chosen.id])
    assert [one.id for one in packed.bundle.prompts] == [chosen.id]
    with pytest.raises(Problems, match="--only nothing: is no prompt that was shared and approved here"):
        await exchanging.pack(world, WHO, "CC-BY-4.0", ["nothing"])


async def test_what_came_from_elsewhere_is_not_passed_on(world: World) -> None:
    """It travels from where it was approved: one source, one licence, one place to take it back."""
    await keep(world, REV)
    await take_in(world)
    for one in await waiting(world):
        await reviewing.approve(world, REV.id, ApprovePrompt(one.id))
    with pytest.raises(Problems, match="There is no approved prompt to send"):
        await exchanging.pack(world, WHO, "CC-BY-4.0")


# In


async def test_what_comes_waits_for_a_review(world: World) -> None:
    """It is on record, reviewers hear of it once, and the library is as it was until somebody says yes."""
    await keep(world, REV, SECOND)
    before = await titles(world)
    assert await take_in(world) == [News.NEW, News.NEW]
    assert {one.title for one in await waiting(world)} == {ONE.title, TWO.title}
    assert await titles(world) == before
    assert await acts(world) == [Act.PROMPTS_RECEIVED]
    for reviewer in (REV, SECOND):
        first, reminder = await open_for(world, reviewer.id)
        assert isinstance(first.subject, ReviewDue)
        assert (reminder.subject, reminder.due > first.due) == (first.subject, True)


async def titles(world: World) -> list[str]:
    """The titles of the whole library."""
    async with world.store.unit_of_work() as work:
        return [prompt.title for prompt in await all_prompts(world.library, work)]


async def test_the_same_file_twice_changes_nothing(world: World) -> None:
    """Not while it waits, not once it was approved, declined, or changed by a reviewer."""
    await keep(world, REV)
    await take_in(world)
    for _ in range(3):
        before = everything(world)
        assert await take_in(world) == [News.KNOWN, News.KNOWN]
        assert everything(world) == before
        if left := await waiting(world):
            await reviewing.approve(world, REV.id, ApprovePrompt(left[0].id))
            await reviewing.decline(world, REV.id, DeclinePrompt(left[-1].id, "We have one."))


async def test_the_review_says_where_it_comes_from(world: World) -> None:
    """The other organisation, when and by whom it was approved, and its licence."""
    await keep(world, REV)
    await take_in(world)
    card = await reviewing.show_reviews(world, REV.id)
    assert isinstance(card, ReviewRequest)
    assert card.author == "a colleague at Other Sample Trust"
    assert "Approved at Other Sample Trust on 1 October 2026 by: a reviewer (Ward clerk)" in card.checks[0]
    assert "CC-BY-4.0" in card.checks[0]


async def test_an_approved_one_keeps_its_source(world: World) -> None:
    """Readers see from whom it is, and its licence goes with it."""
    await keep(world, REV)
    await take_in(world, replace(BUNDLE, prompts=(replace(ONE, author="Kim Sample"),)))
    (one,) = await waiting(world)
    await reviewing.approve(world, REV.id, ApprovePrompt(one.id))
    (kept,) = await in_library(world)
    made = kept.as_prompt()
    assert (made.author, made.licence) == ("Kim Sample at Other Sample Trust", "CC-BY-4.0")


async def test_a_changed_one_waits_beside_the_old_one(world: World) -> None:
    """What is in the library stays until the new words are approved; then they take its place."""
    await keep(world, REV)
    await take_in(world, replace(BUNDLE, prompts=(ONE,)))
    (old,) = await waiting(world)
    await reviewing.approve(world, REV.id, ApprovePrompt(old.id))
    changed = replace(ONE, text="Make a short list of [what is left to do], by ward.")
    assert await take_in(world, replace(BUNDLE, prompts=(changed,))) == [News.CHANGED]
    assert [one.id for one in await in_library(world)] == [old.id]
    (new,) = await waiting(world)
    await reviewing.approve(world, REV.id, ApprovePrompt(new.id))
    assert [one.text for one in await in_library(world)] == [changed.text]


async def test_a_changed_one_takes_the_place_of_one_that_waits(world: World) -> None:
    """Nobody reviews words that are out of date."""
    await keep(world, REV)
    await take_in(world, replace(BUNDLE, prompts=(ONE,)))
    changed = replace(ONE, text="Make a short list of [what is left to do], by ward.")
    await take_in(world, replace(BUNDLE, prompts=(changed,)))
    assert [one.text for one in await waiting(world)] == [changed.text]


async def test_another_key_is_another_source(world: World) -> None:
    """Whoever else is trusted cannot take the place of somebody's prompt."""
    await keep(world, REV)
    await take_in(world, replace(BUNDLE, prompts=(ONE,)))
    changed = replace(BUNDLE, prompts=(replace(ONE, text="Make a list of [something else] instead."),))
    arrivals, _ = await exchanging.receive(world, WHO, changed, "another-key")
    assert [one.news for one in arrivals] == [News.NEW]
    assert len(await waiting(world)) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (replace(ONE, text="Ask about 943 476 5919 and sum it up."), "an NHS number (943 476 5919)"),
        (replace(ONE, check="Ask Sam Sample whether it is right."), "Sam Sample"),
        (replace(ONE, author="kim@trust.invalid"), "an e-mail address (kim@trust.invalid)"),
        (replace(ONE, text="Too short"), "The prompt is too short to help"),
        (replace(ONE, title="x" * 61), "Please shorten the title to 60 characters"),
        (replace(ONE, role=RoleId("astronaut")), "its role is not in our library"),
    ],
)
async def test_what_we_would_not_take_from_our_own_is_not_taken_from_others(
    world: World, changed: BundledPrompt, said: str
) -> None:
    """Nothing of the file is; with --skip-invalid the others are."""
    await keep(world, REV, staff())
    bundle = replace(BUNDLE, prompts=(changed, TWO))
    before = everything(world)
    with pytest.raises(Problems) as problems:
        await take_in(world, bundle)
    assert problems.value.lines[0].startswith(f"“{changed.title}” ({changed.id}): ")
    assert said in problems.value.lines[0]
    assert "Nothing was taken in." in problems.value.lines[-1]
    assert everything(world) == before
    assert await take_in(world, bundle, skip_invalid=True) == [News.NEW]


async def test_looking_changes_nothing(world: World) -> None:
    """It says what would be new."""
    await keep(world, REV)
    before = everything(world)
    arrivals, wrong = await exchanging.look(world, BUNDLE, NAMED)
    assert ([one.news for one in arrivals], wrong) == ([News.NEW, News.NEW], [])
    assert everything(world) == before


async def test_reviewers_are_reminded_of_one_not_of_hundreds(world: World, clock: SettableClock) -> None:
    """A large file does not fill anybody's chat: one card and one reminder, whatever is decided meanwhile."""
    await keep(world, REV, SECOND)
    many = tuple(replace(ONE, id=f"id-{n}", title=f"Title {n}") for n in range(30))
    await take_in(world, replace(BUNDLE, prompts=many))
    first, reminder = await open_for(world, REV.id)
    assert isinstance(first.subject, ReviewDue)
    await reviewing.approve(world, SECOND.id, ApprovePrompt(first.subject.contribution))
    clock.forward(timedelta(days=7))
    assert await announcing.remind_due(world) == 0
    assert await open_for(world, REV.id) == [first, reminder]
    async with world.store.unit_of_work() as work:
        card = await reviewing.request(world, work, first.subject.contribution)
    assert isinstance(card, ReviewRequest), "the next of the file is shown in place of what was decided"
    assert card.contribution_id != first.subject.contribution
