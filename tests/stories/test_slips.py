"""A busy thumb: commands with a slip are understood, and nothing is lost on a guess."""

from bot.domain.messages import Note, PromptList, Settings
from bot.domain.staff.people import Preferences
from tests.kept import person_in
from tests.samples import champion, staff
from tests.stories.dialog import Town


async def test_a_slip_is_forgiven_and_said(town: Town) -> None:
    """What was understood is said in words, with the word that takes it back."""
    sam = await town.welcomed(staff())
    await sam.types("settigns")
    sam.sees(Settings)
    await sam.types("puase until friday")
    assert "Nothing comes before Friday 27 November" in sam.reads
    assert "Type resume to start again sooner." in sam.reads
    await sam.types("resme")
    assert sam.sees(Note).title == "Welcome back"
    await sam.types("sotp")
    assert "Type resume if you ever want it back." in sam.reads


async def test_what_would_be_lost_is_asked_first(town: Town) -> None:
    """Nothing is changed before a yes; a no says how things stand."""
    cleo = await town.welcomed(champion())
    await cleo.types("leave chmapions")
    assert cleo.sees(Note).title == "Did you mean leave champions?"
    assert "Nothing was changed yet." in cleo.reads
    await cleo.presses("change_nothing")
    assert cleo.sees(Note).title == "All is as it was"
    assert "Tips come on" in cleo.reads
    await cleo.types("profile")
    assert "leave_champions" in cleo.steps
    await cleo.types("leave chmapions")
    await cleo.presses("say")
    await cleo.types("profile")
    assert "leave_champions" not in cleo.steps


async def test_leave_is_not_taken_back_on_a_guess(town: Town) -> None:
    """A slip in "no leave" is asked about, in Welsh too."""
    sam = await town.welcomed(staff())
    await sam.types("leave 1 December to 3 January")
    for words, meant in (("no laeve", "no leave"), ("dim gwylaiu", "dim gwyliau")):
        await sam.types(words)
        assert sam.sees(Note).title == f"Did you mean {meant}?"
        assert (await person_in(town.world, sam.id)).preferences.rhythm.leave
    await sam.presses("say")
    assert (await person_in(town.world, sam.id)).preferences.rhythm.leave == ()


async def test_a_word_of_its_own_is_looked_for(town: Town) -> None:
    """ "shop" is not "stop", nor "step"; nothing is changed."""
    sam = await town.welcomed(staff())
    before = (await person_in(town.world, sam.id)).preferences
    assert before != Preferences()
    for words in ("shop", "step", "plane", "edit", "trip", "notcie"):
        await sam.types(words)
        assert not isinstance(sam.message, Note)
    sam.sees(PromptList)
    assert (await person_in(town.world, sam.id)).preferences == before
