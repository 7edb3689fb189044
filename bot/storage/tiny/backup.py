"""A whole store in one file: made while the service runs, and checked to the last byte before it is restored.

    {"format": "steady-drip-backup", "version": 1, "made": "2026-11-24T09:00:00+00:00"}
    9f2c01aa 1 {"format":"steady-drip-store", …}      from here on, a store's own file as compacting writes it
    …
    {"lines": 61, "sha256": "…"}

Of a round that is open its answers, its reminders and its secret are left out: they are destroyed when it
closes, and a backup would keep them. Once restored it goes on with the answers that come from then on, for
which `bot.services.restoring` gives it another secret.
"""

import glob
import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.drip.retention import Known, erased_since
from bot.domain.outbox.subjects import KIND_OF, ReminderDue
from bot.domain.staff.people import Person, PersonId
from bot.errors import StoreDamaged, StoreFailed
from bot.storage.documents import Document, encode
from bot.storage.tiny.database import Database
from bot.storage.tiny.files import Lock, failing, good_copy, owner_only, replacing, size_of, waiting
from bot.storage.tiny.lines import as_json, header, packed, sealed

FORMAT = "steady-drip-backup"
VERSION = 1

REMINDER = KIND_OF[ReminderDue]

ASIDE = ".before-"
"""What the name of a store that was moved aside has after its own, before the time."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is whole: when it was made (UTC), and the lines of the store."""

    made: datetime
    lines: list[bytes]

    @property
    def documents(self) -> int:
        """How many there are, without the header."""
        return len(self.lines) - 1


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: from when it is, and where the store before is now, if there was one.

    `kept` is empty where there was no store before.

    `erased` are people with a life in the backup of whom the store before knew no more than the staff list:
    they were erased since. None where nobody can say (`erased_since`).
    """

    made: datetime
    documents: int
    kept: Sequence[Path]
    erased: Set[PersonId] | None


def make(store: Path, file: Path, made: datetime) -> int:
    """Write a new backup of a store that may be in use; returns how many documents it has.

    Raises StoreDamaged or StoreFailed, and FileExistsError for a file that is there already.
    """
    with failing(store):
        database = Database(store.resolve(), read_only=True)
    try:
        lines = list(_lines(database))
    finally:
        database.close()
    body = b"".join(lines)
    first = as_json({"format": FORMAT, "version": VERSION, "made": made.isoformat()}) + b"\n"
    last = as_json({"lines": len(lines), "sha256": hashlib.sha256(first + body).hexdigest()}) + b"\n"
    with open(file, "xb", opener=owner_only) as out:  # Path.open takes no opener
        out.write(first + body + last)
    return len(lines) - 1


def read(file: Path) -> Backup:
    """A backup, checked to its last byte. Raises StoreDamaged, and FileNotFoundError where there is none."""
    written = file.read_bytes()
    try:
        first, *lines, last = written.splitlines(keepends=True)
        made, sums = json.loads(first), json.loads(last)
        whole = hashlib.sha256(written.removesuffix(last)).hexdigest() == sums["sha256"]
        if whole and (made["format"], made["version"]) == (FORMAT, VERSION):
            return Backup(datetime.fromisoformat(made["made"]), lines)
    except (KeyError, TypeError, ValueError):
        pass
    raise StoreDamaged(f"{file} is no whole backup of Steady Drip; nothing was restored. Take an older one.")


def restore(file: Path, store: Path, now: datetime, *, replace: bool) -> Restored:
    """Put a backup in the place of a store; one that is there is kept beside, and only moved with `replace`.

    Raises StoreDamaged for a backup that is not whole, StoreBusy for a store in use, and StoreFailed for one
    that would be lost or a disk that is full; then everything is as before.
    """
    backup, store = read(file), store.resolve()
    if not replace and (there := [path for path in (store, good_copy(store)) if size_of(path)]):
        raise StoreFailed(f"{there[0]} is there; --replace moves it aside, where it is kept, and goes on")
    store.parent.mkdir(parents=True, exist_ok=True)
    lock = Lock(store)
    try:
        fresh = store.with_name(f"{store.name}.restored")
        with failing(fresh), replacing(fresh) as out:
            out.writelines(backup.lines)
        restored, before = _known(fresh), _known_before(store)
        kept = _set_aside(store, now)
        fresh.rename(store)
    finally:
        lock.release()
    return Restored(backup.made, backup.documents, kept, erased_since(restored, before))


def set_aside(store: Path) -> list[Path]:
    """The files of stores that restoring moved aside: they hold people's data until somebody deletes them."""
    return sorted(store.resolve().parent.glob(f"{glob.escape(store.name)}{ASIDE}*"))


def _set_aside(store: Path, now: datetime) -> Sequence[Path]:
    """Move a store, its good copy and what waits for it; returns where to, empty where there was nothing."""
    aside = store.with_name(f"{store.name}{ASIDE}{now:%Y%m%dT%H%M%S}")
    there = [beside(store) for beside in (Path, good_copy, waiting) if beside(store).exists()]
    return [path.rename(path.with_name(path.name.replace(store.name, aside.name, 1))) for path in there]


def _known_before(store: Path) -> Known | None:
    """What the store knows, else its good copy; None where neither can be read."""
    for path in (store, good_copy(store)):
        try:
            return _known(path)
        except (StoreDamaged, StoreFailed):
            continue
    return None


def _known(store: Path) -> Known:
    """What a store knows. Raises StoreDamaged or StoreFailed."""
    with failing(store):
        database = Database(store, read_only=True)
    try:
        tables = database.storage.read()
        people = tables.get("people", {})
        alive = {PersonId(key) for key in people if _has_a_life(people[key])}
        return Known(alive, set(tables.get("audit", {})))
    finally:
        database.close()


def _has_a_life(person: Document) -> bool:
    bare = encode(Person(PersonId(person["id"]))) | {"roster": person["roster"]}
    return any(person.get(name) != value for name, value in bare.items())


def _lines(database: Database) -> Iterator[bytes]:
    """The store's file as compacting writes it, without what a round destroys when it closes."""
    tables = database.storage.read()
    places = [
        (table, key)
        for table in sorted(tables)
        for key in sorted(tables[table])
        if not _goes_with_its_round(table, tables[table][key])
    ]
    yield header(1 + len(places))
    for number, (table, key) in enumerate(places, 2):
        document = tables[table][key]
        kept = _without_secret(document) if table == "rounds" else document
        yield sealed(number, packed([(table, key, as_json(kept))]))


def _goes_with_its_round(table: str, document: Document) -> bool:
    """Whether a document is an answer or a reminder: a closed round has neither."""
    return table == "answers" or (table == "deliveries" and document["subject"]["kind"] == REMINDER)


def _without_secret(round_: Document) -> Document:
    """A round as it may leave the house: the secret of an open one is none that was ever used."""
    return round_ if round_["secret"] is None else {**round_, "secret": b64encode(bytes(32)).decode()}
