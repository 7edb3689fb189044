"""Sharing a prompt: no identifiers, a form that comes back, and reviewers who are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands.sharing import SharePrompt
from bot.domain.library.contributions import Stage
from bot.domain.messages import Note, ShareForm
from bot.domain.outbox.subjects import ReviewDue
from bot.domain.staff.people import Person, RoleId
from bot.services.library import sharing
from bot.services.ports import World
from tests.kept import everything, keep, open_for
from tests.samples import CLERK, stranger
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
    stage,
    subjects,
    titles,
)


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
    form = await sharing.show_form(world, CHAM.id)
    assert isinstance(form, ShareForm)
    assert (form.role, form.problem) == (CLERK, "")
    assert isinstance(await sharing.show_form(world, SAM.id), Note)


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
    answer = await sharing.submit(world, person.id, PROMPT)
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
    form = await sharing.submit(world, CHAM.id, command)
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
    form = await sharing.submit(world, CHAM.id, command)
    assert isinstance(form, ShareForm)
    assert form.problem
    assert everything(world) == before


async def test_a_role_that_is_gone_stores_nothing(world: World) -> None:
    """A form from before a role was renamed gets a kind answer."""
    await keep(world, CHAM, REV)
    before = everything(world)
    answer = await sharing.submit(world, CHAM.id, replace(PROMPT, role=RoleId("astronaut")))
    assert isinstance(answer, Note)
    assert everything(world) == before
