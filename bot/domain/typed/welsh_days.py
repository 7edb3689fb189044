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
    "fis nesaf": "next month",
    "y flwyddyn newydd": "new year",
    "blwyddyn newydd": "new year",
    "flwyddyn newydd": "new year",
    "y flwyddyn nesaf": "new year",
    "flwyddyn nesaf": "new year",
    "nesaf": "next",
    "yfory": "tomorrow",
    "fory": "tomorrow",
    "heddiw": "today",
    "y nadolig": "christmas",
    "nadolig": "christmas",
    "hyd at": "to",
    "hyd": "to",
    "tan": "to",
    "i": "to",
    "o": "from",
    "ar": "on",
    "y": "the",
}
_ALONE = [name for name in _DAYS if name not in _MONTHS]
_DAY = re.compile(rf"\bdd?ydd ({'|'.join(_DAYS)})\b|^({'|'.join(_ALONE)})(?: nesaf)?$")
_EACH_DAY = re.compile(rf"\b(?:dd?ydd(?:iau)? )?({'|'.join(_DAYS)})\b")
_WORD = re.compile(rf"\b(?:{'|'.join(sorted([*_OTHERS, *_MONTHS], key=len, reverse=True))})\b")
_ORDINAL = re.compile(r"(?<=\d)(?:af|ail|ydd|edd|ed|fed|eg|ain)\b")


def in_english(text: str) -> str:
    """The same day or days: "ddydd Llun" is "monday", "20 Rhagfyr i 3 Ionawr" "20 december to 3 january"."""
    said = _ORDINAL.sub("", text.casefold().strip())
    said = _DAY.sub(lambda found: _DAYS[found[1] or found[2]], said)
    return _WORD.sub(lambda found: _OTHERS.get(found[0]) or _MONTHS[found[0]], said)


def weekdays_in_english(text: str) -> str:
    """The days of the week alone: "dydd Mawrth a dydd Iau" is "tuesday a thursday", and March is no day."""
    return _EACH_DAY.sub(lambda found: _DAYS[found[1]], text)
