"""What a card says of a prompt that needs no app."""

import json
from dataclasses import replace

import pytest

from bot.config import HOME
from bot.content.cards import Cards
from bot.domain.library.prompts import App, Prompt
from bot.domain.staff.people import Licence
from bot.services import composing
from bot.services.ports import World
from tests.samples import prompt, staff

LINKS = {App.COPILOT_CHAT: "https://chat.example.org"}
BY_HAND = prompt(needs=Licence.NOTHING)


def card(world: World, tip: Prompt) -> str:
    """All that the card for a tip says, where Copilot Chat has a link."""
    world = replace(world, house=replace(world.house, links=LINKS))
    message = composing.tip(world, staff(), tip, "it helps in any job")
    return json.dumps(Cards(HOME / "cards").render(message))


def test_what_is_done_by_hand_names_no_app(world: World) -> None:
    """Somebody without an AI tool is told what to do, and is not sent to one."""
    said = card(world, BY_HAND)
    assert "What to do" in said
    assert "no AI tool" in said
    assert not any(words in said for words in ("Copilot", "chat.example.org", "to copy", "Where to use it"))


@pytest.mark.parametrize("tip", [prompt(), replace(BY_HAND, app=App.TEAMS)])
def test_what_is_copied_names_its_app(world: World, tip: Prompt) -> None:
    """A prompt, and words for a team's chat that need no AI tool either."""
    said = card(world, tip)
    assert "The prompt to copy" in said
    assert "Where to use it" in said
    assert tip.app.label in said


def test_a_list_says_the_same() -> None:
    """What was found or saved: where each is used and how long it takes."""
    listed = [line.about for line in composing.lines([prompt(), BY_HAND])]
    assert listed == ["Copilot Chat, about 5 minutes", "no AI tool, about 5 minutes"]
