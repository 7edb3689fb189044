"""No group under the threshold is shown, and none can be had by subtracting."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.anonymity import SMALLEST_THRESHOLD
from bot.domain.anonymity.suppression import Node, Shown, rests, shown
from bot.domain.staff.groups import WHOLE, Group, Level

thresholds = st.integers(SMALLEST_THRESHOLD, 20)


@st.composite
def organisations(draw: st.DrawFn) -> Node:
    """Up to five sites with up to six teams; some people are in no team, and some on no site."""
    sites = []
    for number in range(draw(st.integers(0, 5))):
        sizes = draw(st.lists(st.integers(0, 25), max_size=6))
        teams = [Node(Group(Level.TEAM, f"{number}-{n}"), size) for n, size in enumerate(sizes)]
        people = sum(sizes) + draw(st.integers(0, 12))
        sites.append(Node(Group(Level.SITE, str(number)), people, teams))
    return Node(WHOLE, sum(site.people for site in sites) + draw(st.integers(0, 12)), sites)


def nodes(node: Node) -> list[Node]:
    """A node and everything in it."""
    return [node, *(inner for part in node.parts for inner in nodes(part))]


def outermost(found: Shown) -> list[set[Group]]:
    """Of each shown group, the set of the rests that it is made of."""
    return [{inner.group for inner in one.each()} for one in found.each()]


@given(organisations(), thresholds)
def test_no_group_and_no_rest_is_small(whole: Node, threshold: int) -> None:
    """What is shown, and what is left of it without all that is shown within, is large or empty."""
    found = shown(whole, threshold)
    if found is None:
        assert whole.people < threshold
        return
    assert all(one.people >= threshold for one in found.each())
    assert all(rest == 0 or rest >= threshold for rest in rests(found).values())


@given(organisations(), thresholds)
def test_no_sum_or_difference_of_two_figures_is_small(whole: Node, threshold: int) -> None:
    """Of any two groups that are shown: who is in the one and not in the other are many, or nobody."""
    found = shown(whole, threshold)
    if found is not None:
        people = rests(found)
        for one, other in combinations(outermost(found), 2):
            for left in (one - other, other - one, one & other):
                assert not 0 < sum(people[group] for group in left) < threshold


@given(organisations(), thresholds)
def test_what_is_shown_is_there(whole: Node, threshold: int) -> None:
    """Groups are shown with their own sizes, once each, and the organisation is the last of them."""
    found = shown(whole, threshold)
    if found is not None:
        sizes = {node.group: node.people for node in nodes(whole)}
        seen = list(found.each())
        assert seen[-1].group == WHOLE
        assert {one.group: one.people for one in seen} == {one.group: sizes[one.group] for one in seen}
        assert len({one.group for one in seen}) == len(seen)


@given(organisations(), thresholds)
def test_nothing_is_hidden_without_need(whole: Node, threshold: int) -> None:
    """Where no group is small and no rest is, all is shown."""
    every = nodes(whole)
    loose = [node.people - sum(part.people for part in node.parts) for node in every]
    if all(node.people >= threshold for node in every) and all(
        not 0 < rest < threshold for rest in loose if rest
    ):
        found = shown(whole, threshold)
        if all(
            rest == 0 or not node.parts or rest >= threshold for node, rest in zip(every, loose, strict=True)
        ):
            assert found is not None
            assert len(list(found.each())) == len(every)


def site(*sizes: int) -> Node:
    """One organisation that is one site with teams of these sizes."""
    teams = [Node(Group(Level.TEAM, str(size)), size) for size in sizes]
    return Node(WHOLE, sum(sizes), [Node(Group(Level.SITE, "S"), sum(sizes), teams)])


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((12, 15, 20), set()),
        ((4, 12, 15, 20), {"4", "12"}),  # the next smallest goes with it
        ((6, 5, 12, 15), {"6", "5"}),  # two small ones hide one another
        ((4, 12), {"4", "12"}),
        ((10, 9), {"10", "9"}),
    ],
)
def test_the_next_smallest_is_hidden_too(sizes: tuple[int, ...], hidden: set[str]) -> None:
    """A single small team would be the site less the others."""
    found = shown(site(*sizes), 10)
    assert found is not None
    assert {one.group.name for one in found.each() if one.group.level is Level.TEAM} == {
        str(size) for size in sizes
    } - hidden


@pytest.mark.parametrize("threshold", [-1, 0, 1, SMALLEST_THRESHOLD - 1])
def test_no_threshold_below_the_smallest(threshold: int) -> None:
    """A threshold that protects nobody is refused, even for a large group."""
    with pytest.raises(ValueError, match="protects nobody"):
        shown(Node(WHOLE, 500), threshold)
