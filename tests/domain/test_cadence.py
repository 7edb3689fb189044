"""Slots lie where people said they may, and the cap holds whoever asks."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.cadence import (
    MARGIN,
    SMALLEST_GAP,
    STALE_AFTER,
    WORKING_WEEK,
    Rhythm,
    chosen_days,
    is_stale,
    stable_number,
    under_cap,
)
from tests.samples import MONDAY

ZONES = (
    "Europe/London",
    "UTC",
    "America/New_York",
    "America/St_Johns",  # half an hour off
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Africa/Cairo",  # its clocks change at midnight
    "Asia/Kolkata",
)
LONDON = ZoneInfo("Europe/London")

moments = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis adds the zone
around_clock_changes = st.builds(
    lambda change, hours: change + timedelta(hours=hours),
    st.sampled_from(
        [
            datetime(2026, 3, 29, 1, tzinfo=UTC),
            datetime(2026, 10, 25, 1, tzinfo=UTC),
            datetime(2026, 3, 8, 7, tzinfo=UTC),
            datetime(2026, 11, 1, 6, tzinfo=UTC),
            datetime(2026, 4, 23, 22, tzinfo=UTC),
        ]
    ),
    st.integers(-200, 40),
)
any_moment = moments | around_clock_changes
seeds = st.text(max_size=8)
turns = st.integers(0, 2**32)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """What the settings form can say, in any zone."""
    start = draw(st.integers(0, 22))
    end = draw(st.integers(start + 1, 23))
    return Rhythm(
        days=frozenset(draw(st.sets(st.integers(0, 6)))),
        start=time(start),
        end=time(end),
        zone=draw(st.sampled_from(ZONES)),
        per_week=draw(st.integers(0, 7)),
    )


@given(rhythms(), seeds, any_moment)
def test_every_slot_is_within_the_days_and_hours(rhythm: Rhythm, seed: str, after: datetime) -> None:
    """Each slot is a UTC time, later than asked, on a chosen day and within the person's local hours."""
    for slot in islice(rhythm.slots(seed, after), 10):
        assert slot > after
        assert slot.utcoffset() == timedelta(0)
        assert rhythm.allows(slot)
        local = slot.astimezone(ZoneInfo(rhythm.zone))
        assert local.weekday() in rhythm.days_of(seed)
        assert rhythm.start <= local.time() < rhythm.end


@given(rhythms(), seeds, any_moment)
def test_slots_increase_and_keep_to_the_number_a_week(rhythm: Rhythm, seed: str, after: datetime) -> None:
    """Slots only move forward, and no week from Monday to Sunday has more than `per_week` of them."""
    slots = list(islice(rhythm.slots(seed, after), 15))
    assert all(one < other for one, other in pairwise(slots))
    weeks = Counter(slot.astimezone(ZoneInfo(rhythm.zone)).isocalendar()[:2] for slot in slots)
    assert all(number <= rhythm.per_week for number in weeks.values())


@given(rhythms(), seeds, any_moment, st.integers(0, 30 * 24 * 60))
def test_slots_are_stable(rhythm: Rhythm, seed: str, after: datetime, minutes: int) -> None:
    """Whoever asks later finds the slots that were promised earlier, and no others."""
    later = after + timedelta(minutes=minutes)
    promised = [slot for slot in islice(rhythm.slots(seed, after), 40) if slot > later][:3]
    assert list(islice(rhythm.slots(seed, later), 3))[: len(promised)] == promised
    assert rhythm.next_slot(seed, later) == next(rhythm.slots(seed, later), None)


@given(rhythms(), seeds)
def test_time_of_day_leaves_a_margin(rhythm: Rhythm, seed: str) -> None:
    """A person's time is within the hours, and far enough from their end where the hours are long enough."""
    hours = [datetime.combine(MONDAY, at) for at in (rhythm.start, rhythm.time_of_day(seed), rhythm.end)]
    start, chosen, end = hours
    assert start <= chosen < end
    assert end - chosen > MARGIN or end - start <= MARGIN
    assert rhythm.time_of_day(seed) == rhythm.time_of_day(seed)


@given(rhythms(), seeds, any_moment)
def test_next_any_day_comes_within_eight_days(rhythm: Rhythm, seed: str, after: datetime) -> None:
    """Any of the person's days will do, so the wait is never much longer than a week."""
    assume(rhythm.days)
    found = rhythm.next_any_day(seed, after)
    assert found is not None
    assert rhythm.allows(found)
    assert found - after <= timedelta(days=15)  # two weeks where a clock change swallows the only slot


@pytest.mark.parametrize(
    ("rhythm", "why"),
    [
        (Rhythm(days=frozenset()), "no days"),
        (Rhythm(per_week=0), "no tips"),
        (Rhythm(days=frozenset({7, 9})), "days that do not exist"),
        (Rhythm(start=time(17), end=time(9)), "hours that end before they begin"),
        (Rhythm(start=time(9), end=time(9)), "no hours"),
    ],
)
def test_no_slots_where_nothing_is_wanted(rhythm: Rhythm, why: str) -> None:
    """An impossible wish has no slots, and asking for one comes back at once."""
    assert rhythm.next_slot("sam", datetime(2026, 1, 1, tzinfo=UTC)) is None, why


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (datetime(2026, 3, 26, 12, tzinfo=UTC), "2026-03-30"),  # Thursday noon, over the change to summer
        (datetime(2026, 10, 22, 18, tzinfo=UTC), "2026-10-26"),  # Thursday evening, over the change back
    ],
)
def test_local_time_stays_across_a_clock_change(after: datetime, expected: str) -> None:
    """The clocks change, the person's time of day does not."""
    rhythm = Rhythm(start=time(9), end=time(11))
    slot = rhythm.next_slot("sam", after)
    assert slot is not None
    local = slot.astimezone(LONDON)
    assert f"{local:%Y-%m-%d}" == expected
    assert local.time() == rhythm.time_of_day("sam")


def test_a_day_whose_hours_the_clock_change_swallows_has_no_slot() -> None:
    """From one to two on the last Sunday of March there is no such hour in London."""
    rhythm = Rhythm(days=frozenset({6}), start=time(1), end=time(2), per_week=1)
    slot = rhythm.next_slot("sam", datetime(2026, 3, 23, tzinfo=UTC))
    assert slot is not None
    assert slot.astimezone(LONDON).date().isoformat() == "2026-04-05"


@pytest.mark.parametrize(
    ("days", "per_week", "expected"),
    [
        (WORKING_WEEK, 0, set()),
        (WORKING_WEEK, 1, {2}),
        (WORKING_WEEK, 2, {1, 3}),
        (WORKING_WEEK, 3, {0, 2, 4}),
        (WORKING_WEEK, 7, {0, 1, 2, 3, 4}),
        (frozenset({5}), 3, {5}),
        (frozenset({0, 6}), 1, {6}),
        (frozenset(), 2, set()),
    ],
)
def test_chosen_days(days: frozenset[int], per_week: int, expected: set[int]) -> None:
    """The days are spread over those that somebody gave."""
    assert chosen_days(days, per_week, 0) == expected


@given(st.frozensets(st.integers(0, 6)), st.integers(-3, 9), turns)
def test_chosen_days_are_as_many_as_wanted(days: frozenset[int], per_week: int, turn: int) -> None:
    """Only the person's own days are chosen, as many as wanted or as there are."""
    chosen = chosen_days(days, per_week, turn)
    assert chosen <= days
    assert len(chosen) == max(0, min(per_week, len(days)))


@given(st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 7), turns)
def test_chosen_days_are_evenly_apart(days: frozenset[int], per_week: int, turn: int) -> None:
    """From one to the next, and around to the first again, is as many of the person's days as any other."""
    ordered = sorted(days)
    places = [ordered.index(day) for day in sorted(chosen_days(days, per_week, turn))]
    gaps = [later - earlier for earlier, later in pairwise([*places, places[0] + len(ordered)])]
    assert max(gaps) - min(gaps) <= 1


@given(st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 7), turns)
def test_the_turns_take_each_day_equally_often(days: frozenset[int], per_week: int, turn: int) -> None:
    """Whoever shares your days and is one turn on has them one later: together no day is busier."""
    chosen = Counter(day for step in range(len(days)) for day in chosen_days(days, per_week, turn + step))
    assert set(chosen.values()) == {min(per_week, len(days))}
    assert set(chosen) == days


def test_stable_number_is_the_same_on_every_machine() -> None:
    """The number is written down here, so that no change of Python or hash moves everybody's slots."""
    assert stable_number("sam-sample") == 3473023935


@pytest.mark.parametrize(
    ("age", "stale"),
    [(timedelta(0), False), (STALE_AFTER, False), (STALE_AFTER + timedelta(seconds=1), True)],
)
def test_is_stale(age: timedelta, *, stale: bool) -> None:
    """A slot is dropped once it is older than `STALE_AFTER`."""
    slot = datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert is_stale(slot, slot + age) is stale


@given(
    any_moment,
    st.lists(st.integers(1, 60 * 40), min_size=1, max_size=80),
    st.sampled_from(ZONES),
)
def test_a_greedy_sender_never_breaks_the_cap(start: datetime, waits: list[int], zone: str) -> None:
    """Whoever sends whenever the cap lets them sends one a day, three in seven days, an hour apart."""
    sent: list[datetime] = []
    at = start
    for wait in waits:
        at += timedelta(minutes=wait)
        if under_cap(at, sent, zone):
            sent.append(at)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in sent]
    assert sent
    assert len(days) == len(set(days))
    assert all(other - one >= SMALLEST_GAP for one, other in pairwise(sent))
    assert all(sum(1 for day in days if 0 <= (day - first).days < 7) <= 3 for first in days)


@given(around_clock_changes, st.sampled_from(ZONES), st.lists(st.integers(0, 600), min_size=12, max_size=12))
def test_three_tips_a_week_always_find_room(after: datetime, zone: str, late: list[int]) -> None:
    """Whoever wants three a week gets them, though each goes out some seconds late and the clocks change."""
    slots = Rhythm(zone=zone, per_week=3).slots("sam", after)
    sent: list[datetime] = []
    for slot, seconds in zip(slots, late, strict=False):
        at = slot + timedelta(seconds=seconds)
        assert under_cap(at, sent, zone)
        sent.append(at)


@pytest.mark.parametrize(
    ("hours_ago", "allowed"),
    [
        ([], True),
        ([2], False),  # the same day
        ([24], True),
        ([24, 48], True),
        ([24, 48, 72], False),  # three in seven days
        ([24, 48, 7 * 24], True),
        ([24, 48, 7 * 24 - 1], True),  # a week ago, at one o'clock
        ([24, 48, 6 * 24], False),
    ],
)
def test_under_cap_by_table(hours_ago: list[int], *, allowed: bool) -> None:
    """The cap counts what was sent in the last seven days and on this local day."""
    at = datetime(2026, 11, 27, 12, tzinfo=UTC)
    sent = [at - timedelta(hours=hours) for hours in hours_ago]
    assert under_cap(at, sent, "Europe/London") is allowed


def test_under_cap_keeps_an_hour_across_midnight() -> None:
    """Another day begins at midnight, but nobody wants two messages ten minutes apart."""
    before = datetime(2026, 11, 26, 23, 55, tzinfo=UTC)
    assert not under_cap(before + timedelta(minutes=10), [before], "Europe/London")
    assert not under_cap(before + timedelta(minutes=59), [before], "Europe/London")
    assert under_cap(before + timedelta(hours=1), [before], "Europe/London")
