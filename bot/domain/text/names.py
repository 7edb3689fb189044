"""Names in a text: those on the staff list, and whoever is called by a title."""

import re
import unicodedata
from collections.abc import Iterator, Set
from itertools import pairwise, product

from bot.domain.text.identifiers import Identifier
from bot.domain.text.language import to_say

NAME = to_say("a name")
MOST_WORDS = 4
"""Words of a name on the staff list that is looked for."""

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:[-'’]{_LETTERS})*")
_SPACE = r"[^\S\r\n]"
_MARKS = r"[*_~`]*+"
_APART = re.compile(
    rf"{_MARKS}(?:{_SPACE}*+,)?+{_MARKS}(?:{_SPACE}*+(?:\r\n?|\n){_SPACE}*+|{_SPACE}++){_MARKS}|\.|[*_~`]++"
)
"""What may stand between the words of one name: spaces or one new line, perhaps with the signs of bold or
slanted letters; a comma where the surname comes first; a dot or a line as in addresses.
"""

_UNSEEN = "Cf"
"""Signs that nobody sees, such as a space of no width: the search looks through them."""

_OWNS = re.compile(r"['’]s?$")

_TITLED = re.compile(
    r"\b(?:[Mm]rs?|Ms|Mx|Miss|[Dd]r|[Pp]rof|Professor|Sister|Sir|Dame)\b\.?[ \u00a0]+"
    r"(?:[A-Z]\.?[ \u00a0]*\b){0,3}"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Word\b|Excel\b|Teams\b)"
    r"(?:[A-Z]['’])?[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
"""A title, perhaps initials, and a word with a capital. "MR" and "DR" are other things in a hospital."""


def plain(name: str) -> str:
    """A name as it is compared: small letters, one way to write each, one apostrophe, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).replace("’", "'").lower().split())


def possible_names(text: str) -> Set[str]:
    """Everything in a text that could be a whole name on a staff list, to be asked for there.

    Two to four words beside one another; with a comma also the other way round.
    """
    line = "".join(sign for _, sign in _seen(text))
    return {name for _, _, names in _runs(line) for name in names}


def find_names(text: str, known: Set[str]) -> list[Identifier]:
    """The names in a text: those that are known (as `plain` writes them), and any word after a title.

    The words are the author's own, with the signs that nobody sees but the search looks through.
    """
    seen = _seen(text)
    line = "".join(sign for _, sign in seen)
    found = [(start, end) for start, end, names in _runs(line) if not names.isdisjoint(known)]
    titled = [hit.span() for hit in _TITLED.finditer(line)]
    words = [text[seen[start][0] : seen[end - 1][0] + 1] for start, end in [*found, *titled]]
    return [Identifier(NAME, one) for one in dict.fromkeys(words)]


def _seen(text: str) -> list[tuple[int, str]]:
    """Each sign that can be seen, and where it stands."""
    return [(place, sign) for place, sign in enumerate(text) if unicodedata.category(sign) != _UNSEEN]


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
    """The names that a run could be, also where it says that something is theirs: "Ada Okafor's"."""
    bare = [*words[:-1], _OWNS.sub("", words[-1])]
    return _in_order(words, gaps) | _in_order(bare, gaps)


def _in_order(words: list[str], gaps: list[str]) -> Set[str]:
    commas = [place for place, gap in enumerate(gaps, 1) if "," in gap]
    if not commas:
        return {plain(" ".join(words))}
    if len(commas) > 1:
        return frozenset()
    return {plain(" ".join([*words[commas[0] :], *words[: commas[0]]]))}
