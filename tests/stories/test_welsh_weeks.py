"""A Welsh speaker's first weeks: from the welcome to a pause, and no English sentence on the way."""

from datetime import UTC, datetime, timedelta

from bot.domain.messages import GroupSummary, HelpForm, Note, Progress, PulseQuestions, Settings, Tip, Welcome
from bot.services.ports import World
from tests.fakes import ScriptedOutbound, SettableClock
from tests.samples import WARD, champion, staff
from tests.stories.dialog import Town, texts

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
CLOSED = OPENS + timedelta(days=7, hours=9)


async def test_from_the_welcome_to_feedback(town: Town) -> None:
    """Welcome, settings, a tip and how it went, all in Welsh.

    That no sentence is left in English is looked at in every story; here every card is a Welsh one, too.
    """
    sam = await town.living_here(staff())
    await sam.installs()
    await sam.types("cymraeg")
    sam.sees(Welcome)
    assert "Croeso i Steady Drip" in sam.reads
    assert "Yn Saesneg y mae'r enghreifftiau eu hunain." in sam.reads
    begun = len(town.said) - 1
    await sam.presses("set_up")
    assert "Mae popeth yn barod, a dyma eich awgrym cyntaf." in sam.reads
    await sam.types("gosodiadau")
    sam.sees(Settings)
    assert "Daw awgrymiadau bob" in sam.reads
    await sam.presses("change_settings", days="1,3", per_week="2")
    assert "Mae eich gosodiadau wedi'u cadw" in sam.reads
    assert "Ni ddaw dim ar wyliau banc (Lloegr)." in sam.reads
    await sam.types("awgrym")
    assert "Yr enghraifft i'w chopïo" in sam.reads
    assert sam.sees(Tip).prompt in sam.reads
    await sam.presses("needed_changes")
    assert "Gofyn i hyrwyddwr" in sam.reads
    assert {town.cards.render(message)["lang"] for message in town.said[begun:]} == {"cy"}


async def test_from_the_questions_to_a_pause(town: Town) -> None:
    """Questions, the own progress and a pause, by the words that Welsh cards name."""
    sam = await town.welcomed(staff())
    await sam.types("cymraeg")
    begun = len(town.said) - 1
    await sam.types("awgrym")
    await sam.presses("needed_changes")
    await town.until(OPENS + timedelta(days=3, hours=20))
    sam.finds(PulseQuestions)
    assert "Dau gwestiwn cyflym" in sam.reads
    await sam.presses("pulse", confidence="2", workload="3", tune="true")
    assert "Diolch" in sam.reads
    await sam.types("fy nghynnydd")
    sam.sees(Progress)
    assert "Rhoesoch gynnig ar 1: 1 ag angen newidiadau." in sam.reads
    assert "Allan o 5: 2, " in sam.reads
    assert "30 Tach" in sam.reads
    await sam.types("seibiant tan ddydd Llun")
    assert "Ni ddaw dim cyn dydd Llun 7 Rhagfyr 2026." in sam.reads
    read = [*town.said[begun:], *town.outbound.to(sam.id)[1:]]
    assert {town.cards.render(message)["lang"] for message in read} == {"cy"}


async def test_a_lead_reads_the_figures_in_welsh(town: Town) -> None:
    """The headline, what lies across questions, one thing to do; a comparison, and a table."""
    people = [await town.welcomed(staff(f"Sam Sample {n}")) for n in range(12)]
    lead = await town.welcomed(staff("Lea Sample", leads=frozenset({WARD})))
    await lead.types("cymraeg")
    await town.until(OPENS + timedelta(days=1, hours=18))
    for number, person in enumerate(people):
        person.finds(PulseQuestions)
        await person.presses("pulse", confidence=str(number % 5 + 1), workload=str(number % 3 + 1))
    await town.until(CLOSED)
    await lead.types("crynodeb")
    lead.sees(GroupSummary)
    assert "Hyder: 2.8 allan o 5 (rhwng 1.8 a 3.8, mae'n debyg)." in lead.reads
    assert "Atebodd tua 10 o bobl" in lead.reads
    assert "Dydd Llun 30 Tachwedd – dydd " in lead.reads
    await lead.presses("export_summary")
    assert "Copïwch hyn i ffeil sy'n gorffen gyda .csv." in lead.reads
    await lead.types("cymharu")
    assert "Nid oes dwy rownd i'w cymharu eto." in lead.reads


async def test_a_champion_helps_in_welsh(town: Town) -> None:
    """The request, the offer and the words that open the chat, as both of them read Welsh."""
    cham, sam = await town.welcomed(champion()), await town.welcomed(staff())
    await cham.types("cymraeg")
    await sam.types("cymraeg")
    await sam.types("hyrwyddwyr")
    assert "Cham Sample: Clerc ward, North site" in sam.reads
    await sam.types("hyrwyddwr")
    sam.sees(HelpForm)
    await sam.presses("ask_help", about="meeting notes")
    assert "Maent yn gwneud yr un swydd â chi a gweithio ar eich safle chi" in sam.reads
    await sam.presses("cham-sample")
    assert "Mae'ch cais ar ei ffordd" in sam.reads
    await town.wait(hours=1)
    cham.receives()
    assert "rydych yn gwneud yr un swydd a gweithio ar yr un safle" in cham.reads
    await cham.presses("accept_help")
    assert "Helo Sam, gofynnoch chi am “meeting notes”. Pryd fyddai'n gyfleus i chi?" in cham.reads


async def test_words_for_a_colleague_who_reads_english_are_english(town: Town) -> None:
    """Whoever gets them should be able to read them; the card around them is Welsh."""
    cham, sam = await town.welcomed(champion()), await town.welcomed(staff())
    await cham.types("cymraeg")
    await sam.types("champion")
    await sam.presses("ask_help", about="meeting notes")
    await sam.presses("cham-sample")
    await town.wait(hours=1)
    cham.receives()
    await cham.presses("accept_help")
    assert "Hello Sam, you asked about “meeting notes”. When would suit you?" in cham.reads
    assert "Byddaf yn dweud wrth Sam y gallwch chi helpu." in cham.reads


async def test_the_language_is_a_choice_among_the_settings(town: Town) -> None:
    """Confirmed in words of the language that was chosen; a form with a mistake changes nothing."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    await sam.presses("change_settings", language="cy", start="noon")
    assert sam.sees(Settings).spoken == "cy"
    assert "I could not read one of the two times." in sam.reads
    await sam.presses("change_settings", start="9:00")
    assert sam.sees(Note).language == "cy"
    assert "O hyn ymlaen byddaf yn ysgrifennu yn Gymraeg." in sam.reads
    await sam.types("gosodiadau")
    await sam.presses("change_settings", days="2")
    assert "O hyn ymlaen" not in sam.reads
    await sam.types("gosodiadau")
    await sam.presses("change_settings", language="en-GB")
    assert "From now on I write in English." in sam.reads


async def test_the_dialog_of_a_shared_message_is_welsh(town: Town) -> None:
    """Its form, what is to mend, and the thanks."""
    cham = await town.welcomed(champion())
    await cham.types("cymraeg")
    form = await cham.shares("<p>Sum up the rota.</p>")
    assert cham.title == "Rhannu fel awgrym"
    again = await cham.submits(form, "share", title="", check="Count.", role="ward-clerk")
    assert "Llenwch y teitl." in " ".join(texts(again))


async def test_who_hurries_is_told_in_welsh(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Although nothing is asked of the store then."""
    town = Town(world, clock, outbound, limit=4)
    sam = await town.welcomed(staff())
    for word in ("cymraeg", "awgrym", "awgrym"):
        await sam.types(word)
    assert await sam.hurries() == (
        "Roedd hynny'n llawer mewn munud. Nid oes dim o'i le: arhoswch funud a phwyswch eto."
    )
