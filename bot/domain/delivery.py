"""A message on its way: what it is about, its key, its states, and what follows from each outcome.

The key makes planning idempotent: whoever plans the same thing again finds the key taken. The state says
what happened, and `decide` says what happens next, given what the connector answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.champion_subjects import (
    ChampionAnswerDue,
    ChampionWishDue,
    HelpedDue,
    HelpNewsDue,
    HelpOfferDue,
    HelpThanksDue,
    QuarterThanksDue,
)
from bot.domain.drip_subjects import FarewellDue, FollowUpDue
from bot.domain.people import PersonId
from bot.domain.prompts import PromptId

LEASE = timedelta(seconds=60)
"""How long a claimed delivery is one dispatcher's own; longer than a send may take."""

MAX_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
TOKEN_WAIT = timedelta(seconds=30)
"""How long nothing is sent where there is no token: the identity provider is asked again after that."""

LONGEST_DOUBLING = 16
"""More doublings than any wait needs; without a bound a number of attempts would overflow."""

ABANDONED = "abandoned"
"""The note of a delivery whose dispatcher vanished: whether it was sent is unknown."""

RETRIED = frozenset({412, 429, 502, 503, 504})
"""The only statuses that Teams asks bots to retry."""


@dataclass(frozen=True, slots=True)
class WelcomeDue:
    """The first card."""


@dataclass(frozen=True, slots=True)
class TipDue:
    """A scheduled tip, why it was chosen, and a sentence to open with, such as news; mostly none."""

    prompt: PromptId
    reason: str
    opening: str = ""


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


Subject = (
    WelcomeDue
    | TipDue
    | PulseDue
    | ReminderDue
    | DigestDue
    | ReviewDue
    | OutcomeDue
    | HelpOfferDue
    | HelpNewsDue
    | HelpedDue
    | HelpThanksDue
    | QuarterThanksDue
    | ChampionWishDue
    | ChampionAnswerDue
    | FarewellDue
    | FollowUpDue
)

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

_NAMES = {kind: name for name, kind in KINDS.items()}


class State(StrEnum):
    """Where a delivery is. Only `PLANNED` and `CLAIMED` still lead to a send."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
    REFUSED = "refused"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether nothing follows it."""
        return self not in {State.PLANNED, State.CLAIMED}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one person.

    `due` and `expires` bound when it may be sent. `unasked` ones count towards the cap and keep to the
    person's hours. `settled` is when it reached a final state; `note` is a code, never prose.
    """

    key: str
    person: PersonId
    subject: Subject
    due: datetime
    expires: datetime
    unasked: bool
    state: State = State.PLANNED
    attempts: int = 0
    claimed_until: datetime | None = None
    settled: datetime | None = None
    note: str = ""

    @property
    def kind(self) -> str:
        """What it is about, as one of `KINDS`."""
        return _NAMES[type(self.subject)]

    @property
    def is_open(self) -> bool:
        """Whether it may still be sent."""
        return self.state in {State.PLANNED, State.CLAIMED}

    def claimable(self, now: datetime) -> bool:
        """Whether a dispatcher may take it at `now`: due, and not under anybody's lease."""
        return self.is_open and self.due <= now and not self.is_leased(now)

    def is_leased(self, now: datetime) -> bool:
        """Whether a dispatcher has it in hand at `now`."""
        return self.claimed_until is not None and now < self.claimed_until

    def claimed(self, now: datetime, lease: timedelta = LEASE) -> Self:
        """The same delivery under a lease from `now`; noted as `ABANDONED` where a lease had run out."""
        return replace(
            self,
            state=State.CLAIMED,
            attempts=self.attempts + 1,
            claimed_until=now + lease,
            note=ABANDONED if self.state is State.CLAIMED else self.note,
        )

    def settled_as(self, state: State, at: datetime, note: str = "") -> Self:
        """The same delivery in a final state."""
        return replace(self, state=state, settled=at, claimed_until=None, note=note)

    def put_off(self, until: datetime, note: str = "") -> Self:
        """The same delivery, due again at `until`."""
        return replace(self, state=State.PLANNED, due=until, claimed_until=None, note=note)

    def postponed(self, until: datetime) -> Self:
        """The same claimed delivery, not tried after all and due again at `until`: no attempt was used up."""
        return replace(self.put_off(until), attempts=self.attempts - 1)


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due and not settled: how many deliveries, and since when the oldest has been due."""

    waiting: int
    oldest: datetime | None

    def age(self, now: datetime) -> timedelta:
        """How long the oldest has been due at `now`; zero where nothing waits."""
        return max(now - self.oldest, timedelta(0)) if self.oldest else timedelta(0)


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """How many old deliveries of a kind reached a final state on a day (UTC): all that is kept of them."""

    day: date
    kind: str
    state: State
    number: int


@dataclass(frozen=True, slots=True)
class Total:
    """How many deliveries are in a state, and how many further tries they took together."""

    deliveries: int = 0
    retries: int = 0

    def plus(self, delivery: Delivery) -> "Total":
        """The same with one more."""
        return Total(self.deliveries + 1, self.retries + max(0, delivery.attempts - 1))


@dataclass(frozen=True, slots=True)
class Accepted:
    """The connector took it."""

    activity: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The connector said no: its status, the code found in its body, and `Retry-After` where it came."""

    status: int
    code: str = ""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class WithoutToken:
    """Nothing was sent: the identity provider gave no token, and says why in a code."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """It never reached the connector (no connection): safe to send again."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """It may have reached the connector or not: there is no way to know."""


@dataclass(frozen=True, slots=True)
class Crowded:
    """Nothing was sent: the chat has had as much as Teams takes, and is free again after `wait`."""

    wait: timedelta


Reply = Accepted | Rejected | WithoutToken | NotSent | NoAnswer


class Chat(StrEnum):
    """What a refusal says of the person's chat."""

    THERE = "there"
    GONE = "gone"
    """Its id is of no more use; a new one may be had."""

    NOT_INSTALLED = "not_installed"
    """Somebody has to install the app for them first."""

    CLOSED = "closed"
    """Until the person writes, or the app is installed for them again."""


CHATS = {
    "BotDisabledByAdmin": Chat.CLOSED,
    "BotNotInConversationRoster": Chat.CLOSED,
    "ConversationBlockedByUser": Chat.CLOSED,
    "ConversationNotFound": Chat.GONE,
    "ForbiddenOperationException": Chat.NOT_INSTALLED,
    "MessageWritesBlocked": Chat.CLOSED,
}
"""The codes of a 403 or 404 after which the conversation that is kept is of no more use."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Decision: this is its final state; and what is known of the chat now."""

    state: State
    note: str = ""
    chat: Chat = Chat.THERE


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Decision: due again after this long. `everyone` means: nothing is sent to anybody before.

    `refused` means: it is the service itself that is refused, and somebody has to mend the secret.
    """

    after: timedelta
    note: str
    everyone: bool = False
    refused: bool = False
    chat: Chat = Chat.THERE


Decision = Settle | TryAgain


def decide(reply: Reply, attempts: int, chance: float, *, renewable: bool = False) -> Decision:
    """What follows from the connector's reply to the `attempts`-th try; `chance` in [0, 1) is the jitter.

    Throttling and a wrong secret concern everybody and say nothing of this message: it is never given up
    for them, and ends only when it expires. `renewable` means that a conversation which is gone can be
    begun anew: then the message waits for that.
    """
    match reply:
        case Accepted():
            return Settle(State.SENT)
        case NoAnswer():
            return Settle(State.UNKNOWN, note="no_answer")
        case NotSent():
            return _again("not_sent", attempts, backoff(attempts, chance))
        case WithoutToken(code=code):
            return TryAgain(TOKEN_WAIT, f"no_token_{code}".rstrip("_"), everyone=True, refused=True)
        case Rejected(status=401):
            return TryAgain(LONGEST_WAIT, _note(reply), everyone=True, refused=True)
        case Rejected(status=429):
            return TryAgain(reply.retry_after or backoff(attempts, chance), "429", everyone=True)
        case Rejected() if reply.status in RETRIED:
            return _again(str(reply.status), attempts, backoff(attempts, chance))
        case Rejected():
            return _refused(reply, attempts, backoff(attempts, chance), renewable=renewable)


def chat_after(reply: Rejected) -> Chat:
    """What a refusal says of the chat: its code counts with the two statuses that speak of chats."""
    return CHATS.get(reply.code, Chat.THERE) if reply.status in {403, 404} else Chat.THERE


def backoff(attempts: int, chance: float) -> timedelta:
    """An exponentially growing wait, bounded, of which the last half is chance."""
    full: timedelta = min(FIRST_WAIT * 2 ** min(attempts - 1, LONGEST_DOUBLING), LONGEST_WAIT)
    return full * (0.5 + 0.5 * chance)


def _again(note: str, attempts: int, after: timedelta, chat: Chat = Chat.THERE) -> Decision:
    if attempts >= MAX_ATTEMPTS:
        return Settle(State.REFUSED, f"gave_up_{note}", chat)
    return TryAgain(after, note, chat=chat)


def _refused(reply: Rejected, attempts: int, after: timedelta, *, renewable: bool) -> Decision:
    chat = chat_after(reply)
    if chat is Chat.GONE and renewable:
        return _again(_note(reply), attempts, after, chat)
    return Settle(State.REFUSED, _note(reply), chat)


def _note(reply: Rejected) -> str:
    return f"{reply.status}_{reply.code}" if reply.code else str(reply.status)
