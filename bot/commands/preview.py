"""`steady-drip preview`: what somebody would get in the next weeks, and why."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from bot.commands.terminal import AsJson, failing_politely, out, wait_for, whoever_types


def preview(
    *,
    person: Annotated[str, typer.Option(help="The person's Entra object id.")],
    weeks: Annotated[int, typer.Option(min=1, max=26, help="How far to look ahead.")] = 4,
    as_json: AsJson = False,
) -> None:
    """Print the tips that somebody would get, and why. It sends nothing, and leaves a record."""
    from bot.bootstrap import office
    from bot.config import read_settings
    from bot.domain.people import PersonId
    from bot.services.previewing import preview as look_ahead

    async def looked() -> Sequence[Mapping[str, str]]:
        async with office(read_settings(), read_only=True) as world:
            return await look_ahead(world, whoever_types(), PersonId(person.casefold()), weeks)

    with failing_politely():
        tips = wait_for(looked())
    lines = [f"{one['at']}  {one['tip']}: because {one['because']}" for one in tips]
    none = "No tip would come by itself: they have not set up, have stopped or paused, or want none."
    out.print(json.dumps(tips, indent=2) if as_json else "\n".join(lines) or none)
