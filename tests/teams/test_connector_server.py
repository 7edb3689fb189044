"""The scripted connector does what tests believe of it."""

import aiohttp
import pytest

from tests.teams.connector_server import (
    BreaksOff,
    Meanwhile,
    NeverAnswers,
    Resets,
    Says,
    ScriptedConnector,
    slamming_server,
)


async def test_records_what_it_gets(teams: ScriptedConnector) -> None:
    """Method, raw path, authorization and JSON body are there afterwards."""
    async with aiohttp.ClientSession(headers={"Authorization": "Bearer x"}) as http:
        await http.post(f"{teams.url}/v3/a%3Ab", json={"n": 1})
    assert (teams.last.method, teams.last.path) == ("POST", "/v3/a:b")
    assert (teams.last.authorization, teams.last.body) == ("Bearer x", {"n": 1})


async def test_follows_the_script_and_then_takes_everything(teams: ScriptedConnector) -> None:
    """A scripted answer is used once; after the script come numbered ids."""
    teams.will(Says(429, "slow", {"Retry-After": "7"}))
    async with aiohttp.ClientSession() as http:
        first, second = await http.post(teams.url, json={}), await http.post(teams.url, json={})
        assert (first.status, first.headers["Retry-After"], await first.text()) == (429, "7", "slow")
        assert (second.status, await second.text()) == (201, '{"id":"activity-2"}')


async def test_faults_look_like_faults(teams: ScriptedConnector) -> None:
    """A reset has no answer, silence runs into the time-out, and a broken body has a status."""
    teams.will(Resets(), NeverAnswers(), BreaksOff())
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as http:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await http.post(teams.url, json={})
        with pytest.raises(TimeoutError):
            await http.post(teams.url, json={})
        broken = await http.post(teams.url, json={})
        assert broken.status == 201
        with pytest.raises(aiohttp.ClientPayloadError):
            await broken.read()
    assert len(teams.requests) == 3


async def test_something_happens_before_an_answer(teams: ScriptedConnector) -> None:
    """The message has come by then, and is taken all the same."""
    seen: list[int] = []
    teams.will(Meanwhile(lambda: seen.append(len(teams.requests))))
    async with aiohttp.ClientSession() as http:
        assert (await http.post(teams.url, json={})).status == 201
    assert seen == [1]


async def test_a_slammed_door_is_an_error_after_connecting() -> None:
    """The connection is made, so the fault is not one of connecting."""
    async with slamming_server() as url, aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectionError) as caught:
            await http.post(url, json={})
    assert not isinstance(caught.value, aiohttp.ClientConnectorError)
