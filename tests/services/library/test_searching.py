"""Prompts for a few words, and what works here."""

import pytest

from bot.domain.commands import FindPrompts
from bot.domain.messages import Help, PromptList
from bot.domain.staff.people import Person, Right
from bot.services.library import searching
from bot.services.ports import World
from tests.kept import everything, keep
from tests.samples import WARD, champion, staff, stranger

SAM = staff()


async def test_words_find_prompts_of_the_persons_role(world: World) -> None:
    """A clerk who asks about a letter is not shown what was written for booking."""
    await keep(world, SAM)
    found = await searching.find_prompts(world, SAM.id, FindPrompts("a long e-mail or a handover list"))
    assert isinstance(found, PromptList)
    assert {line.prompt_id for line in found.lines} == {"ward-clerk-mail", "ward-clerk-handover"}
    assert not found.removable


@pytest.mark.parametrize("words", ["clinic letter", "rota changes", "xyzzy", "🙂"])
async def test_nothing_found_shows_what_works(world: World, words: str) -> None:
    """Another role's prompt, one that needs another licence, or nonsense brings the list of what works."""
    await keep(world, SAM)
    before = everything(world)
    answer = await searching.find_prompts(world, SAM.id, FindPrompts(words))
    assert isinstance(answer, Help)
    assert "found no prompt" in answer.opening
    assert everything(world) == before


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (SAM, []),
        (stranger(), []),
        (champion(), ["champion", "reviewer"]),
        (staff("Rea Sample", rights=frozenset({Right.REVIEWER})), ["reviewer"]),
        (staff("Lea Sample", leads=frozenset({WARD})), ["lead"]),
    ],
)
async def test_help_shows_what_somebody_may_do(world: World, person: Person, shown: list[str]) -> None:
    """Sharing, reviewing and summaries are offered to those who may, and to nobody else."""
    await keep(world, person)
    found = await searching.show_help(world, person.id, "Sample")
    assert found.opening == "Sample"
    assert [name for name in ("champion", "reviewer", "lead") if getattr(found, name)] == shown
