"""A champion's profile form, as they filled it in → what they offer, or what to mend first."""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.commands.champions import ChangeProfile
from bot.domain.peers.champions import Profile, Standing
from bot.domain.staff.people import RoleId
from bot.domain.text.language import say

MOST_HOURS = 5
"""Hours a week that somebody can offer, as the card has them."""

MOST_ENTRIES = 8
"""Topics or languages of one champion."""

LONGEST_ENTRY = 40


def problem_in(command: ChangeProfile) -> str:
    """What is to be mended first, in a sentence for whoever filled the form in; empty where all is well."""
    entries = [*_entries(command.topics), *_entries(command.languages), command.site]
    if any(len(entry) > LONGEST_ENTRY for entry in entries):
        return say("Please keep each topic, language and site under {most} letters.", most=LONGEST_ENTRY)
    if _hours(command.hours) is None:
        return say("Hours a week: please write a whole number from 1 to {most}.", most=MOST_HOURS)
    if max(len(_entries(command.topics)), len(_entries(command.languages))) > MOST_ENTRIES:
        return say("Please name up to {most} topics and languages.", most=MOST_ENTRIES)
    start, end = day_in(command.away_from), day_in(command.away_until)
    if (command.away_from and not start) or (command.away_until and not end):
        return say("Please choose the days that you are away from the calendar.")
    if end and not start:
        return say("Please choose the first day that you are away as well.")
    if start and end and end < start:
        return say("The last day that you are away is before the first.")
    return ""


def changed(profile: Profile, command: ChangeProfile, known: Container[RoleId]) -> Profile:
    """The profile with what the form says; roles that the library does not have are left out."""
    roles = [RoleId(role) for role in _entries(command.roles)]
    return replace(
        profile,
        standing=Standing.ACTIVE,
        roles=tuple(role for role in roles if role in known),
        topics=tuple(_entries(command.topics)),
        site=command.site.strip() or profile.site,
        languages=tuple(_entries(", ".join(map(_capital, _entries(command.languages))))) or profile.languages,
        hours=_hours(command.hours) or profile.hours,
        away_from=day_in(command.away_from),
        away_until=day_in(command.away_until),
        resting_until=None,
    )


def _hours(written: int | str) -> int | None:
    """The hours a week that somebody offers; None for what is none, or too many."""
    try:
        hours = int(written)
    except ValueError:
        return None
    return hours if 1 <= hours <= MOST_HOURS else None


def _entries(written: str) -> Sequence[str]:
    return list(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))


def _capital(language: str) -> str:
    return language[:1].upper() + language[1:]


def day_in(written: str) -> date | None:
    """A day as a calendar's input sends it (ISO); None for none, or for anything else."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
