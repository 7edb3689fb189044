"""`make run`: the bot on sample data and the Playground beside it, until Ctrl-C."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from tests.playground.processes import LOCAL_TIME, ROOT, NotStarted, Running, bot, playground
from tests.ports import free_port, is_free

BOT_PORT = 3978
PLAYGROUND_PORT = 56150

console = Console(highlight=False, soft_wrap=True, markup=False)


def main() -> int:
    """Start both, say where and what to try, wait, end both. Returns the exit code."""
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda _number, _frame: stopped.set())
    folder = ROOT / "var" / "local"
    used = (folder / "store.tinydb").exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with both(folder) as running:
            welcome(running[1].address, used=used)
            ended = wait(stopped, running)
    except NotStarted as error:
        console.print(f"It did not start. This is what it said last:\n{error}")
        return 1
    console.print(f"{ended} Your sample data stays in var/local; `make fresh` forgets it.")
    return 0


@contextmanager
def both(folder: Path) -> Iterator[tuple[Running, Running]]:
    """The bot and the Playground, up; ended in the reverse order."""
    bot_port = BOT_PORT if is_free(BOT_PORT) else free_port()
    port = PLAYGROUND_PORT if is_free(PLAYGROUND_PORT) else free_port()
    console.print("Starting the bot …")
    with bot(folder, bot_port, LOCAL_TIME) as ours:
        console.print("Starting Microsoft's Agents Playground …")
        with playground(folder, port, bot_port) as client:
            yield ours, client


def welcome(address: str, *, used: bool) -> None:
    """The one address, and three things to try."""
    first = "Type: hi" if used else "Answer the welcome card"
    again = "You have been here before; `make fresh` forgets it all.\n" if used else ""
    console.print(
        f"\nSteady Drip is ready. Open this address in your browser:\n\n    {address}\n\n"
        "You are Alex Sample, a ward clerk, champion and lead in a made-up trust: all is sample data.\n"
        f"{again}Time runs fast here, four days a minute. Three things to try:\n\n"
        f"  1. {first}. A first tip comes at once, a scheduled one within a minute.\n"
        "  2. Wait for the two questions (within three minutes), answer them, then type: summary\n"
        "  3. Type: review, or share - or what you need in your own words: a notice for visitors\n\n"
        "Ctrl-C ends it."
    )


def wait(stopped: threading.Event, running: tuple[Running, Running]) -> str:
    """Wait for Ctrl-C, or for one of the two to end by itself; says which."""
    while not stopped.wait(0.2):
        for one in running:
            if one.process.poll() is not None:
                return f"One part ended by itself; its last words are in {one.log}."
    return "\nBoth have ended."


if __name__ == "__main__":
    sys.exit(main())
