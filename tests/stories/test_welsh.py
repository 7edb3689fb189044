"""Somebody who chose Cymraeg reads Welsh: a tip's frame, questions, settings; until they change back."""

from dataclasses import replace

import pytest

from bot.domain.messages import Help, Note, PulseQuestions, Settings, Tip, Welcome
from bot.domain.staff.hours import Nation
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


LINE = "Cymraeg: teipiwch cymraeg."


async def test_welsh_is_to_be_found_in_help(town: Town) -> None:
    """One line for everybody, and one for English for whoever reads Welsh."""
    sam = await town.welcomed(staff())
    await sam.types("help")
    sam.sees(Help)
    assert LINE in sam.reads
    await sam.types("cymraeg")
    await sam.types("cymorth")
    assert "English: type english." in sam.reads
    assert LINE not in sam.reads


@pytest.mark.parametrize("nation", [Nation.WALES, Nation.ENGLAND])
async def test_the_welcome_names_welsh_in_wales(town: Town, nation: Nation) -> None:
    """Elsewhere the welcome has no line more."""
    town.world = replace(town.world, house=replace(town.world.house, nation=nation))
    town.__post_init__()
    sam = await town.living_here(staff())
    await sam.installs()
    sam.sees(Welcome)
    assert (LINE in sam.reads) == (nation is Nation.WALES)


async def test_a_language_that_nobody_named_is_asked_for(town: Town) -> None:
    """Two buttons, each in its own words."""
    sam = await town.welcomed(staff())
    await sam.types("change language")
    assert [step.title for step in sam.sees(Note).steps] == ["English", "Cymraeg"]
    await sam.presses("cy")
    assert "Cymraeg amdani" in sam.reads
    await sam.types("iaith")
    assert "Mae popeth ond yr enghreifftiau eu hunain ar gael yn y ddwy." in sam.reads
    await sam.types("can I have this in English?")
    assert "English it is" in sam.reads


async def test_a_long_absence_reads_well(town: Town) -> None:
    """Days after "until" and "from … to" have the soft mutation, and Welsh words of a rota are understood."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    await sam.types("gwyliau 20 Rhagfyr i 3 Ionawr")
    assert "o ddydd Sul 20 Rhagfyr i ddydd Sul 3 Ionawr" in sam.reads
    await sam.types("dim gwyliau")
    await sam.types("fy rota")
    assert "neu rota 2 ddydd 2 nos 4 i ffwrdd." in sam.reads
    await sam.types("rota 2 ddydd 2 nos 4 i ffwrdd")
    assert "ddwywaith yr wythnos" in sam.reads
