"""Finds what points to a person, before a text that somebody typed is kept.

Better a word too many marked than one too few: the author can always say it in another way.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that points to a person: what kind, and the exact words."""

    kind: str
    words: str


def find(text: str) -> list[Identifier]:
    """Everything in `text` that looks like an identifier, in the order of the kinds below."""
    return list(_found(text))


def is_nhs_number(words: str) -> bool:
    """Whether these are the ten digits of an NHS number with the right check digit (modulus 11)."""
    digits = [int(c) for c in words if c.isdecimal()]
    if len(digits) != 10:
        return False
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == digits[9]


def _always(_words: str) -> bool:
    return True


_KINDS: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
    ("an NHS number", re.compile(r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b"), is_nhs_number),
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), _always),
    (
        "a National Insurance number",
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.I),
        _always,
    ),
    ("a phone number", re.compile(r"(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)"), _always),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), _always),
    ("a date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}\b"), _always),
]


def _found(text: str) -> Iterator[Identifier]:
    for kind, pattern, is_one in _KINDS:
        for hit in pattern.finditer(text):
            if is_one(hit.group()):
                yield Identifier(kind, hit.group().strip())
