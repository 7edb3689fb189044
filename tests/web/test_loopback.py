"""The rehearsal's own connector: a process that takes everything while it is wanted."""

import asyncio
import os
from typing import Any

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


async def test_a_ctrl_c_at_the_terminal_does_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no part of the group that the terminal signals, so it answers what is under way."""
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*words: str, **options: Any) -> asyncio.subprocess.Process:  # noqa: ANN401 - passed on
        started.append(await start(*words, **options))
        return started[-1]

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    async with loopback_connector():
        (process,) = started
        assert os.getpgid(process.pid) != os.getpgrp()
    assert process.returncode == 0
