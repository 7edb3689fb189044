"""What the command menu offers: every command that the manifest lists is typed, and answered as it says."""

import json
from pathlib import Path

import aiohttp
import pytest

from bot.bootstrap import service
from bot.config import HOME, Settings
from bot.domain.json import Json
from tests.ports import free_port
from tests.teams import sent
from tests.teams.connector_server import ScriptedConnector, connector_server

ALEX = "00000000-0000-0000-0000-000000000020"
"""A sample person who is a ward clerk, a champion, a reviewer and a lead."""

MANIFEST = json.loads((HOME / "manifest" / "manifest.json").read_text("utf-8"))
LISTED = [command["title"] for command in MANIFEST["bots"][0]["commandLists"][0]["commands"]]
ALWAYS = ["hi", "hello", "help"]
"""What a shop window for apps asks every bot to answer."""

HELP = "Type tip, saved, champion, pause, resume, settings, privacy or stop"
SAID = {
    "tip": "A tip from Steady Drip",
    "saved": "Nothing saved yet",
    "champion": "Ask a champion for help",
    "share": "The form for sharing a prompt",
    "summary": "Which group?",
    "settings": "Your Steady Drip settings",
    "pause": "Paused",
    "resume": "Welcome back",
    "privacy": "What Steady Drip keeps about you",
    "help": HELP,
    "hi": HELP,
    "hello": HELP,
}
"""What a notification says of the answer to each."""


async def answer(teams: ScriptedConnector, http: aiohttp.ClientSession, words: str) -> dict[str, Json]:
    """The one message that somebody gets who types these words."""
    before = len(teams.requests)
    sender: Json = {"id": "29:alex", "name": "Alex Sample", "aadObjectId": ALEX}
    async with http.post("/api/messages", json=sent.text(words, teams.url, **{"from": sender})) as response:
        assert response.status == 200
    (posted,) = teams.requests[before:]
    assert isinstance(posted.body, dict)
    return posted.body


async def test_every_listed_command_works(tmp_path: Path) -> None:
    """Through the whole service, on the sample trust: each has its own card, with a next step on it."""
    settings = Settings.model_validate(
        {"store": f"tinydb:{tmp_path / 'store.tinydb'}", "port": free_port(), "messages_per_minute": 100}
    )
    async with (
        connector_server() as teams,
        service(settings, local=True) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http,
    ):
        for words in [*LISTED, *ALWAYS]:
            message = await answer(teams, http, words)
            assert message["summary"] == SAID[words]
            assert "Action.Execute" in json.dumps(message), words


@pytest.mark.parametrize("words", LISTED)
def test_a_listed_command_is_expected(words: str) -> None:
    """A command that is added to the manifest gets its line here: somebody has looked at its answer."""
    assert words in SAID
