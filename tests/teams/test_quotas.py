"""How much one person may ask for in a minute."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.staff.people import PersonId
from bot.teams.quotas import WINDOW, Quota, Verdict

SAM, ALEX = PersonId("sam"), PersonId("alex")


class Timer:
    """Seconds that a test counts."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_beyond_the_limit_a_person_is_told_once() -> None:
    """And let in again a minute after the first, then told again where there is reason."""
    timer = Timer()
    quota = Quota(2, timer)
    assert [quota.take(SAM) for _ in range(4)] == [
        Verdict.ADMITTED,
        Verdict.ADMITTED,
        Verdict.REFUSED,
        Verdict.REFUSED_AGAIN,
    ]
    timer.seconds += WINDOW
    assert [quota.take(SAM) for _ in range(3)] == [Verdict.ADMITTED, Verdict.ADMITTED, Verdict.REFUSED]


def test_one_persons_hurry_is_nobody_elses() -> None:
    """Each has a count of their own."""
    quota = Quota(1, Timer())
    assert [quota.take(who) for who in (SAM, SAM, ALEX)] == [
        Verdict.ADMITTED,
        Verdict.REFUSED,
        Verdict.ADMITTED,
    ]


@given(waits=st.lists(st.integers(0, 30), max_size=60), limit=st.integers(1, 5))
def test_no_minute_has_more_than_the_limit(waits: list[int], limit: int) -> None:
    """Whatever the rhythm, in any minute at most so many are let in; and whoever waits a minute is let in."""
    timer = Timer()
    quota = Quota(limit, timer)
    admitted: list[float] = []
    for wait in waits:
        timer.seconds += wait
        if quota.take(SAM) is Verdict.ADMITTED:
            admitted.append(timer.seconds)
    assert all(later - first >= WINDOW for first, later in zip(admitted, admitted[limit:], strict=False))
    timer.seconds += WINDOW
    assert quota.take(SAM) is Verdict.ADMITTED


@given(people=st.lists(st.integers(0, 50).map(lambda n: PersonId(f"p{n}")), max_size=200))
def test_memory_is_bounded(people: list[PersonId]) -> None:
    """Those who came last are remembered."""
    quota = Quota(1, Timer(), most_people=5)
    for person in people:
        quota.take(person)
    assert len(quota) == min(5, len(set(people)))
    assert all(quota.take(person) is not Verdict.ADMITTED for person in people[-1:])
