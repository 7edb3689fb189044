"""The last look before a send: what goes out keeps to the person's wishes, what waits goes out in time."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.replies import Chat, Settle
from bot.domain.outbox.sending import PutOff, hold
from bot.domain.outbox.subjects import OutcomeDue, TipDue, WelcomeDue
from bot.domain.staff.cadence import Rhythm, under_cap
from bot.domain.staff.people import Person, Preferences
from tests.samples import MONDAY, staff

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
SAM = staff()
TIP = Delivery(
    "nudge:sam", SAM.id, TipDue(PromptId("p"), "a reason"), MONDAY, MONDAY + 4 * DAY + 3 * HOUR, unasked=True
)
WELCOME = replace(TIP, key="welcome:sam", subject=WelcomeDue(), unasked=False)
ASLEEP = MONDAY - 3 * HOUR
LAST = TIP.expires - timedelta(minutes=1)
STOPPED = SAM.choosing(Preferences(stopped=True))
AWAY = replace(SAM, reference=None)
NO_DAYS = SAM.choosing(Preferences(rhythm=Rhythm(days=frozenset())))

moments = st.integers(-14 * 24 * 60, 14 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
rhythms = st.builds(
    Rhythm,
    days=st.frozensets(st.integers(0, 6)),
    start=st.integers(0, 12).map(time),
    end=st.integers(13, 23).map(time),
    zone=st.sampled_from(["Europe/London", "America/St_Johns", "Asia/Kolkata"]),
)
people = st.builds(
    lambda rhythm, paused, stopped, known: replace(
        SAM.choosing(Preferences(rhythm=rhythm, paused_until=paused, stopped=stopped)),
        reference=SAM.reference if known else None,
    ),
    rhythms,
    st.none() | moments,
    st.booleans(),
    st.booleans(),
)
deliveries = st.builds(
    lambda expires, unasked: replace(TIP, expires=expires, unasked=unasked), moments, st.booleans()
)
histories = st.lists(moments, max_size=4).map(sorted)


PROMISED = replace(TIP, key="outcome:sam", subject=OutcomeDue("c"), unasked=False)


def test_what_was_promised_waits_for_hours_and_not_for_the_cap() -> None:
    """Whoever was told that they will hear does, in the week that is full as well; not in their pause."""
    full = [MONDAY - 2 * DAY, MONDAY - DAY, MONDAY - HOUR / 2]
    assert hold(PROMISED, SAM, full, MONDAY) is None
    assert hold(TIP, SAM, full, MONDAY) is not None
    evening = hold(PROMISED, SAM, [], ASLEEP)
    assert isinstance(evening, PutOff)
    assert SAM.preferences.rhythm.allows(evening.until)
    assert hold(PROMISED, NO_DAYS, [], MONDAY) is None, "there is no better moment"
    assert hold(PROMISED, STOPPED, [], MONDAY) == Settle(State.DROPPED, "resting")


def test_in_hours_and_under_the_cap_nothing_holds_it() -> None:
    """A tip at nine o'clock on a Monday goes out."""
    assert hold(TIP, SAM, [], MONDAY) is None


@pytest.mark.parametrize(
    ("person", "sent", "now", "decision"),
    [
        (SAM, [], TIP.expires, Settle(State.DROPPED, "expired")),
        (AWAY, [], TIP.expires, Settle(State.DROPPED, "expired")),
        (AWAY, [], MONDAY, Settle(State.DROPPED, "unreachable")),
        (replace(STOPPED, reference=None), [], MONDAY, Settle(State.DROPPED, "unreachable")),
        (STOPPED, [], MONDAY, Settle(State.DROPPED, "resting")),
        (STOPPED, [], ASLEEP, Settle(State.DROPPED, "resting")),
        (SAM.choosing(Preferences(paused_until=MONDAY + DAY)), [], MONDAY, Settle(State.DROPPED, "resting")),
        (SAM.choosing(Preferences(paused_until=MONDAY)), [], MONDAY, None),
        (NO_DAYS, [], MONDAY, Settle(State.DROPPED, "no_room")),
        (SAM, [], LAST, None),
        (SAM, [LAST - HOUR / 2], LAST, Settle(State.DROPPED, "no_room")),
    ],
)
def test_the_first_reason_counts(
    person: Person, sent: list[datetime], now: datetime, decision: Settle | None
) -> None:
    """Expired, then out of reach, then resting, then without room: each has its own note."""
    assert hold(TIP, person, sent, now) == decision


@pytest.mark.parametrize(
    ("sent", "now"),
    [
        ([], ASLEEP),
        ([], MONDAY + 8 * HOUR),
        ([], MONDAY - DAY),
        ([MONDAY], MONDAY + 2 * HOUR),
        ([MONDAY - 3 * DAY, MONDAY - 2 * DAY, MONDAY - DAY], MONDAY),
    ],
)
def test_what_finds_no_room_now_is_put_off(sent: list[datetime], now: datetime) -> None:
    """Out of hours, at the weekend, or over the cap it waits for the person's next time of day."""
    held = hold(TIP, SAM, sent, now)
    assert held == PutOff(SAM.preferences.rhythm.next_any_day(TIP.key, now) or now)


@pytest.mark.parametrize("person", [SAM, STOPPED, NO_DAYS])
@pytest.mark.parametrize("now", [MONDAY, ASLEEP, MONDAY - DAY])
def test_what_was_asked_for_is_not_held_back(person: Person, now: datetime) -> None:
    """Neither hours, nor the cap, nor a rest hold back an answer."""
    assert hold(WELCOME, person, [now, now, now], now) is None


def test_what_was_asked_for_needs_a_chat_and_its_time() -> None:
    """An answer that came too late, or to nobody, is dropped like anything else."""
    assert hold(WELCOME, SAM, [], WELCOME.expires) == Settle(State.DROPPED, "expired")
    assert hold(WELCOME, AWAY, [], MONDAY) == Settle(State.DROPPED, "unreachable")


@given(deliveries, people, histories, moments)
def test_what_goes_out_unasked_keeps_to_every_wish(
    delivery: Delivery, person: Person, sent: list[datetime], now: datetime
) -> None:
    """Nothing goes out late or to nobody, nor unasked to who rests, out of hours or over the cap."""
    if hold(delivery, person, sent, now) is not None:
        return
    rhythm = person.preferences.rhythm
    assert now < delivery.expires
    assert person.reference is not None
    kept = person.may_be_contacted(now) and rhythm.allows(now) and under_cap(now, sent, rhythm.zone)
    assert kept or not delivery.unasked


@given(deliveries, people, histories, moments)
def test_what_is_put_off_can_still_go_out(
    delivery: Delivery, person: Person, sent: list[datetime], now: datetime
) -> None:
    """Its new time lies ahead, within the person's hours and before it expires."""
    held = hold(delivery, person, sent, now)
    if isinstance(held, PutOff):
        assert now < held.until < delivery.expires
        assert person.preferences.rhythm.allows(held.until)


@given(deliveries, people, histories, moments)
def test_what_is_held_for_good_was_dropped(
    delivery: Delivery, person: Person, sent: list[datetime], now: datetime
) -> None:
    """A look before a send never says that it was sent, and forgets nobody."""
    held = hold(delivery, person, sent, now)
    if isinstance(held, Settle):
        assert held.state is State.DROPPED
        assert held.note
        assert held.chat is Chat.THERE
