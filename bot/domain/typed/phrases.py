"""Typed words → a command. What is not a known phrase is a question for the library."""

import re

from bot.domain import commands as c
from bot.domain.commands.champions import BecomeChampion, LeaveChampions, ShowDirectory, WithdrawHelp
from bot.domain.commands.leads import (
    ExportSummary,
    GroupCommand,
    ShowComparison,
    ShowPlan,
    ShowSummary,
    ShowSummaryBefore,
)
from bot.domain.commands.own import ForgetLevel, SetNights, SetRota, TakeLeave
from bot.domain.commands.remarks import Remark, Subject
from bot.domain.staff.people import GroupId
from bot.domain.typed.absences import absence
from bot.domain.typed.asking import asks_for_rules
from bot.domain.typed.care_phrases import cared_for
from bot.domain.typed.fixed_phrases import FIXED, WELSH
from bot.domain.typed.hours_phrases import hours_told
from bot.domain.typed.labels import LABELS
from bot.domain.typed.languages import language_told
from bot.domain.typed.remark_phrases import remark, tip_wanted
from bot.domain.typed.rhythm_phrases import days_left_out, tips_told
from bot.domain.typed.rotas import rota_told
from bot.domain.typed.signs import is_cross, without_signs
from bot.domain.typed.typos import is_slip, meant_by
from bot.domain.typed.unclear import is_about_times
from bot.domain.typed.welsh_phrases import absence_in_welsh, rota_in_welsh, tips_in_welsh

_PLEASE = re.compile(r"^(?:please|pls|plz),? |,? (?:please|pls|plz)(?=,|$)", re.I)
_CALLED = re.compile(r"^(?:@?steady ?drip[,:]? |/(?=\w))", re.I)
_OF_A_GROUP = re.compile(r"(summary(?: last| before| csv)?|compare|plan) (?:of |for )?(.+)", re.I)
_GROUP_COMMANDS: dict[str, type[GroupCommand]] = {
    "summary": ShowSummary,
    "summary last": ShowSummaryBefore,
    "summary before": ShowSummaryBefore,
    "summary csv": ExportSummary,
    "compare": ShowComparison,
    "plan": ShowPlan,
}
_TASKS_TOO = ("summary", "compare", "plan")
"""Words with which a line about somebody's own work begins as well."""

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
    r"|llai(?: aml| o awgrymiadau)?"
    r"|(?:how often|when) (?:do|will|does|are|is) (?:you|the tips|tips|my next tip)\b.*|how often"
    r"|(?:no|not) (?:tips|messages) on .+|not for my job|(?:every other|every second) week"
    r"|fortnightly|monthly|(?:once|one tip|1 tip|one) (?:a|per|every) (?:fortnight|month)"
    r"|change my (?:role|days|hours)|what are my settings|my settings|go away|shut up"
    r"|(?:fuck|bugger|sod|piss) (?:off|you)"
    r"|(?:(?:this|it) is |this's |you are |you're )?(?:useless|rubbish|annoying|crap|shit|pointless)"
)
"""Whole lines about the messages themselves, kind or not: no prompt helps with those."""

LONGEST_WISH = 12
"""Words. A longer line is about a task."""

_MENDED_FIRST = ("pause", "rota", "leave", "seibiant", "gwyliau")
"""Words that more words follow, of a kind that nothing else is made of."""

_NOT_ON_A_GUESS = (BecomeChampion, LeaveChampions, WithdrawHelp, ForgetLevel, SetNights, SetRota, TakeLeave)
"""Commands by which something is lost or begun that no word brings back."""


def understand(text: str) -> c.Command:
    """The command that a typed line asks for; case, spaces, signs and a last full stop do not matter."""
    said = without_signs(text)
    if not said and text.strip():
        return _of_signs(text)
    line = re.sub(r"\s+", " ", said).strip().rstrip(".! ")
    line = _CALLED.sub("", line.rstrip("? ") or line)
    polite = _PLEASE.sub("", line)
    word = polite.casefold().replace("’", "'")
    if known := (
        cared_for(word)
        or FIXED.get(WELSH.get(word, word))
        or LABELS.get(word)
        or _with_a_slip(word)
        or _listed(line)
        or _timed(word, polite)
        or _remarked(word)
    ):
        return known
    if asks_for_rules(line):
        return c.AskRules(line)
    if _WANTS_LESS.fullmatch(word) or (_OWN_CHOICES.search(word) and len(word.split()) <= LONGEST_WISH):
        return c.OfferChoices()
    if is_about_times(word):
        return Remark(Subject.RHYTHM, line)
    return c.FindPrompts(line) if line else c.ShowHelp()


def _of_signs(text: str) -> c.Command:
    """A line of signs alone: a thumb up thanks, a thumb down wants something else."""
    return c.OfferChoices() if is_cross(text) else Remark(Subject.THANKS)


def _remarked(word: str) -> c.Command | None:
    """A short remark, or a sentence that asks for a tip; what is longer is about a task."""
    return remark(word) or tip_wanted(word) if len(word.split()) <= LONGEST_WISH else None


def _listed(line: str) -> c.Command | None:
    """Figures of a group, or some of a list, where a line names which."""
    if welsh := _OF_A_LIST_IN_WELSH.fullmatch(line):
        line = f"{WELSH[welsh[1].casefold()]} {welsh[2]}"
    if named := _OF_A_GROUP.fullmatch(line):
        verb = named[1].casefold()
        figures = _GROUP_COMMANDS[verb](GroupId(named[2]))
        return c.FiguresOrPrompts(figures, line) if verb in _TASKS_TOO else figures
    if saved := _SAVED.fullmatch(line):
        return c.ShowSaved(saved[1])
    directory = _DIRECTORY.fullmatch(line)
    return ShowDirectory(directory[1]) if directory else None


def _timed(word: str, line: str) -> c.Command | None:
    """A rota, a pause, leave, how often tips are to come, or in which language, where somebody types one."""
    return (
        absence(word)
        or absence_in_welsh(word)
        or rota_told(line)
        or tips_told(word)
        or tips_in_welsh(word)
        or rota_in_welsh(word)
        or language_told(word)
        or hours_told(word)
        or days_left_out(word)
    )


def _with_a_slip(word: str) -> c.Command | None:
    """The one command that somebody meant whose finger slipped; what would be lost by it is asked first."""
    meant = meant_by(word, [*FIXED, *WELSH])
    commands = {FIXED[WELSH.get(line, line)] for line in meant}
    if len(commands) == 1:
        command = commands.pop()
        return c.AskWhatWasMeant(meant[0]) if isinstance(command, _NOT_ON_A_GUESS) else command
    first, space, rest = word.partition(" ")
    known = next((one for one in _MENDED_FIRST if space and is_slip(first, one)), None)
    return _timed(f"{known} {rest}", f"{known} {rest}") if known else None
