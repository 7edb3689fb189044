"""A roster CSV → roster entries; or every bad row with its line and reason.

The columns are `id,name,upn,role,licence,site,team,rights,leads,topics`; the last three hold lists
separated by semicolons and may be empty. A line break inside quotation marks counts as a space.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, ValidationError

from bot.content.files import explained
from bot.domain.people import GroupId, Licence, PersonId, Right, RoleId, RosterEntry
from bot.errors import Problems

if TYPE_CHECKING:
    from _csv import Reader

COLUMNS = ("id", "name", "upn", "role", "licence", "site", "team", "rights", "leads", "topics")


def _entra_id(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", value.lower()):
        raise ValueError("is not an Entra object id (like 6f0c9d1e-…); copy it from the Entra admin centre")
    return value.lower()


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _clean(value: str) -> str:
    if re.search(r"[\x00-\x1f\x7f-\x9f]", value):
        raise ValueError("has a character that cannot be seen; type it afresh")
    return value


Listed = BeforeValidator(_listed)
Short = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_clean)]


class _Row(BaseModel):
    id: Annotated[str, AfterValidator(_entra_id)]
    name: Short
    upn: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254), AfterValidator(_clean)]
    role: Short
    licence: Licence
    site: Short
    team: Short
    rights: Annotated[frozenset[Right], Listed]
    leads: Annotated[frozenset[Short], Listed]
    topics: Annotated[tuple[Short, ...], Listed]


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds: the good rows, and a sentence (`file:line: …`) for each bad one."""

    entries: Sequence[RosterEntry]
    problems: Sequence[str]


def read_roster(path: Path, roles: Iterable[str]) -> Roster:
    """Read a roster. Raises Problems where the file as a whole cannot be read."""
    rows = _rows(path)
    known = set(roles)
    entries: dict[str, RosterEntry] = {}
    problems: list[str] = []
    for line, values in rows:
        try:
            entry = _entry(_row(values), known)
        except ValidationError as error:
            problems.extend(f"{path}:{line}: {one['loc'][0]}: {explained(one)}" for one in error.errors())
            continue
        except ValueError as error:
            problems.append(f"{path}:{line}: {error}")
            continue
        if entry.id in entries:
            problems.append(f"{path}:{line}: id: {entry.id} stands in an earlier row too; keep one of them")
            continue
        entries[entry.id] = entry
    return Roster(list(entries.values()), problems)


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(path, csv.reader(file, strict=True))
    except FileNotFoundError as error:
        raise Problems([f"{path}:1: the file is missing; check the path"]) from error
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as CSV UTF-8"]) from error


def _read(path: Path, reader: "Reader") -> list[tuple[int, list[str]]]:
    try:
        _expect_columns(path, next(reader, []))
        return list(_numbered(reader))
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


def _expect_columns(path: Path, found: Sequence[str]) -> None:
    if tuple(found) != COLUMNS:
        raise Problems(
            [f"{path}:1: the columns must be {','.join(COLUMNS)}; found {','.join(found) or 'none'}"]
        )


def _row(values: Sequence[str]) -> dict[str, str]:
    if len(values) != len(COLUMNS):
        raise ValueError(
            f"the row has {len(values)} values for {len(COLUMNS)} columns; look for a stray or missing comma"
        )
    return dict(zip(COLUMNS, values, strict=True))


def _entry(row: dict[str, str], roles: set[str]) -> RosterEntry:
    good = _Row.model_validate(row)
    if good.role not in roles:
        raise ValueError(f"role: {good.role} is not in roles.yaml; use one of its ids")
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
    )
