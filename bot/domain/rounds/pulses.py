"""Rounds of the micro-pulse, and answers that carry a round, a group and values - no name, no time.

While a round is open, an answer is kept under `voice(secret, person, level)`, so that a second one replaces
it: once for the person's team, once for the role and once for the licence, each under another voice, so that
no row says more than one of the three. Closing a round turns answers into blurred totals, and destroys the
answers and the secret.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self

from bot.domain.anonymity import DEFAULT_THRESHOLD
from bot.domain.anonymity.figures import Figure
from bot.domain.staff.cadence import stable_number
from bot.domain.staff.groups import Group, Level
from bot.domain.staff.people import Person, PersonId

FIRST = PersonId("")
"""Before everybody, in order of ids."""

ASKED_WITHIN = 2
"""Of the person's own days, counted from the opening: all on the first would be a spike for the platform."""


@dataclass(frozen=True, slots=True)
class Round:
    """One asking of everybody. The threshold is fixed when the round opens; `secret` is None once closed.

    `sealed` is true once the secret cannot be read from the store's files any more either. `asked_to` is the
    last person, in order of ids, who was asked or passed over while people are still being asked;
    `reminded_to` is the same for reminders, which begin at `reminds`. `turn` is the first question of the
    turn that was asked, and `wording` the version of all questions.
    """

    id: str
    opens: datetime
    closes: datetime
    secret: bytes | None = field(repr=False)
    threshold: int = DEFAULT_THRESHOLD
    sealed: bool = False
    asked_to: PersonId | None = None
    reminds: datetime | None = None
    reminded_to: PersonId | None = None
    turn: str = ""
    wording: int = 1

    @property
    def is_closed(self) -> bool:
        """Whether it takes no more answers, ever."""
        return self.secret is None

    def takes_answers(self, now: datetime) -> bool:
        """Whether an answer at `now` counts."""
        return self.secret is not None and self.opens <= now < self.closes

    @property
    def last_day(self) -> date:
        """The last whole day (UTC) on which an answer counts."""
        return (self.closes - timedelta(microseconds=1)).date()

    def asked(self, last: PersonId | None) -> Self:
        """The same round with everybody asked up to `last`, or at all for None; never fewer than before."""
        if self.asked_to is None or (last is not None and last <= self.asked_to):
            return self
        return replace(self, asked_to=last)

    def reminded(self, last: PersonId | None) -> Self:
        """The same round with everybody looked at for a reminder up to `last`, or at all for None."""
        if self.reminded_to is None or (last is not None and last <= self.reminded_to):
            return self
        return replace(self, reminded_to=last)

    def is_reminding(self, now: datetime) -> bool:
        """Whether people are still to be reminded at `now`."""
        due = self.reminds is not None and self.reminds <= now
        return due and self.reminded_to is not None and self.takes_answers(now)

    def without(self, person: PersonId) -> Self:
        """The same round without a person's id: where it stood at them it begins anew."""
        return replace(
            self,
            asked_to=FIRST if self.asked_to == person else self.asked_to,
            reminded_to=FIRST if self.reminded_to == person else self.reminded_to,
        )

    def closed(self) -> Self:
        """The same round without its secret."""
        return replace(self, secret=None, asked_to=None, reminded_to=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """One voice in one round, from 1 to 5 each; what was left out, or is not counted for this group, is None.

    `voice` links to nobody without the round's secret. `group` is a group's key; `site` is a team's site.
    """

    round: str
    voice: str
    group: str
    site: str
    confidence: int
    workload: int | None = None
    third: int | None = None
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """A prompt, and about how many people said that it worked for them (rounded to 5)."""

    prompt: str
    people: int


@dataclass(frozen=True, slots=True)
class Publication:
    """All that is kept of a group's answers in a closed round: what anybody may see.

    `rate` is about how many of a hundred people answered, None where that is not known. Without any figures,
    which only the organisation's can be, nobody answered at all.
    """

    round: str
    group: str
    figures: tuple[Figure, ...]
    rate: int | None = None
    worked: tuple[Worked, ...] = ()

    def figure(self, question: str) -> Figure | None:
        """The figure of a question, where there is one."""
        return next((figure for figure in self.figures if figure.question == question), None)


def voice(secret: bytes, person: PersonId, level: Level) -> str:
    """The name under which a person's answer is kept for one sort of group while a round is open."""
    return hmac.new(secret, f"{level}:{person}".encode(), hashlib.sha256).hexdigest()


def voices(secret: bytes, person: PersonId) -> Sequence[str]:
    """Every name under which a person's answer is kept."""
    return [voice(secret, person, level) for level in (Level.TEAM, Level.ROLE, Level.LICENCE)]


def answers_of(round_: Round, secret: bytes, person: Person, said: Sequence[int | None]) -> Sequence[Answer]:
    """What is kept of a person's answers: all of it for the team, confidence alone for role and licence.

    `said` is confidence, workload and up to two values of the turn. Empty for somebody who has no team.
    """
    confidence, *rest = said
    if person.roster is None or confidence is None:
        return []
    groups = [
        (Group(Level.TEAM, person.roster.team), person.roster.site),
        (Group(Level.ROLE, person.roster.role), ""),
        (Group(Level.LICENCE, person.roster.licence), ""),
    ]
    kept = [
        Answer(round_.id, voice(secret, person.id, group.level), group.key, site, confidence)
        for group, site in groups
    ]
    workload, third, beside = [*rest, None, None, None][:3]
    return [replace(kept[0], workload=workload, third=third, beside=beside), *kept[1:]]


def asking_time(round_: Round, person: Person, after: datetime) -> datetime | None:
    """When to ask somebody: at their time of day on one of the first of their days after `after`.

    Which one is a stable hash of person and round, so that half of a country is asked on each. It is the
    first where the others come after the round has closed. None for somebody without any days.
    """
    times = person.preferences.rhythm.on_all_days().slots(f"{person.id}:pulse", max(after, round_.opens))
    first = list(islice(times, ASKED_WITHIN))
    within = [at for at in first if at < round_.closes] or first[:1]
    return within[stable_number(f"{person.id}:{round_.id}") % len(within)] if within else None
