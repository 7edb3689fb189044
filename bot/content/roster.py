"""A roster CSV → roster entries; or every bad row with its line and reason.

The columns are `id,name,upn,role,licence,site,team,rights,leads,topics`; the last three hold lists
separated by semicolons and may be empty.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.domain.people import GroupId, Licence, PersonId, Right, RoleId, RosterEntry
from bot.errors import Problems

COLUMNS = ("id", "name", "upn", "role", "licence", "site", "team", "rights", "leads", "topics")


def _entra_id(value: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", value.lower()):
        raise ValueError("is not an Entra object id (like 6f0c9d1e-…); copy it from the Entra admin centre")
    return value.lower()


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


Listed = BeforeValidator(_listed)
Short = Annotated[str, Field(min_length=1, max_length=120)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, AfterValidator(_entra_id)]
    name: Short
    upn: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    role: Short
    licence: Licence
    site: Short
    team: Short
    rights: Annotated[frozenset[Right], Listed]
    leads: Annotated[frozenset[str], Listed]
    topics: Annotated[tuple[str, ...], Listed]


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
    for line, row in rows:
        try:
            entry = _entry(row, known)
        except ValidationError as error:
            problems.extend(f"{path}:{line}: {_sentence(one['loc'], one['msg'])}" for one in error.errors())
            continue
        except ValueError as error:
            problems.append(f"{path}:{line}: {error}")
            continue
        if entry.id in entries:
            problems.append(f"{path}:{line}: id: {entry.id} stands in an earlier row too; keep one of them")
            continue
        entries[entry.id] = entry
    return Roster(list(entries.values()), problems)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="extra", restval="", strict=True)
            _expect_columns(path, reader.fieldnames or [])
            return [(reader.line_num, row) for row in reader]
    except FileNotFoundError as error:
        raise Problems([f"{path}:1: the file is missing; check the path"]) from error
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as CSV UTF-8"]) from error
    except csv.Error as error:
        raise Problems([f"{path}:1: this is not a CSV file: {error}; save it as CSV UTF-8"]) from error


def _expect_columns(path: Path, found: Sequence[str]) -> None:
    if tuple(found) != COLUMNS:
        raise Problems(
            [f"{path}:1: the columns must be {','.join(COLUMNS)}; found {','.join(found) or 'none'}"]
        )


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


def _sentence(where: tuple[int | str, ...], message: str) -> str:
    field = str(where[0]) if where else "row"
    if field == "extra":
        return "the row has more values than there are columns; look for a stray comma"
    return f"{field}: {message.removeprefix('Value error, ')}"
