"""The commands: arguments, exit codes and what they print; nothing else."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from bot.commands import champions, people, person, prompts, store
from bot.commands.backup import backup, restore
from bot.commands.preview import preview
from bot.commands.rehearsal import rehearse
from bot.commands.terminal import AsJson, err, failing_politely, out, wait_for, whoever_types
from bot.errors import Problems

app = typer.Typer(
    help="Steady Drip: a Teams bot that helps staff to make an AI assistant useful, a little at a time.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
manifest = typer.Typer(help="The Teams app package.", no_args_is_help=True)
cards = typer.Typer(help="The card templates.", no_args_is_help=True)
app.add_typer(people.app, name="people")
app.add_typer(champions.app, name="champions")
app.add_typer(manifest, name="manifest")
app.add_typer(cards, name="cards")
app.add_typer(person.app, name="person")
app.add_typer(prompts.app, name="prompts")
app.add_typer(store.app, name="store")

Local = Annotated[bool, typer.Option("--local", help="Try it here: loopback only, no tokens, sample data.")]


@app.command()
def run(*, local: Local = False) -> None:
    """Start the service and go on until Ctrl-C."""
    from bot.bootstrap import run as serve
    from bot.config import read_settings

    def announce(port: int) -> None:
        out.print(f"Steady Drip listens on http://127.0.0.1:{port}/api/messages")
        if local:
            out.print("LOCAL RUN: no tokens are checked, loopback only, all people are sample data.")

    with failing_politely():
        wait_for(serve(read_settings(), local=local, announce=announce))


@app.command()
def check() -> None:
    """Look at every setting, prompt, card, the manifest and the store, and list all problems at once."""
    from bot.bootstrap import house
    from bot.config import read_content_folder, read_settings
    from bot.content.checking import problems, reminders
    from bot.content.files import attempted
    from bot.services.own.disclosing import kept_how_long
    from bot.system import SystemClock

    with failing_politely():
        found: list[str] = []
        attempted(read_settings, found)
        content, today = read_content_folder(), SystemClock().now().date()
        for line in reminders(content, today):
            out.print(f"reminder: {line}")
        if content.is_dir():  # that it is not is a setting's problem, and said already
            found.extend(problems(content, today))
        if found:
            raise Problems(found)
        settings = read_settings()
        if known := wait_for(store.looked_at(settings)):
            out.print(f"reminder: {known}")
        for line in kept_how_long(house(settings, local=False)):
            out.print(f"kept: {line}")
    out.print("All is well: settings, prompts, cards and the manifest.")


@app.command()
def migrate() -> None:
    """Bring a PostgreSQL store up to date; a TinyDB store needs nothing."""
    from bot.bootstrap import bring_up_to_date
    from bot.config import read_settings

    with failing_politely():
        done = bring_up_to_date(read_settings())
    out.print("The store is up to date now." if done else "The store was up to date.")


@app.command()
def summary(
    *,
    group: Annotated[str, typer.Option(help="A team, a site, a role, or organisation.")],
    round_id: Annotated[
        str | None, typer.Option("--round", help="The day it opened; else the newest.")
    ] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table, comma-separated.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Print one page with charts.")] = False,
) -> None:
    """Print a group's figures of a closed round: totals of enough people, or that there are too few."""
    from bot.commands.summary import printed
    from bot.config import read_settings

    asked = [form for form, wanted in (("json", as_json), ("csv", as_csv), ("html", as_html)) if wanted]
    with failing_politely():
        if len(asked) > 1:
            raise Problems([f"--{asked[0]} and --{asked[1]} do not go together; leave one out"])
        text = wait_for(printed(read_settings(), group, round_id, asked[0] if asked else "text"))
    if not text:
        err.print("Nothing may be shown of that group and round, so the table is empty.")
    out.print(text, end="" if text.endswith("\n") else "\n")


@app.command()
def audit(
    *,
    since: Annotated[str | None, typer.Option(help="A day, 2026-11-01; else 30 days ago.")] = None,
    as_json: AsJson = False,
) -> None:
    """List who used a lead's or an administrator's right, oldest first; looking leaves a record too."""
    from bot.bootstrap import office
    from bot.config import read_settings
    from bot.services.auditing import listed

    async def read() -> Sequence[Mapping[str, str]]:
        async with office(read_settings(), read_only=True) as world:
            return await listed(world, whoever_types(), start or world.clock.now() - timedelta(days=30))

    with failing_politely():
        start = _midnight(since) if since else None
        found = wait_for(read())
    lines = [" ".join(record.values()) for record in found]
    out.print(json.dumps(found, indent=2) if as_json else "\n".join(lines))


def _midnight(day: str) -> datetime:
    """The beginning of a day (UTC). Raises Problems."""
    try:
        return datetime.combine(date.fromisoformat(day), time(0), UTC)
    except ValueError as error:
        raise Problems(["--since: must be a day of the calendar, written like 2026-11-01"]) from error


app.command()(rehearse)
app.command()(preview)
app.command()(backup)
app.command()(restore)


@manifest.command("build")
def build_manifest(
    out_file: Annotated[Path, typer.Option("--out", help="The zip file to write.")],
    schema: Annotated[
        Path | None,
        typer.Option(help="Microsoft's schema of the manifest, where it is not in its usual place."),
    ] = None,
) -> None:
    """Pack the Teams app package from manifest/ and the settings, validated against Microsoft's schema."""
    from bot.config import as_setting, read_settings
    from bot.content.manifest import build
    from bot.content.manifest_schema import MISSING, at_hand
    from bot.content.manifest_values import ManifestValues

    with failing_politely():
        settings = read_settings()
        values = ManifestValues(
            app_id=settings.app_id,
            domain=settings.domain,
            organisation=settings.organisation,
            website_url=settings.website_url,
            privacy_url=settings.privacy_url,
            terms_url=settings.terms_url,
        )
        try:
            official = at_hand(settings.content, schema)
            build(settings.content / "manifest", values, out_file, official)
        except Problems as error:
            raise Problems([as_setting(line) for line in error.lines]) from error
    out.print(f"Wrote {out_file}. Upload it in the Teams admin centre.")
    out.print("It is valid by Microsoft's schema." if official else MISSING)


@cards.command("render")
def render_cards(
    folder: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
) -> None:
    """Write every card with its sample data as JSON, for the Adaptive Cards Designer."""
    from bot.config import read_settings
    from bot.content.checking import rendered_samples

    with failing_politely():
        rendered = list(rendered_samples(read_settings().content / "cards"))
        folder.mkdir(parents=True, exist_ok=True)
        for path, card in track(rendered, description="Rendering", console=err, transient=True):
            text = json.dumps(card, indent=2, ensure_ascii=False)
            (folder / path.name).write_text(f"{text}\n", encoding="utf-8")
    out.print(f"Wrote {len(rendered)} cards to {folder}.")


if __name__ == "__main__":
    app()
