"""Typed words → a command. What is not a known phrase is a question for the library."""

import re

from bot.domain import commands as c
from bot.domain.people import GroupId

_FIXED: dict[str, c.Command] = {
    "hi": c.ShowHelp(greeting=True),
    "hello": c.ShowHelp(greeting=True),
    "hey": c.ShowHelp(greeting=True),
    "help": c.ShowHelp(),
    "?": c.ShowHelp(),
    "tip": c.ShowTip(),
    "another": c.ShowTip(),
    "saved": c.ShowSaved(),
    "champion": c.AskChampion(),
    "pause": c.Pause(),
    "resume": c.Resume(),
    "start": c.Resume(),
    "stop": c.Stop(),
    "unsubscribe": c.Stop(),
    "settings": c.ShowSettings(),
    "privacy": c.ShowPrivacy(),
    "share": c.ShowShareForm(),
    "review": c.ShowReviews(),
    "reviews": c.ShowReviews(),
    "summary": c.ShowSummary(),
}

_PAUSE = re.compile(r"pause (?:for )?(\d{1,2}) (day|week)s?")
_SUMMARY = re.compile(r"summary (?:of |for )?(.+)", re.I)


def understand(text: str) -> c.Command:
    """The command that a typed line asks for; case, spaces and a last full stop do not matter."""
    line = re.sub(r"\s+", " ", text).strip().rstrip(".! ")
    word = line.casefold()
    if word in _FIXED:
        return _FIXED[word]
    if pause := _PAUSE.fullmatch(word):
        return c.Pause(days=int(pause[1]) * (7 if pause[2] == "week" else 1))
    if summary := _SUMMARY.fullmatch(line):
        return c.ShowSummary(GroupId(summary[1]))
    return c.FindPrompts(line) if line else c.ShowHelp()
