"""`steady-drip preview`: what somebody would get in the next weeks, and why."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import ceil
from typing import Annotated

import typer

from bot.commands.preview_words import in_words, left_out
from bot.commands.terminal import AsJson, failing_politely, out, wait_for, whoever_types
from bot.services.upkeep.previewing import Preview


def preview(
    *,
    person: Annotated[str, typer.Option(help="The person's Entra object id.")],
    weeks: Annotated[int, typer.Option(min=1, max=26, help="How far to look ahead.")] = 4,
    as_json: AsJson = False,
) -> None:
    """Print the tips that somebody would get and why, or what keeps them back. It leaves a record."""
    from bot.bootstrap import house, office
    from bot.config import read_settings
    from bot.domain.staff.people import PersonId
    from bot.services.upkeep.previewing import preview as look_ahead

    async def looked() -> Preview:
        async with office(settings, read_only=True) as world:
            return await look_ahead(world, whoever_types(), PersonId(person.strip().casefold()), weeks)

    with failing_politely():
        settings = read_settings()
        found = wait_for(looked())
    says = list(in_words(found, house(settings, local=False)))
    out.print(json.dumps(_as_document(found, says), indent=2) if as_json else "\n".join(_lines(found, says)))


def _lines(found: Preview, says: Sequence[str]) -> Iterator[str]:
    """Who it is about, how things stand, a line each, and then a line a tip."""
    yield _about(found)
    yield from says
    if found.person.begins > found.until:
        weeks = ceil((found.person.begins - found.now) / timedelta(weeks=1)) + 1
        yield f"Their start lies beyond these weeks. To see past it: --weeks {weeks}"
    for one in [*found.tips, *found.once_set_up]:
        yield f"{one['at']}  {one['tip']}: because {one['because']}"
    yield from left_out(found)


def _about(found: Preview) -> str:
    """The cohort, if any, and whose time the lines are in."""
    cohort = found.person.roster.cohort if found.person.roster else ""
    return f"cohort: {cohort or 'none'}; times are those of {found.person.preferences.rhythm.zone}"


def _as_document(found: Preview, says: Sequence[str]) -> dict[str, object]:
    return {
        "cohort": found.person.roster.cohort if found.person.roster else "",
        "zone": found.person.preferences.rhythm.zone,
        "drip": found.outlook.drip,
        "until": found.outlook.until.isoformat() if found.outlook.until else None,
        "says": says,
        "tips": found.tips,
        "once_set_up": found.once_set_up,
        "left_out": list(left_out(found)),
    }
