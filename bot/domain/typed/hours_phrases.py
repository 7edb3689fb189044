"""Hours in which tips may come or not, and bank holidays, as people type them → a command."""

import re

from bot.domain.commands.own import SetHolidays, SetHours
from bot.domain.typed.clock_times import time_in

EARLIEST = 7
"""An hour before this, with nothing said of morning, is one of the afternoon."""

_TIME = r"(\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?|noon|midday|midnight)"
_TIPS = r"(?:tips|messages|anything|any|send|message|me|them|it)"
_NOT = rf"(?:(?:no|not|nothing|never|don't|dont|do not|stop)(?: {_TIPS})*)"
_ONLY = rf"(?:(?:only|just|can you|could you|please|{_TIPS}) )*"
_AFTER = re.compile(rf"(?:{_NOT} (?:before|until|till|earlier than)|{_ONLY}(?:only )?(?:after|from)) {_TIME}")
_BEFORE = re.compile(rf"(?:{_NOT} (?:after|past|later than)|{_ONLY}(?:before|until|till)) {_TIME}")
_BETWEEN = re.compile(
    rf"{_ONLY}(?:(?:between|from|in|my hours are|i work|hours) )*{_TIME} ?(?:and|to|-|–|until|till) ?{_TIME}"
)
_QUIET = re.compile(
    rf"(?:quiet(?: hours| time)?|{_NOT}(?: between| from)?) (?:from |between )?{_TIME} ?(?:and|to|-|–"
    rf"|until|till) ?{_TIME}"
)
_PARTS = {"morning": ("9:00", "12:00"), "afternoon": ("12:00", "17:00")}
_PART = re.compile(rf"{_ONLY}(?:(?:in|the|during|only) )*(morning|afternoon)s?(?: only)?")
_NOT_IN_PART = re.compile(rf"{_NOT} (?:in |on |the |during )*(morning|afternoon)s?")
_NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "0:00"}

_HOLIDAYS = r"(?:on |over )?(?:bank|public) holidays?"
_ON_HOLIDAYS = re.compile(
    rf"(?:i (?:do )?work|i'm working|working|tips|messages|send tips|yes) {_HOLIDAYS}(?: too)?"
)
_NOT_ON_HOLIDAYS = re.compile(
    rf"(?:{_NOT}|i (?:don't|dont|do not|never) work|i have|i'm off|im off|i am off|off) {_HOLIDAYS}(?: off)?"
)


def hours_told(word: str) -> SetHours | SetHolidays | None:
    """From when and until when tips may come, quiet hours, or bank holidays; None for anything else."""
    if _ON_HOLIDAYS.fullmatch(word) or _NOT_ON_HOLIDAYS.fullmatch(word):
        return SetHolidays(wanted=bool(_ON_HOLIDAYS.fullmatch(word)))
    if quiet := _QUIET.fullmatch(word):
        return SetHours(quiet_from=_plain(quiet[1]), quiet_until=_plain(quiet[2]))
    if part := _PART.fullmatch(word):
        return SetHours(*_PARTS[part[1]])
    if part := _NOT_IN_PART.fullmatch(word):
        return SetHours(start="12:00") if part[1] == "morning" else SetHours(end="12:00")
    if between := _BETWEEN.fullmatch(word):
        return _span(between[1], between[2])
    if after := _AFTER.fullmatch(word):
        return SetHours(start=_in_the_afternoon(after[1]))
    before = _BEFORE.fullmatch(word)
    return SetHours(end=_in_the_afternoon(before[1])) if before else None


def _span(start: str, end: str) -> SetHours | None:
    """ "9 to 5" ends in the afternoon; "9-5" with other numbers in it is none of hours."""
    first, last = time_in(_plain(start)), time_in(_plain(end))
    if first is None or last is None:
        return None
    return SetHours(_plain(start), _in_the_afternoon(end) if last <= first else _plain(end))


def _in_the_afternoon(text: str) -> str:
    """ "5" is "5pm" where it bounds a day's work; a time that says which half it is stays."""
    at = time_in(_plain(text))
    says_which = re.search("am|pm|^0", text)
    return f"{at.hour + 12}:{at:%M}" if at and not says_which and at.hour < EARLIEST else _plain(text)


def _plain(text: str) -> str:
    return _NAMED.get(text, text.strip())
