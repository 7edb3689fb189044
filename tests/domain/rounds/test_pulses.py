"""Rounds open once, close for good, and forget who said what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds.pulses import Round, voice
from bot.domain.staff.groups import Level
from bot.domain.staff.people import PersonId
from tests.samples import OPEN_FOR

START = datetime(2026, 11, 2, tzinfo=UTC)
TEAM = Level.TEAM
SAM, KIM = PersonId("sam-sample"), PersonId("kim-sample")
OPEN = Round("2026-11-02", START, START + OPEN_FOR, b"s" * 32)

secrets = st.binary(min_size=32, max_size=32)
ids = st.text(min_size=1, max_size=40).map(PersonId)


@given(secrets, ids, ids)
def test_a_voice_is_one_persons_in_one_round(secret: bytes, one: PersonId, other: PersonId) -> None:
    """The same person has the same voice in a round, so the second answer replaces the first."""
    assert voice(secret, one, TEAM) == voice(secret, one, TEAM)
    assert (voice(secret, one, TEAM) == voice(secret, other, TEAM)) is (one == other)


@given(secrets, secrets, ids)
def test_a_voice_is_another_in_another_round(one: bytes, other: bytes, person: PersonId) -> None:
    """Answers of two rounds cannot be put side by side by their voices."""
    assert (voice(one, person, TEAM) == voice(other, person, TEAM)) is (one == other)


@given(secrets, ids)
def test_a_voice_says_nothing_of_the_person(secret: bytes, person: PersonId) -> None:
    """A voice is 64 hexadecimal digits, whatever the person's id is."""
    assert len(voice(secret, person, TEAM)) == 64
    assert set(voice(secret, person, TEAM)) <= set("0123456789abcdef")


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


def test_asking_never_goes_back() -> None:
    """Two processes that ask at the same time note their last in any order; the end is the end."""
    sam, alex = PersonId("sam"), PersonId("alex")
    asking = replace(OPEN, asked_to=PersonId(""))
    assert asking.asked(sam).asked_to == sam
    assert asking.asked(sam).asked(alex).asked_to == sam
    assert asking.asked(None).asked_to is None
    assert asking.asked(None).asked(sam).asked_to is None


def test_reminding_never_goes_back() -> None:
    """As asking does not; and it begins when it is due and ends with the round."""
    sam, alex = PersonId("sam"), PersonId("alex")
    due = replace(OPEN, reminds=START + timedelta(days=3), reminded_to=PersonId(""))
    assert due.reminded(sam).reminded(alex).reminded_to == sam
    assert due.reminded(None).reminded(sam).reminded_to is None
    moments = (START, START + timedelta(days=3), START + OPEN_FOR)
    assert [due.is_reminding(at) for at in moments] == [False, True, False]
    assert not due.reminded(None).is_reminding(START + timedelta(days=3))
    assert not due.closed().is_reminding(START + timedelta(days=3))


@given(secrets, ids)
def test_voices_for_team_role_and_licence_are_three(secret: bytes, person: PersonId) -> None:
    """So that the rows of one person cannot be put side by side."""
    assert len({voice(secret, person, level) for level in (Level.TEAM, Level.ROLE, Level.LICENCE)}) == 3
