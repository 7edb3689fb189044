"""The first day: installed, welcomed, set up, the first tip, and where its buttons lead."""

import pytest

from bot.domain.messages import Help, Note, PromptList, Suggestions, Tip, Welcome
from tests.samples import champion, staff, stranger
from tests.stories.dialog import Town


async def test_from_installing_to_the_next_tip(town: Town) -> None:
    """One welcome, three choices, a first tip at once; it worked, and another follows."""
    sam = await town.living_here(staff())
    await sam.installs()
    sam.sees(Welcome)
    assert "Sam" in sam.reads
    assert "Sample Trust" in sam.reads

    await sam.presses("set_up", role="booking", days="1,3")
    assert sam.sees(Tip).prompt_id == "booking-letter"
    assert "Tuesdays and Thursdays" in sam.reads
    assert sam.sees(Tip).check in sam.reads
    assert sam.sees(Tip).rule in sam.reads

    await sam.presses("worked")
    assert "worked" in sam.sees(Note).title

    await sam.presses("tip")
    assert sam.sees(Tip).prompt_id == "everyone-agenda"


async def test_a_tip_that_did_not_work_leads_to_a_colleague(town: Town) -> None:
    """No blame, and a champion of the same role to ask about this very prompt."""
    await town.welcomed(champion())
    sam = await town.welcomed(staff())
    await sam.presses("did_not_work")
    assert sam.steps[0] == "champion"
    await sam.presses("champion")
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Cham Sample"]
    assert sam.sees(Suggestions).about == "Turn visiting rules into a clear notice"
    assert sam.sees(Suggestions).champions[0].reason in sam.reads


async def test_a_tip_that_needed_changes_teaches_how(town: Town) -> None:
    """The first answer is a draft, and the card says what to ask for next."""
    sam = await town.welcomed(staff())
    await sam.presses("needed_changes")
    assert "The first answer is a draft" in sam.reads
    await sam.presses("save")
    await sam.types("saved")
    assert "Turn visiting rules into a clear notice" in sam.reads


async def test_saving_finding_again_and_removing(town: Town) -> None:
    """A saved prompt is listed, opens again knowing that it is saved, and can be taken out."""
    sam = await town.welcomed(staff())
    await sam.presses("save")
    await sam.types("saved")
    sam.sees(PromptList)
    await sam.presses("open")
    sam.sees(Tip)
    assert "remove" in sam.steps
    assert "save" not in sam.steps
    await sam.presses("remove")
    assert "Nothing saved yet" in sam.reads


async def test_a_second_installation_event_after_set_up_is_quiet(town: Town) -> None:
    """Teams' late second event brings no second welcome."""
    sam = await town.welcomed(staff())
    await sam.installs()
    assert [type(message) for message in town.outbound.to(sam.id)] == [Welcome]


async def test_any_words_find_prompts_or_what_works(town: Town) -> None:
    """A question gets the prompts that fit, nonsense gets the list of what works."""
    sam = await town.welcomed(staff())
    await sam.types("How do I answer this long e-mail?")
    sam.sees(PromptList)
    await sam.presses("open")
    assert sam.sees(Tip).prompt_id == "ward-clerk-mail"
    await sam.types("xyzzy")
    sam.sees(Help)


@pytest.mark.parametrize("word", ["hi", "Hello", "HELP!", "?"])
async def test_a_stranger_who_says_hello_gets_going(town: Town, word: str) -> None:
    """Somebody who is on no roster is greeted, asks for a tip, and chooses a role for it."""
    nico = await town.living_here(stranger())
    await nico.types(word)
    nico.sees(Help)
    await nico.types("tip")
    nico.sees(Welcome)
    await nico.presses("set_up", role="ward-clerk", licence="chat")
    nico.sees(Tip)


async def test_a_role_without_a_licence_is_told_so(town: Town) -> None:
    """Where nothing fits the licence, the way to the settings is one press."""
    sam = await town.living_here(staff())
    await sam.installs()
    await sam.presses("set_up", licence="nothing")
    assert "Nothing for your role yet" in sam.reads
    await sam.presses("settings")
    await sam.presses("change_settings", licence="chat")
    await sam.presses("tip")
    sam.sees(Tip)
