"""Who is introduced to whom, and the reason that they read."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.champions import Introduction, match, reason
from bot.domain.people import Person, Preferences
from tests.samples import BOOKING, CLERK, MONDAY, champion, person_id, staff, stranger

SAM = staff()
NEAR_PEER = champion("Near Peer Sample")
FAR_PEER = champion("Far Peer Sample", site="South site")
NEIGHBOUR = champion("Neighbour Sample", role=BOOKING)
OTHER = champion("Other Sample", role=BOOKING, site="South site")
ALL = [NEAR_PEER, FAR_PEER, NEIGHBOUR, OTHER]

crowds = st.lists(st.sampled_from([*ALL, SAM, staff("Pat Sample"), stranger()]), unique=True)
askers = st.sampled_from([SAM, NEAR_PEER, OTHER, stranger()])
pasts = st.lists(
    st.builds(
        Introduction,
        st.sampled_from([SAM.id, person_id("Pat Sample")]),
        st.sampled_from([c.id for c in ALL]),
        st.integers(1, 99).map(lambda days: MONDAY - timedelta(days=days)),
    ),
    max_size=8,
)


@given(askers, crowds, pasts)
def test_a_match_is_another_champion(asker: Person, people: list[Person], past: list[Introduction]) -> None:
    """Nobody is matched with themselves or with somebody who did not offer; whoever offered is found."""
    found = match(asker, people, past)
    helpers = [p for p in people if p in ALL and p.id != asker.id]
    assert (found is None) is (not helpers)
    assert found is None or found.champion in helpers


@given(askers, crowds, pasts)
def test_a_match_does_not_depend_on_order(
    asker: Person, people: list[Person], past: list[Introduction]
) -> None:
    """The same people in another order give the same match."""
    assert match(asker, people, past) == match(asker, people[::-1], past[::-1])


@given(st.integers(1, 12))
def test_nobody_is_repeated_before_all_were_introduced(times: int) -> None:
    """Asking again and again goes round all champions, so no load falls on one."""
    past: list[Introduction] = []
    for step in range(times):
        found = match(SAM, ALL, past)
        assert found is not None
        past.append(Introduction(SAM.id, found.champion.id, MONDAY + timedelta(days=step)))
    counts = [sum(1 for i in past if i.champion == c.id) for c in ALL]
    assert max(counts) - min(counts) <= 1


def test_the_order_of_introductions() -> None:
    """The same role comes first, then the same site."""
    order = []
    past: list[Introduction] = []
    for _ in ALL:
        found = match(SAM, ALL, past)
        assert found is not None
        order.append(found.champion)
        past.append(Introduction(SAM.id, found.champion.id, MONDAY))
    assert order == [NEAR_PEER, FAR_PEER, NEIGHBOUR, OTHER]


def test_somebody_elses_introductions_do_not_matter() -> None:
    """What others were told does not change who suits Sam best."""
    past = [Introduction(person_id("Pat Sample"), NEAR_PEER.id, MONDAY)]
    found = match(SAM, ALL, past)
    assert found is not None
    assert found.champion == NEAR_PEER


def test_a_champion_who_stopped_is_left_alone() -> None:
    """Whoever stopped everything is not asked to help either."""
    resting = NEAR_PEER.choosing(Preferences(stopped=True))
    found = match(SAM, [resting, OTHER], [])
    assert found is not None
    assert found.champion == OTHER


@pytest.mark.parametrize(
    ("helper", "words"),
    [
        (NEAR_PEER, "they do the same job as you, at your site"),
        (FAR_PEER, "they do the same job as you"),
        (NEIGHBOUR, "they work at your site"),
        (OTHER, "they offered to help colleagues with AI at work"),
    ],
)
def test_reasons(helper: Person, words: str) -> None:
    """The reason claims only what is true of both."""
    assert SAM.role == CLERK
    assert reason(helper, SAM) == words


def test_a_stranger_shares_nothing_with_anybody() -> None:
    """Two unknown sites are not the same site."""
    assert reason(OTHER, stranger()) == "they offered to help colleagues with AI at work"
