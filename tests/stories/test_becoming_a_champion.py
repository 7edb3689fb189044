"""Somebody becomes a champion, says what they offer, and stops again."""

from bot.domain.audit import Act
from bot.domain.messages import HelpOffer, Note, ProfileForm, ShareForm, Suggestions
from bot.domain.staff.people import Right
from bot.services.upkeep import enrolling
from tests.samples import champion, staff, stranger
from tests.stories.dialog import Actor, Town, inputs_of
from tests.stories.helping import CONTACT

OFFER = {"topics": "Letters, notices", "languages": "English, Welsh", "hours": "2"}


async def wished(town: Town) -> tuple[Actor, Actor]:
    """Somebody who offered to help, and the administrator who got the card."""
    ada = await town.welcomed(staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR})))
    sam = await town.welcomed(staff())
    await sam.types("become a champion")
    assert "An administrator reads it and decides" in sam.reads
    await town.wait(days=4)
    newest = [m for m in ada.receives() if isinstance(m, Note) and m.steps[0].verb == "admit_champion"]
    assert len(newest) == 1
    assert "Sam Sample" in newest[0].lines[0]
    ada.message = newest[0]
    return sam, ada


async def test_from_the_wish_to_the_first_request(town: Town) -> None:
    """An administrator says yes, on record; what they offer leads colleagues to them, and they may share."""
    sam, ada = await wished(town)
    await sam.types("share")
    assert "Champions share prompts here" in sam.reads
    await ada.presses("admit_champion")
    assert "Sam Sample is a champion now" in ada.reads
    await town.wait(days=4)
    assert "You are a champion" in [m.title for m in sam.receives() if isinstance(m, Note)]
    await sam.types("profile")
    await sam.presses("change_profile", **OFFER)
    assert "Letters, notices" in sam.reads
    await sam.types("share")
    sam.sees(ShareForm)

    kim = await town.welcomed(staff("Kim Sample"))
    await kim.types("champion")
    await kim.presses("ask_help", topic="letters", language="Welsh")
    (found,) = kim.sees(Suggestions).champions
    assert (
        found.reason == "They know about letters, do the same job as you, work at your site and speak Welsh"
    )
    async with town.world.store.unit_of_work() as work:
        acts = [record.act for record in await work.audit.of(ada.id)]
    assert acts == [Act.CHAMPION_ADMITTED]


async def test_a_no_is_kind_and_the_card_is_used_up(town: Town) -> None:
    """The second press changes nothing, and they can offer again."""
    sam, ada = await wished(town)
    card = ada.card
    await ada.presses("refuse_champion", card)
    await ada.presses("admit_champion", card)
    assert "That is decided already" in ada.reads
    await town.wait(days=4)
    assert "Not just now" in [m.title for m in sam.receives() if isinstance(m, Note)]
    await sam.types("profile")
    await sam.presses("become_champion")
    assert "An administrator reads it and decides" in sam.reads


async def test_only_administrators_decide(town: Town) -> None:
    """Not even about themselves."""
    sam, ada = await wished(town)
    await sam.presses("admit_champion", ada.card)
    assert "Only administrators decide this" in sam.reads
    await sam.types("profile")
    assert "An administrator reads it and decides" in sam.reads


async def test_leaving_hands_requests_on(town: Town) -> None:
    """Whoever is on the staff list as a champion can stop, and come back without asking anybody."""
    cham, second = await town.welcomed(champion()), await town.welcomed(champion("Second Sample"))
    sam = await town.welcomed(staff())
    await sam.types("champion")
    await sam.presses("ask_help", about="my notes")
    await sam.presses(cham.id)
    await town.tick()
    cham.finds(HelpOffer)
    await cham.types("profile")
    await cham.presses("leave_champions")
    await town.tick()
    second.finds(HelpOffer)
    await sam.types("champions")
    assert "Cham Sample" not in sam.reads
    await cham.presses("become_champion")
    cham.sees(ProfileForm)
    await sam.types("champions north")
    assert "Cham Sample: Ward clerk, North site" in sam.reads


async def test_whoever_leaves_the_organisation_is_no_champion(town: Town) -> None:
    """Their requests go to others at once; they stand in no directory and share nothing."""
    cham, second = await town.welcomed(champion()), await town.welcomed(champion("Second Sample"))
    sam = await town.welcomed(staff())
    await cham.types("profile")
    await cham.presses("change_profile", hours="3")
    await sam.types("champion")
    await sam.presses("ask_help", about="my notes")
    await sam.presses(cham.id)
    await enrolling.let_go(town.world, [cham.id])
    await town.tick()
    second.finds(HelpOffer)
    await sam.types("champions")
    assert sam.reads.count("Ward clerk, North site") == 1
    await cham.types("share")
    assert "Champions share prompts here" in cham.reads


async def test_whoever_leaves_is_no_half_of_a_chat(town: Town) -> None:
    """A request ends with the champion who said yes, and with whoever asked; nobody reads of nobody."""
    cham, sam = await town.welcomed(champion()), await town.welcomed(staff())
    for leaver in (cham, sam):
        await sam.types("champion")
        await sam.presses("ask_help", about="my notes")
        await sam.presses("cham-sample" if leaver is cham else "second-sample")
        await town.tick()
        if leaver is cham:
            cham.finds(HelpOffer)
            await cham.presses("accept_help")
            await town.welcomed(champion("Second Sample"))
        await enrolling.let_go(town.world, [leaver.id])
        async with town.world.store.unit_of_work() as work:
            assert [r for r in await work.help_requests.of(sam.id) if r.stage.is_open] == []
        if leaver is cham:
            await town.tick()
            (told,) = [m for m in sam.receives() if isinstance(m, Note)]
            assert told.title == "Your champion cannot help after all"
            assert CONTACT in told.lines[-1]
            assert told.steps[0].verb == "champion"
    await town.wait(days=7)
    assert [m.title for m in sam.receives() if isinstance(m, Note)] == []


async def test_what_cannot_be_kept_is_said(town: Town) -> None:
    """With the days the wrong way round, too many topics, hours that cannot be, or a telephone number."""
    cham = await town.welcomed(champion())
    await cham.types("profile")
    (hours,) = [one for one in inputs_of(cham.card) if one["id"] == "hours"]
    assert isinstance(choices := hours["choices"], list)
    assert [one["value"] for one in choices if isinstance(one, dict)] == ["1", "2", "3", "4", "5"]
    for wrong, words in (
        ({"away_from": "2026-12-21", "away_until": "2026-12-18"}, "before the first"),
        ({"away_from": "soon"}, "from the calendar"),
        ({"away_until": "2026-12-18"}, "the first day"),
        ({"topics": "a, b, c, d, e, f, g, h, i"}, "up to 8"),
        ({"topics": "x" * 50}, "under 40"),
        ({"topics": "ring 07700 900123"}, "07700 900123"),
        ({"hours": "-1"}, "Hours a week: please write a whole number from 1 to 5."),
        ({"hours": "2.5"}, "from 1 to 5"),
        ({"hours": "6"}, "from 1 to 5"),
        ({"hours": "as many as you like"}, "from 1 to 5"),
        ({"topics": "word " * 5_000}, "under 40"),
    ):
        await cham.presses("change_profile", **({"hours": "3"} | wrong))
        form = cham.sees(ProfileForm)
        assert words in form.problem
        assert form.hours == wrong.get("hours", "3"), "nobody types it twice"
        assert form.topics == wrong.get("topics", form.topics)[:2_000]
        await cham.types("profile")
    await cham.presses("change_profile", away_from="2026-11-23", away_until="2026-12-18")
    sam = await town.welcomed(staff())
    await sam.types("champion")
    await sam.presses("ask_help", about="my notes")
    assert "No champion is free at the moment" in sam.reads


async def test_the_directory_by_topic_role_and_site(town: Town) -> None:
    """All words have to fit; where nobody fits, how to see all."""
    await town.welcomed(champion())
    await town.welcomed(champion("Other Sample", site="South site"))
    sam = await town.welcomed(staff())
    for words, names in (("", 2), (" ward clerk", 2), (" at south site", 1), (" spreadsheets", 0)):
        await sam.types(f"champions{words}")
        assert sam.reads.count("Sample: ") == names
    assert "Type champions to see all" in sam.reads


async def test_small_letters_make_no_other_place_or_language(town: Town) -> None:
    """A site and languages typed by hand lead to their champion all the same, and both sides read why."""
    cham = await town.welcomed(champion())
    await cham.types("profile")
    await cham.presses("change_profile", site="north  site", languages="english, Welsh, welsh")
    assert "English, Welsh" in cham.reads
    assert "english" not in cham.reads
    sam = await town.welcomed(staff())
    await sam.types("champion")
    await sam.presses("ask_help", about="my notes")
    assert "They do the same job as you and work at your site" in sam.reads
    await sam.presses(cham.id)
    await town.tick()
    cham.finds(HelpOffer)
    assert "you do the same job and work at the same site" in cham.reads


async def test_somebody_who_is_on_no_list(town: Town) -> None:
    """They hear why not."""
    nico = Actor(town, stranger().id)
    await nico.installs()
    await nico.types("become a champion")
    assert "You are not on the staff list yet" in nico.reads
