"""The machine: its clock, its chance and its memory. The only callers of now() and of random ids."""

import asyncio
import gc
import os
import pwd
import resource
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place

    async def wait_until(self, at: datetime) -> None:
        """Sleep until `at`."""
        await asyncio.sleep(max(0.0, (at - self.now()).total_seconds()))


class CompressedClock:
    """A clock for the local run that goes `speed` times as fast as the machine's.

    It keeps its time in a small file, so that a restart goes on where the last run ended and nothing in the
    store lies in the future.
    """

    def __init__(self, speed: float, kept_in: Path) -> None:
        """Begin at the kept time, or at the machine's where there is none (or it is unreadable)."""
        self._speed = speed
        self._kept_in = kept_in
        self._machine = SystemClock()
        self._started = self._machine.now()
        self._origin = max(self._started, self._kept())

    def now(self) -> datetime:
        """The compressed time, in UTC."""
        return self._origin + (self._machine.now() - self._started) * self._speed

    async def wait_until(self, at: datetime) -> None:
        """Sleep until it is `at` by this clock."""
        await asyncio.sleep(max(0.0, (at - self.now()).total_seconds() / self._speed))

    def keep(self) -> None:
        """Write the time down, whole or not at all."""
        fresh = self._kept_in.with_suffix(".new")
        fresh.write_text(self.now().isoformat(), encoding="ascii")
        fresh.replace(self._kept_in)

    def _kept(self) -> datetime:
        try:
            kept = datetime.fromisoformat(self._kept_in.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return self._started
        return kept if kept.tzinfo else self._started


def account() -> str:
    """The machine's account under which this process runs; its number where it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


class SkippingClock:
    """A clock for rehearsals: it goes like the machine's, and skips time when it is told to."""

    def __init__(self, start: datetime) -> None:
        """Begin at `start`."""
        self._machine = SystemClock()
        self._started = self._machine.now()
        self._start = start
        self.skipped = timedelta(0)

    def now(self) -> datetime:
        """Its time, in UTC."""
        return self._start + (self._machine.now() - self._started) + self.skipped

    async def wait_until(self, at: datetime) -> None:
        """Sleep until it is `at` by this clock."""
        await asyncio.sleep(max(0.0, (at - self.now()).total_seconds()))

    def skip_to(self, at: datetime) -> None:
        """Make it `at`, or leave it where that has passed."""
        self.skipped += max(timedelta(0), at - self.now())


class SystemChance:
    """Ids, secrets and chance that nobody can guess."""

    def __init__(self) -> None:
        self._random = secrets.SystemRandom()

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return secrets.token_hex(16)

    def secret(self) -> bytes:
        """32 random bytes."""
        return secrets.token_bytes(32)

    def fraction(self) -> float:
        """A number in [0, 1) that nobody can guess: totals are blurred with it."""
        return self._random.random()


@contextmanager
def loaded() -> Iterator[None]:
    """What is in memory at the beginning stays until the end, so it is not searched for garbage meanwhile.

    A search through 2,000 people and their year took 0.4 s, in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def peak_memory() -> int:
    """The most memory that this process has had at once, in MiB. Linux counts KiB, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (2**20 if sys.platform == "darwin" else 2**10)
