"""Words as people type them: in pieces, without endings, and forgiving of a slip of the finger."""

import re
import unicodedata

from rapidfuzz.distance import OSA

_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ie[sd]|e[sd]?|(?<!s)s|y)$")


def words(text: str) -> list[str]:
    """The words in small letters, accents and apostrophes gone; figures are none."""
    straight = text.casefold().replace("’", "'").replace("e-mail", "email").replace("'", "")
    plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z]+", plain)


def stem(word: str) -> str:
    """The word without the commonest endings, so that "letters" finds "letter" and "notes" finds "note"."""
    return _ENDING.sub("", word)


def singular(word: str) -> str:
    """One of them: "salaries" → "salary", "addresses" → "address", "rotas" → "rota"."""
    for ending, instead in ((r"(?<=[a-z]{2})ies$", "y"), (r"(?<=ch|sh|ss|.x)es$", ""), (r"(?<=[^s])s$", "")):
        if re.search(ending, word) and len(word) > 3:
            return re.sub(ending, instead, word)
    return word


def slips(word: str) -> int:
    """How many slips a word of this length may have and still be known: none, one or two.

    A slip is a letter too many, too few or wrong, or two that changed places. Short words have too many
    neighbours: "pay" is not "pad".
    """
    return 0 if len(word) < 5 else 1 if len(word) < 9 else 2


def alike(typed: str, known: str) -> bool:
    """Whether somebody who typed `typed` meant `known`: one or several of it, or a slip or two away.

    The first letter, or the first two in either order, has to be right: "gender" is not "tender".
    """
    if typed[:1] != known[:1] and typed[:2] != known[1::-1]:
        return False
    if singular(typed) == singular(known):
        return True
    allowed = slips(known)
    return allowed > 0 and OSA.distance(typed, known, score_cutoff=allowed) <= allowed
