"""The settings form, as somebody filled it in → their rhythm, or what to mend first."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.commands.own import ChangeSettings, SetRota
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import LONGEST_ROTA, Hours, Rota, Shift
from bot.domain.text.language import say
from bot.domain.typed.clock_times import time_in
from bot.domain.typed.days import begins_on
from bot.domain.typed.rotas import rota_told


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form cannot be kept as it is, in a sentence that says how to mend it.

    `folded` says that the choice is one of those under "More choices".
    """

    sentence: str
    folded: bool = False


NO_TIME = Problem(say("I could not read one of the two times. Type them as 9:00 or 17:30."))
NO_HOURS = Problem(
    say(
        "The two times are the same, so no time is left for a tip. Change one of them. "
        "Hours may pass midnight, such as 20:00 to 8:00."
    )
)
HALF_QUIET = Problem(
    say("Quiet hours need a beginning and an end. Fill in both, as 12:00 and 13:00, or neither."), folded=True
)
NO_QUIET = Problem(
    say("The quiet hours begin and end at the same time. Change one, or leave both empty."), folded=True
)
NO_ROTA = Problem(
    say(
        "A rota is one letter for each day, such as DDNNOOOO: D long day, E early, L late, N night, O off. "
        "Type the whole cycle, of two days or more, or 2 days 2 nights 4 off, or leave it empty."
    ),
    folded=True,
)
NOTHING_LEFT = Problem(
    say(
        "With these choices no time is left for a tip. Look at your hours, quiet hours, rota and nights. "
        "If you want no tips, choose None for tips a week."
    ),
    folded=True,
)


def rhythm_in(form: ChangeSettings, before: Rhythm, now: datetime) -> Rhythm | Problem:
    """The rhythm that a form asks for, leave kept as it was; or the first thing to mend."""
    start, end, quiet, rota = time_in(form.start), time_in(form.end), _quiet(form), _rota(form, now.date())
    if start is None or end is None:
        return NO_TIME
    if start == end:
        return NO_HOURS
    if isinstance(quiet, Problem):
        return quiet
    if isinstance(rota, Problem):
        return rota
    rhythm = replace(
        before,
        days=form.days,
        start=start,
        end=end,
        zone=form.zone,
        per_week=form.per_week,
        rota=rota,
        nights=form.nights,
        quiet=quiet,
        nation=form.nation,
        works_holidays=form.works_holidays,
    )
    return rhythm if _leaves_time(rhythm, now) else NOTHING_LEFT


def letters_from(rota: Rota | None, day: date) -> str:
    """A rota as people type it, its first letter for this day; empty without one."""
    if rota is None:
        return ""
    return "".join(rota.on(date.fromordinal(day.toordinal() + n)) for n in range(len(rota.cycle)))


def _quiet(form: ChangeSettings) -> Hours | Problem | None:
    if not form.quiet_from.strip() and not form.quiet_until.strip():
        return None
    start, end = time_in(form.quiet_from), time_in(form.quiet_until)
    if start is None or end is None:
        return HALF_QUIET
    return Hours(start, end) if start != end else NO_QUIET


def _rota(form: ChangeSettings, today: date) -> Rota | Problem | None:
    """Letters, or a rota as people say it in the chat; a day that it names is its first."""
    begins, letters = form.rota_from or today, re.sub(r"[\s,]", "", form.rota).upper()
    if not letters:
        return None
    if not set(letters) <= set(Shift):
        told = rota_told(f"rota {' '.join(form.rota.split())}")
        named = begins_on(told.begins, today) if isinstance(told, SetRota) and told.begins else begins
        if not isinstance(told, SetRota) or named is None:
            return NO_ROTA
        begins, letters = named, told.letters
    if not 2 <= len(letters) <= LONGEST_ROTA:
        return NO_ROTA
    return Rota(begins, tuple(map(Shift, letters)))


def _leaves_time(rhythm: Rhythm, now: datetime) -> bool:
    """Whether a slot can ever come; where none is wanted, that is fine."""
    wanted = rhythm.per_week > 0 and (rhythm.rota is not None or rhythm.days)
    return not wanted or replace(rhythm, leave=()).next_slot("anybody", now) is not None
