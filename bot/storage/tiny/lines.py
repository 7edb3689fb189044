"""One line of the journal: a checksum, its number, and a commit.

    9f2c01aa 17 [["people","p1",212],["deliveries","nudge:p1:…",null]] {…}

The list names what changed and how long each document is, so that a reader finds the documents without
reading them; `null` stands for one that was removed. Everything is ASCII. The number is the line's own: a
line that is missing or in the wrong place shows as well as one that was changed.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

FORMAT = "steady-drip-store"
VERSION = 1

Change = tuple[str, str, bytes | None]
"""A table's name, a key, and the document's JSON as it is now; None for one that was removed."""

_decoder = json.JSONDecoder()


class Entry(NamedTuple):
    """One change in a payload: its document is `length` bytes from `start` on; None: it was removed."""

    table: str
    key: str
    start: int
    length: int | None


def sealed(number: int, payload: bytes) -> bytes:
    """The whole line of a payload."""
    body = b"%d %b" % (number, payload)
    return b"%08x %b\n" % (crc32(body), body)


def unsealed(number: int, line: bytes) -> bytes:
    """The payload of a whole line.

    Raises ValueError that says what is wrong with it.
    """
    body = line[9:-1]
    if line[:9] != b"%08x " % crc32(body):
        raise ValueError("its checksum does not fit")
    own, _, payload = body.partition(b" ")
    if own != b"%d" % number:
        raise ValueError(f"it says that it is line {own.decode()}")
    return payload


def header(lines: int) -> bytes:
    """The first line of a file that begins with so many lines, itself included."""
    return sealed(1, as_json({"format": FORMAT, "version": VERSION, "lines": lines}))


def lines_at_first(payload: bytes) -> int:
    """How many lines a file began with, by its header's payload: fewer means that some were lost.

    Raises ValueError for a header of something else, or of another version.
    """
    match json.loads(payload):
        case {"format": str(name), "version": int(version), "lines": int(lines)} if name == FORMAT:
            if version != VERSION:
                raise ValueError(f"it is in format {version}, and this release reads format {VERSION}")
            return lines
    raise ValueError("this is not a file of Steady Drip")


def packed(changes: Iterable[Change]) -> bytes:
    """The payload of a commit."""
    directory: list[tuple[str, str, int | None]] = []
    documents: list[bytes] = []
    for table, key, document in changes:
        directory.append((table, key, len(document) if document else None))
        documents.extend([document] if document else [])
    return b" ".join([as_json(directory), *documents])


def unpacked(payload: bytes) -> Iterator[Entry]:
    """The entries of a payload, each with the place of its document in the payload.

    Raises ValueError or TypeError where it is not what `packed` writes.
    """
    text = payload.decode("ascii")
    directory, position = _decoder.raw_decode(text)
    if not isinstance(directory, list):
        raise TypeError("it does not begin with a list")
    for table, key, length in directory:
        yield Entry(table, key, position + 1, length)
        position += 0 if length is None else length + 1
    if position != len(text):
        raise ValueError("its documents are longer or shorter than it says")


def as_json(value: object) -> bytes:
    """JSON in one line of ASCII."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")
