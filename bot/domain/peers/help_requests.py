"""A request for a champion's help: whom it was offered to, where it stands, and where it ends.

Every move is a method that returns the request after it, or None where the move makes no sense from here: an
old button, a second tap, somebody else's request. A request is offered to at most three champions, one after
the other, and to nobody twice. What the asker wrote is forgotten when it ends.
"""

from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self, TypeVar

from bot.domain.library.prompts import PromptId
from bot.domain.peers.turns import Turn
from bot.domain.staff.people import PersonId

MOST_OFFERS = 3
LONGEST_ABOUT = 300
"""Characters of the line that says what it is about."""

CHOOSING = timedelta(days=7)
"""Suggestions that nobody chose from are taken back after this."""

SETTLING = timedelta(days=28)
"""An accepted request ends by itself after this, whether anybody said that it helped or not."""

HELPED_DAYS = 3
"""Working days from a yes to the question whether it helped."""


class Stage(StrEnum):
    """Where a request is. The values are in people's files: never rename one."""

    ASKED = "asked"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    ENDED = "ended"

    @property
    def is_open(self) -> bool:
        """Whether anything still follows."""
        return self in {Stage.ASKED, Stage.OFFERED, Stage.ACCEPTED}


class Response(StrEnum):
    """What became of one offer. `LEFT`: the champion stopped being one."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    PASSED = "passed"
    NOT_NOW = "not_now"
    LAPSED = "lapsed"
    LEFT = "left"
    WITHDRAWN = "withdrawn"

    @property
    def takes_time(self) -> bool:
        """Whether it counts towards what the champion offered."""
        return self in {Response.WAITING, Response.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Offer:
    """A champion was asked, and when; what they said, and when that was (UTC)."""

    champion: PersonId
    at: datetime
    response: Response = Response.WAITING
    answered: datetime | None = None


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """One request. `due` is when it moves on by itself, None once it has ended.

    `about` is the asker's own line, `topics` what it is taken to be about, `prompt` the tip it began with;
    `language` is the one that they want help in, empty for any.
    """

    id: str
    asker: PersonId
    about: str
    topics: tuple[str, ...]
    language: str
    prompt: PromptId | None
    asked: datetime
    changed: datetime
    due: datetime | None
    stage: Stage = Stage.ASKED
    offers: tuple[Offer, ...] = ()

    @property
    def champion(self) -> PersonId | None:
        """Who was asked last, None before anybody was."""
        return self.offers[-1].champion if self.offers else None

    @property
    def move(self) -> str:
        """A name for where it stands that no other state of the same request has."""
        return f"{self.stage}-{len(self.offers)}"

    @property
    def was_offered_to(self) -> Set[PersonId]:
        """Everybody who was asked."""
        return frozenset(offer.champion for offer in self.offers)

    def without(self, champion: PersonId) -> Self:
        """The same request once nothing may lead to a champion any more; an empty id takes the place."""
        offers = (replace(o, champion=PersonId("")) if o.champion == champion else o for o in self.offers)
        return replace(self, offers=tuple(offers))

    def ended_without(self, champion: PersonId, now: datetime) -> Self:
        """The same, and over where that champion had said yes: nobody can write to them any more."""
        over = self.stage is Stage.ACCEPTED and self.champion == champion
        left = self.without(champion)
        return _ended(left, Stage.ENDED, now) if over else left

    def chosen(self, turn: Turn, now: datetime) -> Self | None:
        """The asker chose one of the suggestions."""
        if self.stage is not Stage.ASKED or turn.champion == self.asker:
            return None
        return _offered(self, turn, now)

    def accepted(self, champion: PersonId, now: datetime) -> Self | None:
        """The champion who has the offer said yes."""
        if not self.waits_for(champion):
            return None
        return replace(_answered(self, Response.ACCEPTED, now), stage=Stage.ACCEPTED, due=now + SETTLING)

    def handed_on(
        self, champion: PersonId, response: Response, successor: Turn | None, now: datetime
    ) -> Self | None:
        """The champion who has the offer cannot help: it goes to a successor, or ends where there is none."""
        if not self.waits_for(champion):
            return None
        answered = _answered(self, response, now)
        fits = successor and successor.champion not in {self.asker, *self.was_offered_to}
        if successor is None or not fits or len(self.offers) >= MOST_OFFERS:
            return _ended(answered, Stage.UNANSWERED, now)
        return _offered(answered, successor, now)

    def open_until(self, moment: datetime) -> Self:
        """The same offer with more time: its card came later than was planned."""
        return replace(self, due=moment)

    def withdrawn(self, asker: PersonId, now: datetime) -> Self | None:
        """The asker needs it no longer."""
        if asker != self.asker or not self.stage.is_open:
            return None
        answered = _answered(self, Response.WITHDRAWN, now) if self.stage is Stage.OFFERED else self
        return _ended(answered, Stage.WITHDRAWN, now)

    def judged(self, asker: PersonId, now: datetime, *, helped: bool) -> Self | None:
        """The asker said whether it helped."""
        if asker != self.asker or self.stage is not Stage.ACCEPTED:
            return None
        return _ended(self, Stage.HELPED if helped else Stage.NOT_HELPED, now)

    def timed_out(self, now: datetime) -> Self | None:
        """What time alone ends: suggestions that nobody chose from, settled help. An offer is handed on."""
        if self.due is None or now < self.due or self.stage is Stage.OFFERED:
            return None
        return _ended(self, Stage.ENDED if self.stage is Stage.ACCEPTED else Stage.WITHDRAWN, now)

    def waits_for(self, champion: PersonId) -> bool:
        """Whether this champion has the offer and has not answered."""
        return self.stage is Stage.OFFERED and self.champion == champion


Request = TypeVar("Request", bound=HelpRequest)


def _offered(request: Request, turn: Turn, now: datetime) -> Request:
    offers = (*request.offers, Offer(turn.champion, now))
    return replace(request, stage=Stage.OFFERED, offers=offers, changed=now, due=turn.until)


def _answered(request: Request, response: Response, now: datetime) -> Request:
    last = replace(request.offers[-1], response=response, answered=now)
    return replace(request, offers=(*request.offers[:-1], last), changed=now)


def _ended(request: Request, stage: Stage, now: datetime) -> Request:
    return replace(request, stage=stage, about="", due=None, changed=now)
