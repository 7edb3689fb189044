"""Days, times and small lists in words, as a person would say them."""

from collections.abc import Sequence
from datetime import date, time

from bot.domain.hours import Leave

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def listed(words: Sequence[str], joined_by: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; empty for nothing."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joined_by} {words[-1]}"


def days_in_words(days: frozenset[int]) -> str:
    """ "Tuesdays and Thursdays"; "no days" for none."""
    return listed([f"{DAYS[day]}s" for day in sorted(days)]) or "no days"


def about(at: time) -> str:
    """A time to the nearest quarter of an hour: "10:30"."""
    quarters = round((at.hour * 60 + at.minute) / 15)
    return f"{quarters // 4 % 24}:{quarters % 4 * 15:02d}"


def day_in_words(day: date) -> str:
    """ "Friday 4 December"."""
    return f"{DAYS[day.weekday()]} {day.day} {day:%B}"


def leave_in_words(leave: Leave) -> str:
    """ "from Monday 21 December to Sunday 3 January", or "on Friday 4 December"."""
    if leave.first == leave.last:
        return f"on {day_in_words(leave.first)}"
    return f"from {day_in_words(leave.first)} to {day_in_words(leave.last)}"


def digits(days: frozenset[int]) -> str:
    """Days as a card's list of choices carries them: "0,1,4"."""
    return ",".join(str(day) for day in sorted(days))


def short_day(day: date) -> str:
    """ "4 December"."""
    return f"{day.day} {day:%B}"


def capitalised(words: str) -> str:
    """The same words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]
