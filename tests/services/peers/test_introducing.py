"""A champion whom the bot cannot write to is introduced at once, with a first sentence already written."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.commands.champions import AskChampion, AskForHelp
from bot.domain.library.prompts import PromptId
from bot.domain.messages import ChampionFound, HelpForm, Note
from bot.domain.staff.people import Person
from bot.services.peers import mentoring
from bot.services.ports import World
from tests.kept import everything, keep
from tests.samples import champion, staff

SAM = staff()


def never_met(name: str, *, site: str = "North site") -> Person:
    """A champion who has not installed the app."""
    return replace(champion(name, site=site), reference=None)


NEAR = never_met("Near Sample")
FAR = never_met("Far Sample", site="South site")
TIP = AskChampion(PromptId("ward-clerk-notice"))


async def test_the_nearest_champion_with_the_reason_and_a_link(world: World) -> None:
    """The card names who, why, and opens a chat with a first sentence; nothing is sent for the person."""
    await keep(world, SAM, NEAR, FAR)
    card = await mentoring.ask_for_help(world, SAM.id, AskForHelp("my notes"))
    assert isinstance(card, ChampionFound)
    assert (card.name, card.about) == ("Near Sample", "Ward clerk, North site")
    assert card.reason.startswith("They do the same job as you and work at your site.")
    link = urlsplit(card.link)
    assert link.netloc == "teams.microsoft.com"
    assert parse_qs(link.query) == {"users": ["near-sample@trust.invalid"], "message": [card.first_sentence]}


async def test_asking_again_brings_somebody_else(world: World) -> None:
    """No repeats before everybody who offered was introduced."""
    await keep(world, SAM, NEAR, FAR)
    cards = [await mentoring.ask(world, SAM.id, TIP) for _ in range(2)]
    assert [card.name for card in cards if isinstance(card, ChampionFound)] == ["Near Sample", "Far Sample"]


async def test_the_first_sentence_is_about_the_prompt(world: World) -> None:
    """Asked from a tip, the sentence names it."""
    await keep(world, SAM, NEAR)
    card = await mentoring.ask(world, SAM.id, TIP)
    assert isinstance(card, ChampionFound)
    assert "“Turn visiting rules into a clear notice”" in card.first_sentence


async def test_a_prompt_that_is_gone_does_not_stand_in_the_way(world: World) -> None:
    """Then the form asks what it is about."""
    await keep(world, SAM, NEAR)
    assert isinstance(await mentoring.ask(world, SAM.id, AskChampion(PromptId("no-such-prompt"))), HelpForm)


@pytest.mark.parametrize("alone", [True, False])
async def test_nobody_is_said_kindly_and_stores_nothing(world: World, *, alone: bool) -> None:
    """Without a champion, or for the only one, there is somebody else to ask and a way on."""
    asker = NEAR if alone else SAM
    await keep(world, asker)
    before = everything(world)
    answer = await mentoring.ask(world, asker.id, TIP)
    assert isinstance(answer, Note)
    assert any("sample information governance team" in line for line in answer.lines)
    assert answer.steps
    assert everything(world) == before
