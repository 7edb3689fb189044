"""Telling "may I put this into Copilot?" from a question about a task, as people type it."""

import re
from itertools import pairwise

from bot.domain.text.words import alike, words

_ALLOWED = (
    ("am", "i", "allowed"),
    ("are", "we", "allowed"),
    ("is", "it", "allowed"),
    ("is", "it", "ok"),
    ("is", "it", "okay"),
    ("is", "it", "alright"),
    ("is", "it", "fine"),
    ("is", "it", "safe"),
    ("do", "i", "need", "permission"),
    ("what", "can", "i", "put"),
    ("what", "may", "i", "put"),
)
"""Words that only somebody asks who wants to know the rules."""

_MAY = ("can", "may", "could", "should", "must", "cna", "acn")
_WHO = ("i", "we", "staff")
_PUTS = (
    "put",
    "paste",
    "copy",
    "upload",
    "enter",
    "type",
    "feed",
    "attach",
    "give",
    "add",
    "share",
    "use",
    "send",
    "record",
)
_PLACES = ("copilot", "co pilot", "ai", "chatgpt", "gpt", "gemini", "tool", "bot", "assistant")
_SURE = frozenset({"put", "paste", "copy", "upload", "enter", "type", "feed"})
"""Verbs that mean putting something in, even where no tool is named."""


def asks_for_rules(line: str) -> bool:
    """Whether somebody asks what may go into the tool, rather than how to do a task."""
    said = words(re.sub(r"co-?pilot", "copilot", line.casefold()))
    return _opens_so(said) or _may_i_put(said)


def _opens_so(said: list[str]) -> bool:
    """ "Am I allowed to …", "is it ok to …", near the beginning and about putting something somewhere."""
    begins = any(_meant(said[start:], phrase) for phrase in _ALLOWED for start in range(3))
    return begins and _named(said, (*_PUTS, *_PLACES))


def _may_i_put(said: list[str]) -> bool:
    """ "Can I put …", then a tool, which may be missing after a sure verb; "how can I …" asks for a way."""
    for place, (first, second) in enumerate(pairwise(said)):
        if first in _MAY and second in _WHO and said[place - 1 : place] != ["how"]:
            rest = said[place + 2 :]
            return _named(rest[:3], _SURE) or (_named(rest[:3], _PUTS) and _named(rest, _PLACES))
    return False


def _meant(said: list[str], phrase: tuple[str, ...]) -> bool:
    return len(said) >= len(phrase) and all(map(alike, said, phrase))


def _named(said: list[str], known: tuple[str, ...] | frozenset[str]) -> bool:
    return any(alike(word, one) for word in said for one in known)
