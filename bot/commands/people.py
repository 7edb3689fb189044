"""`steady-drip people …`: the staff list."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import AsJson, err, failing_politely, out, wait_for, whoever_types
from bot.config import Settings
from bot.content.roster import Roster
from bot.errors import Problems
from bot.services.upkeep.enrolling import Enrolled

app = typer.Typer(help="The people that the service knows.", no_args_is_help=True)


@app.command("import")
def import_people(
    file: Annotated[Path, typer.Argument(help="A CSV file; docs/sample-trust/roster.csv shows the columns.")],
    *,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Import the good rows and list the others.")
    ] = False,
    leavers: Annotated[
        bool, typer.Option("--leavers", help="The file is everybody: take whoever is not in it off the list.")
    ] = False,
) -> None:
    """Load a roster. With a bad row nothing is imported, and every bad row is listed."""
    from bot.config import read_settings
    from bot.content.library import load_library
    from bot.content.roster import read_roster

    with failing_politely():
        settings = read_settings()
        roster = read_roster(file, load_library(settings.content / "prompts_library").roles)
        if roster.problems and not skip_invalid:
            raise Problems([*roster.problems, "Nothing was imported. --skip-invalid imports the other rows."])
        if roster.problems and leavers:
            raise Problems(
                ["--leavers: not with --skip-invalid; a bad row would take its person off the list"]
            )
        done, gone = wait_for(_taken_in(settings, roster, leavers=leavers))
    for line in roster.problems:
        err.print(f"left out: {line}")
    out.print(f"{done.added} added, {done.changed} changed, {done.unchanged} as before.")
    if gone:
        left = "were taken off it" if leavers else "are not in this file; --leavers takes them off"
        out.print(f"{gone} people who were on the staff list {left}.")


@app.command("without-app")
def without_app(*, as_json: AsJson = False) -> None:
    """Count and list the people of the staff list who do not have the app. It leaves a record."""
    from bot.bootstrap import office
    from bot.config import read_settings
    from bot.services.upkeep.counting import without_app as counted

    async def read() -> dict[str, object]:
        async with office(read_settings(), read_only=True) as world:
            return await counted(world, whoever_types())

    with failing_politely():
        found = wait_for(read())
    out.print(json.dumps(found, indent=2) if as_json else "\n".join(_as_lines(found)))


def _as_lines(found: Mapping[str, object]) -> Iterator[str]:
    """Two counts, and a line a person."""
    yield f"on the staff list: {found['listed']}"
    yield f"without the app: {found['without']}"
    people = found["people"]
    for one in people if isinstance(people, list) else []:
        yield ", ".join(map(str, one.values()))


async def _taken_in(settings: Settings, roster: Roster, *, leavers: bool) -> tuple[Enrolled, int]:
    """Keep the roster, and with `leavers` let the others go; also how many those are."""
    from bot.bootstrap import office
    from bot.services.upkeep.enrolling import enrol, let_go, missing

    async with office(settings) as world:
        done = await enrol(world, whoever_types(), roster.entries)
        gone = await missing(world, roster.entries)
        if leavers:
            await let_go(world, gone)
    return done, len(gone)
