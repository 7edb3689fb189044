"""Words that can be said in more than one language.

A sentence is written in English, where it is used, and stays an English text for everything that compares or
keeps it. What it was made of travels with it, so that whoever renders a message can say it in another tongue.
Like this the language is asked for in one place, and no use case has to carry it along.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Protocol, Self, TypeAlias


class Language(StrEnum):
    """What somebody can choose to read, by its tag (BCP 47)."""

    ENGLISH = "en-GB"
    WELSH = "cy"

    @property
    def label(self) -> str:
        """The language in its own words."""
        return {Language.WELSH: "Cymraeg"}.get(self, "English")


class Tongue(Protocol):
    """A language's own words and ways of writing."""

    def text(self, english: str) -> str:
        """A sentence that the catalogue has, its `{…}` kept; the English one where it has none."""

    def moment(self, moment: date | time, pattern: str) -> str:
        """A day or a time by a pattern of Unicode's (UTS 35): `EEEE d MMMM` is "Friday 4 December"."""

    def listed(self, words: Sequence[str], *, either: bool) -> str:
        """ "a, b and c"; with `either`, "a, b or c"; empty for nothing."""

    def counted(self, one: str, more: str, number: int) -> str:
        """The form that the catalogue has of a sentence for so many; the English one where it has none."""

    def written(self, sentence: str) -> str:
        """A sentence that is filled in, each word as it is beside the one before it: "tan ddydd Llun"."""

    def number(self, number: float, pattern: str) -> str:
        """A number by a pattern of Unicode's (UTS 35): `0.0` has one decimal, `0%` is a percentage."""


class Said(str):
    """An English text that can also be said otherwise; cut up or joined by `+` it is English alone."""

    __slots__ = ("_how",)
    _how: Callable[[Tongue], str]

    def __new__(cls, english: str, how: Callable[[Tongue], str]) -> Self:
        """The text, and what says it in another tongue."""
        made = super().__new__(cls, english)
        made._how = how
        return made

    def in_tongue(self, tongue: Tongue) -> str:
        """The same in another tongue."""
        return self._how(tongue)

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


Value: TypeAlias = str | int | float
"""What a sentence can be filled in with: words, said or not, and numbers."""


ANY_NUMBER = "0.######"
"""The pattern of a number that nothing is known of; English writes it as Python does."""


def say(english: str, /, **values: Value) -> Said:
    """A sentence of the catalogue, with each `{name}` filled in by the value of that name."""
    if not values:
        return Said(english, lambda tongue: tongue.text(english))
    return Said(
        english.format(**values),
        lambda tongue: tongue.written(tongue.text(english).format(**_in_tongue(values, tongue))),
    )


def say_count(one: str, more: str, /, count: int, **values: Value) -> Said:
    """The same in its form for `count`: in English `one` for 1, else `more`; both may name `{count}`."""
    filled = {"count": count, **values}
    return Said(
        (one if count == 1 else more).format(**filled),
        lambda tongue: tongue.written(tongue.counted(one, more, count).format(**_in_tongue(filled, tongue))),
    )


def _in_tongue(values: Mapping[str, Value], tongue: Tongue) -> Mapping[str, str]:
    return {
        name: in_words(value, tongue) if isinstance(value, str) else tongue.number(value, ANY_NUMBER)
        for name, value in values.items()
    }


def to_say(english: str) -> str:
    """The same text, so that the catalogue gets it, for `say` to say elsewhere."""
    return english


def in_words(text: str, tongue: Tongue) -> str:
    """The text in another tongue, where it is one that can be said."""
    return text.in_tongue(tongue) if isinstance(text, Said) else text


def joined(*texts: str, by: str = " ") -> Said:
    """Sentences one after the other, or entries with a sign between; empty ones are left out."""
    kept = [text for text in texts if text]
    return Said(by.join(kept), lambda tongue: by.join(in_words(one, tongue) for one in kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What every message has: the language that its reader chose."""

    language: Language = Language.ENGLISH
