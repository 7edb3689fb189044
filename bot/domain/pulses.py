"""Rounds of the micro-pulse, and answers that carry a round, a group and two values - no name, no time.

An answer is kept under `voice(secret, person)`, so that a second answer replaces the first while the
round is open. Closing a round destroys its secret: after that nobody, the service included, can tell
whose an answer was.
"""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Self

from bot.domain.anonymity import DEFAULT_THRESHOLD
from bot.domain.cadence import stable_number
from bot.domain.people import GroupId, Person, PersonId

SCALE = range(1, 6)
"""Both questions are answered from 1 to 5."""

FIRST = PersonId("")
"""Before everybody, in order of ids."""

OPEN_FOR = timedelta(days=7)
"""Five working days."""

ASKED_WITHIN = 2
"""Of the person's own days, counted from the opening: all on the first would be a spike for the platform."""


@dataclass(frozen=True, slots=True)
class Round:
    """One asking of everybody. The threshold is fixed when the round opens; `secret` is None once closed.

    `sealed` is true once the secret cannot be read from the store's files any more either. `asked_to` is the
    last person, in order of ids, who was asked or passed over while people are still being asked.
    """

    id: str
    opens: datetime
    closes: datetime
    secret: bytes | None = field(repr=False)
    threshold: int = DEFAULT_THRESHOLD
    sealed: bool = False
    asked_to: PersonId | None = None

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

    def closed(self) -> Self:
        """The same round without its secret."""
        return replace(self, secret=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """One voice in one round, from 1 to 5 each. `voice` links to nobody without the round's secret."""

    round: str
    voice: str
    group: GroupId
    confidence: int
    workload: int


def voice(secret: bytes, person: PersonId) -> str:
    """The name under which a person's answer is kept while a round is open."""
    return hmac.new(secret, person.encode(), hashlib.sha256).hexdigest()


def next_opening(last: Round | None, start: datetime, every: timedelta) -> datetime:
    """When the next round opens: `every` after the last one opened, or at `start` where there was none."""
    return start if last is None else last.opens + every


def due_round(
    last: Round | None, start: datetime, every: timedelta, now: datetime, open_for: timedelta = OPEN_FOR
) -> datetime | None:
    """The opening that is due at `now`, else None.

    Openings that a service which was down has missed are skipped, and so is one whose round is over already.
    """
    opening = next_opening(last, start, every)
    if opening > now:
        return None
    latest = opening + (now - opening) // every * every
    return latest if now < latest + open_for else None


def asking_time(round_: Round, person: Person, after: datetime) -> datetime | None:
    """When to ask somebody: at their time of day on one of the first of their days after `after`.

    Which one is a stable hash of person and round, so that half of a country is asked on each. It is the
    first where the others come after the round has closed. None for somebody without any days.
    """
    times = person.preferences.rhythm.on_all_days().slots(f"{person.id}:pulse", max(after, round_.opens))
    first = list(islice(times, ASKED_WITHIN))
    within = [at for at in first if at < round_.closes] or first[:1]
    return within[stable_number(f"{person.id}:{round_.id}") % len(within)] if within else None
