"""`steady-drip prompts …`: looking after the prompt library."""

import json

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from bot.commands.terminal import AsJson, err, failing_politely, out
from bot.content.gates.coverage import Coverage, Row
from bot.content.library import Shelf

app = typer.Typer(help="The prompt library: check it, add to it, exchange it.", no_args_is_help=True)


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Judge every prompt, list all problems at once, and show which levels and skills each role has."""
    from bot.content.gates.checking import holes, problems
    from bot.content.gates.coverage import coverage
    from bot.content.gates.library_rules import reviews_due
    from bot.system import SystemClock

    with failing_politely():
        shelf, today = _shelf(), SystemClock().now().date()
        found = [*problems(shelf, today), *holes(shelf)]
        reminders = list(reviews_due(shelf.prompts, today))
    matrix = coverage(shelf)
    if as_json:
        told = {"problems": found, "reminders": reminders, **matrix.as_json()}
        out.print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        out.print(_table(matrix, list((shelf.skills or {}).values())))
        for line in reminders:
            out.print(f"reminder: {line}")
        for line in found:
            err.print(line)
        out.print(_verdict(matrix, found))
    if found:
        raise typer.Exit(1)


@app.command()
def stats(*, as_json: AsJson = False) -> None:
    """Count the prompts of each role by level and skill."""
    from bot.content.gates.coverage import coverage

    with failing_politely():
        shelf = _shelf()
    matrix = coverage(shelf)
    if as_json:
        out.print(json.dumps(matrix.as_json(), indent=2, ensure_ascii=False))
    else:
        out.print(_table(matrix, list((shelf.skills or {}).values())))
        out.print(f"{matrix.prompts} prompts for {len(matrix.rows)} roles and for everyone.")


def _shelf() -> Shelf:
    from bot.config import read_content_folder
    from bot.content.library import read_shelf

    return read_shelf(read_content_folder() / "prompts_library")


def _verdict(matrix: Coverage, found: list[str]) -> str:
    if found:
        return f"{len(found)} problems in {matrix.prompts} prompts."
    return f"All is well: {matrix.prompts} prompts for {len(matrix.rows)} roles and for everyone."


def _table(matrix: Coverage, skills: list[str]) -> Table:
    """The matrix for a terminal of 80 columns: a hole is a dash, so that it is seen without colour."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Role", no_wrap=True)
    for heading in ("All", "L1", "L2", "L3", *skills):
        table.add_column(heading, justify="right")
    for row in matrix.rows:
        table.add_row(*_cells(row))
    table.add_section()
    table.add_row(*_cells(matrix.everyone))
    return table


def _cells(row: Row) -> list[str]:
    counts = [row.prompts, *row.levels.values(), *row.skills.values()]
    return [row.role, *(str(count or "-") for count in counts)]
