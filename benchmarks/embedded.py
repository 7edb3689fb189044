"""What the embedded store carries: a year of history for so many people, and a day of the drip on top of it.

Run as `python -m benchmarks.embedded [PEOPLE …]`. Each size is measured in a process of its own, on a file as
the service would have left it: everybody had two tips a week, and everybody is due.
"""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog

from benchmarks.people import DAY, PROMPTS, WEEKS, person, prompts
from benchmarks.worlds import standing
from bot.config import HOME
from bot.domain.commands import RecordOutcome
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import EVERYONE
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import Person
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import onboarding
from bot.services.ports import World
from bot.storage.documents import Document, encode
from bot.storage.tiny.database import Database
from bot.storage.tiny.files import size_of
from bot.storage.tiny.store import TinyStore
from bot.storage.working import joined
from bot.system import loaded

SIZES = (500, 1_000, 2_000, 5_000)
TURN_EVERY = 0.02
"""Seconds from one inbound turn to the next, while the drip goes as fast as it can."""

TIP = timedelta(hours=84)
"""From one tip to the next in the history: two a week."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """What was measured of one size, on one file.

    `opening_seconds` is from nothing to ready; `plan_milliseconds` and `send_milliseconds` are a person's
    share of planning everybody and of claiming, composing and recording. `turn_p99_milliseconds` is of the
    inbound turns that come meanwhile, and `quiet_turn_p99_milliseconds` with nothing else going on.
    """

    people: int
    documents: int
    file_megabytes: float
    opening_seconds: float
    peak_megabytes: float
    plan_milliseconds: float
    send_milliseconds: float
    turn_p99_milliseconds: float
    quiet_turn_p99_milliseconds: float


def measure_tinydb(people: int) -> Embedded:
    """Make a store of so many people with a year of history, and measure a day of the drip on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.tinydb"
        make(path, people)
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks.embedded", "--measure", str(path), str(people)],
            cwd=HOME,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return Embedded(**json.loads(done.stdout))


def make(path: Path, people: int, weeks: int = WEEKS) -> None:
    """A store of so many people with so many weeks of history, as the service would have left it."""
    TinyStore.open(path)._closing.close()  # noqa: SLF001 - begins the file
    database = Database(path)
    for number in range(people):
        documents: dict[str, dict[str, Document | None]] = defaultdict(dict)
        for table, key, row in _rows_of(person(number), weeks):
            documents[table][key] = encode(row)
        database.put(documents)
    database.storage.compact()
    database.close()


def _rows_of(one: Person, weeks: int) -> Iterator[tuple[str, str, object]]:
    yield "people", one.id, one
    slot = one.next_nudge or DAY
    seen: dict[str, Experience] = {}
    for back in range(2 * weeks, 0, -1):
        due = slot - back * TIP
        prompt = _LIBRARY[one.role or EVERYONE][back % PROMPTS]
        tip = TipDue(prompt, "it goes a step further than most")
        key = f"nudge:{due:%Y%m%dT%H%M}:{one.id}"
        planned = Delivery(key, one.id, tip, due, due + timedelta(hours=12), unasked=True)
        yield "deliveries", key, planned.claimed(due).settled_as(State.SENT, due + timedelta(seconds=3))
        seen[prompt] = Experience(one.id, prompt, due)
    for experience in seen.values():
        yield "experiences", joined(experience.person, experience.prompt), experience


_LIBRARY = {
    role: [prompt.id for prompt in prompts() if prompt.suits(role)]
    for role in {prompt.roles[0] for prompt in prompts()}
}


async def measure(path: Path, people: int) -> Embedded:
    """Open a store and carry out a day of the drip, with inbound turns meanwhile."""
    began = time.perf_counter()
    store = TinyStore.open(path)
    opening = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    world = standing(store, DAY + timedelta(hours=16, minutes=30), prompts())
    chosen = [person(number) for number in range(0, people, max(1, people // 200))]
    with loaded():  # as in the service
        quiet = [await _turn(world, one, time.perf_counter()) for one in chosen]
        planning, meanwhile = await _with_turns(world, chosen, nudging.plan_due(world))
        sending, also = await _with_turns(world, chosen, Dispatcher(world).dispatch_due())
    documents = store._database.storage.documents()  # noqa: SLF001 - a figure that nobody else needs
    await store.close()
    return Embedded(
        people=people,
        documents=documents,
        file_megabytes=size_of(path) / 2**20,
        opening_seconds=opening,
        peak_megabytes=peak,
        plan_milliseconds=planning / people * 1e3,
        send_milliseconds=sending / people * 1e3,
        turn_p99_milliseconds=_p99(meanwhile + also),
        quiet_turn_p99_milliseconds=_p99(quiet),
    )


async def _with_turns(
    world: World, people: Sequence[Person], work: Coroutine[object, object, int]
) -> tuple[float, list[float]]:
    """How many seconds work takes, and how many each inbound turn takes that comes meanwhile.

    A turn comes when it is due, whether earlier ones have ended or not, and its time counts from then on: one
    that comes while nobody can be answered has waited as long as that.
    """
    began = time.perf_counter()
    task = asyncio.create_task(work)
    turns: list[asyncio.Task[float]] = []
    while not task.done():
        due = began + len(turns) * TURN_EVERY
        turns.append(asyncio.create_task(_turn(world, people[len(turns) % len(people)], due)))
        await asyncio.wait({task}, timeout=max(0.0, due + TURN_EVERY - time.perf_counter()))
    seconds = time.perf_counter() - began
    await task
    return seconds, await asyncio.gather(*turns)


async def _turn(world: World, one: Person, due: float) -> float:
    """The seconds from when it was due to the end of one turn: where the person is, and how a tip went."""
    if one.reference:
        await onboarding.seen(world, one.id, one.reference)
    await nudging.record_outcome(
        world, one.id, RecordOutcome(_LIBRARY[one.role or EVERYONE][1], Outcome.WORKED)
    )
    return time.perf_counter() - due


def _p99(seconds: Sequence[float]) -> float:
    """The 99th percentile, in milliseconds."""
    return statistics.quantiles(seconds, n=100)[98] * 1e3


def main(arguments: Sequence[str]) -> None:
    """Measure one store that is there, or print a line for each size."""
    if arguments[:1] == ["--measure"]:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        found = asyncio.run(measure(Path(arguments[1]), int(arguments[2])))
        sys.stdout.write(json.dumps({name: getattr(found, name) for name in Embedded.__slots__}))
    else:
        for people in map(int, arguments or SIZES):
            sys.stdout.write(f"{measure_tinydb(people)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
