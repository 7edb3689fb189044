"""`steady-drip prompts …`: looking after the prompt library."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from bot.commands.exchange import bundle, new_key, receive
from bot.commands.terminal import AsJson, err, failing_politely, out
from bot.content.gates.coverage import Coverage, Row
from bot.content.library import Sources
from bot.errors import Problems

if TYPE_CHECKING:
    from bot.content.authoring import Draft, Question

app = typer.Typer(help="The prompt library: check it, add to it, exchange it.", no_args_is_help=True)


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Judge every prompt, list all problems at once, and show which levels and skills each role has."""
    from bot.content.gates.checking import holes, problems, reminders
    from bot.content.gates.coverage import coverage
    from bot.system import SystemClock

    with failing_politely():
        sources, today = _sources(), SystemClock().now().date()
        found = [*problems(sources, today), *holes(sources)]
        reminded = reminders(sources, today)
    matrix = coverage(sources)
    if as_json:
        told = {"problems": found, "reminders": reminded, **matrix.as_json()}
        out.print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        out.print(_table(matrix, list((sources.skills or {}).values())))
        for line in reminded:
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
        sources = _sources()
    matrix = coverage(sources)
    if as_json:
        out.print(json.dumps(matrix.as_json(), indent=2, ensure_ascii=False))
    else:
        out.print(_table(matrix, list((sources.skills or {}).values())))
        out.print(f"{matrix.prompts} prompts for {len(matrix.rows)} roles and for everyone.")


@app.command()
def show(
    prompt_id: Annotated[str, typer.Argument(metavar="ID", help="The prompt's id, as its file is named.")],
) -> None:
    """Print one prompt as people get it, with the local rule that its card shows."""
    from bot.content.library import load_library
    from bot.content.showing import shown

    with failing_politely():
        out.print(shown(load_library(_folder()), prompt_id))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a prompt's file, with the roles and skills of this library, for editors."""
    from bot.content.schema import schema_text

    with failing_politely():
        out.print(schema_text(_sources()), end="")


@app.command("export")
def export_prompts(
    folder: Annotated[Path, typer.Option("--out", help="A new or an empty folder to write to.")],
    role: Annotated[str, typer.Option(help="Only the prompts of this role, or of everyone.")] = "",
) -> None:
    """Write prompts in the format of the public gallery pnp/copilot-prompts, a folder each."""
    from bot.content.gallery.exporting import export

    with failing_politely():
        sources = _whole_sources()
        chosen = [one.file for one in sources.prompts if not role or role in one.file.roles]
        if not chosen:
            raise Problems([f"--role: no prompt is for {role}; `prompts stats` lists the roles"])
        count = export(chosen, folder)
    out.print(
        f"Wrote {count} prompts to {folder}. Add a screenshot to each before you offer it to the gallery."
    )


@app.command("import")
def import_prompts(
    folder: Annotated[
        Path, typer.Argument(help="A sample of the gallery, or a folder with several of them.")
    ],
    *,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Take the good ones, list the others.")
    ] = False,
) -> None:
    """Take prompts of the public gallery in; they wait in prompts_library/_incoming for a review."""
    from bot.content.gallery.importing import keep, take_in

    with failing_politely():
        library = _folder()
        taken = take_in(folder, library)
        if taken.problems and not skip_invalid:
            raise Problems([*taken.problems, "Nothing was imported. --skip-invalid imports the others."])
        for waiting in taken.waiting:
            out.print(f"{keep(waiting, library)}: waits for review")
            for want in waiting.wants:
                out.print(f"  wants {want}")
    for line in taken.problems:
        err.print(f"left out: {line}")


@app.command()
def new() -> None:
    """Ask for each field of a new prompt, with what is wrong until it is right, and write its file."""
    from bot.content.authoring import Draft
    from bot.system import SystemClock

    with failing_politely():
        draft = Draft(_whole_sources(), SystemClock().now().date())
        for question in draft.questions():
            _ask(draft, question)
        while faults := draft.faults():
            for question, fault in faults:
                out.print(f"{question.name}: {fault}")
                _ask(draft, question)
        path = draft.keep()
    out.print(f"Wrote {path}. Read it aloud once, as the person in that role would.")


app.command("bundle")(bundle)
app.command("receive")(receive)
app.command("new-key")(new_key)


def _folder() -> Path:
    from bot.config import read_content_folder

    return read_content_folder() / "prompts_library"


def _sources() -> Sources:
    from bot.content.library import read_sources

    return read_sources(_folder())


def _whole_sources() -> Sources:
    """The library where every file could be read. Raises Problems where one could not."""
    sources = _sources()
    if sources.problems:
        raise Problems(list(sources.problems))
    return sources


def _ask(draft: "Draft", question: "Question") -> None:
    """Ask until the answer is right, with the reason each time."""
    if question.choices:
        out.print(f"  one of: {', '.join(question.choices)}")
    while problem := draft.answer(question, _answer(question)):
        out.print(f"  {question.name}: {problem}")


def _answer(question: "Question") -> str:
    if not question.lines:
        offered = question.offered or ("" if question.optional else None)
        return str(typer.prompt(question.words, default=offered, show_default=bool(question.offered)))
    out.print(question.words)
    lines: list[str] = []
    while (line := str(typer.prompt("", default="", show_default=False, prompt_suffix="> "))).strip() != ".":
        lines.append(line)
    return "\n".join(lines)


def _verdict(matrix: Coverage, found: list[str]) -> str:
    if found:
        return f"{len(found)} {'problem' if len(found) == 1 else 'problems'} in {matrix.prompts} prompts."
    return f"All is well: {matrix.prompts} prompts for {len(matrix.rows)} roles and for everyone."


def _table(matrix: Coverage, skills: list[str]) -> Table:
    """The matrix for a terminal of 80 columns: a hole is a dash, so that it is seen without colour."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
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
