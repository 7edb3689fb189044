"""An offer to a champion: how long it runs, when it goes on to the next, and who is not asked at all."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.messages import HelpOffer, Note, Suggestions
from bot.domain.staff.people import GroupId, Preferences
from bot.domain.text.wording import day_in_words
from tests.samples import champion, staff
from tests.stories.dialog import Town
from tests.stories.helping import ABOUT, CONTACT, asked, lines_of, offer_to, people


async def test_passed_and_unanswered_go_on_to_three_and_then_to_a_contact(town: Town) -> None:
    """The first passes, the second has no time, the third says nothing for a working day."""
    sam, champions = await people(town, *(champion(f"{name} Sample") for name in ("A", "B", "C", "D")))
    await asked(town, sam, "A Sample")
    for verb in ("pass_help", "rest_help"):
        (holder,) = [one for one in champions if any(isinstance(m, HelpOffer) for m in one.receives())]
        await holder.presses(verb)
        assert "No problem" in holder.reads
        await town.tick()
        assert "The last champion could not help this time" in "\n".join(lines_of(sam))
    await town.wait(days=1, minutes=20)
    assert any("Please ask here instead" in line and CONTACT in line for line in lines_of(sam))
    offers = [m for one in champions for m in town.outbound.to(one.id) if isinstance(m, HelpOffer)]
    assert len(offers) == 3


async def test_nobody_answers(town: Town) -> None:
    """By time alone it goes from one to the next, each with a day of their own; after three to a contact."""
    sam, champions = await people(town, *(champion(f"{name} Sample") for name in ("A", "B", "C", "D")))
    await asked(town, sam, "A Sample")
    heard: list[str] = []
    for _ in range(9):
        await town.wait(days=1)
        heard += [line for line in lines_of(sam) if "asked" in line]
    offers = [
        (m.until, one.id) for one in champions for m in town.outbound.to(one.id) if isinstance(m, HelpOffer)
    ]
    assert len(offers) == len({person for _, person in offers}) == 3
    assert [line.split(". ")[-1] for line in heard[:2]] == [
        "They have until 09:30 on Wednesday 25 November to answer.",
        "They have until 09:45 on Thursday 26 November to answer.",
    ]
    assert heard[2:] == ["I asked 3 champions, and none of them can help this time."]


async def test_one_champion_who_cannot_help(town: Town) -> None:
    """Where only one was asked nobody speaks of several."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("pass_help")
    await town.tick()
    assert lines_of(sam)[0].startswith("The champion whom I asked cannot help this time")


async def test_a_champion_who_leaves_after_a_yes(town: Town) -> None:
    """The two know one another: the question still comes, and an answer to it is taken."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("accept_help")
    await cham.types("profile")
    await cham.presses("leave_champions")
    await town.wait(days=7)
    sam.finds(Note)
    assert "Did it help?" in sam.reads
    card = sam.card
    await sam.presses("helped", card)
    assert "Good to hear" in sam.reads
    await sam.presses("not_helped", card)
    assert "That request is closed" in sam.reads
    await sam.types("champions")
    assert "Cham Sample" not in sam.reads, "an answer makes nobody a champion again"


async def test_nobody_is_promised_another_champion_where_none_is_left(town: Town) -> None:
    """What the champion hears after a no is what becomes of the request."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("pass_help")
    assert "I ask somebody else" not in cham.reads
    assert "I tell your colleague where else to ask" in cham.reads


async def test_an_offer_says_when_it_lapses(town: Town) -> None:
    """To the minute: an answer before it counts, and one after it is too late."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    offer = offer_to(cham)
    async with town.world.store.unit_of_work() as work:
        (request,) = await work.help_requests.of(cham.id)
    assert request.due is not None
    local = request.due.astimezone(ZoneInfo("Europe/London"))
    assert offer.until == f"{local:%H:%M} on {day_in_words(local.date())}"


async def test_an_offer_runs_from_its_card(town: Town) -> None:
    """Asked on the evening before a bank holiday: both cards name the working day after the next."""
    town.closes(date(2026, 11, 25))
    sam, [cham, second] = await people(town, champion(), champion("Second Sample"))
    await town.until(datetime.fromisoformat("2026-11-24T20:00+00:00"))
    await asked(town, sam, "Cham Sample")
    assert "on Friday 27 November to answer" in sam.reads
    await town.until(datetime.fromisoformat("2026-11-26T17:00+00:00"))
    assert offer_to(cham).until.endswith("on Friday 27 November")
    await town.until(datetime.fromisoformat("2026-11-27T17:00+00:00"))
    offer_to(second)


async def test_no_offer_lapses_before_its_card_went_out(town: Town) -> None:
    """The service was down for two days: the champion still has a whole working day, as their card says."""
    sam, [cham, second] = await people(town, champion(), champion("Second Sample"))
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    await sam.presses(cham.id)
    assert "until 09:15 on Tuesday 24 November" in sam.reads
    town.clock.forward(timedelta(days=2))
    await town.tick()
    assert offer_to(cham).until == "09:15 on Thursday 26 November"
    await sam.types("champion")
    assert "until 09:15 on Thursday 26 November" in sam.reads
    await town.until(datetime.fromisoformat("2026-11-26T09:10+00:00"))
    assert not any(isinstance(m, HelpOffer) for m in second.receives())
    await town.wait(hours=1)
    offer_to(second)


async def test_a_champion_who_removes_the_app(town: Town) -> None:
    """The next is asked at once, and the asker hears so."""
    sam, [cham, second] = await people(town, champion(), champion("Second Sample"))
    await asked(town, sam, "Cham Sample")
    await cham.removes_the_app()
    await town.tick()
    offer_to(second)
    sam.receives()
    assert "The last champion could not help this time. I asked Second Sample." in sam.reads


async def test_whoever_goes_on_leave_is_not_asked(town: Town) -> None:
    """Nobody waits for the end of somebody's leave."""
    sam, [cham, _, third] = await people(
        town, champion(), champion("Second Sample"), champion("Third Sample")
    )
    await cham.types("leave 24 November to 11 December")
    await third.types("profile")
    await third.presses("change_profile", away_from="2026-11-24")
    await town.until(datetime.fromisoformat("2026-11-23T20:00+00:00"))
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Second Sample"]


async def test_not_now_gives_a_week_of_peace(town: Town) -> None:
    """Whoever has no time is not suggested for a week, and is afterwards."""
    sam, [cham, second] = await people(town, champion(), champion("Second Sample"))
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("rest_help")
    await town.tick()
    offer_to(second)
    other = await town.welcomed(staff("Other Sample", team=GroupId("Ward 5 sample")))
    await other.types("champion")
    await other.presses("ask_help", about=ABOUT)
    assert "Cham Sample" not in other.reads
    await town.until(town.clock.at + timedelta(days=7, minutes=1))
    await other.types("champion")
    await other.presses("ask_help", about=ABOUT)
    assert "Cham Sample" in other.reads


async def test_an_offer_keeps_to_the_champions_hours(town: Town) -> None:
    """Asked for in the evening, the card comes in the morning."""
    sam, [cham] = await people(town, champion())
    await town.until(datetime.fromisoformat("2026-11-24T20:00+00:00"))
    await asked(town, sam, "Cham Sample")
    assert not any(isinstance(m, HelpOffer) for m in cham.receives())
    await town.wait(hours=20)
    offer_to(cham)


async def test_resting_people_are_not_asked(town: Town) -> None:
    """A champion in a pause is not suggested."""
    resting = champion().choosing(Preferences(stopped=True))
    sam, _ = await people(town, champion("Second Sample"))
    async with town.world.store.unit_of_work() as work:
        await work.people.put(resting)
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Second Sample"]
