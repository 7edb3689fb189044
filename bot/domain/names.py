"""Names in a text: those on the staff list, and whoever is called by a title."""

import re
from collections.abc import Iterator, Set
from itertools import pairwise, product

from bot.domain.identifiers import Identifier
from bot.domain.language import to_say

NAME = to_say("a name")
MOST_WORDS = 4
"""Words of a name on the staff list that is looked for."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_APART = re.compile(r"[ \t\u00a0]*,?[ \t\u00a0]+")
"""What may stand between the words of one name; a comma where the surname comes first."""

_TITLED = re.compile(
    r"\b(?:[Mm]rs?|Ms|Mx|Miss|[Dd]r|[Pp]rof|Professor|Sister|Sir|Dame)\b\.?[ \u00a0]+"
    r"(?:[A-Z]\.?[ \u00a0]*\b){0,3}"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Word\b|Excel\b|Teams\b)"
    r"(?:[A-Z]['’])?[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
"""A title, perhaps initials, and a word with a capital. "MR" and "DR" are other things in a hospital."""


def plain(name: str) -> str:
    """A name as it is compared: small letters, one sort of apostrophe, single spaces."""
    return " ".join(name.replace("’", "'").lower().split())


def possible_names(text: str) -> Set[str]:
    """Everything in a text that could be a whole name on a staff list, to be asked for there.

    Two to four words beside one another; with a comma also the other way round.
    """
    return {name for _, _, names in _runs(text) for name in names}


def find_names(text: str, known: Set[str]) -> list[Identifier]:
    """The names in a text: those that are known (as `plain` writes them), and any word after a title."""
    found = [text[start:end] for start, end, names in _runs(text) if not names.isdisjoint(known)]
    titled = [hit.group() for hit in _TITLED.finditer(text)]
    return [Identifier(NAME, words) for words in dict.fromkeys([*found, *titled])]


def _runs(text: str) -> Iterator[tuple[int, int, Set[str]]]:
    """Each run of two to four words: where it stands, and the names that it could be."""
    words = list(_WORD.finditer(text))
    for first, length in product(range(len(words)), range(2, MOST_WORDS + 1)):
        run = words[first : first + length]
        if len(run) < length:
            continue
        gaps = [text[a.end() : b.start()] for a, b in pairwise(run)]
        if all(_APART.fullmatch(gap) for gap in gaps):
            yield run[0].start(), run[-1].end(), _readings([word.group() for word in run], gaps)


def _readings(words: list[str], gaps: list[str]) -> Set[str]:
    commas = [place for place, gap in enumerate(gaps, 1) if "," in gap]
    if not commas:
        return {plain(" ".join(words))}
    if len(commas) > 1:
        return frozenset()
    return {plain(" ".join([*words[commas[0] :], *words[: commas[0]]]))}
