"""`make bench`: measures every group, or those named, prints tables and writes `benchmarks/latest.json`.

Only ratios can be compared between machines. A figure that is not reached is printed as such; nothing fails.
"""

import asyncio
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure
from benchmarks.groups import GROUPS

LATEST = Path(__file__).parent / "latest.json"

WORDS = {True: "yes", False: "NOT REACHED", None: ""}


def main() -> None:
    """Measure what is asked for; nothing named is everything."""
    wanted = sys.argv[1:] or list(GROUPS)
    if strangers := sorted(set(wanted) - GROUPS.keys()):
        sys.exit(f"no such group: {', '.join(strangers)}; there are: {', '.join(GROUPS)}")
    console = Console()
    measured: dict[str, Sequence[Figure]] = {}
    for name in wanted:
        console.print(f"Measuring: {name} …")
        measured[name] = asyncio.run(_coroutine(name))
        console.print(table(name, measured[name]))
    _write(measured)


async def _coroutine(name: str) -> Sequence[Figure]:
    return await GROUPS[name]()


def table(name: str, figures: Sequence[Figure]) -> Table:
    """One group, a row a figure."""
    made = Table("figure", "value", "unit", "wanted", "reached", title=name, title_justify="left")
    for one in figures:
        made.add_row(one.name, f"{one.value:,.4g}", one.unit, one.wanted, WORDS[one.reached])
    return made


def _write(measured: Mapping[str, Sequence[Figure]]) -> None:
    """Keep what was measured now, beside what was measured of other groups before."""
    kept = json.loads(LATEST.read_text("utf-8"))["groups"] if LATEST.exists() else {}
    groups = {name: [{**asdict(f), "reached": f.reached} for f in each] for name, each in measured.items()}
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "machine": platform.machine()}
    LATEST.write_text(
        json.dumps({"machine": machine, "groups": {**kept, **groups}}, indent=2) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
