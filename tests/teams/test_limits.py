"""Limits of what comes in: how deep, how often, how much at once; and a kind word at each."""

import asyncio
import json

import pytest
from structlog.testing import capture_logs

from bot.domain.json import Json
from bot.domain.staff.people import Person, PersonId
from bot.services import conversing
from bot.services.ports import World
from bot.teams import extension
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.inbound import COME_AGAIN, Answer, Inbound
from bot.teams.quotas import Quota
from tests.teams import sent
from tests.teams.connector_server import NeverAnswers, ScriptedConnector
from tests.teams.posting import FORM, fields_in
from tests.teams.worlds import render

SET_UP: Json = {"role": "ward-clerk", "licence": "chat", "days": "0,1,2,3,4"}


async def _post(inbound: Inbound, raw: dict[str, Json]) -> Answer:
    return await inbound.receive(None, json.dumps(raw).encode())


async def _me(world: World) -> Person:
    async with world.store.unit_of_work() as work:
        me = await work.people.get(PersonId(sent.USER))
    assert me is not None
    return me


def _titles(teams: ScriptedConnector) -> list[str]:
    """What the cards that were posted say first."""
    return [str(request.body["attachments"][0]["content"]["fallbackText"]) for request in teams.requests]  # type: ignore[index,call-overload]  # a card


async def test_what_is_wide_or_just_deep_enough_is_read(inbound: Inbound, teams: ScriptedConnector) -> None:
    """The limit is on levels within one another, not on how many there are, nor on brackets in a text."""
    deepest: Json = {}
    for _ in range(61):
        deepest = [deepest]
    wide: Json = [{} for _ in range(1_000)]
    raw = sent.text("{" * 500, teams.url, channelData={"deep": deepest, "wide": wide})
    assert await _post(inbound, raw) == Answer(200)


@pytest.fixture
def hurried(connector: Connector, world: World) -> Inbound:
    """A bot that takes one activity of a person in a minute, and one turn at a time."""
    return Inbound(TeamsAdapter(connector), SteadyDripBot(world, render, Quota(1)), None, at_once=1)


async def test_too_many_messages_are_answered_once(hurried: Inbound, teams: ScriptedConnector) -> None:
    """With a card that says what to do; nothing more is sent to somebody who goes on."""
    for _ in range(4):
        assert await _post(hurried, sent.text("hi", teams.url)) == Answer(200)
    assert _titles(teams) == ["help", conversing.slow_down().title]


async def test_too_many_taps_leave_the_card(hurried: Inbound, world: World, teams: ScriptedConnector) -> None:
    """Each is answered with words beside the card, so that what was typed into it stays; nothing is done."""
    await _post(hurried, sent.execute("help", {}, teams.url))
    with capture_logs() as lines:
        answer = await _post(hurried, sent.execute("set_up", SET_UP, teams.url))
    said: Json = {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": conversing.SLOW_DOWN,
    }
    assert answer == Answer(200, said)
    assert [line["event"] for line in lines] == ["quota_reached"]
    assert (await _me(world)).role is None


async def test_too_many_taps_keep_the_form_of_a_dialog(hurried: Inbound, teams: ScriptedConnector) -> None:
    """With what was typed, to be sent once more in a minute."""
    await _post(hurried, sent.execute("help", {}, teams.url))
    data: Json = {"commandId": "sharePrompt", "data": FORM}
    form = fields_in(await _post(hurried, sent.invoke(extension.SUBMIT, data, teams.url)))
    assert (form["prompt"], form["trouble"]) == (FORM["prompt"], conversing.SLOW_DOWN)


async def test_goodbye_is_always_heard(hurried: Inbound, world: World, teams: ScriptedConnector) -> None:
    """Whoever removes the app is not asked to wait."""
    await _post(hurried, sent.text("hi", teams.url))
    await _post(hurried, sent.installation("remove", teams.url))
    assert (await _me(world)).reference is None


async def test_when_every_turn_is_taken_teams_is_asked_to_come_again(
    hurried: Inbound, teams: ScriptedConnector
) -> None:
    """503 with a time; once a turn has ended there is room again."""
    teams.will(NeverAnswers())
    first = asyncio.create_task(_post(hurried, sent.text("hi", teams.url)))
    await teams.reached(1)
    busy = await _post(hurried, sent.execute("help", {}, teams.url))
    assert busy == Answer(503, {"error": "busy"}, COME_AGAIN)
    teams.release()
    await first
    assert (await _post(hurried, sent.execute("help", {}, teams.url))).status == 200
