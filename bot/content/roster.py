"""A roster CSV → roster entries; or every bad row with its line and reason.

The columns are `id,name,upn,role,licence,site,team,rights,leads,topics`; the last three hold lists
separated by semicolons and may be empty. `cohort,start` may follow: the group of a staged start, and the
day (2027-01-11) from which anything is sent to it. A line break inside quotation marks counts as a space.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError, ValidationInfo

from bot.content.files import explained
from bot.domain.staff.people import GroupId, Licence, PersonId, Right, RoleId, RosterEntry
from bot.errors import Problems

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("id", "name", "upn", "role", "licence", "site", "team", "rights", "leads", "topics")
STAGED = (*COLUMNS, "cohort", "start")
"""The columns of a roster for a staged start."""

_HEADER = ",".join(COLUMNS)
_BOTH_HEADERS = f"{_HEADER}, and for a staged start cohort,start after them"


Table: TypeAlias = tuple[Sequence[str], list[tuple[int, list[str]]]]
"""The columns, and each row with the line on which it begins."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rows are checked against: the roles, and the file's teams.

    `teams` has for each team, without capitals and spaces, its usual spelling and that one's first line.
    """

    roles: frozenset[str]
    teams: Mapping[str, tuple[str, int]]


def _known(info: ValidationInfo) -> _Known:
    if not isinstance(info.context, _Known):
        raise TypeError("a row is checked against what is known of its file")
    return info.context


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ENTRA_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def _entra_id(value: str) -> str:
    if not _ENTRA_ID.fullmatch(value.lower()):
        raise ValueError("is not an Entra object id (like 6f0c9d1e-…); copy it from the Entra admin centre")
    return value.lower()


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _clean(value: str) -> str:
    if re.search(r"[\x00-\x1f\x7f-\x9f]", value):
        raise ValueError("has a character that cannot be seen; type it afresh")
    return value


def _known_role(value: str, info: ValidationInfo) -> str:
    roles = _known(info).roles
    if value not in roles:
        bare = "-".join(value.casefold().split())
        near = get_close_matches(bare, sorted(roles), n=3, cutoff=0.6)
        advice = f"the nearest are {', '.join(near)}" if near else "use one of its ids"
        raise ValueError(f"the role {value} is not in roles.yaml; {advice}")
    return value


def _start_day(value: str) -> date | None:
    if not value:
        return None
    if not _DAY.fullmatch(value):
        raise ValueError(f"{value} is not a day as 2027-01-11: the year, the month and the day")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"there is no day {value}; write one as 2027-01-11") from error


def _spelt_alike(value: str, info: ValidationInfo) -> str:
    spelling, line = _known(info).teams.get(_bare(value), (value, 0))
    if spelling != value:
        raise ValueError(f"the team {value} is spelt differently in row {line}; spell it {spelling} in both")
    return value


def _known_team(value: str, info: ValidationInfo) -> str:
    if _bare(value) not in _known(info).teams:
        raise ValueError(f"the team {value} stands in no row of this file; correct it or take it out")
    return _spelt_alike(value, info)


def _bare(team: str) -> str:
    """A team's name as it is compared: without capitals and spaces."""
    return "".join(team.casefold().split())


Listed = BeforeValidator(_listed)
Short = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_clean)]


class _Row(BaseModel):
    id: Annotated[str, AfterValidator(_entra_id)]
    name: Short
    upn: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254), AfterValidator(_clean)]
    role: Annotated[Short, AfterValidator(_known_role)]
    licence: Licence
    site: Short
    team: Annotated[Short, AfterValidator(_spelt_alike)]
    rights: Annotated[frozenset[Right], Listed]
    leads: Annotated[frozenset[Annotated[Short, AfterValidator(_known_team)]], Listed]
    topics: Annotated[tuple[Short, ...], Listed]
    cohort: Annotated[str, Field(max_length=60), AfterValidator(_clean)] = ""
    start: Annotated[date | None, BeforeValidator(_start_day)] = None


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds: the good rows, and a sentence (`file:line: …`) for each bad one."""

    entries: Sequence[RosterEntry]
    problems: Sequence[str]


def read_roster(path: Path, roles: Iterable[str]) -> Roster:
    """Read a roster. Raises Problems where the file as a whole cannot be read."""
    columns, rows = _rows(path)
    known = _Known(frozenset(roles), _teams(columns, rows))
    entries: dict[str, RosterEntry] = {}
    problems: list[str] = []
    seen: set[str] = set()
    starts: dict[str, tuple[date, int]] = {}
    for line, values in rows:
        wrong = _repeated(values, seen)
        try:
            entry = _entry(_row(values, columns), known)
        except ValidationError as error:
            wrong.extend(f"{one['loc'][0]}: {explained(one)}" for one in error.errors())
        except ValueError as error:
            wrong = [str(error)]
        else:
            wrong.extend(_unclear_start(entry, line, starts))
            if not wrong:
                entries[entry.id] = entry
        problems.extend(f"{path}:{line}: {sentence}" for sentence in wrong)
    return Roster(list(entries.values()), problems)


def _unclear_start(entry: RosterEntry, line: int, starts: dict[str, tuple[date, int]]) -> Iterator[str]:
    """The problem of a cohort without a day, or with another one than in an earlier row.

    `starts` has for each cohort its day and that one's first line, this one from now on.
    """
    if not entry.cohort:
        return
    if entry.start is None:
        yield f"start: the cohort {entry.cohort} has no day here; give it one as 2027-01-11"
        return
    day, first = starts.setdefault(entry.cohort, (entry.start, line))
    if day != entry.start:
        yield (
            f"start: the cohort {entry.cohort} starts on {day} in row {first} and on {entry.start} here; "
            "give it one day"
        )


def _repeated(values: Sequence[str], seen: set[str]) -> list[str]:
    """The problem of an id that an earlier row has too; the id counts as seen from now on."""
    given = values[0].lower()
    if not _ENTRA_ID.fullmatch(given):
        return []
    if given in seen:
        return [f"id: {given} stands in an earlier row too; keep one of them"]
    seen.add(given)
    return []


def _teams(columns: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> dict[str, tuple[str, int]]:
    """The file's teams: without capitals and spaces → the spelling that most rows have, its first line."""
    where = COLUMNS.index("team")
    named = [(values[where], line) for line, values in rows if len(values) == len(columns)]
    usual = Counter(team for team, _ in named if team)
    first = dict(reversed(named))
    least_first = sorted(usual, key=lambda team: (usual[team], -first[team]))
    return {_bare(team): (team, first[team]) for team in least_first}


def _rows(path: Path) -> Table:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            _expect_commas(path, file.readline())
            file.seek(0)
            return _read(path, csv.reader(file, strict=True))
    except FileNotFoundError as error:
        raise Problems([f"{path}:1: the file is missing; check the path"]) from error
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as CSV UTF-8"]) from error


def _read(path: Path, reader: "Reader") -> Table:
    try:
        columns = next(reader, [])
        _expect_columns(path, columns)
        return columns, list(_numbered(reader))
    except csv.Error as error:
        raise Problems([f"{path}:{reader.line_num}: {error}; mend the quotation marks there"]) from error


def _numbered(reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line on which it begins, its values without stray spaces."""
    line = reader.line_num + 1
    for row in reader:
        values = [" ".join(value.split()) for value in row]
        if any(values):
            yield line, values
        line = reader.line_num + 1


def _expect_commas(path: Path, header: str) -> None:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if mark in header and "," not in header:
            raise Problems([f"{path}:1: {name} part the columns; save it with commas, not {name}"])


def _expect_columns(path: Path, found: Sequence[str]) -> None:
    if tuple(found) not in {COLUMNS, STAGED}:
        advice = _advice(found) or f"the columns must be {_BOTH_HEADERS}; found {','.join(found) or 'none'}"
        raise Problems([f"{path}:1: {advice}"])


def _advice(found: Sequence[str]) -> str:
    """What exactly to do to a header that has all the right names; empty for another one."""
    named = [name.strip() for name in found]
    while named and not named[-1]:
        named.pop()
    if tuple(name.lower() for name in named) != COLUMNS:
        return ""
    empty = len(found) - len(named)
    steps = [f"take out the {empty} empty columns at the end, in every row"] if empty else []
    if tuple(found[: len(named)]) != COLUMNS:
        steps.append(f"write the columns in small letters and without spaces: {_HEADER}")
    return "; ".join(steps)


def _row(values: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if len(values) != len(columns):
        raise ValueError(
            f"the row has {len(values)} values for {len(columns)} columns; look for a stray or missing comma"
        )
    return dict(zip(columns, values, strict=True))


def _entry(row: dict[str, str], known: _Known) -> RosterEntry:
    good = _Row.model_validate(row, context=known)
    return RosterEntry(
        id=PersonId(good.id),
        name=good.name,
        upn=good.upn,
        role=RoleId(good.role),
        licence=good.licence,
        site=good.site,
        team=GroupId(good.team),
        rights=good.rights,
        leads=frozenset(GroupId(group) for group in good.leads),
        topics=good.topics,
        cohort=good.cohort,
        start=good.start,
    )
