"""A colleague who can help, and a first sentence already written."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.commands import AskChampion
from bot.domain.messages import ChampionFound, Note
from bot.domain.prompts import PromptId
from bot.services import mentoring
from bot.services.ports import World
from tests.kept import everything, keep
from tests.samples import champion, staff

SAM = staff()
NEAR = champion("Near Sample")
FAR = champion("Far Sample", site="South site")


async def test_the_nearest_champion_with_the_reason_and_a_link(world: World) -> None:
    """The card names who, why, and opens a chat with a first sentence; nothing is sent for the person."""
    await keep(world, SAM, NEAR, FAR)
    card = await mentoring.introduce(world, SAM.id, AskChampion())
    assert isinstance(card, ChampionFound)
    assert (card.name, card.about) == ("Near Sample", "Ward clerk, North site")
    assert card.reason == "they do the same job as you, at your site"
    link = urlsplit(card.link)
    assert link.netloc == "teams.microsoft.com"
    assert parse_qs(link.query) == {"users": ["near-sample@trust.invalid"], "message": [card.first_sentence]}


async def test_asking_again_brings_somebody_else(world: World) -> None:
    """No repeats before everybody who offered was introduced."""
    await keep(world, SAM, NEAR, FAR)
    cards = [await mentoring.introduce(world, SAM.id, AskChampion()) for _ in range(2)]
    assert [card.name for card in cards if isinstance(card, ChampionFound)] == ["Near Sample", "Far Sample"]


async def test_the_first_sentence_is_about_the_prompt(world: World) -> None:
    """Asked from a tip, the sentence names it."""
    await keep(world, SAM, NEAR)
    card = await mentoring.introduce(world, SAM.id, AskChampion(PromptId("ward-clerk-notice")))
    assert isinstance(card, ChampionFound)
    assert "“Turn visiting rules into a clear notice”" in card.first_sentence


async def test_a_prompt_that_is_gone_does_not_stand_in_the_way(world: World) -> None:
    """Help is found all the same, with a general first sentence."""
    await keep(world, SAM, NEAR)
    card = await mentoring.introduce(world, SAM.id, AskChampion(PromptId("no-such-prompt")))
    assert isinstance(card, ChampionFound)
    assert card.first_sentence.startswith("Hello Near, ")


@pytest.mark.parametrize("alone", [True, False])
async def test_nobody_is_said_kindly_and_stores_nothing(world: World, *, alone: bool) -> None:
    """Without a champion, or for the only one, there is somebody else to ask and a way on."""
    asker = replace(NEAR) if alone else SAM
    await keep(world, asker)
    before = everything(world)
    answer = await mentoring.introduce(world, asker.id, AskChampion())
    assert isinstance(answer, Note)
    assert any("sample information governance team" in line for line in answer.lines)
    assert answer.steps
    assert everything(world) == before
