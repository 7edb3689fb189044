"""A tongue that hides whatever comes from the Welsh catalogue: what is left is data, or was forgotten."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from string import Formatter

from bot.config import HOME
from bot.content.catalogues import Catalogue, load_catalogues
from bot.domain.messages import Message
from bot.domain.text.language import Language, in_words

WELSH = load_catalogues(HOME / "cards" / "locale")[Language.WELSH]

GAP = "\0"
"""Stands where words of the catalogue stood."""

BETWEEN = re.compile(rf"[{GAP}\n;:,]+")
"""What parts one thing that is filled in from the next."""

CODES = frozenset(
    {
        "credit",
        "data",
        "first_sentence",
        "id",
        "language",
        "licence",
        "link",
        "nation",
        "nights",
        "pieces",
        "prompt",
        "refused",
        "resting",
        "spoken",
        "subject",
        "tune",
        "tuned",
        "verb",
        "verdict",
    }
)
"""Fields that templates compare or send back, that are somebody's own text, or words for a colleague."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """Fulfils `Tongue`: of a sentence only what is filled in is left; of one that Welsh lacks, all of it."""

    catalogue: Catalogue

    def text(self, english: str) -> str:
        return _filled_in(english) if english in self.catalogue.entries else english

    def counted(self, one: str, more: str, number: int) -> str:
        welsh = self.catalogue.counted(one, more, number)
        return _filled_in(more) if welsh not in {one, more} else more

    def moment(self, moment: date | time, pattern: str) -> str:  # noqa: ARG002 - the port
        return GAP

    def written(self, sentence: str) -> str:
        return sentence

    def number(self, number: float, pattern: str) -> str:  # noqa: ARG002 - the port
        return GAP

    def listed(self, words: Sequence[str], *, either: bool) -> str:  # noqa: ARG002 - the port
        return GAP.join(words)


def _filled_in(english: str) -> str:
    names = [name for _, name, _, _ in Formatter().parse(english) if name]
    return GAP.join(["", *(f"{{{name}}}" for name in names), ""])


HIDING = Hiding(WELSH)


def left_in_english(messages: Iterable[Message], data: str) -> set[str]:
    """The pieces of messages' texts that neither the catalogue has nor the data, written as Python does."""
    known = data.casefold()
    pieces = {piece for message in messages for piece in _pieces(message)}
    return {piece for piece in pieces if not any(one in known for one in _written(piece.casefold()))}


def _pieces(message: Message) -> Iterator[str]:
    for text in _texts(asdict(message)):
        for part in BETWEEN.split(in_words(text, HIDING)):
            piece = re.sub(r"^[\d -]+(?=\w)", "", part.strip(" .?!…“”()"))
            if re.search(r"[^\W\d_]{2}", piece):
                yield piece


def _written(piece: str) -> tuple[str, str]:
    return piece, repr(piece)[1:-1]


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name not in CODES:
                yield from _texts(value)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, str):
        yield part
