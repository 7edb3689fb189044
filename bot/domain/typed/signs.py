"""Emoji and smileys before and after what people type: they change nothing that is asked for."""

import re
import unicodedata

_SMILEY = re.compile(r"(?<=\s)[:;=]-?[)(DPp/|]$|^[:;=]-?[)(DPp/|]$|(?<=\s)(?:x+|<3)$")
_CROSS = frozenset("👎😡😠🤬😤🖕💩😒🙄")


def without_signs(text: str) -> str:
    """The words alone, where signs stand at either end."""
    words = text.strip()
    while words and _is_sign(words[-1]):
        words = words[:-1].rstrip()
    while words and _is_sign(words[0]):
        words = words[1:].lstrip()
    return _SMILEY.sub("", words).rstrip()


def is_cross(text: str) -> bool:
    """Whether a line of signs says that somebody is not happy."""
    return not _CROSS.isdisjoint(text) or ":(" in text or ":-(" in text


def _is_sign(one: str) -> bool:
    """An emoji, a colour of one, or what joins several; a mark of a letter is none."""
    return (unicodedata.category(one) in {"So", "Sk"} and one not in "^`´¨") or one in "\ufe0f\u200d\u20e3"
