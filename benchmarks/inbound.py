"""How many card answers the front door takes, beside the SDK's own `CloudAdapter` before the same bot.

Run as `python -m benchmarks.inbound` for these figures alone. The service is a process of its own with a
TinyDB store, tokens are real ones signed with keys of our own, and the load comes from this process over
HTTP. Each answer is an `adaptiveCard/action` that says how a tip went: a unit of work that is on the disk
before the reply.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import aiohttp

from bot.domain.json import Json
from tests.commands.processes import environment
from tests.ports import free_port
from tests.teams import sent
from tests.teams.identity import APP, SERVICE_URL, TENANT, MetadataServer, metadata_server, token

PROMPT = "everyone-too-smooth"
ANSWERS = 4_000
THEIR_ANSWERS = 500
THEIR_RATE = 30
"""The SDK's adapter is asked for less: at our rate it falls behind until nothing is answered."""
PEOPLE = 500
CONNECTIONS = 32
"""As many answers are under way at once while the most is looked for."""

STEADY_RATE = 100
"""Answers a second while the times are taken."""

STEADY_SECONDS = 20
PATIENCE = aiohttp.ClientTimeout(total=30)
TOKENS = 8
"""Tokens in use at once: Teams' connector sends the same one for up to an hour."""


@dataclass(slots=True)
class Load:
    """Answers of many people, and what came of them."""

    session: aiohttp.ClientSession
    address: str
    said: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _tokens: Sequence[str] = field(default_factory=lambda: [token(jti=str(n)) for n in range(TOKENS)])

    async def answer(self) -> None:
        """One person says how a tip went, differently each time, so that it is written each time."""
        number = next(self._numbers)
        outcome = ("worked", "needed_changes", "did_not_work")[number // PEOPLE % 3]
        data: Json = {"prompt_id": PROMPT, "outcome": outcome}
        await self.press(number % PEOPLE, "outcome", data)

    async def press(self, person: int, verb: str, data: Json) -> None:
        """One button."""
        sending = _invoke(person, verb, data)
        headers = {
            "Authorization": f"Bearer {self._tokens[person % TOKENS]}",
            "Content-Type": "application/json",
        }
        began = time.perf_counter()
        try:
            async with self.session.post(self.address, data=sending, headers=headers) as response:
                said = _said(response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError):
            said = "no answer"
        self.seconds.append(time.perf_counter() - began)
        self.said[said] += 1

    async def most(self, answers: int) -> float:
        """So many answers as fast as they are taken: how many a second that were."""
        left = iter(range(answers))

        async def work() -> None:
            for _ in left:
                await self.answer()

        began = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
        return answers / (time.perf_counter() - began)

    async def steadily(self, rate: int, seconds: int) -> Sequence[float]:
        """So many answers a second, whether earlier ones have ended or not: the times that they took."""
        self.seconds.clear()
        began = time.perf_counter()
        tasks = []
        for number in range(rate * seconds):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            tasks.append(asyncio.create_task(self.answer()))
        await asyncio.gather(*tasks)
        return self.seconds


def _said(status: int, body: bytes) -> str:
    """What an answer is: its status, and the first words of the card that it shows."""
    if status != HTTPStatus.OK:
        return str(status)
    card = json.loads(body)["value"]
    return f"{status} {card['fallbackText'].partition('.')[0]}"


def _invoke(person: int, verb: str, data: Json) -> bytes:
    """The body that Teams posts for a button."""
    id_ = f"{person:08d}-0000-4000-8000-000000000000"
    raw = sent.execute(
        verb,
        data,
        SERVICE_URL,
        channelData={"tenant": {"id": TENANT}, "source": {"name": "message"}, "legacy": {"replyToId": "1:x"}},
        conversation={"conversationType": "personal", "tenantId": TENANT, "id": f"a:1{person:08d}-xyz"},
    )
    who: Json = {"id": f"29:{person}", "name": "Sample Person", "aadObjectId": id_}
    return json.dumps({**raw, "from": who}).encode()


@asynccontextmanager
async def service(module: str, issuer: MetadataServer, folder: Path) -> AsyncIterator[str]:
    """A process that serves /api/messages while the block runs."""
    port = free_port()
    settings = {
        "app_id": APP,
        "app_secret": "never-used",
        "tenant_id": TENANT,
        "store": f"tinydb:{folder / 'store.tinydb'}",
        "port": port,
        "token_metadata": issuer.address,
        "messages_per_minute": 10_000,
        "log_level": "error",
    }
    command = [sys.executable, "-m", *module.split()]
    with (folder / "service.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            *command, env=environment(settings), stdout=log, stderr=log
        )
        try:
            await _up(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}/api/messages"
        finally:
            process.terminate()
            await process.wait()


async def _up(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(address):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
    raise TimeoutError(address)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one service did: the most a second; at a steady rate the 50th and 99th of 100 times, in s."""

    most: float
    rate: int
    half: float
    p99: float
    said: Counter[str]


async def measure(
    module: str = "bot run", answers: int = ANSWERS, rate: int = STEADY_RATE, seconds: int = STEADY_SECONDS
) -> Measured:
    """Measure one service."""
    with TemporaryDirectory() as folder:
        async with (
            metadata_server() as issuer,
            service(module, issuer, Path(folder)) as address,
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=PATIENCE) as session,
        ):
            load = Load(session, address)
            for person in range(PEOPLE):
                await load.press(person, "open", {"prompt_id": PROMPT})
            load.said.clear()
            most = await load.most(answers)
            times = await load.steadily(rate, seconds)
    cuts = quantiles(times, n=100)
    return Measured(most, rate, cuts[49], cuts[98], load.said)


def line(name: str, measured: Measured) -> str:
    """The figures as a sentence."""
    said = ", ".join(f"{number} × {what}" for what, number in measured.said.most_common())
    times = f"half within {measured.half * 1000:.1f} ms, 99 of 100 within {measured.p99 * 1000:.1f} ms"
    return f"{name}: {measured.most:.0f} card answers a second; at {measured.rate}/s {times} ({said})\n"


def main() -> None:
    """Measure both, and say it."""
    sys.stdout.write(line("our handler", asyncio.run(measure())))
    theirs = asyncio.run(measure("benchmarks.cloud_adapter", answers=THEIR_ANSWERS, rate=THEIR_RATE))
    sys.stdout.write(line("CloudAdapter", theirs))


if __name__ == "__main__":
    main()
