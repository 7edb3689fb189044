"""The program as a process of its own, with settings and nothing else in its environment."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import PREFIX
from tests.ports import free_port

PATIENCE_SECONDS = 60
"""After this, a process that should have ended is killed, and the test fails."""


@dataclass(frozen=True, slots=True)
class Service:
    """A local run that has said that it is up."""

    process: subprocess.Popen[str]
    address: str
    announced: str

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, wait until it has, and say how it did."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)


def environment(settings: Mapping[str, object]) -> dict[str, str]:
    """Settings by their short names as variables."""
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items()}


def without_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder, with none of our variables set, until the test ends."""
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:  # noqa: TID251 - to empty it
        monkeypatch.delenv(name)


def local(folder: Path, **settings: object) -> dict[str, object]:
    """Settings of a local run in a folder, on a free port."""
    return {"store": f"tinydb:{folder / 'store.tinydb'}", "port": free_port(), **settings}


def ended(folder: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """A command that has run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[Service]:
    """A local run that is up; killed on leaving where it still runs. Its log is `folder/service.log`."""
    chosen = local(folder, **settings)
    with (
        (folder / "service.log").open("w", encoding="utf-8") as log,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--local"],
            cwd=folder,
            env=environment(chosen),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            lines = [process.stdout.readline(), process.stdout.readline()]
            assert lines[1], (folder / "service.log").read_text("utf-8")
            yield Service(process, f"http://127.0.0.1:{chosen['port']}", "".join(lines))
        finally:
            process.kill()
