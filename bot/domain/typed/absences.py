"""A pause, or leave, as people type it → a command."""

import re

from bot.domain import commands as c
from bot.domain.commands.own import Pause, PauseUntil, TakeLeave
from bot.domain.typed.days import begins_with_a_day

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_UNTIL = r"(?:until|untill|till|til)"
_IM = r"(?:(?:i am|i'm|im|i'll be|i will be) )?"
_PAUSE = re.compile(
    r"(?:pause|stop|quiet|nothing|no (?:messages|tips)) (?:for )?"
    rf"(\d{{1,3}}|{'|'.join(_NUMBERS)}) ({'|'.join(_UNITS)})s?"
)
_PAUSE_UNTIL = re.compile(rf"(?:pause|stop|nothing|no (?:messages|tips)|quiet) {_UNTIL} (.+)")
_LEAVE = re.compile(rf"{_IM}(?:(?:on )?(?:annual )?leave|on holiday) (?:(?:on|from|between) )?(.+)")
_LEAVE_UNTIL = re.compile(rf"{_IM}(?:on (?:annual )?leave|on holiday|away|off|off sick) {_UNTIL} (.+)")


def absence(word: str) -> c.Command | None:
    """A pause of some days or until a day, or leave; None where a line is about none of them."""
    if pause := _PAUSE.fullmatch(word):
        return paused(_NUMBERS.get(pause[1]) or int(pause[1]), _UNITS[pause[2]])
    if until := _PAUSE_UNTIL.fullmatch(word) or _LEAVE_UNTIL.fullmatch(word):
        return PauseUntil(until[1])
    leave = _LEAVE.fullmatch(word)
    if leave and begins_with_a_day(leave[1]) and re.search(r"\d|day|tomorrow|next week", leave[1]):
        return TakeLeave(leave[1])
    return None


def paused(number: int, days: int) -> c.Command:
    """A pause of so many times so many days; none at all is better asked about."""
    return Pause(number * days) if number else c.OfferChoices()
