"""What every command needs of the terminal: where it prints, how it waits, and how it fails."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TaskID

from bot.domain.audit import operator
from bot.errors import Problems, SteadyDripError
from bot.system import account

T = TypeVar("T")

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(soft_wrap=True, highlight=False, markup=False, emoji=False, stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")]


def wait_for(work: Coroutine[object, object, T]) -> T:
    """The outcome of asynchronous work."""
    return asyncio.run(work)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr for each thing that is told: what it is, how much is done, how much there is."""
    bars: dict[str, TaskID] = {}
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    nobody_looks = not err.is_terminal  # a bar would leave an empty line in a file
    with Progress(*columns, console=err, transient=True, disable=nobody_looks) as shown:

        def tell(what: str, done: int, of: int) -> None:
            if what not in bars:
                bars[what] = shown.add_task(what, total=of)
            shown.update(bars[what], completed=done)

        yield tell


@contextmanager
def failing_politely() -> Iterator[None]:
    """Print what went wrong, a line each, and end with exit code 1; no traceback for what we expect."""
    try:
        yield
    except Problems as error:
        for line in error.lines:
            err.print(line)
        raise typer.Exit(1) from error
    except SteadyDripError as error:
        err.print(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        err.print(_with_a_mend(error))
        raise typer.Exit(1) from error


def _with_a_mend(error: OSError) -> str:
    """What the machine said of which file, and what to do about it."""
    said = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    mend = next((words for kind, words in _MENDS.items() if isinstance(error, kind)), "")
    return f"{said}; {mend}" if mend else said


_MENDS: Mapping[type[OSError], str] = {
    FileExistsError: "name another file, or move that one away",
    FileNotFoundError: "correct the path, or make its folder first",
    IsADirectoryError: "name a file in it",
    NotADirectoryError: "correct the path",
    PermissionError: "run this as the account that may, or choose another place",
}


def agreed(question: str, otherwise: str) -> None:
    """Go on after a yes. Raises Problems, with what is so otherwise, where nobody said it."""
    try:
        sure = typer.confirm(question)
    except typer.Abort:
        raise Problems([f"{otherwise}: nobody answered; where there is no keyboard, add --yes"]) from None
    if not sure:
        raise Problems([otherwise])


def whoever_types() -> str:
    """The name under which this command's use of a right is kept."""
    return operator(account())
