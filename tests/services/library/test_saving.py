"""The prompts that a person keeps."""

from dataclasses import replace

from bot.domain.library.prompts import PromptId
from bot.domain.messages import Note, PromptList
from bot.domain.staff.people import Preferences
from bot.services.library import saving
from bot.services.ports import World
from tests.fakes import PROMPTS
from tests.kept import everything, keep, person_in
from tests.samples import staff

SAM = staff()
NOTICE, MAIL = PromptId("ward-clerk-notice"), PromptId("ward-clerk-mail")


async def test_saving_keeps_the_newest_first_and_once(world: World) -> None:
    """Saving again moves a prompt to the front and does not double it."""
    await keep(world, SAM)
    for prompt in (NOTICE, MAIL, NOTICE):
        await saving.save(world, SAM.id, prompt)
    assert (await person_in(world, SAM.id)).preferences.saved == (NOTICE, MAIL)


async def test_saving_an_unknown_prompt_stores_nothing(world: World) -> None:
    """A button for a prompt that left the library gets a kind answer."""
    await keep(world, SAM)
    before = everything(world)
    answer = await saving.save(world, SAM.id, PromptId("no-such-prompt"))
    assert isinstance(answer, Note)
    assert "no longer" in answer.title
    assert everything(world) == before


async def test_removing_answers_with_what_remains(world: World) -> None:
    """One is taken out, the others stay, and the last one leaves a kind empty list."""
    await keep(world, SAM.choosing(Preferences(saved=(NOTICE, MAIL))))
    rest = await saving.remove(world, SAM.id, NOTICE)
    assert isinstance(rest, PromptList)
    assert [line.prompt_id for line in rest.lines] == [MAIL]
    assert rest.removable
    empty = await saving.remove(world, SAM.id, MAIL)
    assert isinstance(empty, Note)
    assert empty.steps


async def test_removing_what_was_never_saved_changes_nothing(world: World) -> None:
    """An old card's button takes nothing else out."""
    await keep(world, SAM.choosing(Preferences(saved=(NOTICE,))))
    before = everything(world)
    await saving.remove(world, SAM.id, MAIL)
    assert everything(world) == before


async def test_only_the_newest_are_listed(world: World) -> None:
    """A card lists five; nothing is forgotten."""
    everyone = tuple(str(prompt.id) for prompt in PROMPTS)
    await keep(world, SAM.choosing(Preferences(saved=everyone)))
    shown = await saving.show(world, SAM.id)
    assert isinstance(shown, PromptList)
    assert [line.prompt_id for line in shown.lines] == list(everyone[:5])
    assert "newest 5" in shown.text


async def test_a_saved_prompt_that_left_the_library_is_not_listed(world: World) -> None:
    """What is gone is left out, quietly."""
    sam = SAM.choosing(Preferences(saved=("no-such-prompt", NOTICE)))
    await keep(world, replace(sam))
    shown = await saving.show(world, SAM.id)
    assert isinstance(shown, PromptList)
    assert [line.prompt_id for line in shown.lines] == [NOTICE]
