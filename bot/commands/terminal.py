"""What every command needs of the terminal: where it prints, how it waits, and how it fails."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import typer
from rich.console import Console

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
        err.print(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        raise typer.Exit(1) from error


def whoever_types() -> str:
    """The name under which this command's use of a right is kept."""
    return operator(account())
