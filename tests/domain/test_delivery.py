"""A delivery's states, and what follows from each thing that Teams can answer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.delivery import (
    ABANDONED,
    CHATS,
    FIRST_WAIT,
    LEASE,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    RETRIED,
    TOKEN_WAIT,
    Accepted,
    Backlog,
    Chat,
    Decision,
    Delivery,
    NoAnswer,
    NotSent,
    Rejected,
    Reply,
    Settle,
    State,
    TryAgain,
    WelcomeDue,
    WithoutToken,
    backoff,
    decide,
)
from bot.domain.people import PersonId
from tests.samples import MONDAY

FINAL = [State.SENT, State.DROPPED, State.REFUSED, State.UNKNOWN]
HOUR = timedelta(hours=1)
PLANNED = Delivery("welcome:sam", PersonId("sam"), WelcomeDue(), MONDAY, MONDAY + 24 * HOUR, unasked=False)

chances = st.floats(0, 1, exclude_max=True)
moments = st.integers(0, 10_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
events: st.SearchStrategy[Callable[[Delivery], Delivery]] = st.one_of(
    moments.map(lambda at: lambda d: d.claimed(at)),
    moments.map(lambda at: lambda d: d.put_off(at, "503")),
    moments.map(lambda at: lambda d: d.postponed(at)),
)


@given(st.lists(events), st.sampled_from(FINAL), moments, moments)
def test_a_settled_delivery_is_never_claimable(
    history: list[Callable[[Delivery], Delivery]], state: State, settled: datetime, later: datetime
) -> None:
    """Whatever happened before, once a delivery is settled nobody takes it again."""
    delivery = PLANNED
    for event in history:
        delivery = event(delivery)
    final = delivery.settled_as(state, settled, "note")
    assert not final.is_open
    assert not final.claimable(later)
    assert final.settled == settled
    assert final.claimed_until is None


@given(st.integers(0, 120))
def test_a_lease_keeps_others_away_until_it_runs_out(seconds: int) -> None:
    """Between a claim and the end of its lease nobody else may take a delivery; after it somebody must."""
    claimed = PLANNED.claimed(MONDAY)
    at = MONDAY + timedelta(seconds=seconds)
    assert claimed.claimable(at) is (at >= MONDAY + LEASE)


@given(st.integers(-600, 600))
def test_a_planned_delivery_waits_until_it_is_due(minutes: int) -> None:
    """Nothing goes out before its time."""
    assert PLANNED.claimable(MONDAY + timedelta(minutes=minutes)) is (minutes >= 0)


def test_a_second_claim_knows_that_the_first_was_abandoned() -> None:
    """Who takes over from a vanished dispatcher can tell that a message may have gone out."""
    first = PLANNED.claimed(MONDAY)
    second = first.claimed(MONDAY + LEASE)
    assert first.note != ABANDONED
    assert second.note == ABANDONED
    assert (first.attempts, second.attempts) == (1, 2)


def test_a_claim_after_a_recorded_failure_is_not_abandoned() -> None:
    """A failure that was recorded leaves nothing unknown."""
    again = PLANNED.claimed(MONDAY).put_off(MONDAY + HOUR, "503").claimed(MONDAY + HOUR)
    assert again.note == "503"
    assert again.attempts == 2


def test_postponing_uses_up_no_attempt() -> None:
    """Waiting for somebody's hours to begin is no failure, so it does not bring the end nearer."""
    postponed = PLANNED.claimed(MONDAY).postponed(MONDAY + HOUR)
    assert postponed == PLANNED.put_off(MONDAY + HOUR)
    assert postponed.attempts == 0


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


@given(minutes=st.integers(-60, 60))
def test_a_backlog_is_as_old_as_its_oldest(minutes: int) -> None:
    """Never younger than nothing; where nothing waits, there is no age."""
    by = timedelta(minutes=minutes)
    assert Backlog(1, MONDAY).age(MONDAY + by) == max(by, timedelta(0))
    assert Backlog(0, None).age(MONDAY + by) == timedelta(0)
