"""What deliveries about champions are about; part of `delivery.Subject`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class HelpOfferDue:
    """A colleague's request for help, for the champion whom it is offered to."""

    request: str


@dataclass(frozen=True, slots=True)
class HelpNewsDue:
    """Where the asker's request stands after a move; nothing is said any more once it has moved again."""

    request: str
    move: str


@dataclass(frozen=True, slots=True)
class HelpedDue:
    """Whether the champion's help helped, for the asker."""

    request: str


@dataclass(frozen=True, slots=True)
class HelpThanksDue:
    """Thanks to the champion who said yes: it helped, or is not needed any more."""

    request: str


@dataclass(frozen=True, slots=True)
class QuarterThanksDue:
    """Thanks for what somebody shared and whom they helped; the quarter by its first day."""

    quarter: date


@dataclass(frozen=True, slots=True)
class ChampionWishDue:
    """Somebody wants to be a champion, for an administrator."""

    wish: str


@dataclass(frozen=True, slots=True)
class ChampionAnswerDue:
    """What an administrator said to the wish, for whoever had it."""

    wish: str
