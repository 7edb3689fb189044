"""Until when a champion can answer: a whole working day of theirs, from when their card is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.peers.turns import Turn, after_working_days, answer_by, goes_away, turn_of
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Leave, Nights, Rota, Shift
from bot.domain.staff.people import Person, Preferences
from tests.domain.rhythms import rhythms
from tests.samples import MONDAY, champion

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
moments = st.integers(0, 400 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


def at(day: str, hour: str) -> datetime:
    """A moment by the clock in London."""
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=LONDON)


def working(rhythm: Rhythm, name: str = "Cham Sample") -> Person:
    """A champion who lives by a rhythm."""
    return replace(champion(name), preferences=Preferences(rhythm=rhythm))


def shifts(letters: str) -> Rhythm:
    """A rota that begins on Monday 23 November."""
    return Rhythm(rota=Rota(date(2026, 11, 23), tuple(map(Shift, letters))))


@pytest.mark.parametrize(
    ("rhythm", "card", "until"),
    [
        (Rhythm(), at("2026-11-23", "10:00"), at("2026-11-24", "10:00")),
        (Rhythm(), at("2026-11-27", "16:10"), at("2026-11-30", "16:15")),
        (Rhythm(days=frozenset({0, 3})), at("2026-11-23", "10:00"), at("2026-11-26", "10:00")),
        (Rhythm(), at("2026-12-24", "11:00"), at("2026-12-29", "11:00")),
        (Rhythm(works_holidays=True), at("2026-12-24", "11:00"), at("2026-12-25", "11:00")),
        (Rhythm(start=time(9), end=time(10)), at("2026-11-23", "09:59"), at("2026-11-24", "10:00")),
        (shifts("EL"), at("2026-11-23", "07:30"), at("2026-11-24", "21:00")),
        (shifts("DE"), at("2026-11-23", "19:00"), at("2026-11-24", "15:00")),
        (shifts("NNOO"), at("2026-11-24", "02:00"), at("2026-11-25", "02:00")),
        (Rhythm(leave=(Leave(date(2026, 11, 24), date(2026, 12, 4)),)), at("2026-11-23", "10:00"),
         at("2026-11-24", "10:00")),
        (Rhythm(days=frozenset()), at("2026-11-27", "10:00"), at("2026-11-28", "10:00")),
    ],
)  # fmt: skip
def test_one_working_day_of_the_champion(rhythm: Rhythm, card: datetime, until: datetime) -> None:
    """Weekends, other free days and bank holidays are left out; at the latest it ends with that day."""
    assert answer_by(rhythm, card, CHRISTMAS) == until


@given(rhythms, moments)
def test_nobody_has_less_than_their_next_working_day(rhythm: Rhythm, card: datetime) -> None:
    """Whatever somebody works: it is later than the card, on a quarter of an hour, and not for ever."""
    until = answer_by(rhythm, card, CHRISTMAS)
    assert card < until
    assert until.astimezone(ZoneInfo(rhythm.zone)).minute % 15 == 0 or until.minute % 15 == 0
    if rhythm.rota is None and len(rhythm.days) > 4 and rhythm.start != rhythm.end:
        assert until - card < timedelta(days=8)


def test_the_card_comes_in_the_champions_hours() -> None:
    """At once where they are at work; else at their own time of the next day that they work."""
    cham = working(Rhythm())
    noon = at("2026-11-23", "12:00")
    assert turn_of(cham, noon, frozenset()) == Turn(cham.id, noon, at("2026-11-24", "12:15"))
    for late in range(6):
        assert (
            answer_by(Rhythm(), noon + timedelta(minutes=late), frozenset())
            <= turn_of(cham, noon, frozenset()).until
        ), "the asker is told what the card says, though it took a while"
    evening = turn_of(cham, at("2026-12-24", "18:00"), CHRISTMAS)
    assert evening.card.astimezone(LONDON).date() == date(2026, 12, 29)
    assert evening.until.astimezone(LONDON).date() == date(2026, 12, 30)


def test_the_card_does_not_come_with_a_tip() -> None:
    """Whoever is asked in the evening has the card next day, and an hour between it and a tip of that day."""
    evening = at("2026-11-23", "18:00")
    for number in range(60):
        cham = working(Rhythm(per_week=5), f"Cham Sample {number}")
        tip = cham.next_slot(evening)
        card = turn_of(cham, evening, frozenset()).card
        assert tip is not None
        assert abs(tip - card) > timedelta(hours=1)
        assert cham.preferences.rhythm.allows(card)


NIGHTLESS = Rhythm(
    rota=Rota(date(2026, 11, 23), (Shift.NIGHT,)), nights=Nights.NEVER
)  # works, and wants nothing then


def test_whoever_has_no_hours_gets_it_at_once() -> None:
    """There is no better moment to wait for."""
    for rhythm in (Rhythm(days=frozenset()), NIGHTLESS):
        turn = turn_of(working(rhythm), MONDAY, frozenset())
        assert (turn.card, turn.until - MONDAY) == (MONDAY, timedelta(days=1, minutes=15))


@pytest.mark.parametrize(
    ("first", "last", "away"),
    [
        ("2026-11-23", "2026-11-27", False),
        ("2026-11-30", "2026-12-04", True),
        ("2026-12-01", "2026-12-04", False),
        ("2026-11-16", "2026-11-20", False),
        ("2026-11-20", "2026-12-20", True),
    ],
)
def test_whoever_would_get_the_card_in_their_leave_is_away(first: str, last: str, *, away: bool) -> None:
    """On Friday evening the next working day is Monday: leave that begins then counts already."""
    leave = Leave(date.fromisoformat(first), date.fromisoformat(last))
    assert goes_away(working(Rhythm(leave=(leave,))), at("2026-11-27", "18:00"), frozenset()) == away


@pytest.mark.parametrize(
    ("day", "hour", "days", "expected"),
    [
        (23, 9, 1, (24, 9)),
        (27, 16, 1, (30, 16)),
        (28, 16, 1, (31, 0)),
        (29, 23, 3, (33, 0)),
        (25, 9, 3, (30, 9)),
    ],
)
def test_working_days_leave_out_the_weekend(
    day: int, hour: int, days: int, expected: tuple[int, int]
) -> None:
    """Friday's next is Monday; a request of the weekend counts from Monday's first minute."""
    start = datetime(2026, 11, day, hour, tzinfo=UTC)
    end = datetime(2026, 11, 1, expected[1], tzinfo=UTC) + timedelta(days=expected[0] - 1)
    assert after_working_days(start, days) == end


def test_working_days_leave_out_bank_holidays() -> None:
    """Three from Christmas Eve end on New Year's Eve; from a bank holiday it counts from the day after it."""
    eve = datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert after_working_days(eve, 3, CHRISTMAS) == datetime(2026, 12, 31, 9, tzinfo=UTC)
    assert after_working_days(eve + timedelta(days=1), 1, CHRISTMAS) == datetime(2026, 12, 30, tzinfo=UTC)
