"""What follows from each thing that Teams can answer."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.delivery import State
from bot.domain.outbox.replies import (
    CHATS,
    FIRST_WAIT,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    RETRIED,
    TOKEN_WAIT,
    Accepted,
    Chat,
    Decision,
    NoAnswer,
    NotSent,
    Rejected,
    Reply,
    Settle,
    TryAgain,
    WithoutToken,
    backoff,
    decide,
)

chances = st.floats(0, 1, exclude_max=True)


ROWS: list[tuple[Reply, Decision]] = [
    (Accepted("1"), Settle(State.SENT)),
    (Rejected(400, "Bad Argument"), Settle(State.REFUSED, "400_Bad Argument")),
    (
        Rejected(401, "BotNotRegistered"),
        TryAgain(LONGEST_WAIT, "401_BotNotRegistered", everyone=True, refused=True),
    ),
    (
        WithoutToken("invalid_client"),
        TryAgain(TOKEN_WAIT, "no_token_invalid_client", everyone=True, refused=True),
    ),
    (WithoutToken(), TryAgain(TOKEN_WAIT, "no_token", everyone=True, refused=True)),
    (
        Rejected(403, "BotDisabledByAdmin"),
        Settle(State.REFUSED, "403_BotDisabledByAdmin", Chat.CLOSED),
    ),
    (
        Rejected(403, "BotNotInConversationRoster"),
        Settle(State.REFUSED, "403_BotNotInConversationRoster", Chat.CLOSED),
    ),
    (
        Rejected(404, "BotNotInConversationRoster"),
        Settle(State.REFUSED, "404_BotNotInConversationRoster", Chat.CLOSED),
    ),
    (
        Rejected(403, "ConversationBlockedByUser"),
        Settle(State.REFUSED, "403_ConversationBlockedByUser", Chat.CLOSED),
    ),
    (
        Rejected(403, "ForbiddenOperationException"),
        Settle(State.REFUSED, "403_ForbiddenOperationException", Chat.NOT_INSTALLED),
    ),
    (
        Rejected(403, "MessageWritesBlocked"),
        Settle(State.REFUSED, "403_MessageWritesBlocked", Chat.CLOSED),
    ),
    (
        Rejected(404, "ConversationNotFound"),
        Settle(State.REFUSED, "404_ConversationNotFound", Chat.GONE),
    ),
    (Rejected(412, "PreconditionFailed"), TryAgain(FIRST_WAIT / 2, "412")),
    (Rejected(413, "MessageSizeTooBig"), Settle(State.REFUSED, "413_MessageSizeTooBig")),
    (
        Rejected(429, "Throttled", retry_after=timedelta(seconds=30)),
        TryAgain(timedelta(seconds=30), "429", everyone=True),
    ),
    (Rejected(429), TryAgain(FIRST_WAIT / 2, "429", everyone=True)),
    (Rejected(500, "ServiceError"), Settle(State.REFUSED, "500_ServiceError")),
    (Rejected(502), TryAgain(FIRST_WAIT / 2, "502")),
    (Rejected(503), TryAgain(FIRST_WAIT / 2, "503")),
    (Rejected(504), TryAgain(FIRST_WAIT / 2, "504")),
    (Rejected(418), Settle(State.REFUSED, "418")),
    (NotSent(), TryAgain(FIRST_WAIT / 2, "not_sent")),
    (NoAnswer(), Settle(State.UNKNOWN, "no_answer")),
]


@pytest.mark.parametrize(("reply", "decision"), ROWS)
def test_decide_for_each_row_of_the_platform_table(reply: Reply, decision: Decision) -> None:
    """Each answer of the platform has one consequence."""
    assert decide(reply, attempts=1, chance=0.0) == decision


@pytest.mark.parametrize("reply", [*(Rejected(s) for s in sorted(RETRIED - {429})), NotSent()])
def test_a_failing_message_is_given_up_in_the_end(reply: Reply) -> None:
    """What fails as often as allowed is refused, with a note that says why."""
    assert isinstance(decide(reply, MAX_ATTEMPTS - 1, 0.5), TryAgain)
    last = decide(reply, MAX_ATTEMPTS, 0.5)
    assert isinstance(last, Settle)
    assert last.state is State.REFUSED
    assert last.note.startswith("gave_up_")
    assert last.chat is Chat.THERE


@given(st.sampled_from([401, 429]), st.integers(1, 10_000), chances)
def test_what_concerns_everybody_never_costs_a_message(status: int, attempts: int, chance: float) -> None:
    """Throttling and a wrong secret halt all sends, however often they come, and no message is lost."""
    decision = decide(Rejected(status), attempts, chance)
    assert isinstance(decision, TryAgain)
    assert decision.everyone
    assert timedelta(0) < decision.after <= LONGEST_WAIT


@given(st.integers(400, 599), st.sampled_from(["", *sorted(CHATS)]), st.integers(1, 10), chances)
def test_only_the_listed_statuses_are_tried_again(
    status: int, code: str, attempts: int, chance: float
) -> None:
    """Teams asks bots to retry five statuses; a wrong secret waits; nothing else goes out twice."""
    decision = decide(Rejected(status, code), attempts, chance)
    assert isinstance(decision, Settle) or status in RETRIED | {401}
    assert isinstance(decision, TryAgain) or decision.state is State.REFUSED


@given(st.integers(400, 599), st.sampled_from(["", "SomethingNew", *sorted(CHATS)]), st.booleans())
def test_only_a_403_or_404_speaks_of_the_chat(status: int, code: str, renewable: bool) -> None:  # noqa: FBT001 - hypothesis names it
    """A code in the body of any other answer, quoted or misplaced, costs nobody their conversation."""
    decision = decide(Rejected(status, code), 1, 0.5, renewable=renewable)
    assert decision.chat is (CHATS.get(code, Chat.THERE) if status in {403, 404} else Chat.THERE)


@given(st.integers(1, MAX_ATTEMPTS))
def test_a_chat_that_is_gone_is_begun_anew_where_that_can_be(attempts: int) -> None:
    """The message waits for it, as often as for any other fault; elsewhere it is refused."""
    gone = Rejected(404, "ConversationNotFound")
    anew = decide(gone, attempts, 0.5, renewable=True)
    assert anew.chat is decide(gone, attempts, 0.5).chat is Chat.GONE
    assert isinstance(anew, TryAgain) is (attempts < MAX_ATTEMPTS)
    assert isinstance(decide(Rejected(404), attempts, 0.5, renewable=True), Settle)


@given(st.integers(1, MAX_ATTEMPTS * 2))
def test_an_unknown_outcome_is_never_repeated(attempts: int) -> None:
    """There is no idempotency key, so a second try could be a second message."""
    assert decide(NoAnswer(), attempts, 0.5) == Settle(State.UNKNOWN, "no_answer")


@given(st.integers(1, 10_000), chances)
def test_backoff_is_bounded(attempts: int, chance: float) -> None:
    """No wait is shorter than half the first or longer than the longest."""
    assert FIRST_WAIT / 2 <= backoff(attempts, chance) <= LONGEST_WAIT


@given(st.integers(1, 30), chances)
def test_backoff_grows(attempts: int, chance: float) -> None:
    """With the same luck the next wait is at least as long."""
    assert backoff(attempts, chance) <= backoff(attempts + 1, chance)


@given(st.integers(1, 30), chances, chances)
def test_backoff_is_jittered(attempts: int, one: float, other: float) -> None:
    """The last half of the wait is chance, so that many messages do not come back at once."""
    low, high = sorted([one, other])
    spread = backoff(attempts, high) - backoff(attempts, low)
    whole = backoff(attempts, 0.0) * 2
    assert timedelta(0) <= spread <= whole / 2
    assert abs(spread - whole / 2 * (high - low)) <= timedelta(microseconds=2)
