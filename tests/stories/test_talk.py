"""Somebody talks to the bot as to a person: short kind notes, and nothing is changed unasked."""

from dataclasses import replace

import pytest
from structlog.typing import EventDict

from bot.domain.messages import Help, Note, Privacy, PromptList, Settings, Tip
from bot.domain.staff.hours import Rota, Shift
from bot.domain.staff.people import Preferences
from tests.kept import everything, person_in
from tests.samples import MONDAY, staff
from tests.stories.dialog import Actor, Town


async def kept(town: Town, actor: Actor) -> Preferences:
    """What somebody chose, as it is kept now."""
    return (await person_in(town.world, actor.id)).preferences


async def test_distress_is_met_with_people_and_not_with_prompts(town: Town, log: list[EventDict]) -> None:
    """Whom to talk to, in plain words; the store and the logs hold nothing of it."""
    sam = await town.welcomed(staff())
    before = everything(town.world)
    await sam.types("i cant cope")
    note = sam.sees(Note)
    assert note.title == "I am sorry that things are hard"
    assert note.lines[0].startswith("Please talk to somebody you trust, your manager, occupational health")
    assert "116 123" in sam.reads
    assert "Nobody reads what is typed here" in sam.reads
    assert {"find", "open", "tip"}.isdisjoint(sam.steps)
    assert everything(town.world) == before
    assert log == []


async def test_the_strongest_words_get_the_emergency_line_first(town: Town) -> None:
    """999 and Samaritans stand above all else, and the house's own contact among the people."""
    town.world = replace(town.world, house=replace(town.world.house, help_contact="the staff support team"))
    sam = await town.welcomed(staff())
    await sam.types("I want to kill myself")
    note = sam.sees(Note)
    assert note.title == "Please talk to somebody now"
    assert "999" in note.lines[0]
    assert "116 123" in note.lines[0]
    await sam.types("kill the meeting")
    assert "999" not in sam.reads


async def test_a_typed_yes_answers_no_question(town: Town) -> None:
    """Nothing is erased, paused or asked of the library."""
    sam = await town.welcomed(staff())
    await sam.types("erase my data")
    before = everything(town.world)
    for words in ("yes", "no", "y", "ok yes"):
        await sam.types(words)
        assert "Please press the button under the question" in sam.reads
        assert "Nothing was changed." in sam.reads
    assert everything(town.world) == before
    await sam.types("no thanks")
    assert {"stop", "pause"} <= set(sam.steps)


async def test_labels_sentences_and_signs(town: Town) -> None:
    """What stands on a button, a tip asked for in a sentence, and a sign behind a word."""
    sam = await town.welcomed(staff())
    for words in ("Show me a tip", "can i have a tip", "tip 😀", "next"):
        await sam.types(words)
        sam.sees(Tip)
    await sam.types("tip about a notice")
    sam.sees(PromptList)
    await sam.types("Stop all messages")
    assert sam.sees(Note).title == "Stopped"
    await sam.types("Start again 👍")
    assert sam.sees(Note).title == "Welcome back"
    await sam.types("@Steady Drip help")
    sam.sees(Help)
    await sam.types("👍")
    assert sam.sees(Note).title == "You are welcome"


async def test_who_writes_here(town: Town) -> None:
    """Who sent it, that it is not compulsory, and what others can see."""
    sam = await town.welcomed(staff())
    await sam.types("is my manager reading this?")
    sam.sees(Privacy)
    await sam.types("who sent this")
    assert town.world.house.organisation in sam.reads
    assert "None of it is compulsory. You can stop at any time" in sam.reads
    assert {"privacy", "stop", "settings"} <= set(sam.steps)


async def test_days_are_left_out(town: Town) -> None:
    """The others stay; where none would be left nothing is changed."""
    sam = await town.welcomed(staff())
    await sam.types("monday to friday")
    await sam.types("no tips on Fridays")
    assert (await kept(town, sam)).rhythm.days == {0, 1, 2, 3}
    assert "Nothing comes on Fridays." in sam.reads
    await sam.types("not monday to thursday")
    assert sam.sees(Note).title == "No day is left"
    assert (await kept(town, sam)).rhythm.days == {0, 1, 2, 3}


async def test_days_that_a_rota_overrules(town: Town) -> None:
    """They are kept, and it is said that the shifts count."""
    sam = await town.welcomed(staff())
    await sam.types("rota DDNNOOOO")
    await sam.types("not mondays")
    assert "Nothing comes on Mondays" not in sam.reads
    assert "You have a rota, so tips follow your shifts." in sam.reads
    assert (await kept(town, sam)).rhythm.rota == Rota(MONDAY.date(), tuple(map(Shift, "DDNNOOOO")))


async def test_more_days_than_tips_and_more_tips_than_days(town: Town) -> None:
    """Each is said plainly, and a press gives back the whole week."""
    sam = await town.welcomed(staff())
    await sam.types("mon wed fri")
    assert (await kept(town, sam)).rhythm.days == {0, 2, 4}
    assert "That is twice a week, on some of your days." in sam.reads
    await sam.types("only Mondays")
    await sam.types("every day")
    assert "one a day is the most" in sam.reads
    await sam.presses("say")
    rhythm = (await kept(town, sam)).rhythm
    assert rhythm.days == {0, 1, 2, 3, 4}
    assert rhythm.per_week == 5


async def test_hours_in_a_line(town: Town) -> None:
    """They are set where they fit; where no time would be left the form comes back."""
    sam = await town.welcomed(staff())
    await sam.types("no tips before 10")
    rhythm = (await kept(town, sam)).rhythm
    assert (rhythm.start.hour, rhythm.end.hour) == (10, 17)
    await sam.types("mornings")
    assert (await kept(town, sam)).rhythm.end.hour == 12
    await sam.types("only after 2")
    assert "Nothing was changed." in sam.reads
    await sam.types("quiet hours 12:00 to 12:00")
    sam.sees(Settings)
    assert (await kept(town, sam)).rhythm.quiet is None
    await sam.types("quiet hours 10:00 to 10:30")
    quiet = (await kept(town, sam)).rhythm.quiet
    assert quiet is not None
    assert quiet.end.minute == 30


async def test_bank_holidays_in_a_line(town: Town) -> None:
    """Both ways."""
    sam = await town.welcomed(staff())
    await sam.types("I work bank holidays")
    assert "Tips may come on bank holidays too." in sam.reads
    await sam.types("no messages on bank holidays")
    assert not (await kept(town, sam)).rhythm.works_holidays


async def test_when_the_next_tip_comes(town: Town) -> None:
    """The day and the rhythm; after a stop, that none comes."""
    sam = await town.welcomed(staff())
    await sam.types("when is my next tip?")
    assert "The next tip comes on " in sam.reads
    assert "Tips come on " in sam.reads
    await sam.types("stop")
    await sam.types("how often")
    assert "The next tip comes on " not in sam.reads
    assert "you stopped the tips" in sam.reads


async def test_how_a_tip_went_is_pressed_and_not_typed(town: Town) -> None:
    """The last one can be opened again by a button."""
    sam = await town.welcomed(staff())
    await sam.types("save")
    assert "Please press the button under the tip" in sam.reads
    await sam.presses("open")
    sam.sees(Tip)
    assert (await kept(town, sam)).saved == ()


@pytest.mark.parametrize("words", ["I have Copilot now", "send me tips at 3pm"])
async def test_what_only_settings_can_do(town: Town, words: str) -> None:
    """Nothing is changed, and Settings are a press away."""
    sam = await town.welcomed(staff())
    before = everything(town.world)
    await sam.types(words)
    assert "Nothing was changed." in sam.reads
    assert sam.steps[0] == "settings"
    assert everything(town.world) == before


async def test_a_task_that_was_taken_for_a_wish_is_a_press_away(town: Town) -> None:
    """The words are looked for as they were typed."""
    sam = await town.welcomed(staff())
    await sam.types("move the shape to Monday")
    await sam.presses("find")
    sam.sees(PromptList)


async def test_a_summary_that_is_no_groups(town: Town) -> None:
    """Whoever leads no group is refused, with a button that looks for a prompt."""
    sam = await town.welcomed(staff())
    await sam.types("summary of a notice")
    assert "find" in sam.steps
    await sam.presses("find")
    sam.sees(PromptList)
