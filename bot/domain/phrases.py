"""Typed words → a command. What is not a known phrase is a question for the library."""

import re

from bot.domain import commands as c
from bot.domain.asking import asks_for_rules
from bot.domain.commands.champions import (
    AskChampion,
    BecomeChampion,
    LeaveChampions,
    ShowCoverage,
    ShowDirectory,
    ShowProfile,
    WithdrawHelp,
)
from bot.domain.commands.leads import (
    ExportSummary,
    GroupCommand,
    ShowAudit,
    ShowComparison,
    ShowInstalls,
    ShowPlan,
    ShowSummary,
    ShowSummaryBefore,
)
from bot.domain.commands.own import (
    AskErasure,
    ForgetLevel,
    Pause,
    PauseUntil,
    Resume,
    SetLanguage,
    SetNights,
    SetRota,
    ShowMyData,
    ShowPrivacy,
    ShowProgress,
    ShowSettings,
    Stop,
    TakeLeave,
)
from bot.domain.commands.pulses import ShowPulse
from bot.domain.commands.sharing import RetirePrompt, ShowReviews, ShowShared, ShowShareForm
from bot.domain.days import begins_with_a_day
from bot.domain.language import Language
from bot.domain.people import GroupId
from bot.domain.welsh_days import in_english

_FIXED: dict[str, c.Command] = {
    "hi": c.ShowHelp(c.Greeting.HELLO),
    "hello": c.ShowHelp(c.Greeting.HELLO),
    "hey": c.ShowHelp(c.Greeting.HELLO),
    "help": c.ShowHelp(),
    "?": c.ShowHelp(),
    "thanks": c.ShowHelp(c.Greeting.THANKS),
    "thank you": c.ShowHelp(c.Greeting.THANKS),
    "thank you very much": c.ShowHelp(c.Greeting.THANKS),
    "many thanks": c.ShowHelp(c.Greeting.THANKS),
    "cheers": c.ShowHelp(c.Greeting.THANKS),
    "ta": c.ShowHelp(c.Greeting.THANKS),
    "tip": c.ShowTip(),
    "tips": c.ShowTip(),
    "another": c.ShowTip(),
    "saved": c.ShowSaved(),
    "my progress": ShowProgress(),
    "progress": ShowProgress(),
    "why": c.ShowWhy(),
    "why this": c.ShowWhy(),
    "why this one": c.ShowWhy(),
    "why did i get this": c.ShowWhy(),
    "champion": AskChampion(),
    "champions": ShowDirectory(),
    "coverage": ShowCoverage(),
    "become a champion": BecomeChampion(),
    "leave champions": LeaveChampions(),
    "leave the champions": LeaveChampions(),
    "stop being a champion": LeaveChampions(),
    "withdraw": WithdrawHelp(),
    "withdraw my request": WithdrawHelp(),
    "profile": ShowProfile(),
    "no rota": SetRota(""),
    "no leave": TakeLeave(""),
    "cancel leave": TakeLeave(""),
    "cancel my leave": TakeLeave(""),
    "no messages on nights": SetNights(wanted=False),
    "no tips on nights": SetNights(wanted=False),
    "messages on nights": SetNights(wanted=True),
    "tips on nights": SetNights(wanted=True),
    "cymraeg": SetLanguage(Language.WELSH),
    "welsh": SetLanguage(Language.WELSH),
    "english": SetLanguage(Language.ENGLISH),
    "saesneg": SetLanguage(Language.ENGLISH),
    "pause": Pause(),
    "resume": Resume(),
    "start": Resume(),
    "stop": Stop(),
    "unsubscribe": Stop(),
    "settings": ShowSettings(),
    "privacy": ShowPrivacy(),
    "what we keep": ShowPrivacy(),
    "what is stored": ShowPrivacy(),
    "what do you store": ShowPrivacy(),
    "what do you store about me": ShowPrivacy(),
    "what do you keep": ShowPrivacy(),
    "what do you keep about me": ShowPrivacy(),
    "what do you know about me": ShowPrivacy(),
    "is it anonymous": ShowPrivacy(),
    "is this anonymous": ShowPrivacy(),
    "are my answers anonymous": ShowPrivacy(),
    "who sees my answers": ShowPrivacy(),
    "share": ShowShareForm(),
    "shared": ShowShared(),
    "review": ShowReviews(),
    "reviews": ShowReviews(),
    "retire": RetirePrompt(),
    "retire a prompt": RetirePrompt(),
    "summary": ShowSummary(),
    "results": ShowSummary(),
    "team results": ShowSummary(),
    "last summary": ShowSummary(),
    "summary last": ShowSummaryBefore(),
    "summary before": ShowSummaryBefore(),
    "summary csv": ExportSummary(),
    "compare": ShowComparison(),
    "plan": ShowPlan(),
    "questions": ShowPulse(),
    "question": ShowPulse(),
    "survey": ShowPulse(),
    "pulse": ShowPulse(),
    "change my answers": ShowPulse(),
    "change my answer": ShowPulse(),
    "forget my level": ForgetLevel(),
    "forget my answers": ForgetLevel(),
    "audit": ShowAudit(),
    "without app": ShowInstalls(),
    "without the app": ShowInstalls(),
    "installs": ShowInstalls(),
    "my data": ShowMyData(),
    "show my data": ShowMyData(),
    "erase my data": AskErasure(),
    "delete my data": AskErasure(),
    "forget me": AskErasure(),
}

WELSH = {
    "helo": "hello",
    "shwmae": "hello",
    "cymorth": "help",
    "diolch": "thanks",
    "diolch yn fawr": "thanks",
    "awgrym": "tip",
    "wedi cadw": "saved",
    "pam": "why",
    "hyrwyddwr": "champion",
    "hyrwyddwyr": "champions",
    "dod yn hyrwyddwr": "become a champion",
    "cwmpas": "coverage",
    "wedi rhannu": "shared",
    "heb ap": "without app",
    "cwestiynau": "questions",
    "cwestiwn": "questions",
    "arolwg": "questions",
    "newid fy atebion": "change my answers",
    "anghofio fy atebion": "forget my answers",
    "beth rydym yn ei gadw": "what we keep",
    "dim rota": "no rota",
    "dim gwyliau": "no leave",
    "seibiant": "pause",
    "ailddechrau": "resume",
    "stopio": "stop",
    "gosodiadau": "settings",
    "preifatrwydd": "privacy",
    "fy nata": "my data",
    "dileu fy nata": "erase my data",
    "fy nghynnydd": "my progress",
    "rhannu": "share",
    "proffil": "profile",
    "adolygu": "review",
    "crynodeb": "summary",
    "canlyniadau": "results",
    "cymharu": "compare",
    "cynllun": "plan",
    "archwiliad": "audit",
}
"""The words that Welsh cards tell people to type."""

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PLEASE = re.compile(r"^please,? |,? please$")
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
_PAUSE = re.compile(
    r"(?:pause|stop|quiet|nothing|no (?:messages|tips)) (?:for )?"
    rf"(\d{{1,3}}|{'|'.join(_NUMBERS)}) ({'|'.join(_UNITS)})s?"
)
_OF_A_GROUP = re.compile(r"(summary(?: last| before| csv)?|compare|plan) (?:of |for )?(.+)", re.I)
_GROUP_COMMANDS: dict[str, type[GroupCommand]] = {
    "summary": ShowSummary,
    "summary last": ShowSummaryBefore,
    "summary before": ShowSummaryBefore,
    "summary csv": ExportSummary,
    "compare": ShowComparison,
    "plan": ShowPlan,
}
_PAUSE_UNTIL = re.compile(r"(?:pause|nothing|no (?:messages|tips)|quiet) (?:until|till|til) (.+)")
_ROTA = re.compile(r"(?:my )?rota (?:is )?([edlno]{2,31}|[edlno](?:[ ,]+[edlno]){1,30})")
_LEAVE = re.compile(
    r"(?:(?:i am|i'm|im|i'll be|i will be) )?(?:(?:on )?(?:annual )?leave|on holiday) "
    r"(?:(?:on|from|between) )?(.+)"
)
_LEAVE_UNTIL = re.compile(
    r"(?:(?:i am|i'm|im|i'll be|i will be) )?(?:on (?:annual )?leave|on holiday|away|off|off sick) "
    r"(?:until|till|til) (.+)"
)

_WELSH_PAUSE = re.compile(r"seibiant (?:am |o )?(?:(\d{1,3}) )?(wythnos|diwrnod|bythefnos|pythefnos)")
_WELSH_UNTIL = re.compile(r"(?:seibiant|dim (?:byd|negeseuon|awgrymiadau)) tan (.+)")
_WELSH_LEAVE_UNTIL = re.compile(r"(?:rwy ar |ar )?(?:gwyliau|wyliau) tan (.+)")
_WELSH_LEAVE = re.compile(r"(?:rwy ar |ar )?(?:gwyliau|wyliau) (?:o )?(.+)")

_SAVED = re.compile(r"saved (?:about |for |on )?(.+)", re.I)
_DIRECTORY = re.compile(r"champions (?:for |in |at |with )?(.+)", re.I)

_OF_A_LIST_IN_WELSH = re.compile(
    r"(wedi cadw|hyrwyddwyr|crynodeb|cymharu|cynllun) (?:(?:am|yn|ar|o|i) )?(.+)", re.I
)

_OWN_CHOICES = re.compile(
    r"\b(?:stop|stopping|pause|unsubscribe|opt out|no more|leave me alone|too many"
    r"|delete|erase|my data|about me)\b"
)
"""Words of somebody who may want less, or to know what is kept: better asked than guessed."""

_WANTS_LESS = re.compile(
    r"fewer(?: tips| messages)?|less(?: often)?|too (?:much|often)|quiet hours.*|leave|cancel|quit"
    r"|(?:how often|when) (?:do|will|does|are|is) (?:you|the tips|tips|my next tip)\b.*|how often"
    r"|(?:no|not) (?:tips|messages) on .+|only on \w+days?|not for my job"
    r"|change my (?:role|days|hours)|what are my settings|my settings|go away|shut up"
    r"|(?:fuck|bugger|sod|piss) (?:off|you)"
    r"|(?:(?:this|it) is |this's |you are |you're )?(?:useless|rubbish|annoying|crap|shit|pointless)"
)
"""Whole lines about the messages themselves, kind or not: no prompt helps with those."""

LONGEST_WISH = 12
"""Words. A longer line is about a task."""


def understand(text: str) -> c.Command:
    """The command that a typed line asks for; case, spaces and a last full stop do not matter."""
    line = re.sub(r"\s+", " ", text).strip().rstrip(".! ")
    line = line.rstrip("? ") or line
    word = _PLEASE.sub("", line.casefold())
    word = WELSH.get(word, word)
    if word in _FIXED:
        return _FIXED[word]
    if listed := _listed(line):
        return listed
    if pause := _PAUSE.fullmatch(word):
        return _pause(pause[1], pause[2])
    if away := _in_welsh(word) or _rhythm(word):
        return away
    if asks_for_rules(line):
        return c.AskRules(line)
    if _WANTS_LESS.fullmatch(word) or (_OWN_CHOICES.search(word) and len(word.split()) <= LONGEST_WISH):
        return c.OfferChoices()
    return c.FindPrompts(line) if line else c.ShowHelp()


def _listed(line: str) -> c.Command | None:
    """Figures of a group, or some of a list, where a line names which."""
    if welsh := _OF_A_LIST_IN_WELSH.fullmatch(line):
        line = f"{WELSH[welsh[1].casefold()]} {welsh[2]}"
    if named := _OF_A_GROUP.fullmatch(line):
        return _GROUP_COMMANDS[named[1].casefold()](GroupId(named[2]))
    if saved := _SAVED.fullmatch(line):
        return c.ShowSaved(saved[1])
    directory = _DIRECTORY.fullmatch(line)
    return ShowDirectory(directory[1]) if directory else None


def _rhythm(word: str) -> c.Command | None:
    """A rota, a pause until a day, or leave, where somebody types one."""
    rota = _ROTA.fullmatch(word)
    return SetRota(re.sub(r"[ ,]", "", rota[1]).upper()) if rota else _away(word)


def _in_welsh(word: str) -> c.Command | None:
    """A pause, or leave, where somebody types one in Welsh."""
    if pause := _WELSH_PAUSE.fullmatch(word):
        unit = "week" if pause[2] in {"wythnos", "bythefnos", "pythefnos"} else "day"
        number = "two" if pause[2] in {"bythefnos", "pythefnos"} else pause[1] or "one"
        return _pause(number, unit)
    if until := _WELSH_UNTIL.fullmatch(word) or _WELSH_LEAVE_UNTIL.fullmatch(word):
        return PauseUntil(in_english(until[1]))
    leave = _WELSH_LEAVE.fullmatch(word)
    return TakeLeave(in_english(leave[1])) if leave else None


def _away(word: str) -> c.Command | None:
    """A pause until a day, or leave, where somebody types one."""
    if until := _PAUSE_UNTIL.fullmatch(word) or _LEAVE_UNTIL.fullmatch(word):
        return PauseUntil(until[1])
    leave = _LEAVE.fullmatch(word)
    if leave and begins_with_a_day(leave[1]) and re.search(r"\d|day|tomorrow|next week", leave[1]):
        return TakeLeave(leave[1])
    return None


def _pause(number: str, unit: str) -> c.Command:
    days = (_NUMBERS.get(number) or int(number)) * _UNITS[unit]
    return Pause(days) if days else c.OfferChoices()
