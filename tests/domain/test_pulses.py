"""Rounds open once, close for good, and forget who said what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import PersonId
from bot.domain.pulses import OPEN_FOR, Round, due_round, next_opening, voice

START = datetime(2026, 11, 2, tzinfo=UTC)
EVERY = timedelta(days=28)
SAM, KIM = PersonId("sam-sample"), PersonId("kim-sample")
OPEN = Round("2026-11-02", START, START + OPEN_FOR, b"s" * 32)

secrets = st.binary(min_size=32, max_size=32)
ids = st.text(min_size=1, max_size=40).map(PersonId)
intervals = st.integers(7, 90).map(lambda days: timedelta(days=days))
moments = st.integers(-60, 900).map(lambda days: START + timedelta(days=days, hours=5))


def opened(at: datetime) -> Round:
    """The round that a service would open at `at`."""
    return Round(f"{at:%Y-%m-%d}", at, at + OPEN_FOR, b"s" * 32)


@given(secrets, ids, ids)
def test_a_voice_is_one_persons_in_one_round(secret: bytes, one: PersonId, other: PersonId) -> None:
    """The same person has the same voice in a round, so the second answer replaces the first."""
    assert voice(secret, one) == voice(secret, one)
    assert (voice(secret, one) == voice(secret, other)) is (one == other)


@given(secrets, secrets, ids)
def test_a_voice_is_another_in_another_round(one: bytes, other: bytes, person: PersonId) -> None:
    """Answers of two rounds cannot be put side by side by their voices."""
    assert (voice(one, person) == voice(other, person)) is (one == other)


@given(secrets, ids)
def test_a_voice_says_nothing_of_the_person(secret: bytes, person: PersonId) -> None:
    """A voice is 64 hexadecimal digits, whatever the person's id is."""
    assert len(voice(secret, person)) == 64
    assert set(voice(secret, person)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (START - timedelta(seconds=1), False),
        (START, True),
        (START + OPEN_FOR - timedelta(microseconds=1), True),
        (START + OPEN_FOR, False),
    ],
)
def test_a_round_takes_answers_while_it_is_open(at: datetime, *, counts: bool) -> None:
    """The opening is inclusive, the close exclusive."""
    assert OPEN.takes_answers(at) is counts


def test_a_closed_round_has_no_secret_and_takes_no_answers() -> None:
    """Closing destroys the secret, and nothing opens the round again."""
    closed = OPEN.closed()
    assert closed.is_closed
    assert closed.secret is None
    assert not closed.takes_answers(START)
    assert (closed.id, closed.opens, closed.closes) == (OPEN.id, OPEN.opens, OPEN.closes)


def test_the_last_day_is_the_one_before_a_close_at_midnight() -> None:
    """A round that closes at Monday's midnight can be answered until the end of Sunday."""
    assert OPEN.last_day == date(2026, 11, 8)


@given(intervals, st.lists(st.integers(0, 60 * 24 * 40), max_size=60))
def test_rounds_never_open_twice_and_keep_to_their_calendar(every: timedelta, waits: list[int]) -> None:
    """However irregular the ticks, openings lie on the calendar, in the past, apart, and not over already."""
    now, last = START - timedelta(days=3), None
    for wait in waits:
        now += timedelta(minutes=wait)
        opens = due_round(last, START, every, now)
        if opens is None:
            continue
        assert opens <= now < opens + OPEN_FOR
        assert (opens - START) % every == timedelta(0)
        assert last is None or opens >= last.opens + every
        last = opened(opens)
        assert due_round(last, START, every, now) is None


@given(intervals, moments)
def test_a_service_that_was_down_skips_what_it_missed(every: timedelta, now: datetime) -> None:
    """After a pause of any length at most the newest opening is due, and only while its round could run."""
    opens = due_round(None, START, every, now)
    if now < START:
        assert opens is None
        return
    newest = START + (now - START) // every * every
    assert opens == (newest if now < newest + OPEN_FOR else None)


def test_next_opening() -> None:
    """The first round opens at the start, each other one `every` after the last."""
    assert next_opening(None, START, EVERY) == START
    assert next_opening(OPEN, START + timedelta(days=99), EVERY) == START + EVERY


def test_asking_never_goes_back() -> None:
    """Two processes that ask at the same time note their last in any order; the end is the end."""
    sam, alex = PersonId("sam"), PersonId("alex")
    asking = replace(OPEN, asked_to=PersonId(""))
    assert asking.asked(sam).asked_to == sam
    assert asking.asked(sam).asked(alex).asked_to == sam
    assert asking.asked(None).asked_to is None
    assert asking.asked(None).asked(sam).asked_to is None
