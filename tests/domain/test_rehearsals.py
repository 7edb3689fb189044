"""The made-up people of a rehearsal, its steps and its report."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.delivery import State, Total
from bot.domain.rehearsals import RHYTHM, SERVICE_URL, START, STEP, Rehearsal, next_step, person, report
from bot.domain.staff.cadence import MARGIN
from tests.samples import BOOKING, CLERK

ROLES = [CLERK, BOOKING]


def test_nobody_is_real() -> None:
    """Every name and address says so, and no message could go to their chat."""
    one = person(7, ROLES)
    assert one.reference
    assert one.reference.service_url == SERVICE_URL
    assert one.roster
    assert one.roster.upn.endswith(".invalid")
    assert "Rehearsal" in one.name


def test_roles_in_turn() -> None:
    """Everybody has one, as many of each."""
    assert Counter(person(n, ROLES).role for n in range(10)) == {CLERK: 5, BOOKING: 5}


@given(st.integers(0, 2_000_000), st.integers(1, 8))
def test_everybody_has_as_many_slots_as_nudges(number: int, nudges: int) -> None:
    """One a week between the beginning and the end."""
    made = person(number, ROLES)
    slots = [slot for slot, _ in zip(RHYTHM.slots(made.id, START), range(nudges + 1), strict=False)]
    assert made.next_nudge == slots[0]
    assert sum(slot < Rehearsal(1, nudges).ends for slot in slots) == nudges


@given(st.timedeltas(timedelta(0), timedelta(weeks=30)))
def test_a_step_skips_only_time_in_which_nobody_works(into: timedelta) -> None:
    """It goes forward, to a moment within the hours, and no quarter of an hour of work lies between."""
    now = START + into
    step = next_step(now)
    assert now < step
    assert RHYTHM.allows(step)
    between = (now + STEP * n for n in range(1, int((step - now) / STEP)))
    assert not any(RHYTHM.allows(moment) for moment in between)
    assert STEP < MARGIN  # so that a slot that is planned a step late is still within the hours


def test_a_report_adds_up() -> None:
    """Planned is everything, whatever became of it; further tries of all are retried."""
    totals = {
        State.SENT: Total(5, 2),
        State.UNKNOWN: Total(1, 1),
        State.REFUSED: Total(2, 0),
        State.DROPPED: Total(3, 0),
    }
    made = report(4, totals, handled=8, seconds=2)
    assert (made.people, made.planned, made.sent, made.retried) == (4, 11, 5, 3)
    assert (made.stopped, made.unknown, made.per_second) == (5, 1, 4)


def test_a_report_of_nothing() -> None:
    """No time has passed, and nothing is divided by it."""
    assert report(0, {}, handled=0, seconds=0).per_second == 0
