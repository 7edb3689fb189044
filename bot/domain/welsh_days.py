"""Days, and times off, as people type them in Welsh → the English words that `days` understands."""

import re

_DAYS = {
    "llun": "monday",
    "mawrth": "tuesday",
    "fawrth": "tuesday",
    "mercher": "wednesday",
    "fercher": "wednesday",
    "iau": "thursday",
    "gwener": "friday",
    "wener": "friday",
    "sadwrn": "saturday",
    "sul": "sunday",
}
_MONTHS = {
    "ionawr": "january",
    "chwefror": "february",
    "mawrth": "march",
    "fawrth": "march",
    "ebrill": "april",
    "mai": "may",
    "fai": "may",
    "mehefin": "june",
    "fehefin": "june",
    "gorffennaf": "july",
    "orffennaf": "july",
    "awst": "august",
    "medi": "september",
    "fedi": "september",
    "hydref": "october",
    "tachwedd": "november",
    "dachwedd": "november",
    "rhagfyr": "december",
    "ragfyr": "december",
}
"""With the first letter as it is after a small word, too."""

_OTHERS = {
    "yr wythnos nesaf": "next week",
    "wythnos nesaf": "next week",
    "y mis nesaf": "next month",
    "mis nesaf": "next month",
    "yfory": "tomorrow",
    "fory": "tomorrow",
    "heddiw": "today",
    "y nadolig": "christmas",
    "nadolig": "christmas",
    "hyd at": "to",
    "tan": "to",
    "i": "to",
    "o": "from",
    "ar": "on",
    "y": "the",
}
_ALONE = [name for name in _DAYS if name not in _MONTHS]
_DAY = re.compile(rf"\bdd?ydd ({'|'.join(_DAYS)})\b|^({'|'.join(_ALONE)})$")
_WORD = re.compile(rf"\b(?:{'|'.join([*_OTHERS, *_MONTHS])})\b")
_ORDINAL = re.compile(r"(?<=\d)(?:af|ail|ydd|edd|ed|fed|eg|ain)\b")


def in_english(text: str) -> str:
    """The same day or days: "ddydd Llun" is "monday", "20 Rhagfyr i 3 Ionawr" "20 december to 3 january"."""
    said = _ORDINAL.sub("", text.casefold().strip())
    said = _DAY.sub(lambda found: _DAYS[found[1] or found[2]], said)
    return _WORD.sub(lambda found: _OTHERS.get(found[0]) or _MONTHS[found[0]], said)
