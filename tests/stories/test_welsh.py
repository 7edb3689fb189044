"""Somebody who chose Cymraeg reads Welsh: a tip's frame, questions, settings; until they change back."""

from bot.domain.messages import Note, PulseQuestions, Settings, Tip
from tests.samples import staff
from tests.stories.dialog import Town


async def test_somebody_chooses_welsh(town: Town) -> None:
    """One word, and everything that is asked for is Welsh; the prompt itself stays as it is."""
    sam = await town.welcomed(staff())
    await sam.types("Cymraeg")
    assert sam.sees(Note).title == "English it is"
    assert "Cymraeg amdani" in sam.reads
    assert "Daw awgrymiadau bob dydd Mercher a dydd Gwener, tua 9:15." in sam.reads
    await sam.types("awgrym")
    assert "Yr enghraifft i'w chopïo" in sam.reads
    assert "Cawsoch hwn oherwydd mae'n" in sam.reads
    assert sam.sees(Tip).prompt in sam.reads
    await sam.presses("worked")
    assert "Da clywed ei fod wedi gweithio" in sam.reads
    await sam.types("seibiant")
    assert "Ni ddaw dim cyn dydd Llun 7 Rhagfyr 2026." in sam.reads


async def test_what_comes_by_itself_is_welsh(town: Town) -> None:
    """The scheduled tip with its reason, and the questions with their answers."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    await town.wait(days=3)
    sam.finds(Tip)
    assert "Rhywbeth i roi cynnig arno" in sam.reads
    assert sam.sees(Tip).reason.startswith("mae'n")
    await town.wait(days=6)
    sam.finds(PulseQuestions)
    assert "Dau gwestiwn cyflym" in sam.reads
    assert "Dim o gwbl" in sam.reads
    await sam.presses("pulse", confidence="3", workload="3")
    assert "Cedwir eich atebion heb eich enw" in sam.reads


async def test_settings_are_confirmed_in_welsh(town: Town) -> None:
    """The form, and the sentence that says what was chosen."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    await sam.types("gosodiadau")
    assert "Dyddiau pan gaiff awgrym ddod" in sam.reads
    assert sam.sees(Settings).language == "cy"
    await sam.presses("change_settings", days="1,3", per_week="2")
    assert "Mae eich gosodiadau wedi'u cadw" in sam.reads
    assert "bob dydd Mawrth a dydd Iau" in sam.reads


async def test_the_choice_is_kept_shown_and_taken_back(town: Town) -> None:
    """It is among the person's own data, survives a restart and other choices, and ends with a word."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    await sam.types("stopio")
    assert "Wedi stopio" in sam.reads
    await town.restart()
    await sam.types("fy nata")
    assert "Iaith: Cymraeg." in sam.reads
    await sam.types("preifatrwydd")
    assert "Iaith: Cymraeg." in sam.reads
    await sam.types("english")
    assert "English it is" in sam.reads
    await sam.types("help")
    assert "What you can type" in sam.reads
