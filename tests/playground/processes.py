"""The bot and the Playground as processes on loopback: started, waited for, and ended by their ids."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_TRUST = ROOT / "docs" / "sample-trust"
PLAYGROUND = (
    ROOT / "requirements" / "node" / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
)

LOOPBACK = Path(__file__).with_name("loopback.cjs")

LOCAL_TIME = {
    "STEADY_DRIP_TIME_SPEED": "5760",
    "STEADY_DRIP_PULSE_EVERY_WEEKS": "3",
    "STEADY_DRIP_PULSE_OPEN_DAYS": "10",
    "STEADY_DRIP_MESSAGES_PER_MINUTE": "1000",  # a test presses faster than a person
}
"""Four days a minute: a scheduled tip within a minute, and the two questions within three."""

PATIENCE_SECONDS = 60.0
ENDING_SECONDS = 10.0


class NotStarted(Exception):
    """A process ended, or did not answer in time. The message holds the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process of ours, the address it answers at, and the file that holds what it prints."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def said(self) -> str:
        """Everything that it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """End it at once, without a chance to tidy up."""
        self.process.kill()
        self.process.wait(ENDING_SECONDS)


@contextmanager
def bot(folder: Path, port: int, settings: Mapping[str, str] | None = None) -> Iterator[Running]:
    """The bot's local run with its store and log in `folder`, up and answering."""
    environment = {
        "STEADY_DRIP_STORE": f"tinydb:{folder / 'store.tinydb'}",
        "STEADY_DRIP_PORT": str(port),
        "STEADY_DRIP_ORGANISATION": "Sample Trust",
        **(settings or {}),
    }
    command = [sys.executable, "-m", "bot", "run", "--local"]
    with _process(command, folder / "bot.log", ROOT, environment) as process:
        running = Running(process, f"http://127.0.0.1:{port}", folder / "bot.log")
        wait_until(lambda: answers(f"{running.address}/readyz"), running)
        yield running


@contextmanager
def playground(folder: Path, port: int, bot_port: int, people: Path | None = None) -> Iterator[Running]:
    """The Playground for the people of a configuration file, connected to the bot on `bot_port`.

    Its working folder is `folder`, where it finds a copy of the file and writes logs of its own.
    """
    shutil.copy(people or SAMPLE_TRUST / ".m365agentsplayground.yml", folder / ".m365agentsplayground.yml")
    endpoint = f"http://127.0.0.1:{bot_port}/api/messages"
    options = ["start", "-e", endpoint, "-c", "msteams", "-p", str(port), "--dt"]
    command = [node(), "--require", str(LOOPBACK), str(PLAYGROUND), *options]
    log = folder / "playground.log"
    with _process(command, log, folder, {"TEAMSAPPTESTER_BROWSER": "none"}) as process:
        running = Running(process, f"http://localhost:{port}", log)
        wait_until(lambda: answers(f"{running.address}/_internal/v1/config"), running)
        yield running


def node() -> str:
    """The path of Node. Raises NotStarted where there is none."""
    found = shutil.which("node", path=f"{os.environ['PATH']}:{Path(sys.executable).parent}")  # noqa: TID251 - no setting
    if found is None:
        raise NotStarted("Node is missing; `make run` and `make test` bring it")
    return found


def answers(address: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 - loopback http only
            status: int = response.status
            return status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(done: Callable[[], bool], running: Running) -> None:
    """Return when `done` says so. Raises NotStarted when the process ends or patience does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if running.process.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(running.said()[-2000:])
        time.sleep(0.1)


@contextmanager
def _process(
    command: Sequence[str], log: Path, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A child in a session of its own, so that Ctrl-C reaches it through us alone, in order."""
    everything = {**os.environ, **environment}  # noqa: TID251 - a child gets what we have, and its settings
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=everything, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(ENDING_SECONDS)
