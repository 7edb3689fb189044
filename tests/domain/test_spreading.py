"""A whole country is a flat load: over the quarters of an hour, over the days, and while a round is asked."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.rounds.pulses import Round, asking_time
from bot.domain.staff.cadence import MARGIN, Rhythm, stable_number
from bot.domain.staff.people import Person, PersonId
from tests.samples import OPEN_FOR

PEOPLE = 50_500
"""A tenth of the country, so that the tests are quick."""

RHYTHM = Rhythm()
OPENS = datetime(2026, 11, 30, tzinfo=UTC)
ROUND = Round("2026-11-30", OPENS, OPENS + OPEN_FOR, b"secret")
QUARTERS = 29
"""From nine to a quarter past four: the hours of the default rhythm without the margin at their end."""

TOLERANCE = 0.12
"""Five times as far as chance moves the 1,740 people of a quarter of an hour, which is 2.4 %."""


def country() -> list[str]:
    """Ids as Entra makes them: nothing about them is in order."""
    return [f"{stable_number(f'{n}'):08x}-0000-4000-8000-{n:012d}" for n in range(PEOPLE)]


def busiest_and_quietest(counted: Counter[int], bins: int) -> tuple[float, float]:
    """How far the fullest and the emptiest of so many bins are from the mean, in parts of it."""
    assert set(counted) == set(range(bins))
    mean = counted.total() / bins
    return max(counted.values()) / mean - 1, 1 - min(counted.values()) / mean


def quarters(seeds: Iterable[str]) -> Counter[int]:
    """How many people's time of day lies in each quarter of an hour, counted from nine o'clock."""
    times = (RHYTHM.time_of_day(seed) for seed in seeds)
    return Counter(((at.hour - 9) * 60 + at.minute) // 15 for at in times)


def test_a_national_drip_is_flat_over_the_hours() -> None:
    """No quarter of an hour from the opening to the margin is fuller or emptier than chance makes it."""
    assert timedelta(minutes=15) * QUARTERS == timedelta(hours=8) - MARGIN
    assert max(busiest_and_quietest(quarters(country()), QUARTERS)) < TOLERANCE


def test_a_national_drip_is_flat_within_the_minute() -> None:
    """Not all at its first second."""
    seconds = Counter(RHYTHM.time_of_day(seed).second for seed in country())
    assert max(busiest_and_quietest(seconds, 60)) < 5 * (60 / PEOPLE) ** 0.5


@pytest.mark.parametrize("per_week", [1, 2, 3, 4])
def test_a_national_drip_is_flat_over_the_week(per_week: int) -> None:
    """Each day of the working week has as many as any other, however many a week people want."""
    rhythm = Rhythm(per_week=per_week)
    days = Counter(day for seed in country() for day in rhythm.days_of(seed))
    assert days.total() == PEOPLE * per_week
    assert max(busiest_and_quietest(days, 5)) < 5 * (5 / PEOPLE) ** 0.5


def test_days_and_hours_have_nothing_to_do_with_each_other() -> None:
    """Those who hear from us on Mondays do not all do so in the morning."""
    for day in range(5):
        theirs = [seed for seed in country() if day in RHYTHM.days_of(seed)]
        assert max(busiest_and_quietest(quarters(theirs), QUARTERS)) < TOLERANCE / 0.4**0.5


def test_a_round_is_asked_on_two_days() -> None:
    """Half of the country on each, flat over the hours, long before the round closes."""
    asked = [asking_time(ROUND, Person(PersonId(seed)), OPENS) for seed in country()[: PEOPLE // 2]]
    after = [(at - OPENS) for at in asked if at]
    days = Counter(since.days for since in after)
    hours = Counter((since.seconds // 60 - 9 * 60) // 15 for since in after)
    assert len(after) == PEOPLE // 2
    assert max(busiest_and_quietest(days, 2)) < 0.05
    assert max(busiest_and_quietest(hours, QUARTERS)) < TOLERANCE * 2**0.5
