"""`steady-drip store …`: looking after where everything is kept."""

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.terminal import err, failing_politely, out, wait_for, whoever_types

app = typer.Typer(help="Where everything is kept.", no_args_is_help=True)

To = Annotated[
    str,
    typer.Option(
        help="The empty database: postgresql://USER@HOST/NAME. A password comes from PGPASSWORD or ~/.pgpass."
    ),
]


@app.command()
def move(*, to: To) -> None:
    """Move everything from the TinyDB store to PostgreSQL, and verify it. Run it again after an interruption.

    Stop the service first. The old file is only read, and stays as it is.
    """
    from bot.bootstrap import move_store
    from bot.config import read_settings

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with (
        failing_politely(),
        Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar,
    ):
        task = bar.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        settings = read_settings()
        moved = wait_for(move_store(settings, to, whoever_types(), show))
    if moved is None:
        out.print("Everything had been moved there before, and was verified then. Nothing was changed.")
    else:
        out.print(f"Moved and verified: {moved} rows.")
    out.print("Set STEADY_DRIP_STORE to the new database, and start the service.")
    out.print(
        f"The old file, {settings.store.removeprefix('tinydb:')}, still holds everything: remove it then."
    )
