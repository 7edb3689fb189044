"""`steady-drip backup` and `steady-drip restore`: a TinyDB store in one file, and back."""

from collections.abc import Set
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import failing_politely, out, wait_for, whoever_types
from bot.config import Settings
from bot.domain.staff.people import PersonId
from bot.errors import Problems


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Write a TinyDB store into one checked file, also while the service runs.

    Answers and reminders of a round that is open are left out.
    """
    from bot.bootstrap import office, store_path
    from bot.config import read_settings
    from bot.domain.audit import Act
    from bot.services import auditing
    from bot.storage.tiny.backup import make

    async def written() -> int:
        settings = _embedded(read_settings(), "pg_dump --format=custom")
        async with office(settings, read_only=True) as world:
            await auditing.keep(world, whoever_types(), Act.BACKUP_MADE)
            return make(store_path(settings), file, world.clock.now())

    with failing_politely():
        documents = wait_for(written())
    out.print(
        f"Wrote {file} with {documents} documents. It holds people's data: keep it safe and not for long. "
        "Answers and reminders of a round that is open are not in it."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `steady-drip backup` wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the store that is there, which is kept.")
    ] = False,
) -> None:
    """Put a backup in the place of a TinyDB store, with the service stopped. A damaged one is refused.

    A round that was open goes on with the answers that come from now on.
    """
    from bot.bootstrap import office, store_path
    from bot.config import read_settings
    from bot.services.upkeep.restoring import settle
    from bot.storage.tiny import backup
    from bot.system import SystemClock

    async def restored() -> backup.Restored:
        settings = _embedded(read_settings(), "pg_restore, then `steady-drip store settle`")
        done = backup.restore(file, store_path(settings), SystemClock().now(), replace=replace)
        async with office(settings) as world:
            await settle(world, whoever_types(), done.erased or ())
        return done

    with failing_politely():
        done = wait_for(restored())
    out.print(f"Restored {done.documents} documents from {done.made:%Y-%m-%d %H:%M} UTC.")
    out.print("A round that was open then goes on without earlier answers: people may answer again.")
    if done.kept:
        out.print(
            "The store before is kept. It holds people's data: delete each file of it once all is well."
        )
    for path in done.kept:
        out.print(f"  {path}")
    tell_of_erased(done.erased)


def tell_of_erased(erased: Set[PersonId] | None) -> None:
    """Say how many were erased again, or that nobody can know who is to be."""
    if erased is None:
        out.print("There was no store before, or it was another one: erase again whoever was erased since.")
    else:
        out.print(f"{len(erased)} people who had been erased since were erased again.")


def _embedded(settings: Settings, instead: str) -> Settings:
    """The settings of a TinyDB store. Raises Problems for PostgreSQL, which has its own way."""
    if not settings.store.startswith("tinydb:"):
        how = "docs/deployment.md says how"
        raise Problems([f"STEADY_DRIP_STORE: is PostgreSQL; use {instead}; {how}"])
    return settings
