"""Days, times, numbers and small lists in words, as a person would say them."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.domain.text.language import Said, in_words, say, to_say

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY = (
    to_say("Mondays"),
    to_say("Tuesdays"),
    to_say("Wednesdays"),
    to_say("Thursdays"),
    to_say("Fridays"),
    to_say("Saturdays"),
    to_say("Sundays"),
)


NEAR = timedelta(days=60)
"""A day that is farther away is said with its year."""


def listed(words: Sequence[str], joined_by: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; empty for nothing."""
    if len(words) < 2:
        return next(iter(words), "")
    return Said(
        f"{', '.join(words[:-1])} {joined_by} {words[-1]}",
        lambda tongue: tongue.listed([in_words(word, tongue) for word in words], either=joined_by == "or"),
    )


def days_in_words(days: frozenset[int]) -> str:
    """ "Tuesdays and Thursdays"; "no days" for none."""
    return listed([say(EVERY[day]) for day in sorted(days)]) or say("no days")


def about(at: time) -> str:
    """A time to the nearest quarter of an hour: "10:30"."""
    quarters = round((at.hour * 60 + at.minute) / 15)
    near = time(quarters // 4 % 24, quarters % 4 * 15)
    return _moment(f"{near.hour}:{near:%M}", near, "H:mm")


def clock(at: time) -> str:
    """ "09:30"."""
    return _moment(f"{at:%H:%M}", at, "HH:mm")


def day_in_words(day: date) -> str:
    """ "Friday 4 December"."""
    return _moment(f"{DAYS[day.weekday()]} {day.day} {day:%B}", day, "EEEE d MMMM")


def day_from(day: date, today: date) -> str:
    """ "Friday 4 December"; "Monday 20 December 2027" where that is not in the weeks around today."""
    if abs(day - today) <= NEAR:
        return day_in_words(day)
    return _moment(f"{DAYS[day.weekday()]} {day.day} {day:%B %Y}", day, "EEEE d MMMM y")


def digits(days: frozenset[int]) -> str:
    """Days as a card's list of choices carries them: "0,1,4"."""
    return ",".join(str(day) for day in sorted(days))


def short_day(day: date) -> str:
    """ "4 December"."""
    return _moment(f"{day.day} {day:%B}", day, "d MMMM")


def short_month_day(day: date) -> str:
    """ "4 Dec"."""
    return _moment(f"{day.day} {day:%b}", day, "d MMM")


def whole_day(day: date) -> str:
    """ "4 December 2026"."""
    return _moment(f"{day.day} {day:%B %Y}", day, "d MMMM y")


def month(day: date) -> str:
    """ "December"."""
    return _moment(f"{day:%B}", day, "LLLL")


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: say("once"), 2: say("twice")}.get(number) or say("{number} times", number=number)


def percent(share: int) -> str:
    """ "45%"."""
    return Said(f"{share}%", lambda tongue: tongue.number(share / 100, "0%"))


def whole(number: float) -> str:
    """To the nearest whole number: "12"."""
    return _number(f"{number:.0f}", round(number), "0")


def tenths(number: float) -> str:
    """With one decimal, also where it is nought: "3.0"."""
    return _number(f"{number:.1f}", round(number, 1), "0.0")


def plain(number: float) -> str:
    """With the decimals that it has: "3", "3.2"."""
    return _number(f"{number:g}", number, "0.######")


def skill_in_words(skill: str) -> str:
    """ "ask well", by a skill's id."""
    return say(skill.replace("-", " "))


def shortened(words: str, most: int) -> str:
    """The same words up to so many characters, in every tongue."""
    return Said(words[:most], lambda tongue: in_words(words, tongue)[:most])


def capitalised(words: str) -> str:
    """The same words as the beginning of a sentence."""

    def capital(words: str) -> str:
        return words[:1].upper() + words[1:]

    return Said(capital(words), lambda tongue: capital(in_words(words, tongue)))


def _number(english: str, number: float, pattern: str) -> Said:
    return Said(english, lambda tongue: tongue.number(number, pattern))


def _moment(english: str, moment: date | time, pattern: str) -> Said:
    return Said(english, lambda tongue: tongue.moment(moment, pattern))
