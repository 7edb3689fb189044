"""What the connector answers to a message, and what follows: it is settled, or tried again."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.outbox.delivery import State

MAX_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
TOKEN_WAIT = timedelta(seconds=30)
"""How long nothing is sent where there is no token: the identity provider is asked again after that."""

LONGEST_DOUBLING = 16
"""More doublings than any wait needs; without a bound a number of attempts would overflow."""

RETRIED = frozenset({412, 429, 502, 503, 504})
"""The only statuses that Teams asks bots to retry."""


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
