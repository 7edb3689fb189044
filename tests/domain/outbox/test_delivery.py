"""A delivery's states, from planned to settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.delivery import ABANDONED, LEASE, Backlog, Delivery, State
from bot.domain.outbox.subjects import ChampionAnswerDue, OutcomeDue, WelcomeDue
from bot.domain.staff.people import PersonId
from tests.samples import MONDAY

FINAL = [State.SENT, State.DROPPED, State.REFUSED, State.UNKNOWN]
HOUR = timedelta(hours=1)
PLANNED = Delivery("welcome:sam", PersonId("sam"), WelcomeDue(), MONDAY, MONDAY + 24 * HOUR, unasked=False)

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


KEEPS_HOURS = [
    (PLANNED, False),
    (replace(PLANNED, unasked=True), True),
    (replace(PLANNED, subject=OutcomeDue("c")), True),
    (replace(PLANNED, subject=ChampionAnswerDue("w")), True),
]


@pytest.mark.parametrize(("delivery", "keeps"), KEEPS_HOURS)
def test_what_keeps_to_a_persons_hours(delivery: Delivery, *, keeps: bool) -> None:
    """What nobody asked for, and what was promised for later; an answer to a press comes at once."""
    assert delivery.keeps_hours is keeps


@given(minutes=st.integers(-60, 60))
def test_a_backlog_is_as_old_as_its_oldest(minutes: int) -> None:
    """Never younger than nothing; where nothing waits, there is no age."""
    by = timedelta(minutes=minutes)
    assert Backlog(1, MONDAY).age(MONDAY + by) == max(by, timedelta(0))
    assert Backlog(0, None).age(MONDAY + by) == timedelta(0)
