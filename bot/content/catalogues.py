"""The catalogues of `cards/locale/`: what cards and sentences are in other languages than English.

English is the key. An entry that is empty or marked fuzzy counts as missing, and what is missing is said in
English. Days, times and lists are written as Unicode's CLDR has them for each language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from string import Formatter

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import PoFileError, read_po

from bot.content.card_texts import names_in
from bot.domain.language import Language
from bot.errors import Problems, TemplateError

DOMAIN = "steady_drip"

_BEFORE_VOWEL = re.compile(r"\ba\(c\) (?=[aeiouwyâêîôûŵŷ])", re.IGNORECASE)
"""Where the "a(c)" of CLDR's Welsh lists is "ac"."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Fulfils `domain.language.Tongue` from a catalogue's entries, by their English."""

    language: Language
    entries: Mapping[str, str]

    def text(self, english: str) -> str:
        return self.entries.get(english, english)

    def moment(self, moment: date | time, pattern: str) -> str:
        if isinstance(moment, time):
            return format_time(moment, pattern, locale=self._locale)
        return format_date(moment, pattern, locale=self._locale)

    def listed(self, words: Sequence[str], *, either: bool) -> str:
        text = format_list(words, "or" if either else "standard", locale=self._locale)
        return _BEFORE_VOWEL.sub("ac ", text).replace("a(c) ", "a ")

    @property
    def _locale(self) -> str:
        return self.language.replace("-", "_")


def load_catalogues(folder: Path) -> Mapping[Language, Catalogue]:
    """Every language's catalogue; English has no entries. Raises Problems for broken or missing ones."""
    found = {Language.ENGLISH: Catalogue(Language.ENGLISH, {})}
    problems: list[str] = []
    for language in set(Language) - set(found):
        path = catalogue_path(folder, language)
        try:
            found[language] = Catalogue(language, dict(_entries(path)))
        except Problems as error:
            problems.extend(error.lines)
    if problems:
        raise Problems(problems)
    return found


def catalogue_path(folder: Path, language: Language) -> Path:
    """A language's file under `cards/locale/`, where gettext's tools look for it."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    """English and the other language. Raises Problems for what could not be filled in when it is said."""
    problems: list[str] = []
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except FileNotFoundError:
        raise Problems([f"{path}:1: is missing; `make catalogues` writes it"]) from None
    except PoFileError as error:
        raise Problems([f"{path}:{error.lineno or 1}: {error}"]) from error
    for entry in catalogue:
        if isinstance(entry.id, str) and isinstance(entry.string, str) and entry.id and entry.string:
            if problem := wrong_names(entry.id, entry.string):
                problems.append(f"{path}:{entry.lineno or 1}: {problem}")
            elif not entry.fuzzy:
                yield entry.id, entry.string
    if problems:
        raise Problems(problems)


def wrong_names(english: str, other: str) -> str:
    """What two texts do not have in common of what is filled into them; empty where all is well."""
    try:
        names, found = _names(english), _names(other)
    except (TemplateError, ValueError) as error:
        return f"cannot be filled in: {error}"
    return "" if names == found else f"must name {sorted(names)} like the English, not {sorted(found)}"


def _names(text: str) -> frozenset[str]:
    """The paths in a card's `${…}`, or the names in a sentence's `{…}`."""
    if "${" in text:
        return names_in(text)
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
