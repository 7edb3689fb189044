"""How often tips are to come, and on which days, as people type it → a command."""

import re

from bot.domain.commands.own import LeaveOut, SetTips
from bot.domain.staff.cadence import EVERY_DAY, MOST_PER_WEEK, WORKING_WEEK
from bot.domain.text.wording import DAYS

_COUNTS = {"no": 0, "zero": 0, "a": 1, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4}
_COUNTS |= {"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_LEAD = (
    r"(?:(?:only|just|send(?: me)?|give me|i want|i(?:'d| would) like|(?:can|could|may) i (?:have|get)"
    r"|make it|tips|no more than|not more than|at most|up to|max(?:imum)?(?: of)?) )*"
)
_TAIL = r"(?: only| at most| max(?:imum)?| is enough| is plenty)?"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})(?: times?)?(?: tips?| messages?| prompts?| days?)?"
_OFTEN = re.compile(
    rf"{_LEAD}(?:{_COUNT} (?:(?:a|per|each|every) (?P<unit>day|week)|(?P<ly>daily|weekly))"
    rf"|(?P<alone>every day|each day|daily|every (?:working ?|week)day|every week|weekly)(?: tips?)?){_TAIL}"
)
_OFTEN_ON = re.compile(r"(.* week(?:ly)?),? (.+)")

_NAMES = {name.casefold(): n for n, name in enumerate(DAYS)} | {
    short: n for n, name in enumerate(DAYS) for short in (name[:3].casefold(), name[:4].casefold())
}
_NAMES |= {"thurs": 3}
_SETS = {"weekdays": WORKING_WEEK, "weekends": EVERY_DAY - WORKING_WEEK}
_ON = re.compile(
    r"(?P<lead>(?:(?:only|just|tips|messages|send(?: me)?(?: tips)?|on|every|i (?:only )?work) )*)"
    r"(?P<days>.+?)(?P<tail> only| please)?"
)
_OUT = re.compile(
    r"(?:(?:no more|no|not|never|stop|skip|leave out|without|except|but not|(?:please )?(?:don't|dont|do not)"
    r"(?: (?:send|message|text|contact|disturb|write)(?: to)?(?: me)?)?)"
    r"(?: (?:tips|messages|anything|any|me|tip|message))* (?:(?:on|at|over|the|during) )*(?P<days>.+)"
    r"|(?P<off>.+?) (?:off|are off|is off|is my day off|are my days off)(?: please)?)"
)
"""Days that are to be left out: "not Fridays", "no tips at weekends", "Fridays off"."""

_OFF_WORK = re.compile(
    r"(?:(?:i|i'm|im|i am|i have|have|i've|my|off|not in|don't work|dont work|do not work|on) )+"
)
_NOT_AT_WORK = re.compile(
    r"i(?:'m| am|m)? (?:not (?:in|at work|working)|(?:don't|dont|do not|never) work|(?:always )?off)"
    r"(?: (?:on|at|over))? (?P<days>.+)"
)
_RANGE = re.compile(r"(\w+) ?(?:to|-|–) ?(\w+)")
_AND = re.compile(r" ?(?:,|&|\+|/|\band\b|\bor\b) ?")


def tips_told(word: str) -> SetTips | None:
    """How many tips a week, on which days, or both; None where a line says nothing of them."""
    if often := _OFTEN.fullmatch(word):
        return SetTips(_per_week(often))
    if (both := _OFTEN_ON.fullmatch(word)) and (often := _OFTEN.fullmatch(both[1])):
        days = _days(both[2], surely=True)
        return SetTips(_per_week(often), days) if days else None
    return SetTips(days=days) if (days := _days(word)) else None


def days_left_out(word: str) -> LeaveOut | None:
    """Days on which no tips are to come; None where a line says nothing of that.

    One day alone may be the next one, so "off Friday" is none, but "not Fridays" and "no tips on Friday" are.
    """
    found = _NOT_AT_WORK.fullmatch(word) or _OUT.fullmatch(word)
    if found is None:
        return None
    off = found.groupdict().get("off")
    named = _OFF_WORK.sub("", off) if off else found["days"]
    surely = off is None and found.re is _OUT
    days = _days(named.strip(), surely=surely)
    return LeaveOut(days) if days else None


def _per_week(often: re.Match[str]) -> int:
    """One a day is the most that there is, so "every day" is five; more than that is told to whoever asks."""
    if often["alone"]:
        return MOST_PER_WEEK if "day" in often["alone"] or often["alone"] == "daily" else 1
    count = _COUNTS[often["count"]] if often["count"] in _COUNTS else int(often["count"])
    if "week" in (often["unit"] or often["ly"]):
        return count
    return MOST_PER_WEEK if count == 1 else count * len(EVERY_DAY)


def _days(word: str, *, surely: bool = False) -> frozenset[int] | None:
    """Days that are named; "Monday" alone says too little, unless it is "only", a plural, or `surely`."""
    found = _ON.fullmatch(word)
    if found is None:
        return None
    between = _RANGE.fullmatch(found["days"])
    if between and (one := _day(between[1])) is not None and (last := _day(between[2])) is not None:
        return frozenset((one + n) % 7 for n in range((last - one) % 7 + 1))
    if found["days"] in _SETS:
        return _SETS[found["days"]]
    days = [_day(name) for name in _apart(found["days"])]
    says_so = found["tail"] or found["lead"] not in {"", "on "}
    plural = found["days"].endswith("s") and found["days"] not in _NAMES
    certain = surely or says_so or plural or len(days) > 1
    return frozenset(day for day in days if day is not None) if certain and None not in days else None


def _apart(named: str) -> list[str]:
    """Each day by itself: "mon, wed and fri", and "mon wed fri" where nothing else is named."""
    alone = named.split()
    if all(_day(name) is not None for name in alone):
        return alone
    return [name.removeprefix("on ").removeprefix("a ") for name in _AND.split(named) if name]


def _day(name: str) -> int | None:
    return _NAMES.get(name, _NAMES.get(name.removesuffix("s")))
