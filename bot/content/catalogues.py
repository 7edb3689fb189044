"""The catalogues of `cards/locale/`: what cards and sentences are in other languages than English.

English is the key. An entry that is empty or marked fuzzy counts as missing, and what is missing is said in
English. Days, times, numbers and lists are written as Unicode's CLDR has them for each language; gettext says
which form of a sentence goes with which count, by the rule at the catalogue's top.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal, format_percent

from bot.content.card_texts import names_in
from bot.content.mutations import linked, softened
from bot.domain.text.language import Language
from bot.errors import Problems, TemplateError

DOMAIN = "steady_drip"

_WEEKDAY = re.compile(r"\bDydd (?=[A-Z])")
"""CLDR writes Welsh weekdays as at the beginning of a sentence; inside one it is "dydd Llun"."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Fulfils `domain.language.Tongue` from a catalogue's entries, by their English."""

    language: Language
    entries: Mapping[str, str]
    forms: NullTranslations = field(default_factory=NullTranslations)
    """The same as gettext reads them, for sentences with a form a count."""

    def text(self, english: str) -> str:
        return self.entries.get(english, english)

    def counted(self, one: str, more: str, number: int) -> str:
        return self.forms.ngettext(one, more, number)

    def written(self, sentence: str) -> str:
        return softened(sentence) if self.language is Language.WELSH else sentence

    def number(self, number: float, pattern: str) -> str:
        write = format_percent if "%" in pattern else format_decimal
        return write(number, pattern, locale=self._locale)

    def moment(self, moment: date | time, pattern: str) -> str:
        if isinstance(moment, time):
            return format_time(moment, pattern, locale=self._locale)
        return _WEEKDAY.sub("dydd ", format_date(moment, pattern, locale=self._locale))

    def listed(self, words: Sequence[str], *, either: bool) -> str:
        text = format_list(words, "or" if either else "standard", locale=self._locale)
        return linked(text) if self.language is Language.WELSH else text

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
            kept = _kept(path)
            found[language] = Catalogue(language, _entries(kept), _forms(kept))
        except Problems as error:
            problems.extend(error.lines)
    if problems:
        raise Problems(problems)
    return found


def catalogue_path(folder: Path, language: Language) -> Path:
    """A language's file under `cards/locale/`, where gettext's tools look for it."""
    return folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _kept(path: Path) -> Catalog:
    """What counts of a file. Raises Problems for what could not be filled in when it is said."""
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except FileNotFoundError:
        raise Problems([f"{path}:1: is missing; `make catalogues` writes it"]) from None
    except PoFileError as error:
        raise Problems([f"{path}:{error.lineno or 1}: {error}"]) from error
    said = [entry for entry in catalogue if entry.id and _is_complete(entry)]
    problems = [(entry, wrong_names(entry.id, entry.string or "")) for entry in said]
    if any(problem for _, problem in problems):
        raise Problems([f"{path}:{entry.lineno or 1}: {problem}" for entry, problem in problems if problem])
    for entry in list(catalogue):
        if entry.id and (entry.fuzzy or not _is_complete(entry)):
            catalogue.delete(entry.id)
    return catalogue


def _is_complete(entry: Message) -> bool:
    return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)


def _entries(catalogue: Catalog) -> Mapping[str, str]:
    """English and the other language, of what has one form."""
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and isinstance(entry.id, str)}


def _forms(catalogue: Catalog) -> NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def wrong_names(english: str | tuple[str, ...] | list[str], other: str | tuple[str, ...] | list[str]) -> str:
    """What two texts do not have in common of what is filled into them; empty where all is well.

    Of texts with a form a count each form names the same, but for the count itself: "once" says it in a word.
    """
    if isinstance(english, str) and isinstance(other, str):
        return _differing(english, other, frozenset())
    forms = [other] if isinstance(other, str) else other
    return next(filter(None, (_differing(english[-1], form, _COUNT) for form in forms)), "")


_COUNT = frozenset({"count"})


def _differing(english: str, other: str, free: frozenset[str]) -> str:
    try:
        names, found = _names(english), _names(other)
    except (TemplateError, ValueError) as error:
        return f"cannot be filled in: {error}"
    same = names - free == found - free
    return "" if same else f"must name {sorted(names)} like the English, not {sorted(found)}"


def _names(text: str) -> frozenset[str]:
    """The paths in a card's `${…}`, or the names in a sentence's `{…}`."""
    if "${" in text:
        return names_in(text)
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
