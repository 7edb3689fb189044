"""Welsh words beside one another: what is filled in takes the form that the word before it asks for."""

import re

_SOFTENED = re.compile(r"\b(am|ar|at|dan|dros|drwy|gan|heb|hyd|i|neu|o|tan|trwy|wrth) d(?=ydd [A-Z])")
"""Days alone are filled in behind such words; every other word stands in the catalogue as it has to be."""

_AC = re.compile(
    r"\ba\(c\) (?=[aeiouwyâêîôûŵŷ]|(?:fel|felly|mae|maen|mewn|mor|nid|roedd|rwy|rydych)\b)", re.IGNORECASE
)
"""Where the "a(c)" of CLDR's lists is "ac": before vowels, and before some small words."""


def softened(sentence: str) -> str:
    """Days of the week with the soft mutation where they follow "tan", "o", "i" and their like."""
    return _SOFTENED.sub(r"\1 dd", sentence)


def linked(listed: str) -> str:
    """A list of CLDR's with "a" or "ac" before its last entry."""
    return _AC.sub("ac ", listed).replace("a(c) ", "a ")
