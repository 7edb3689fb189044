"""`steady-drip champions …`: what the champions cover."""

import json

import typer

from bot.commands.terminal import AsJson, failing_politely, out, wait_for, whoever_types

app = typer.Typer(help="The champions.", no_args_is_help=True)


@app.callback()
def _champions() -> None:
    """One command as yet; it keeps its own name."""


@app.command()
def coverage(*, as_json: AsJson = False) -> None:
    """Count champions, their hours, roles and sites without one, and waits. It leaves a record."""
    from bot.bootstrap import office
    from bot.config import read_settings
    from bot.services.peers.covering import coverage as covered

    async def read() -> dict[str, object]:
        async with office(read_settings(), read_only=True) as world:
            return await covered(world, whoever_types())

    with failing_politely():
        found = wait_for(read())
    lines = [f"{name.replace('_', ' ')}: {_in_words(value)}" for name, value in found.items()]
    out.print(json.dumps(found, indent=2) if as_json else "\n".join(lines))


def _in_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
