"""A rota as people say it → a letter for each day, or what is still open."""

import re

from bot.domain.commands.own import AskRota, SetRota
from bot.domain.own.settings_form import LONGEST_ROTA
from bot.domain.staff.hours import Shift

UNKNOWN = "?"
"""A day on, of which nobody said which shift it is."""

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_SHIFTS = (
    (Shift.OFF, r"(?:rest )?days? off|off|rest days?|rest|o"),
    (UNKNOWN, r"days? on|on|shifts?"),
    (Shift.NIGHT, r"night shifts?|nights? on|nights?|n"),
    (Shift.EARLY, r"early shifts?|early|earlies|earlys|e"),
    (Shift.LATE, r"late shifts?|lates?|l"),
    (Shift.DAY, r"long days? on|long days?|day shifts?|days?|d"),
)
_SHIFT = "|".join(names for _, names in _SHIFTS)
_PART = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)}) ?(?:{_SHIFT})"
_CYCLE = re.compile(rf"({_PART}(?: {_PART})+)(?: (?:of |on |all )?({_SHIFT}))?")
_COUNT = re.compile(rf"(\d{{1,2}}|{'|'.join(_NUMBERS)}) ?({_SHIFT})(?= |$)")
_BETWEEN = re.compile(r"[-–/,&+;]|\b(?:and|then|x)\b", re.I)
_TOLD = re.compile(r"(?:my |the )?(?:rota|roster|shifts|shift pattern)(?: is| are)?(?: ?: ?| )(.+)", re.I)
_AT_WORK = re.compile(r"(?:i work|i do|i am on|i'm on|im on|working) (.+)", re.I)
_PAIRS = re.compile(r"(?:([a-z])\1+){2,}")

_ENGLISH = frozenset({"do", "done", "ended", "need", "needed", "no", "none", "old", "on", "one", "no one"})
"""Words of their own that are made of a rota's letters."""


def rota_told(line: str) -> SetRota | AskRota | None:
    """What a line says of a rota; None where it is about something else, such as a template for one.

    Numbers of days with some off ("4 on 4 off") need no word before them.
    """
    told, at_work = _TOLD.fullmatch(line), _AT_WORK.fullmatch(line)
    said = told[1] if told else at_work[1] if at_work else line
    said = " ".join(_BETWEEN.sub(" ", said).split())
    if counted := _CYCLE.fullmatch(said.casefold()):
        cycle = _cycle(counted[1], counted[2])
        return _known(cycle) if told or Shift.OFF in cycle else None
    return _lettered(said, line) if told else None


def _cycle(counted: str, worked: str | None) -> str:
    """A letter a day; "nights" behind "4 on 4 off" are the days on."""
    letters = "".join((_NUMBERS.get(n) or int(n)) * _letter(shift) for n, shift in _COUNT.findall(counted))
    return letters.replace(UNKNOWN, _letter(worked)) if worked else letters


def _letter(shift: str) -> str:
    return next(letter for letter, names in _SHIFTS if re.fullmatch(names, shift))


def _lettered(said: str, line: str) -> SetRota | AskRota | None:
    """Letters of shifts, together or apart; others too, if they are no words."""
    letters = said.replace(" ", "")
    capitals = said.isupper() and not line.isupper()
    if not letters.isalpha() or (said.casefold() in _ENGLISH and not capitals):
        return None
    if set(letters.upper()) <= set(Shift):
        return _known(letters.upper())
    looks_like_shifts = (capitals and len(letters) > 2) or _PAIRS.fullmatch(letters.casefold())
    return AskRota(letters.upper()) if looks_like_shifts else None


def _known(cycle: str) -> SetRota | AskRota:
    fits = 2 <= len(cycle) <= LONGEST_ROTA and set(cycle) <= set(Shift)
    return SetRota(cycle) if fits else AskRota(cycle)
