"""`steady-drip store …`: looking after where everything is kept."""

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.commands.backup import tell_of_erased
from bot.commands.terminal import agreed, err, failing_politely, out, wait_for, whoever_types
from bot.config import Settings

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


_MISTAKEN = (
    "{people} people of this store are unknown to the one that it replaces, as if they had been erased "
    "since. Erase them here as well?"
)
"""Asked first: two databases that were mistaken for one another would be a great loss."""


@app.command()
def settle(
    *,
    replaced: Annotated[
        str, typer.Option(help="The database that the restored one replaces: postgresql://…, only read.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before people are erased again.")] = False,
) -> None:
    """Make a PostgreSQL store ready that `pg_restore` has just filled, before the service starts on it.

    Nothing that was due is sent a second time, a round that was open goes on without earlier answers, and
    whoever was erased since is erased again.
    """
    from bot.bootstrap import erased_before, settle_store
    from bot.config import read_settings

    with failing_politely():
        settings = read_settings()
        erased = wait_for(erased_before(settings, replaced)) if replaced else None
        if erased and not yes:
            agreed(_MISTAKEN.format(people=len(erased)), "nothing was changed")
        wait_for(settle_store(settings, whoever_types(), erased or ()))
    out.print("Settled: the service may start on this store.")
    out.print("A round that was open then goes on without earlier answers: people may answer again.")
    tell_of_erased(erased)
    if replaced:
        out.print("The database before still holds people's data: drop it once all is well.")


async def looked_at(settings: Settings) -> str:
    """Open the store to read, as a start would; what is to be known of it, empty where all is well.

    Raises what `bootstrap.open_store` raises.
    """
    from bot.bootstrap import POSTGRES, open_store, store_path
    from bot.services.upkeep.sampling import holds_rehearsal, holds_sample

    if not settings.store.startswith(POSTGRES) and not store_path(settings).exists():
        return f"{store_path(settings)}: there is no store yet; `people import` or the first start makes one"
    store = await open_store(settings, read_only=True)
    try:
        async with store.unit_of_work() as work:
            if await holds_sample(work):
                return "the store holds the sample people, so only --local starts on it"
            if await holds_rehearsal(work):
                return "the store holds the made-up people of a rehearsal, so no service starts on it"
    finally:
        await store.close()
    return ""
