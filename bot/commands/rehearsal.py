"""`steady-drip rehearse`: a whole drip with made-up people."""

import json
from typing import Annotated

import typer

from bot.commands.terminal import AsJson, err, failing_politely, out, progress, wait_for


def rehearse(  # noqa: PLR0913 - each is an option that somebody types
    *,
    people: Annotated[int, typer.Option(min=1, max=2_000_000, help="How many made-up people.")],
    nudges: Annotated[int, typer.Option(min=1, max=52, help="Tips for each, one a week.")] = 1,
    store: Annotated[str, typer.Option(help="tinydb:PATH or postgresql://…, with nobody else in it.")] = (
        "tinydb:var/rehearsal.tinydb"
    ),
    connector: Annotated[str, typer.Option(help="Another connector's address than our own.")] = "",
    rate: Annotated[float, typer.Option(min=0, help="Messages a second; 0 is unlimited.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Try a whole drip with made-up people, as fast as it goes. Begun again after an end, it goes on.

    Ends with exit code 1 where a message was not taken.
    """
    from dataclasses import asdict

    from bot.bootstrap import rehearse as carry_out
    from bot.config import read_settings
    from bot.domain.rehearsals import Rehearsal
    from bot.system import peak_memory

    if connector and not connector.startswith(("http://", "https://")):
        raise typer.BadParameter("an address begins with http:// or https://", param_hint="--connector")
    with failing_politely(), progress() as tell:
        settings = read_settings(store=store)
        asked = Rehearsal(people, nudges)
        done = wait_for(carry_out(settings, asked, rate, connector, tell))
    figures = {
        **asdict(done),
        "seconds": round(done.seconds, 2),
        "per_second": round(done.per_second, 1),
        "peak_memory_mib": peak_memory(),
    }
    lines = [f"{name.replace('_', ' ')}: {value}" for name, value in figures.items()]
    out.print(json.dumps(figures, indent=2) if as_json else "\n".join(lines))
    for remark in done.remarks(asked):
        err.print(remark)
    if done.stopped:
        raise typer.Exit(1)
