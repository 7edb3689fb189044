"""Rows ↔ JSON documents. What JSON lacks is spelt out: moments in UTC, bytes in base64, kinds by a tag.

Reading checks everything: a document that could not have been written is refused, never guessed at.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import partial
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.domain.audit import AuditRecord
from bot.domain.library.contributions import Contribution
from bot.domain.library.experiences import Experience, Votes
from bot.domain.outbox.delivery import Delivery, DeliveryCount
from bot.domain.outbox.pacing import Pace
from bot.domain.outbox.subjects import KIND_OF, KINDS, Subject
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round
from bot.domain.staff.people import Person

Document = dict[str, Any]
"""What `json` can write and read: nothing but dicts, lists, strings, numbers, booleans and None."""

Row = TypeVar("Row")

_TAG = "kind"
_TAGS: Mapping[type, str] = KIND_OF


def encode(row: object) -> Document:
    """The document of a row. Equal rows make equal documents, down to the order of everything in them.

    Raises ValueError for what could not be read back: a moment without a zone, text that is not Unicode.
    """
    document: Document = {_TAG: _TAGS[type(row)]} if type(row) in _TAGS else {}
    for name in _names(type(row)):
        document[name] = _plain(getattr(row, name))
    return document


def _names(type_: type) -> tuple[str, ...]:
    """The names of a row's fields. Raises TypeError for what is no row."""
    if type_ not in _known_names:
        _known_names[type_] = tuple(field.name for field in fields(type_))
    return _known_names[type_]


_known_names: dict[type, tuple[str, ...]] = {}


def _plain(value: object) -> object:
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Enum):
        return value.value
    return _text(value) if isinstance(value, str) else encode(value)


def _text(value: str) -> str:
    """The same text. Half a surrogate pair may come out of JSON, but no file or database takes one."""
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("a text is not valid Unicode") from None
    return str(value)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment has no zone")
    return value.astimezone(UTC).isoformat()


def _in_order(values: frozenset[Any]) -> list[object]:
    return sorted(map(_plain, values))  # type: ignore[type-var]  # all of one kind: numbers or texts


_WRITERS: Mapping[type, Callable[[Any], object]] = {
    **dict.fromkeys((NoneType, bool, int, float), lambda value: value),
    str: _text,
    datetime: _moment,
    **dict.fromkeys((date, time), lambda value: value.isoformat()),
    bytes: lambda value: b64encode(value).decode(),
    frozenset: _in_order,
    tuple: lambda values: list(map(_plain, values)),
}
"""How each type is written; what is not here is an `Enum`, a text of a kind of its own, or has fields."""


class Reader(Generic[Row]):
    """Documents of one type → its rows."""

    def __init__(self, type_: type[Row]) -> None:
        self._type = type_
        self._prepare = _Preparation(type_)
        self._adapter = TypeAdapter(type_)

    def __call__(self, document: Document) -> Row:
        """The row of a document.

        Raises ValueError where it is not a whole and valid one; names the fields, never what is in them.
        """
        try:
            return self._adapter.validate_python(self._prepare(document))
        except ValidationError as error:
            wrong = ", ".join(".".join(map(str, e["loc"])) for e in error.errors(include_input=False))
            raise ValueError(f"{wrong} of {self._type.__name__} cannot be read") from None
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            raise ValueError(f"this is no {self._type.__name__}") from None


class _Preparation:
    """What is done to the fields that pydantic would not read as `encode` wrote them."""

    def __init__(self, type_: type) -> None:
        found = ((name, _preparation(hint)) for name, hint in get_type_hints(type_).items())
        self._fields = [(name, prepare) for name, prepare in found if prepare]

    def __bool__(self) -> bool:
        return bool(self._fields)

    def __call__(self, document: Document) -> Document:
        prepared = dict(document)
        for name, prepare in self._fields:
            if (value := document.get(name)) is not None:
                prepared[name] = prepare(value)
        return prepared


def _preparation(hint: object) -> Callable[[Any], object] | None:
    members = [member for member in get_args(hint) if member is not NoneType]
    if hint is datetime:
        return _read_moment
    if hint is bytes:
        return partial(b64decode, validate=True)
    if isinstance(hint, type) and is_dataclass(hint):
        return _Preparation(hint) or None
    if members and all(member in _TAGS for member in members):
        return _read_kind
    if get_origin(hint) is tuple and Ellipsis in members:
        return _prepared_each(_preparation(members[0]))
    if isinstance(hint, UnionType) and len(members) == 1:
        return _preparation(members[0])
    return None


def _prepared_each(prepare: Callable[[Any], object] | None) -> Callable[[Any], object] | None:
    """What is done to each of a list, if anything is done to one."""
    return (lambda values: list(map(prepare, values))) if prepare else None


def _read_moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment has no zone")
    return moment.astimezone(UTC)


def _read_kind(value: Document) -> object:
    return SUBJECT_READERS[value[_TAG]](value)


SUBJECT_READERS: Mapping[str, Reader[Subject]] = {tag: Reader(kind) for tag, kind in KINDS.items()}
"""How the subjects of deliveries are read, by their tag."""

READERS: Mapping[str, Reader[Any]] = {
    "people": Reader(Person),
    "experiences": Reader(Experience),
    "votes": Reader(Votes),
    "deliveries": Reader(Delivery),
    "delivery_counts": Reader(DeliveryCount),
    "rounds": Reader(Round),
    "answers": Reader(Answer),
    "publications": Reader(Publication),
    "plans": Reader(Plan),
    "introductions": Reader(Introduction),
    "help_requests": Reader(HelpRequest),
    "champions": Reader(Profile),
    "contributions": Reader(Contribution),
    "paces": Reader(Pace),
    "audit": Reader(AuditRecord),
}
"""How each table's documents are read."""
