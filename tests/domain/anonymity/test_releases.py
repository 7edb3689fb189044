"""The guard refuses whatever would set a handful of people apart, on whichever road it comes."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity.releases import Ledger

LEAST = 10
PEOPLE = dict.fromkeys(range(60), 1)
cohorts = st.lists(
    st.builds(
        lambda first, size: frozenset(range(first, min(60, first + size))),
        st.integers(0, 55),
        st.integers(1, 40),
    ),
    max_size=8,
)


def admitted(
    releases: Sequence[frozenset[int]], people: dict[int, int] | None = None
) -> list[frozenset[int]]:
    """The releases that the guard lets through, in order."""
    ledger = Ledger(PEOPLE if people is None else people, LEAST)
    return [release for release in releases if ledger.admit(release)]


@given(cohorts)
def test_nothing_that_was_let_through_sets_a_few_apart(releases: list[frozenset[int]]) -> None:
    """People who lie in the same releases are ten or more, or in none: no subtracting goes finer."""
    through = admitted(releases)
    together: dict[tuple[bool, ...], int] = {}
    for person in PEOPLE:
        where = tuple(person in release for release in through)
        together[where] = together.get(where, 0) + 1
    assert all(number >= LEAST for where, number in together.items() if any(where))


@given(cohorts)
def test_any_two_releases_differ_by_many_or_nobody(releases: list[frozenset[int]]) -> None:
    """One to nine people is what no difference may be, whichever came first."""
    through = admitted(releases)
    assert all(not 0 < len(one - other) < LEAST for one in through for other in through)


def test_another_level_is_refused() -> None:
    """A site that is a team and three more people."""
    team, site = frozenset(range(12)), frozenset(range(15))
    assert admitted([team, site]) == [team]
    assert admitted([site, team]) == [site]


def test_another_membership_is_refused() -> None:
    """A team in one round, and the same answers once more after two have left and one has come."""
    assert admitted([frozenset(range(12)), frozenset(range(2, 13))]) == [frozenset(range(12))]


def test_what_an_erasure_leaves_is_refused() -> None:
    """The same figures without one person would be that person's answer."""
    before = frozenset(range(20))
    assert admitted([before, before - {7}]) == [before]


def test_the_same_once_more_is_no_news() -> None:
    """Saying again what is known exposes nobody."""
    team = frozenset(range(12))
    assert admitted([team, team]) == [team, team]


def test_three_that_are_harmless_in_pairs_are_refused() -> None:
    """A whole less two parts is five people, although each two differ by many."""
    whole, one, other = frozenset(range(35)), frozenset(range(15)), frozenset(range(15, 30))
    assert admitted([whole, one, other]) == [whole, one]


def test_cells_may_be_of_several_people() -> None:
    """A team is one cell with a size."""
    cells = {1: 12, 2: 4, 3: 0}
    assert admitted([frozenset({1}), frozenset({1, 3}), frozenset({1, 2})], cells) == [
        frozenset({1}),
        frozenset({1, 3}),
    ]
