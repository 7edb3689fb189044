"""The folder `docs/sample-trust/` → the sample trust of the local run."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.content.files import checked, read_yaml
from bot.content.library import FileLibrary
from bot.content.roster import read_roster
from bot.domain.commands.sharing import SharePrompt
from bot.domain.library.prompts import DataRule
from bot.domain.peers.champions import Profile, Standing
from bot.domain.staff.people import GroupId, PersonId, RoleId, RosterEntry
from bot.errors import Problems
from bot.services.upkeep.sampling import Sample, SampleAnswer


class _Waiting(BaseModel):
    model_config = ConfigDict(extra="forbid")
    author: str
    title: str
    role: str
    data: DataRule
    prompt: str
    check: str


def load_sample(folder: Path, library: FileLibrary) -> Sample:
    """The sample trust. Raises Problems with all that is wrong in its files."""
    roster = read_roster(folder / "roster.csv", library.roles)
    if roster.problems:
        raise Problems(list(roster.problems))
    waiting = checked(read_yaml(folder / "waiting_prompt.yaml"), _Waiting)
    return Sample(
        entries=roster.entries,
        rounds=_rounds(folder / "closed_rounds.csv"),
        profiles=_profiles(folder / "champions.csv", roster.entries),
        author=PersonId(waiting.author),
        shared=SharePrompt(waiting.title, waiting.prompt, RoleId(waiting.role), waiting.check, waiting.data),
    )


def _profiles(path: Path, entries: Sequence[RosterEntry]) -> list[Profile]:
    """What the champions of the roster offer, each at their own site."""
    sites = {entry.id: entry.site for entry in entries}
    with path.open(encoding="utf-8", newline="") as file:
        return [_profile(row, sites) for row in csv.DictReader(file)]


def _profile(row: dict[str, str], sites: Mapping[PersonId, str]) -> Profile:
    person = PersonId(row["id"])
    if person not in sites:
        raise Problems([f"champions.csv: {person} is not on the sample roster; take the line out"])
    return Profile(
        person=person,
        standing=Standing.ACTIVE,
        roles=tuple(RoleId(role) for role in row["roles"].split(";")),
        topics=tuple(row["topics"].split(";")),
        site=sites[person],
        languages=tuple(row["languages"].split(";")),
        hours=int(row["hours"]),
    )


def _rounds(path: Path) -> list[list[SampleAnswer]]:
    """The answers of each round, the oldest round first."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["round"] for row in rows})
    return [[_answer(row) for row in rows if row["round"] == name] for name in names]


def _answer(row: dict[str, str]) -> SampleAnswer:
    values = (row["confidence"], row["workload"], row["third"], row["beside"])
    return SampleAnswer(GroupId(row["team"]), [int(value) if value else None for value in values])
