"""A rota as people say it → a letter for each day, or what is still open."""

import re
from collections.abc import Iterator

from bot.domain.commands.own import AskRota, SetRota, ShowRota
from bot.domain.staff.hours import LONGEST_ROTA, Shift
from bot.domain.typed.days import begins_with_a_day

UNKNOWN = "?"
"""A day on, of which nobody said which shift it is."""

LONGEST_DAY = 4
"""Words of a first day: "Monday 30 November 2026"."""

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
_SHOW = re.compile(
    r"(?:what's|whats|what is|what are|show(?: me)?|see|when is) my (?:rota|roster|shifts|shift pattern)",
    re.I,
)
_ON_SHIFTS = re.compile(
    r"(?:(?:i am|i'm|im|i|we|always|only|mostly|usually|just|currently|permanent|permanently|now) )*"
    r"(?:(?:work|works|working|do|doing|on|have|a) )*"
    r"(?:(?:permanent|rotating|different|12 hour|long) )?"
    r"(?:nights|night shifts?|day shifts?|late shifts?|early shifts?|lates|earlies|shifts?|shift work"
    r"|shift pattern|rota|nights and days|days and nights|shift worker)"
    r"(?: (?:this|next) (?:week|month)| tonight| today| tomorrow| at the moment| now| only)?",
    re.I,
)
_STARTS = r"(?:from|starting|starts|beginning|begins|started|began)(?: on| from)?"
_FROM_BEFORE = re.compile(rf"(.*?\b(?:rota|roster|shifts|shift pattern|do|work))?:? ?{_STARTS} (.+)", re.I)
_FROM_BEHIND = re.compile(rf"(.+?),? {_STARTS} (.+)", re.I)
_PAIRS = re.compile(r"(?:([a-z])\1+){2,}")

_ENGLISH = frozenset({"do", "done", "ended", "need", "needed", "no", "none", "old", "on", "one", "no one"})
"""Words of their own that are made of a rota's letters."""


def rota_told(line: str) -> SetRota | AskRota | ShowRota | None:
    """What a line says of a rota; None where it is about something else, such as a template for one.

    Numbers of days with some off ("4 on 4 off") need no word before them. A first day may stand behind the
    rota or before it.
    """
    if _SHOW.fullmatch(line):
        return ShowRota()
    if _ON_SHIFTS.fullmatch(line):
        return AskRota("")
    for rota, begins in (*_days_apart(line), (line, "")):
        if told := _told(rota, begins):
            return told
    return None


def _days_apart(line: str) -> Iterator[tuple[str, str]]:
    """The ways to take a first day out of a line: what is left of it, and the day."""
    behind = _FROM_BEHIND.fullmatch(line)
    if behind and begins_with_a_day(behind[2]):
        yield behind[1], behind[2].casefold()
    if before := _FROM_BEFORE.fullmatch(line):
        words = before[2].split()
        for end in range(1, min(len(words), LONGEST_DAY + 1)):
            if begins_with_a_day(day := " ".join(words[:end]).casefold().rstrip(",:")):
                yield " ".join([before[1] or "rota", *words[end:]]), day


def _told(line: str, begins: str) -> SetRota | AskRota | None:
    told, at_work = _TOLD.fullmatch(line), _AT_WORK.fullmatch(line)
    said = told[1] if told else at_work[1] if at_work else line
    said = " ".join(_BETWEEN.sub(" ", said).split())
    if counted := _CYCLE.fullmatch(said.casefold()):
        cycle = _cycle(counted[1], counted[2])
        return _known(cycle, begins) if told or Shift.OFF in cycle else None
    return _lettered(said, line, begins) if told else None


def _cycle(counted: str, worked: str | None) -> str:
    """A letter a day; "nights" behind "4 on 4 off" are the days on."""
    letters = "".join((_NUMBERS.get(n) or int(n)) * _letter(shift) for n, shift in _COUNT.findall(counted))
    return letters.replace(UNKNOWN, _letter(worked)) if worked else letters


def _letter(shift: str) -> str:
    return next(letter for letter, names in _SHIFTS if re.fullmatch(names, shift))


def _lettered(said: str, line: str, begins: str) -> SetRota | AskRota | None:
    """Letters of shifts, together or apart; others too, if they are no words."""
    letters = said.replace(" ", "")
    capitals = said.isupper() and not line.isupper()
    if not letters.isalpha() or (said.casefold() in _ENGLISH and not capitals):
        return None
    if set(letters.upper()) <= set(Shift):
        return _known(letters.upper(), begins)
    looks_like_shifts = (capitals and len(letters) > 2) or _PAIRS.fullmatch(letters.casefold())
    return AskRota(letters.upper(), begins) if looks_like_shifts else None


def _known(cycle: str, begins: str) -> SetRota | AskRota:
    fits = 2 <= len(cycle) <= LONGEST_ROTA and set(cycle) <= set(Shift)
    return SetRota(cycle, begins) if fits else AskRota(cycle, begins)
