"""Rows ↔ JSON documents."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given

from bot.domain.library.prompts import PromptId
from bot.domain.outbox.subjects import KINDS, Subject, TipDue
from bot.domain.staff.people import Person, Right
from bot.domain.text.language import say
from bot.storage.documents import READERS, Document, encode
from bot.storage.working import Tables
from tests.contract.rows import SAM, delivery, round_
from tests.contract.strategies import Everything, everything
from tests.samples import MONDAY, staff

SORTS = {
    "people": "person",
    "experiences": "experience",
    "votes": "votes",
    "deliveries": "delivery",
    "delivery_counts": "delivery_count",
    "rounds": "round",
    "answers": "answer",
    "publications": "publication",
    "plans": "plan",
    "introductions": "introduction",
    "help_requests": "help_request",
    "champions": "profile",
    "contributions": "contribution",
    "paces": "pace",
    "audit": "audit_record",
}


def through_json(document: Document) -> Document:
    """The document after it was written and read."""
    read: Document = json.loads(json.dumps(document))
    return read


@given(rows=everything)
def test_any_row_survives_json(rows: Everything) -> None:
    """What is read equals what was written, and is written the same again."""
    for table, name in SORTS.items():
        row = getattr(rows, name)
        document = through_json(encode(row))
        assert READERS[table](document) == row
        assert encode(READERS[table](document)) == document


def test_every_table_can_be_read() -> None:
    """No table was forgotten."""
    assert set(READERS) == {table.name for table in Tables()} == set(SORTS)


def test_every_subject_has_a_tag() -> None:
    """No member of the union was forgotten."""
    assert set(get_args(Subject)) <= set(KINDS.values())


def test_moments_are_written_and_read_in_utc() -> None:
    """A moment in another zone is the same moment, in UTC."""
    there = MONDAY.astimezone(timezone(timedelta(hours=9)))
    document = encode(delivery(due=there))
    assert document["due"] == "2026-11-23T09:00:00+00:00"
    assert READERS["deliveries"](document).due.tzinfo is UTC


def test_sets_are_written_in_order() -> None:
    """Equal rows make equal documents, however their sets were made."""
    document = encode(staff("Sam Sample", rights=frozenset(Right)))
    assert document["roster"]["rights"] == sorted(Right)


def test_bytes_are_written_as_base64() -> None:
    """A secret is text that JSON can hold."""
    assert encode(round_(secret=b"\x00\xff"))["secret"] == "AP8="


@pytest.mark.parametrize(
    "row",
    [
        Person(SAM, next_nudge=datetime(2026, 11, 23)),  # noqa: DTZ001  # that is the mistake
        replace(delivery(), note="half a pair: \ud83d"),
    ],
    ids=["no zone", "not Unicode"],
)
def test_what_could_not_be_read_back_is_not_written(row: object) -> None:
    """A mistake shows when it is made, not at the next start."""
    with pytest.raises(ValueError, match=r"zone|Unicode"):
        encode(row)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("due", "yesterday"),
        ("due", "2026-11-23T09:00:00"),
        ("due", 17),
        ("due", None),
        ("subject", {"kind": "surprise"}),
        ("subject", {"kind": "tip", "prompt": "p"}),
        ("subject", []),
        ("state", "lost"),
        ("attempts", "many"),
        ("unasked", None),
        ("note", ["private words"]),
    ],
)
def test_a_wrong_value_is_refused(field: str, value: object) -> None:
    """A document that the domain has no row for is never guessed at, and its values are not in the error."""
    document = {**encode(delivery()), field: value}
    with pytest.raises(ValueError, match=r"Delivery|TipDue") as refused:
        READERS["deliveries"](document)
    assert "private" not in str(refused.value)


@pytest.mark.parametrize("field", [f.name for f in fields(type(delivery()))[:6]])
def test_a_missing_value_is_refused(field: str) -> None:
    """What has no default must be there."""
    document = encode(delivery())
    del document[field]
    with pytest.raises(ValueError, match=field):
        READERS["deliveries"](document)


def test_an_unknown_field_is_ignored() -> None:
    """A field that a later release dropped does not keep an old file from being read."""
    assert READERS["deliveries"]({**encode(delivery()), "colour": "red"}) == delivery()


def test_a_secret_that_is_not_base64_is_refused() -> None:
    """Bytes are read strictly."""
    with pytest.raises(ValueError, match="Round"):
        READERS["rounds"]({**encode(round_()), "secret": "not base64!"})


def test_a_sentence_is_kept_as_its_english() -> None:
    """What can be said in other languages is a text like any other in a document."""
    tip = TipDue(PromptId("ward-clerk-notice"), say("it is for your job"))
    document = encode(replace(delivery("a"), subject=tip))
    assert json.loads(json.dumps(document))["subject"]["reason"] == "it is for your job"
