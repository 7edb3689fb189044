"""The rehearsal's own connector: a process that takes everything while it is wanted."""

import aiohttp
import pytest

from bot.web.loopback import loopback_connector


async def test_it_takes_everything_while_the_block_runs() -> None:
    """On loopback, each with an id of its own; after the block nobody listens."""
    async with aiohttp.ClientSession() as session:
        async with loopback_connector() as address:
            assert address.startswith("http://127.0.0.1:")
            ids = [await _post(session, address) for _ in range(3)]
            assert len(set(ids)) == 3
        with pytest.raises(aiohttp.ClientConnectorError):
            await _post(session, address)


async def _post(session: aiohttp.ClientSession, address: str) -> str:
    url = f"{address}/v3/conversations/one/activities"
    async with session.post(url, json={"type": "message"}) as response:
        assert response.status == 201
        said: dict[str, str] = await response.json()
        return said["id"]
