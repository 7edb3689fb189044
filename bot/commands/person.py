"""`steady-drip person …`: what is kept about one person, taken out for them or erased."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.terminal import agreed, failing_politely, out, wait_for, whoever_types
from bot.domain.staff.people import PersonId
from bot.errors import Problems
from bot.services.own.exporting import Holdings

app = typer.Typer(help="One person's data: take it out for them, or erase it.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="The person's Entra object id.")]


@app.command()
def export(
    person_id: Id,
    *,
    out_file: Annotated[Path | None, typer.Option("--out", help="The file to write, else none.")] = None,
) -> None:
    """Write everything that is kept about a person as JSON, for them. It leaves a record."""
    from bot.bootstrap import office
    from bot.config import read_settings
    from bot.services.own.exporting import export as take_out

    async def taken_out() -> Holdings:
        async with office(read_settings(), read_only=True) as world:
            return await take_out(world, whoever_types(), _person(person_id))

    with failing_politely():
        text = json.dumps(_as_document(wait_for(taken_out())), indent=2, ensure_ascii=False)
        if out_file is None:
            out.print(text)
            return
        with open(out_file, "x", encoding="utf-8", opener=_owner_only) as file:  # Path.open takes no opener
            file.write(f"{text}\n")
    out.print(f"Wrote {out_file}. It is about one person: give it to them, then delete it.")


@app.command()
def erase(
    person_id: Id, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False
) -> None:
    """Erase everything that is kept about a person. It leaves a record that does not name them."""
    from bot.bootstrap import POSTGRES, office, store_path
    from bot.config import read_settings
    from bot.services.own.erasing import erase as carry_out
    from bot.storage.tiny.backup import set_aside

    async def erased() -> bool:
        async with office(read_settings()) as world:
            return await carry_out(world, whoever_types(), _person(person_id))

    with failing_politely():
        if not yes:
            agreed(
                "This cannot be undone. Erase everything that is kept about this person?",
                "nothing was erased",
            )
        if not wait_for(erased()):
            raise Problems([f"{person_id}: nothing is kept under this id; it is an Entra object id"])
        settings = read_settings()
        aside = [] if settings.store.startswith(POSTGRES) else set_aside(store_path(settings))
    out.print("Erased. A staff list that still has the person brings their entry back, and nothing else.")
    for path in aside:
        out.print(f"{path} was set aside by a restore and may still name the person: delete it.")
    out.print("Backups and exports that you keep elsewhere may name them too.")


def _person(given: str) -> PersonId:
    return PersonId(given.strip().lower())


def _as_document(found: Holdings) -> dict[str, object]:
    from bot.storage.documents import encode

    return {
        "person": encode(found.person) if found.person else None,
        "tips": [encode(one) for one in found.experiences],
        "messages": [encode(one) for one in found.deliveries],
        "introductions": [encode(one) for one in found.introductions],
        "shared_or_reviewed": [encode(one) for one in found.contributions],
        "rights_used": [encode(one) for one in found.audit],
        "help": [encode(one) for one in found.help_requests],
        "champion": encode(found.profile) if found.profile else None,
        "answers": "Answers to questions are kept without a name: nobody can tell which are whose. Whoever "
        "keeps their own for their tips sees them, and nobody else does: type my data.",
    }


def _owner_only(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
