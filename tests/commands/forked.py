"""A command in a process that can be killed, forked from one that has already imported everything.

Forty of them would otherwise spend a minute on imports. What is killed is a whole process all the same.
"""

import asyncio
import multiprocessing
import signal
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.commands.processes import PATIENCE_SECONDS

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["bot.__main__", "bot.bootstrap", "bot.config"])


class Forked:
    """One command that was started; what it prints goes into a file."""

    def __init__(self, arguments: Sequence[str], prints_to: Path) -> None:
        self._prints_to = prints_to
        self._process = _context.Process(target=_type, args=(arguments, prints_to), daemon=True)
        self._process.start()

    async def ended(self) -> int | None:
        """Wait for its end, not for ever; its exit code, negative for a signal."""
        await asyncio.to_thread(self._process.join, PATIENCE_SECONDS)
        return self._process.exitcode

    async def kill(self) -> None:
        """End it without a word."""
        self._process.kill()
        assert await self.ended() == -signal.SIGKILL

    def printed(self) -> str:
        """What it has printed until now."""
        return self._prints_to.read_text("utf-8")


def _type(arguments: Sequence[str], prints_to: Path) -> None:
    """Carry the command out in the forked process."""
    from bot.__main__ import app

    with prints_to.open("w", encoding="utf-8") as file, redirect_stdout(file), redirect_stderr(file):
        sys.argv = ["steady-drip", *arguments]
        app()
