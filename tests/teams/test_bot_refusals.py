"""What the bot does not act on: odd buttons, nobody in particular, and chats of more than two."""

import pytest
from structlog.testing import capture_logs

from bot.domain.json import Json
from bot.services import conversing
from bot.services.ports import World
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent
from tests.teams.connector_server import ScriptedConnector
from tests.teams.posting import ME, SECRET, SET_UP, card_in, in_place, known, post

STALE = conversing.stale().title
ODD: list[tuple[str, Json, str]] = [
    ("no_such_verb", {}, "unknown_verb"),
    (SECRET, {}, "unknown_verb"),
    ("open", {"prompt_id": "x", "person": SECRET}, "open_extra"),
    ("pulse", {"round_id": SECRET, "confidence": 9, "workload": 1}, "pulse_out_of_range"),
]


@pytest.mark.parametrize(("verb", "data", "code"), ODD)
async def test_an_odd_button_gets_a_kind_note_and_one_line_in_the_log(
    inbound: Inbound, teams: ScriptedConnector, verb: str, data: Json, code: str
) -> None:
    """The line has the event, the code and the activity's id, and nothing of what was sent."""
    with capture_logs() as lines:
        card = in_place(await post(inbound, sent.execute(verb, data, teams.url)))
    assert card["fallbackText"] == STALE
    assert lines == [
        {
            "event": "activity_not_understood",
            "code": code,
            "activity": sent.ACTIVITY,
            "log_level": "warning",
        }
    ]


async def test_an_odd_submit_gets_the_same_note(inbound: Inbound, teams: ScriptedConnector) -> None:
    """In the place of the card it came from."""
    await post(inbound, sent.submit([SECRET], teams.url))
    assert (teams.last.method, card_in(teams.last.body)["fallbackText"]) == ("PUT", STALE)


async def test_who_it_is_never_comes_from_the_card(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Without an object id there is nobody to act for, whatever the payload says."""
    stranger: Json = {"id": "29:x"}
    raw = {**sent.execute("stop", {"aadObjectId": str(ME)}, teams.url), "from": stranger}
    assert in_place(await post(inbound, raw))["fallbackText"] == STALE
    assert await known(world) is None


GROUP: Json = {"id": "19:g@thread.v2", "conversationType": "groupChat", "isGroup": True}
ELSEWHERE = conversing.elsewhere().title


async def test_a_group_is_told_once_where_to_go(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """One reply, and nothing is stored."""
    await post(inbound, sent.text("tip", teams.url, conversation=GROUP))
    (request,) = teams.requests
    assert card_in(request.body)["fallbackText"] == ELSEWHERE
    assert await known(world) is None


async def test_a_button_in_a_group_does_nothing(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """The answer is the same note."""
    raw = sent.execute("set_up", SET_UP, teams.url, conversation=GROUP)
    assert in_place(await post(inbound, raw))["fallbackText"] == ELSEWHERE
    assert await known(world) is None


async def test_joining_a_group_is_no_arrival(
    inbound: Inbound, world: World, teams: ScriptedConnector
) -> None:
    """Nobody is welcomed, and nothing is said to everybody."""
    assert await post(inbound, sent.installation("add", teams.url, conversation=GROUP)) == Answer(200)
    assert await known(world) is None
    assert teams.requests == []
