"""A pause, or being away, as people type it → a command."""

import re

from bot.domain import commands as c
from bot.domain.commands.own import AskLeave, Pause, PauseUntil, Resume, TakeLeave, Wish
from bot.domain.typed.days import begins_with_a_day
from bot.domain.typed.spells import NUMBERS, SPELL, days_of

_UNTIL = r"(?:until|untill|till|til)"
_PAUSE = re.compile(rf"(?:pause|stop|quiet|nothing|no (?:messages|tips)) (?:for )?{SPELL}")
_PAUSE_UNTIL = re.compile(rf"(?:pause|stop|nothing|no (?:messages|tips)|quiet) {_UNTIL} (.+)")

_IM = (
    r"(?:(?:i am|i'm|im|i will be|i'll be|ill be|i have been|i've been|ive been|i have|i've got|ive got"
    r"|been|going|taking|my|currently|now|still) )*"
)
_LEAVES = "maternity|paternity|parental|shared parental|adoption|compassionate|bereavement|special|unpaid"
_LEAVES += "|study|emergency|family|career|carer'?s"
_AWAY = (
    (
        Wish.RECOVER,
        r"(?:off (?:work )?)?(?:sick|ill|unwell|poorly)(?: off work)?|not (?:very )?well"
        r"|signed off(?: work)?(?: sick)?|(?:on )?(?:long[- ]term )?sick(?:ness)? leave"
        r"|(?:off )?on (?:the |long[- ]term )sick|off (?:work )?with (?:an? |my )?\w+",
    ),
    (
        Wish.ENJOY,
        r"(?:on )?(?:annual )?leave|(?:on )?a/l|(?:on )?(?:a )?(?:holidays?|hols|vacation)",
    ),
    (
        Wish.NONE,
        rf"(?:on )?(?:{_LEAVES}) leave|away(?: from work)?|off(?: work)?|not (?:at work|working)"
        r"|(?:on )?(?:a )?(?:sabbatical|career break)",
    ),
)
_SAID = re.compile(rf"(?P<im>{_IM})(?:{'|'.join(f'(?P<w{n}>{ways})' for n, (_, ways) in enumerate(_AWAY))})")
_FOR = re.compile(rf"for (?:the (?:next )?)?{SPELL}")
_FROM = re.compile(rf"for ({SPELL} (?:from|starting|beginning) .+)")
_ON = re.compile(r"(?:(?:is|are) )?(?:(?:on|from|between|for|starting) )?(.+)")
_A_DAY = re.compile(r"\d|day\b|tomorrow|week\b|next month")
_BESIDE = re.compile(
    r"[\d/–—-]+(?:st|nd|rd|th)?,?|to|til|till|until|through|and|the|of|on|from|next|this|coming|all|rest"
    r"|weeks?|months?|days?|fortnight|starting|beginning|inclusive|an?|couple|year|years|new"
    rf"|{'|'.join(NUMBERS)}|tmrw|tomm?orr?ow"
)
"""Words that stand beside those of days."""

_OPEN = re.compile(
    r"(?:for (?:a while|a bit|now|some time|(?:a few|some|several) \w+)|again|today again|at the moment|atm"
    r"|indefinitely|long[- ]term|since .+|from (?:now|work)|soon)"
)
_EACH_WEEK = re.compile(r"\w+days(?:(?:,| and|, and) \w+days)*")
_TOO_LITTLE = frozenset(
    {"a holiday", "a vacation", "hols", "holiday", "holidays", "leave", "off", "vacation"}
)
"""Words that alone can mean anything."""

_MINE = re.compile(
    r"(?:what is |what's |whats |when is |when's |show )?my (?:annual leave|leave|holidays?|time off)"
    r"|what leave (?:have i|do i have)(?: booked)?|ar wyliau|fy ngwyliau"
)
_BACK = (
    r"(?:back|returning|return|i return|i come back|coming back)(?: (?:at|to|in) (?:work|the office)| in)?"
)
_BACK_ON = re.compile(rf"{_IM}{_BACK} (?:(?:on|from|in) )?(.+)")
_BACK_IN = re.compile(rf"{_IM}{_BACK} in {SPELL}")
_HERE = re.compile(
    r"(?:i am|i'm|im) back(?: (?:now|again|today|at work|to work|in work|in the office))*"
    r"|(?:i am |i'm |im )?back (?:at work|from (?:leave|annual leave|holiday|sick leave|maternity leave))"
)


def absence(word: str) -> c.Command | None:
    """A pause, or being away, for some days or until a day; None where a line is about none of them."""
    if pause := _PAUSE.fullmatch(word):
        return paused(days_of(pause[1], pause[2]))
    if until := _PAUSE_UNTIL.fullmatch(word):
        return PauseUntil(until[1])
    if _MINE.fullmatch(word):
        return AskLeave()
    return _back(word) or _away(word)


def paused(days: int, wish: Wish = Wish.NONE) -> c.Command:
    """A pause of so many days; none at all is better asked about."""
    return Pause(days, wish) if days else c.OfferChoices()


def _back(word: str) -> c.Command | None:
    """The day on which somebody is at work again is the first on which something may come."""
    if _HERE.fullmatch(word):
        return Resume()
    if spell := _BACK_IN.fullmatch(word):
        return paused(days_of(spell[1], spell[2]))
    day = _BACK_ON.fullmatch(word)
    return PauseUntil(day[1]) if day and begins_with_a_day(day[1]) and day[1] != "today" else None


def _away(word: str) -> c.Command | None:
    """Whoever says that they are away, and why; the longest way to say so counts, then until when."""
    ends = [n for n, one in enumerate(f"{word} ") if one == " "]
    for end in reversed(ends):
        if said := _SAID.fullmatch(word[:end]):
            return _until_when(said, word[end + 1 :])
    return None


def _until_when(said: re.Match[str], rest: str) -> c.Command | None:
    wish = next(wish for n, (wish, _) in enumerate(_AWAY) if said[f"w{n}"])
    if not rest or _OPEN.fullmatch(rest):
        return None if said[0] in _TOO_LITTLE and not rest else AskLeave(wish)
    if until := re.fullmatch(rf"{_UNTIL} (.+)", rest):
        more = begins_with_a_day(until[1]) and not _only_days(until[1])
        return None if more else PauseUntil(until[1], wish)
    if spell := _FOR.fullmatch(rest):
        return paused(days_of(spell[1], spell[2]), wish)
    if spell := _FROM.fullmatch(rest):
        return TakeLeave(spell[1], wish)
    return _on_days(said, wish, rest)


def _on_days(said: re.Match[str], wish: Wish, rest: str) -> c.Command | None:
    """Days that are named; a month alone says too little, and "Mondays" are a choice for every week."""
    days = _ON.fullmatch(rest)
    if days is None or not (begins_with_a_day(days[1]) or days[1].startswith(("rest of", "the rest of"))):
        return None
    if _EACH_WEEK.fullmatch(days[1]):
        return None
    if _A_DAY.search(days[1]) or " to " in days[1]:
        return TakeLeave(days[1], wish) if _only_days(days[1]) else None
    return AskLeave(wish) if said["im"] or wish is not Wish.ENJOY else None


def _only_days(words: str) -> bool:
    """Whether nothing else is said: "next week and I need a handover" is about a task."""
    return all(_BESIDE.fullmatch(word) or begins_with_a_day(word) for word in words.split())
