"""Somebody asks a champion for help, and both know at each moment where it stands."""

from dataclasses import replace

from bot.domain.messages import ChampionFound, HelpForm, HelpOffer, Note, Suggestions
from bot.domain.staff.people import Right
from tests.samples import BOOKING, WARD, champion, staff
from tests.stories.dialog import Town, inlines, parts
from tests.stories.helping import ABOUT, CONTACT, asked, lines_of, offer_to, people


async def test_from_the_question_to_thanks(town: Town) -> None:
    """Three suggestions with reasons, one is asked and says yes, both get a chat, and it helped."""
    sam, [near, *_] = await people(
        town,
        champion("Near Sample"),
        champion("Far Sample", site="South site"),
        champion("Other Sample", role=BOOKING),
        champion("Fourth Sample", role=BOOKING, site="South site"),
    )
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    suggested = sam.sees(Suggestions).champions
    assert [(one.name, one.reason) for one in suggested] == [
        ("Near Sample", "They do the same job as you and work at your site"),
        ("Far Sample", "They do the same job as you"),
        ("Other Sample", "They work at your site"),
    ]
    await sam.presses(suggested[0].champion_id)
    assert "Near Sample" in sam.reads
    await town.tick()
    assert ABOUT in offer_to(near).about
    assert "Sam Sample" in near.reads

    await near.presses("accept_help")
    assert near.sees(ChampionFound).name == "Sam Sample"
    await town.tick()
    (news,) = sam.receives()
    assert isinstance(news, ChampionFound)
    assert news.name == "Near Sample"
    assert "users=near-sample" in news.link
    assert ABOUT in news.first_sentence

    await town.wait(days=7)
    sam.finds(Note)
    assert "Did it help?" in sam.reads
    await sam.presses("helped")
    await town.wait(days=7)
    (thanked,) = [m for m in near.receives() if isinstance(m, Note) and m.title == "It helped"]
    assert "Sam says that your help made a difference. Thank you." in thanked.lines


async def test_the_asker_always_knows_where_it_stands(town: Town) -> None:
    """`champion` shows the choice, then who has it until when, then the chat; and never a second request."""
    sam, [cham] = await people(town, champion())
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    await sam.types("champion")
    sam.sees(Suggestions)
    await sam.presses("choose_champion")
    await sam.types("champion")
    assert "I asked Cham Sample. They have until 09:15 on Tuesday 24 November to answer." in sam.reads
    await town.tick()
    offer_to(cham)
    await cham.presses("accept_help")
    await sam.types("champion")
    assert sam.sees(ChampionFound).name == "Cham Sample"


async def test_the_only_champion_is_told_so(town: Town) -> None:
    """There is nobody busy where there is nobody else."""
    _, [cham] = await people(town, champion())
    await cham.types("champion")
    await cham.presses("ask_help", about=ABOUT)
    assert "Nobody else in your organisation has offered to help yet." in cham.reads


async def test_five_thousand_words_and_hostile_markdown(town: Town) -> None:
    """The one comes back with how long it may be; the other is shown as it was written."""
    sam, [cham] = await people(town, champion())
    await sam.types("champion")
    await sam.presses("ask_help", about="word " * 5_000)
    assert sam.sees(HelpForm).problem == "Please say it in up to 300 characters; it has 25000."
    hostile = "**x** [y](https://a.invalid) ${$root} {about} <script>"
    await sam.presses("ask_help", about=hostile)
    await sam.presses("cham-sample")
    await town.tick()
    offer_to(cham)
    for actor, verb in ((cham, "accept_help"), (cham, "")):
        runs = [run["text"] for part in parts(actor.card) for run in inlines(part)]
        assert any(hostile in str(run) for run in runs), "in a text run, where markdown is not read"
        if verb:
            await actor.presses(verb)


async def test_a_request_can_be_taken_back(town: Town) -> None:
    """The champion who presses later hears that it is taken care of, and the asker can ask again."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    await sam.types("champion")
    await sam.presses("withdraw_help")
    assert "Your request is closed" in sam.reads
    offer_to(cham)
    await cham.presses("accept_help")
    assert "This one is taken care of" in cham.reads
    await town.tick()
    assert sam.receives() == []
    await sam.types("champion")
    sam.sees(HelpForm)


async def test_a_yes_that_is_not_needed_any_more(town: Town) -> None:
    """The champion hears of it with thanks, once, and the asker is told so; typed or pressed."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("accept_help")
    await town.tick()
    sam.finds(ChampionFound)
    card = sam.card
    await sam.types("withdraw")
    assert "I tell the champion who said yes, with thanks." in sam.reads
    await sam.presses("withdraw_help", card)
    assert "That request is closed" in sam.reads
    await sam.types("withdraw")
    assert "You have not asked anybody" in sam.reads
    await town.wait(days=7)
    told = [m for m in cham.receives() if isinstance(m, Note) and "needs no help any more" in m.lines[0]]
    assert [note.lines for note in told] == [
        ["Sam needs no help any more; there is nothing left for you to do.", "Thank you for saying yes."]
    ]


async def test_a_champion_who_was_only_asked_hears_of_no_end(town: Town) -> None:
    """Without a yes there is nothing to be released from."""
    sam, [cham] = await people(town, champion())
    await asked(town, sam, "Cham Sample")
    await sam.types("withdraw")
    assert "Your request is closed" in sam.reads
    assert "I tell the champion" not in sam.reads
    await town.wait(days=7)
    assert not any("needs no help" in line for line in lines_of(cham))


async def test_old_cards_change_nothing_and_nobody_hears_twice(town: Town) -> None:
    """Each button once more: yes gives the link again, all else a kind word; no message goes out twice."""
    sam, [cham, _] = await people(town, champion(), champion("Second Sample"))
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    choice = sam.card
    await sam.presses("cham-sample")
    await sam.presses("cham-sample", choice)
    assert "I asked Cham Sample" in sam.reads
    await town.tick()
    offer_to(cham)
    card = cham.card
    await cham.presses("accept_help", card)
    await cham.presses("accept_help", card)
    cham.sees(ChampionFound)
    await cham.presses("pass_help", card)
    cham.sees(ChampionFound)
    await town.wait(days=1)
    news = [m for m in town.outbound.to(sam.id) if isinstance(m, ChampionFound)]
    assert len(news) == 1


async def test_a_champion_who_left_in_the_meantime(town: Town) -> None:
    """Who stopped the bot cannot be chosen from an old card; the choice comes again without them."""
    sam, [cham, _] = await people(town, champion(), champion("Second Sample"))
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    await cham.types("stop")
    await sam.presses("cham-sample")
    assert "They have no time any more" in sam.reads
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Second Sample"]


async def test_an_erased_champion_hands_the_request_on(town: Town) -> None:
    """The next is asked at once, and nothing leads to the first any more."""
    sam, [cham, second] = await people(town, champion(), champion("Second Sample"))
    await asked(town, sam, "Cham Sample")
    await cham.types("delete my data")
    await cham.sends("erase", {})
    await town.tick()
    offer_to(second)
    async with town.world.store.unit_of_work() as work:
        assert await work.help_requests.of(cham.id) == []


async def test_a_champion_who_said_yes_is_erased(town: Town) -> None:
    """There is no chat with nobody: the request is over, and others can be asked."""
    sam, [cham, _] = await people(town, champion(), champion("Second Sample"))
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("accept_help")
    await cham.types("delete my data")
    await cham.sends("erase", {})
    await sam.types("champion")
    sam.sees(HelpForm)
    await town.wait(days=7)
    titles = [message.title for message in sam.receives() if isinstance(message, (Note, ChampionFound))]
    assert not {"Did it help?", "Good news: somebody can help"} & set(titles)
    assert titles.count("Your champion cannot help after all") == 1, "they hear either way, once"


async def test_everybody_at_capacity(town: Town) -> None:
    """One hour a week is two requests; then there is a kind word, a contact, and nothing is kept."""
    _, [cham] = await people(town, champion())
    for name in ("Ann Sample", "Ben Sample"):
        asker = await town.welcomed(staff(name))
        await asked(town, asker, "Cham Sample")
        offer_to(cham)
        await cham.presses("accept_help")
    last = await town.welcomed(staff("Cat Sample"))
    await last.types("champion")
    await last.presses("ask_help", about=ABOUT)
    assert "No champion is free at the moment" in last.reads
    assert CONTACT in last.reads
    async with town.world.store.unit_of_work() as work:
        assert await work.help_requests.of(last.id) == []


async def test_the_only_champion_cannot_ask_themselves(town: Town) -> None:
    """Not even with a made-up button."""
    _, [cham, _] = await people(town, champion(), champion("Second Sample"))
    await cham.types("champion")
    await cham.presses("ask_help", about=ABOUT)
    request = cham.sees(Suggestions).request_id
    assert [one.name for one in cham.sees(Suggestions).champions] == ["Second Sample"]
    await cham.sends("choose_champion", {"champion_id": cham.id, "request_id": request})
    assert "They have no time any more" in cham.reads


async def test_words_that_point_to_a_person_are_refused(town: Town) -> None:
    """With the exact words; nothing is kept. An empty form says what to do."""
    sam, _ = await people(town, champion())
    await sam.types("champion")
    await sam.presses("ask_help", about="The letter of patient 943 476 5919")
    assert "943 476 5919" in sam.sees(HelpForm).problem
    await sam.presses("ask_help", about="The letter of patient 9\x07434765919")
    assert "9434765919" in sam.sees(HelpForm).problem, "as it would be kept"
    await sam.presses("ask_help", about="")
    assert sam.sees(HelpForm).problem == "Say in a few words what it is about, or pick a topic."
    await sam.presses("ask_help", about="\u200b\u3164")
    assert sam.sees(HelpForm).problem == "Say in a few words what it is about, or pick a topic."
    for field in ("topic", "language"):
        await sam.sends("ask_help", {"about": "my notes", field: "x " * 1_000})
        assert "up to 300 characters; it has 2000" in sam.sees(HelpForm).problem, "no form of ours sends that"
    async with town.world.store.unit_of_work() as work:
        assert await work.help_requests.of(sam.id) == []


async def test_a_topic_leads_to_who_knows_it(town: Town) -> None:
    """Picked from the list of what champions offer."""
    expert = champion("Expert Sample", role=BOOKING, site="South site")
    assert expert.roster is not None
    expert = replace(expert, roster=replace(expert.roster, topics=("Letters",)))
    sam, _ = await people(town, champion(), expert)
    await sam.types("champion")
    assert [option.title for option in sam.sees(HelpForm).topics] == ["Letters"]
    await sam.presses("ask_help", topic="letters")
    first = sam.sees(Suggestions).champions[0]
    assert (first.name, first.reason) == ("Expert Sample", "They know about letters")


async def test_the_own_manager_comes_last(town: Town) -> None:
    """There are questions that one does not like to ask there."""
    manager = staff("Lea Sample", rights=frozenset({Right.CHAMPION}), leads=frozenset({WARD}))
    stranger = champion("Other Sample", role=BOOKING, site="South site")
    sam, _ = await people(town, manager, stranger)
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Other Sample", "Lea Sample"]


async def test_a_champion_whom_the_bot_cannot_write_to(town: Town) -> None:
    """The asker gets the link at once, as before there were requests."""
    await town.living_here(champion())
    sam = await town.welcomed(staff())
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert sam.sees(ChampionFound).name == "Cham Sample"
    assert "I cannot reach them myself" in sam.reads


async def test_what_the_asker_knows_hides_no_topic(town: Town) -> None:
    """The only champion here asks about what nobody but a colleague whom the bot never met knows."""
    near, expert = champion("Near Sample"), champion("Skilled Sample", role=BOOKING, site="South site")
    assert expert.roster is not None
    expert = replace(expert, roster=replace(expert.roster, topics=("Spreadsheets",)))
    await town.living_here(near)
    await town.living_here(expert)
    own = champion("Own Sample")
    assert own.roster is not None
    asker = await town.welcomed(replace(own, roster=replace(own.roster, topics=("Letters",))))
    await asker.types("champion")
    await asker.presses("ask_help", about="my spreadsheet keeps breaking")
    assert asker.sees(ChampionFound).name == "Skilled Sample"


async def test_it_did_not_help(town: Town) -> None:
    """Nobody is blamed, the champion hears nothing, and the next request meets somebody else."""
    sam, [cham, _] = await people(town, champion(), champion("Second Sample"))
    await asked(town, sam, "Cham Sample")
    offer_to(cham)
    await cham.presses("accept_help")
    await town.wait(days=7)
    sam.finds(Note)
    await sam.presses("not_helped")
    assert "Not this time" in sam.reads
    await sam.presses("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert [one.name for one in sam.sees(Suggestions).champions] == ["Second Sample", "Cham Sample"]
    await town.wait(days=7)
    assert "It helped" not in [m.title for m in cham.receives() if isinstance(m, Note)]


async def test_nobody_is_swamped_by_one_colleague(town: Town) -> None:
    """Asking and taking it back again and again brings a champion three cards a week, and no more."""
    sam, [cham] = await people(town, champion())
    for _ in range(3):
        await asked(town, sam, "Cham Sample")
        await sam.types("champion")
        await sam.presses("withdraw_help")
    for _ in range(3):
        await sam.types("champion")
        await sam.presses("ask_help", about=ABOUT)
        assert "No champion is free at the moment" in sam.reads
    assert len([m for m in cham.receives() if isinstance(m, HelpOffer)]) == 3
    await town.wait(days=8)
    await asked(town, sam, "Cham Sample")
    offer_to(cham)


async def test_who_passed_is_not_suggested_again_while_others_fit(town: Town) -> None:
    """Asked anew on the same day, the three who could not help come after those whom nobody asked."""
    sam, champions = await people(town, *[champion(f"Cham{n} Sample") for n in range(6)])
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    await sam.presses("choose_champion")
    passed = set()
    for _ in range(3):
        await town.tick()
        (one,) = [c for c in champions if any(isinstance(m, HelpOffer) for m in c.receives())]
        await one.presses("pass_help")
        passed.add(one.id)
    await sam.types("champion")
    await sam.presses("ask_help", about=ABOUT)
    assert passed.isdisjoint(c.champion_id for c in sam.sees(Suggestions).champions)
