"""Days as people type them: "Monday", "3 January", "the 3rd", "next week", "20 December to 3 January"."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.staff.hours import DAY, Leave
from bot.domain.text.wording import DAYS
from bot.domain.text.words import alike
from bot.domain.typed.spells import SPELL, days_of
from bot.domain.typed.typos import is_slip

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
SHORTEST_NAME = 3
"""Letters of a day's or month's name that are enough: "mon", "jan"."""

FARTHEST = timedelta(days=730)
"""Nobody means a day that is more than two years away."""

YEAR, MONTH = timedelta(days=366), timedelta(days=31)
"""How far back a day with a month, or a number alone, is looked for."""

_NOISE = re.compile(r"\b(?:the|of|on|from|until|till|this|next|coming)\b|[,.]")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_THIS_WEEK = re.compile(r"(?:all |for )?this week|(?:for )?(?:the )?rest of (?:the|this) week")
_SPELL_FROM = re.compile(rf"(?:for )?{SPELL} (?:from|starting|beginning)(?: on)? (.+)")
_BETWEEN = re.compile(r"\s+(?:to|until|till|through|and)\s+|\s*[–—]\s*|\s+-\s+")


def day_named(text: str, today: date) -> date | None:
    """The next day after `today` that the words mean; None where they name none, or one that has passed.

    A month alone means its first day, and its end the first of the next.
    """
    return _ahead(_named(text, today) or _month_alone(text, today), today)


def leave_named(text: str, today: date) -> Leave | None:
    """The days between two that are named, both included, or those of a week, a month, or one day alone.

    It may have begun, but is not over. Of two such years the one whose first day is nearer is meant.
    """
    said = " ".join(text.casefold().split())
    parts = _BETWEEN.split(said, maxsplit=1)
    if len(parts) == 1:
        return _spell(said, today) or _alone(said, today)
    for first in _beginnings(_with_its_month(*parts), today):
        last = _ahead(_named(parts[1], first - DAY), first - DAY)
        if last and last >= today:
            return Leave(first, last)
    return None


def begins_on(text: str, today: date) -> date | None:
    """The day on which something begins: today, the next such day, or one that has passed and is nearer."""
    return next(iter(_beginnings(text.casefold(), today)), None)


def _beginnings(text: str, today: date) -> list[date]:
    """The next such day and the one that has passed, the nearer first."""
    days = (_from_today(text, today), _passed(text, today))
    return sorted((day for day in days if day), key=lambda day: abs(day - today))


def _passed(text: str, today: date) -> date | None:
    """The last such day before today; a day of the week, or one counted from today, is never meant so."""
    plain = _plain(text)
    if not re.search(r"\d|christmas", plain) or re.search("week|month", plain):
        return None
    since = today - (MONTH if plain.isdigit() else YEAR)
    day = _named(text, since)
    return day if day and since <= day < today else None


def _spell(said: str, today: date) -> Leave | None:
    """A week or a month, or so many from a day on."""
    monday = today + timedelta(days=7 - today.weekday())
    if said == "next week":
        return Leave(monday, monday + timedelta(days=6))
    if _THIS_WEEK.fullmatch(said):
        return Leave(today, monday - DAY)
    if said == "next month":
        first = _first_of_next_month(today)
        return Leave(first, _first_of_next_month(first) - DAY)
    found = _SPELL_FROM.fullmatch(said)
    first_day = _from_today(found[3], today) if found else None
    days = days_of(found[1], found[2]) if found else 0
    return Leave(first_day, first_day + (days - 1) * DAY) if first_day and days else None


def _alone(said: str, today: date) -> Leave | None:
    day = _from_today(said, today)
    return Leave(day, day) if day else None


def _ahead(day: date | None, today: date) -> date | None:
    return day if day and today < day <= today + FARTHEST else None


def begins_with_a_day(text: str) -> bool:
    """Whether words can mean days at all: "3 January" and "next Monday", but not "a note for 3 January"."""
    first = (_plain(text).split() or [text])[0]
    if re.match(r"\d", first) or first in {"today", "tomorrow", "christmas", "week", "month"}:
        return True
    return any(_is(first, name) for name in (*MONTHS, *(day.casefold() for day in DAYS)))


def _with_its_month(first: str, last: str) -> str:
    """The first day as it was said; "3" of "3 to 17 January" with the month that follows."""
    month = re.search(r"[a-z]{3,}.*", _plain(last))
    day = _plain(first)
    return f"{day} {month[0]}" if month and re.fullmatch(r"\d{1,2}", day) else first


def _from_today(text: str, today: date) -> date | None:
    """The day that is named; it may be today."""
    if _plain(text) == "today":
        return today
    counted = any(word in text for word in ("tomorrow", "week", "month"))
    after = today if counted else today - DAY
    return _ahead(_named(text, after), after)


def _plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", _ORDINAL.sub("", text.casefold())).split())


def _named(text: str, today: date) -> date | None:
    said = text.casefold()
    if "week" in said:
        return today + timedelta(days=7 - today.weekday()) if "next" in said else None
    if "month" in said:
        return _first_of_next_month(today)
    plain = _plain(text).replace("'", "").replace("’", "")
    ways: tuple[Callable[[str, date], date | None], ...] = (_relative, _weekday, _numbers, _day_and_month)
    return next((day for way in ways if (day := way(plain, today))), None)


def _relative(plain: str, today: date) -> date | None:
    new_year = dict.fromkeys(("new year", "new years", "new years day", "year"), date(today.year + 1, 1, 1))
    if re.fullmatch(r"tomm?orr?ow|tmrw", plain):
        return today + DAY
    return {"christmas": _next(today, 25, 12), **new_year}.get(plain)


def _weekday(plain: str, today: date) -> date | None:
    name = next((n for n, day in enumerate(DAYS) if _is(plain, day.casefold())), None)
    return None if name is None else today + timedelta(days=(name - today.weekday() - 1) % 7 + 1)


def _numbers(plain: str, today: date) -> date | None:
    """2027-01-03, 3/1, 3/1/27, or a day of the month alone."""
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    if british := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2}|\d{4}))?", plain):
        return _dated(today, british[1], int(british[2]), british[3])
    if re.fullmatch(r"\d{1,2}", plain):
        months = (
            (today.year + (today.month + n - 1) // 12, (today.month + n - 1) % 12 + 1) for n in range(3)
        )
        found = (_made(year, month, int(plain)) for year, month in months)
        return next((day for day in found if day and day > today), None)
    return None


def _day_and_month(plain: str, today: date) -> date | None:
    number = re.search(r"\b(\d{1,2})\b", plain)
    names = re.findall(r"[a-z]{3,}", plain)
    year = re.search(r"\b(\d{4})\b", plain)
    month = next((n for n, m in enumerate(MONTHS, 1) if any(_is(name, m) for name in names)), None)
    return _dated(today, number[1], month, year[1] if year else None) if number and month else None


def _month_alone(text: str, today: date) -> date | None:
    """The first of "march" or of "the beginning of march"; of "the end of march" the day after it."""
    found = re.fullmatch(r"(?:(end|start|beginning) )?([a-z]{3,})(?: (\d{4}))?", _plain(text))
    if found is None:
        return None
    means = (n for n, name in enumerate(MONTHS, 1) if name.startswith(found[2]) or is_slip(found[2], name))
    month = next(means, None)
    if month and found[1] == "end":
        return _next(today, 1, month % len(MONTHS) + 1)
    return _dated(today, "1", month, found[3]) if month else None


def _dated(today: date, day: str, month: int, year: str | None) -> date | None:
    if year is None:
        return _next(today, int(day), month)
    return _made(int(year) + (2000 if len(year) == 2 else 0), month, int(day))


def _next(today: date, day: int, month: int) -> date | None:
    """The first such day after today."""
    found = (_made(year, month, day) for year in range(today.year, today.year + 5))
    return next((one for one in found if one and one > today), None)


def _first_of_next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is(typed: str, name: str) -> bool:
    """Whether the letters are a name, its beginning, or the name with a slip."""
    return len(typed) >= SHORTEST_NAME and (name.startswith(typed) or alike(typed, name))
