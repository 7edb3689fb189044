"""Slots lie where people said they may, and the cap holds whoever asks."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.staff.cadence import (
    MARGIN,
    MOST_PER_WEEK,
    SMALLEST_GAP,
    STALE_AFTER,
    WORKING_WEEK,
    Rhythm,
    chosen_days,
    is_stale,
    stable_number,
    under_cap,
)
from bot.domain.staff.hours import SHIFTS, Hours, Leave, Nights, Rota, Shift
from tests.domain.rhythms import NEAR, ZONES, days, rhythms
from tests.samples import MONDAY

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


closed_days = st.frozensets(days, max_size=12)
WEEKLY = rhythms.map(lambda rhythm: replace(rhythm, rota=None, quiet=None))
"""Rhythms without a rota."""


@given(rhythms, seeds, any_moment, closed_days)
def test_every_slot_is_within_the_hours_of_a_working_day(
    rhythm: Rhythm, seed: str, after: datetime, closed: frozenset[date]
) -> None:
    """Each slot is a UTC time later than asked, in the hours, not on leave, a holiday or in quiet hours."""
    for slot in islice(rhythm.slots(seed, after, closed), 10):
        assert slot > after
        assert slot.utcoffset() == timedelta(0)
        assert rhythm.allows(slot, closed)
        local = slot.astimezone(ZoneInfo(rhythm.zone))
        assert not any(leave.first <= local.date() <= leave.last for leave in rhythm.leave)
        assert rhythm.works_holidays or local.date() not in closed
        assert rhythm.quiet is None or not rhythm.quiet.hold(local.time())


@given(WEEKLY, seeds, any_moment)
def test_without_a_rota_slots_are_on_the_chosen_days(rhythm: Rhythm, seed: str, after: datetime) -> None:
    """In the local hours that begin on one of the days; and no week has more than were chosen."""
    slots = [at.astimezone(ZoneInfo(rhythm.zone)) for at in islice(rhythm.slots(seed, after), 15)]
    begun = [at.date() - timedelta(days=at.time() < rhythm.start) for at in slots]
    assert all(day.weekday() in rhythm.days_of(seed) for day in begun)
    assert all(number <= rhythm.per_week for number in Counter(d.isocalendar()[:2] for d in begun).values())


@given(rhythms, seeds, any_moment, closed_days)
def test_slots_only_move_forward_and_no_day_has_two(
    rhythm: Rhythm, seed: str, after: datetime, closed: frozenset[date]
) -> None:
    """Whatever the rota does to nights and days, each local day has one slot at most."""
    slots = list(islice(rhythm.slots(seed, after, closed), 15))
    assert all(one < other for one, other in pairwise(slots))
    local = [at.astimezone(ZoneInfo(rhythm.zone)).date() for at in slots]
    assert len(set(local)) == len(local)


@given(rhythms, any_moment, closed_days)
def test_the_last_moment_before_lies_in_their_hours_and_none_does_later(
    rhythm: Rhythm, at: datetime, closed: frozenset[date]
) -> None:
    """Looked for at every quarter of an hour of the week before, clock changes or not."""
    last = rhythm.last_before(at, closed)
    assert last is None or (last < at and rhythm.allows(last, closed))
    quarters = (at - SMALLEST_GAP / 4 * back for back in range(1, 7 * 24 * 4))
    allowed = next((quarter for quarter in quarters if rhythm.allows(quarter, closed)), None)
    assert allowed is None or (last is not None and last >= allowed)


@given(rhythms, st.integers(1, MOST_PER_WEEK), seeds, any_moment, closed_days)
def test_slots_keep_the_cap_among_themselves(
    rhythm: Rhythm, per_week: int, seed: str, after: datetime, closed: frozenset[date]
) -> None:
    """In any seven days, also where a rota crowds the end of one week and the beginning of the next."""
    rhythm = replace(rhythm, per_week=per_week)
    sent: list[datetime] = []
    for slot in islice(rhythm.slots(seed, after, closed), 20):
        days_ago = [_local_day(slot, rhythm) - _local_day(one, rhythm) for one in sent]
        assert sum(one < timedelta(days=7) for one in days_ago) < rhythm.weekly_cap
        sent.append(slot)


@pytest.mark.parametrize("rota", ["DDNNOOOO", "DDDDOOOO", "NNNNOOO", "EEELLOO", "DNOO"])
@pytest.mark.parametrize("per_week", [1, 2, 3, 4, 5])
def test_the_cap_costs_a_rota_few_of_its_tips(rota: str, per_week: int) -> None:
    """Nearly as many come in a year as where each slot in turn is taken that has room."""
    rhythm = Rhythm(rota=Rota(NEAR, tuple(map(Shift, rota))), per_week=per_week)
    year = timedelta(weeks=52)
    slots = list(takewhile(lambda at: at < MONDAY + year, rhythm.slots("sam", MONDAY)))
    assert len(slots) >= 52 * min(per_week, 2.4)


def _local_day(slot: datetime, rhythm: Rhythm) -> date:
    return slot.astimezone(ZoneInfo(rhythm.zone)).date()


@given(rhythms, seeds, any_moment, st.integers(0, 14 * 24 * 60))
def test_slots_are_stable(rhythm: Rhythm, seed: str, after: datetime, minutes: int) -> None:
    """Whoever asks later finds the slots that were promised earlier, and no others."""
    later = after + timedelta(minutes=minutes)
    promised = [slot for slot in islice(rhythm.slots(seed, after), 40) if slot > later][:3]
    assert list(islice(rhythm.slots(seed, later), 3))[: len(promised)] == promised
    assert rhythm.next_slot(seed, later) == next(rhythm.slots(seed, later), None)


@given(WEEKLY, seeds)
def test_time_of_day_leaves_a_margin(rhythm: Rhythm, seed: str) -> None:
    """A person's time is within the hours, and far enough from their end where the hours are long enough."""
    assume(rhythm.start != rhythm.end)
    start, end = Hours(rhythm.start, rhythm.end).on(MONDAY.date())
    chosen = datetime.combine(MONDAY, rhythm.time_of_day(seed))
    chosen += timedelta(days=chosen < start)
    assert start <= chosen < end
    assert end - chosen > MARGIN or end - start <= MARGIN
    assert rhythm.time_of_day(seed) == rhythm.time_of_day(seed)


@given(WEEKLY, seeds, any_moment)
def test_next_any_day_comes_within_eight_days(rhythm: Rhythm, seed: str, after: datetime) -> None:
    """Any of the person's days will do, so the wait is never much longer than a week."""
    rhythm = replace(rhythm, leave=())
    assume(rhythm.days and rhythm.start != rhythm.end)
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
        (Rhythm(rota=Rota(NEAR, (Shift.OFF,))), "a rota that is always off"),
        (Rhythm(rota=Rota(NEAR, (Shift.NIGHT,)), nights=Nights.NEVER), "nights alone, and none wanted"),
        (Rhythm(quiet=Hours(time(8), time(18))), "quiet hours all day"),
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


LONDON_NIGHTS = Rhythm(rota=Rota(NEAR, tuple(map(Shift, "NNNNOOO"))), per_week=2)


def test_a_night_worker_hears_during_the_night() -> None:
    """Inside their own shift, which passes midnight."""
    for slot in islice(LONDON_NIGHTS.slots("sam", MONDAY), 20):
        assert SHIFTS[Shift.NIGHT].hold(slot.astimezone(LONDON).time())


def test_a_night_worker_may_choose_their_own_hours_or_none() -> None:
    """In the afternoon before a night, or never on nights: then only the day shifts are left."""
    afternoons = replace(LONDON_NIGHTS, nights=Nights.OWN_HOURS, start=time(16), end=time(18))
    for slot in islice(afternoons.slots("sam", MONDAY), 20):
        assert 16 <= slot.astimezone(LONDON).hour < 18
    mixed = replace(
        LONDON_NIGHTS, nights=Nights.NEVER, rota=Rota(NEAR, tuple(map(Shift, "EENNOO"))), per_week=5
    )
    slots = list(islice(mixed.slots("sam", MONDAY), 40))
    assert {mixed.rota.on(slot.astimezone(LONDON).date()) for slot in slots if mixed.rota} == {Shift.EARLY}


def test_a_year_of_leave_has_an_end() -> None:
    """Somebody who is away for longer than a year finds their slots again on the day after."""
    away = Rhythm(leave=(Leave(NEAR, NEAR + timedelta(days=500)),))
    slot = away.next_slot("sam", MONDAY)
    assert slot is not None
    assert timedelta(days=500) < slot - MONDAY < timedelta(days=510)


def test_whoever_works_on_bank_holidays_hears_on_them() -> None:
    """The day is closed for the others only."""
    closed = frozenset(NEAR + timedelta(days=ahead) for ahead in range(14))
    off, on = Rhythm(), Rhythm(works_holidays=True)
    first = [rhythm.next_slot("sam", MONDAY, closed) for rhythm in (off, on)]
    assert [slot and (slot.date() in closed) for slot in first] == [False, True]


@pytest.mark.parametrize(("per_week", "cap"), [(0, 3), (2, 3), (3, 3), (4, 4), (5, 5), (9, 5)])
def test_the_weekly_cap_is_three_or_what_somebody_chose(per_week: int, cap: int) -> None:
    """Nobody gets more than three of everything together, except who asked for four or five tips."""
    assert Rhythm(per_week=per_week).weekly_cap == cap
