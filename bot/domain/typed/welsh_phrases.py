"""A pause, leave, a rota, or how often tips are to come, as people type it in Welsh → a command."""

import re

from bot.domain import commands as c
from bot.domain.commands.own import AskRota, PauseUntil, SetRota, SetTips, ShowRota, TakeLeave
from bot.domain.typed.absences import paused
from bot.domain.typed.rhythm_phrases import tips_told
from bot.domain.typed.rotas import rota_told
from bot.domain.typed.welsh_days import in_english, weekdays_in_english

_NUMBERS = {
    **dict.fromkeys(("un",), 1),
    **dict.fromkeys(("dau", "ddau", "dwy", "ddwy"), 2),
    **dict.fromkeys(("tri", "dri", "thri", "tair", "dair", "thair"), 3),
    **dict.fromkeys(("pedwar", "bedwar", "phedwar", "pedair", "bedair", "phedair"), 4),
    **dict.fromkeys(("pum", "bum", "phum", "pump", "bump", "phump"), 5),
    **dict.fromkeys(("chwe", "chwech"), 6),
    **dict.fromkeys(("saith",), 7),
}
"""With the first letter as it is after another word, too."""

_NUMBER = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_UNITS = {
    **dict.fromkeys(("diwrnod", "ddiwrnod", "niwrnod"), 1),
    **dict.fromkeys(("wythnos",), 7),
    **dict.fromkeys(("bythefnos", "pythefnos"), 14),
    **dict.fromkeys(("mis", "fis"), 30),
}
_REST = r"(?:seibiant|saib|egwyl)"
_IM = r"(?:(?:rwy|rwyf|dwi|dw i|rydw i|rydym|byddaf|bydda i)(?:['’]n)? )?(?:yn )?(?:ar )?"
_ILL = r"(?:s[âa]l|dost|tost)"
_UNTIL = r"(?:tan|hyd at|hyd|nes)"
_PAUSE = re.compile(rf"(?:{_REST}|stopio) (?:am |o )?(?:({_NUMBER}) )?({'|'.join(_UNITS)})")
_PAUSE_UNTIL = re.compile(rf"(?:{_REST}|dim (?:byd|negeseuon|awgrymiadau)) {_UNTIL} (.+)")
_LEAVE_UNTIL = re.compile(rf"{_IM}(?:gwyliau|wyliau|{_ILL}|i ffwrdd|bant) {_UNTIL} (.+)")
_LEAVE = re.compile(rf"{_IM}(?:gwyliau|wyliau) (?:o )?(.+)|{_REST} o (.+ (?:i|{_UNTIL}) .+)")
_OPEN = re.compile(
    rf"peidiwch|paid|(?:gadewch|gad) (?:lonydd|fi)(?: i (?:mi|fi))?|llonydd"
    rf"|gormod(?: o (?:negeseuon|awgrymiadau))?|dim mwy(?: o (?:negeseuon|awgrymiadau))?"
    rf"|(?:{_REST}|stopio) (?:ac?|neu) (?:{_REST}|stopio)|{_IM}{_ILL}"
)
"""Somebody who wants less, or is ill and does not say until when: better asked than guessed."""

_SHIFTS = (
    (r"\b(?:fy |ein )?rota (?:yw |ydy )?", "rota "),
    (r"\b(?:i ffwrdd|bant|gorffwys)\b", "off"),
    (r"\b(?:ymlaen|yn gweithio)\b", "on"),
    (r"\bdd?(?:ydd|iwrnod)(?:iau)?(?: hir)?\b", "days"),
    (r"\bnos(?:on|wait?h|weithiau)?\b", "nights"),
    (r"\b(?:bore|cynnar)\b", "early"),
    (r"\bhwyr\b", "late"),
    (r"\b(?:ac?|wedyn|yna)\b", "and"),
    (rf"\b({'|'.join(_NUMBERS)})\b", lambda found: str(_NUMBERS[found[1]])),
)
"""Words of a rota, and the English ones that are understood."""

_TIPS = (
    (r"\bunwaith\b", "once"),
    (r"\bdd?wywaith\b", "twice"),
    (r"\b[td]eirgwaith\b", "3 times"),
    (rf"\b({'|'.join(_NUMBERS)})\b", lambda found: str(_NUMBERS[found[1]])),
    (r"\bgwaith\b", "times"),
    (r"\b(?:o )?awgrym(?:iadau)?\b", "tips"),
    (r"\b(?:yr|bob|mewn|yn yr) wythnos\b|\b(?:yn )?wythnosol\b", "weekly"),
    (r"\by (?:dydd|diwrnod)\b|\bbob (?:dydd|diwrnod)$|\b(?:yn )?ddyddiol\b", "daily"),
    (r"\bdim mwy nag?\b", "no more than"),
    (r"\bdim ond\b|\byn unig\b", "only"),
    (r"\bbob\b", "every"),
    (r"\bac?\b", "and"),
    (r"\bar\b", "on"),
)
"""Words about how often, and the English ones that are understood."""


def absence_in_welsh(word: str) -> c.Command | None:
    """A pause of some days or until a day, or leave; the choices where it is open; None for anything else."""
    if _OPEN.fullmatch(word):
        return c.OfferChoices()
    if pause := _PAUSE.fullmatch(word):
        number = pause[1] or "un"
        return paused((_NUMBERS.get(number) or int(number)) * _UNITS[pause[2]])
    if until := _PAUSE_UNTIL.fullmatch(word) or _LEAVE_UNTIL.fullmatch(word):
        return PauseUntil(in_english(until[1]))
    leave = _LEAVE.fullmatch(word)
    return TakeLeave(in_english(leave[1] or leave[2])) if leave else None


def rota_in_welsh(word: str) -> SetRota | AskRota | ShowRota | None:
    """A rota in numbers of days: "2 ddydd 2 nos 4 i ffwrdd"."""
    said = word
    for welsh, english in _SHIFTS:
        said = re.sub(welsh, english, said)
    return rota_told(said.strip()) if said != word else None


def tips_in_welsh(word: str) -> SetTips | None:
    """How many tips a week, on which days, or both; None where a line says nothing of them."""
    said = weekdays_in_english(word)
    for welsh, english in _TIPS:
        said = re.sub(welsh, english, said)
    return tips_told(said) if said != word else None
