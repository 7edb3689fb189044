"""Quarters of a year: when colleagues are thanked, and for which three months."""

from datetime import date, datetime, timedelta

from bot.domain.text.language import say
from bot.domain.text.wording import month

WINDOW = timedelta(days=7)
"""From the first day of a quarter: in it, thanks for the one before are planned."""


def quarter_to_thank(now: datetime) -> date | None:
    """The first day of the quarter that has just ended (by UTC), in the first days of the next; else None."""
    this = _first_day(now.date())
    return _first_day(this - timedelta(days=1)) if now.date() - this < WINDOW else None


def quarter_in_words(first: date) -> str:
    """ "July to September"."""
    return say("{first} to {last}", first=month(first), last=month(_last_month(first)))


def end_of(first: date) -> date:
    """The first day after a quarter."""
    return _first_day(_last_month(first) + timedelta(days=31))


def _first_day(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _last_month(first: date) -> date:
    return first.replace(month=first.month + 2)
