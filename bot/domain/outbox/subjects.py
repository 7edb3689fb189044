"""What a delivery can be about: one frozen dataclass each, with what its message is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.library.prompts import PromptId
from bot.domain.staff.people import Licence


@dataclass(frozen=True, slots=True)
class WelcomeDue:
    """The first card."""


class News(StrEnum):
    """What a tip can open with, each said once."""

    LICENCE = "licence"
    FEELING = "feeling"
    """What follows from how somebody's own answers have changed."""

    SLOWED = "slowed"


@dataclass(frozen=True, slots=True)
class TipDue:
    """A scheduled tip, why it was chosen, and a sentence to open with, such as news; mostly none.

    `news` says what the sentence is about, and `licence` what they had before news of one, so that a tip that
    never arrives can give them back. No answer of theirs is kept here.
    """

    prompt: PromptId
    reason: str
    opening: str = ""
    news: News | None = None
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A few days after a prompt did not go well: a better version, or a champion."""

    prompt: PromptId


@dataclass(frozen=True, slots=True)
class FarewellDue:
    """The last message to somebody who has been silent for long."""


@dataclass(frozen=True, slots=True)
class PulseDue:
    """The two questions of a round."""

    round: str


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """The questions of a round once more, for somebody who has not answered by then."""

    round: str


@dataclass(frozen=True, slots=True)
class DigestDue:
    """The figures of a group for its lead, once a round has closed."""

    round: str
    group: str


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A colleague's prompt that waits for this reviewer."""

    contribution: str


@dataclass(frozen=True, slots=True)
class OutcomeDue:
    """What became of the prompt that this person shared."""

    contribution: str


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


DripSubject = TipDue | FollowUpDue | FarewellDue
PulseSubject = PulseDue | ReminderDue | DigestDue
SharingSubject = ReviewDue | OutcomeDue
PeerSubject = (
    HelpOfferDue
    | HelpNewsDue
    | HelpedDue
    | HelpThanksDue
    | QuarterThanksDue
    | ChampionWishDue
    | ChampionAnswerDue
)
Subject = WelcomeDue | DripSubject | PulseSubject | SharingSubject | PeerSubject

PROMISED = (OutcomeDue, ChampionAnswerDue)
"""Answers that somebody was told they would hear: in their hours, and not under the cap, which they could
outwait until they expire."""

KINDS: Mapping[str, type[Subject]] = {
    "welcome": WelcomeDue,
    "tip": TipDue,
    "pulse": PulseDue,
    "reminder": ReminderDue,
    "digest": DigestDue,
    "review": ReviewDue,
    "outcome": OutcomeDue,
    "help_offer": HelpOfferDue,
    "help_news": HelpNewsDue,
    "helped": HelpedDue,
    "help_thanks": HelpThanksDue,
    "quarter_thanks": QuarterThanksDue,
    "champion_wish": ChampionWishDue,
    "champion_answer": ChampionAnswerDue,
    "farewell": FarewellDue,
    "follow_up": FollowUpDue,
}
"""What each subject is called in stores and counts. The names are in people's files: never rename one."""

KIND_OF: Mapping[type[Subject], str] = {subject: kind for kind, subject in KINDS.items()}
"""The same, the other way round."""
