"""Cuts that cross: no group less what lies within it, of whatever sort, is a handful of people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, permutations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.anonymity.crossing import GIVING_WAY, Cut, Listed
from bot.domain.anonymity.publishing import Tally, cuts
from bot.domain.staff.groups import WHOLE, Group, Level, Membership
from tests.domain.anonymity.organisations import LEAST, QUESTION, listed, organisation, tallies

SITES, TEAMS, ROLES, LICENCES = (
    "AB",
    ("A0", "A1", "B0", "B1"),
    ("clerk", "nurse", "cook"),
    ("chat", "nothing"),
)
EVERYWHERE = [
    Membership(team[0], team, role, licence) for team, role, licence in product(TEAMS, ROLES, LICENCES)
]

people = st.one_of(st.just(0), st.integers(0, 12))
organisations = st.lists(people, min_size=len(EVERYWHERE), max_size=len(EVERYWHERE)).map(
    lambda sizes: {member: size for member, size in zip(EVERYWHERE, sizes, strict=True) if size}
)
"""How many people answered in each combination; with many that nobody is in, so that groups lie in groups."""


def tallied(answered: Listed, least: int = LEAST) -> list[Tally]:
    """What a store says where so many answered."""
    sizes: Counter[tuple[Group, str]] = Counter()
    for member, number in answered.items():
        for group in (*member.groups, WHOLE):
            sizes[group, member.site if group.level is Level.TEAM else ""] += number
    return [Tally(group, site, {QUESTION: {3: n}}) for (group, site), n in sizes.items() if n >= least]


def found(answered: Listed, on_list: Listed | None = None) -> list[Cut]:
    """What may be shown."""
    return list(cuts(tallied(answered), QUESTION, LEAST, answered if on_list is None else on_list))


def names(every: list[Cut]) -> set[str]:
    """All that is shown, by name."""
    return {one.group.key for cut in every for one in cut.found.each()}


def isolated(every: list[Cut], answered: Listed) -> Iterator[tuple[str, int]]:
    """Of each group and each rest of one: how many are left without what lies within it of another cut."""
    for outer, inner in permutations(every, 2):
        smallest = Counter[Group]()
        for member, number in answered.items():
            smallest[innermost(inner, member)] += number
        for name, members in groups_and_rests(outer, answered).items():
            inside = Counter[Group]()
            for member in members:
                inside[innermost(inner, member)] += answered[member]
            taken = sum(number for one, number in inside.items() if number == smallest[one])
            yield name, inside.total() - taken


def isolated_by_two(every: list[Cut], answered: Listed) -> Iterator[tuple[str, int]]:
    """Of each group and each rest of one cut: how many are left without parts of the two others.

    With any parts of the second that lie within, and all of the third that do and are apart from them.
    """
    for outer, second, third in permutations(every, 3):
        for name, members in groups_and_rests(outer, answered).items():
            some, others = (
                [one for one in smallest_parts(cut, answered) if one <= members] for cut in (second, third)
            )
            for chosen in chain.from_iterable(combinations(some, n) for n in range(len(some) + 1)):
                taken = set[Membership]().union(*chosen)
                taken |= set[Membership]().union(*(one for one in others if not one & taken))
                yield name, sum(answered[member] for member in members - taken)


def smallest_parts(cut: Cut, answered: Listed) -> list[set[Membership]]:
    """Who counts in each group that is shown and in nothing smaller; groups with nobody are left out."""
    found: dict[Group, set[Membership]] = {}
    for member in answered:
        found.setdefault(innermost(cut, member), set()).add(member)
    return list(found.values())


def innermost(cut: Cut, member: Membership) -> Group:
    """The smallest group with somebody in it that is shown."""
    shown = {one.group for one in cut.found.each()}
    return next((one for one in cut.kin(member) if one in shown), WHOLE)


def groups_and_rests(cut: Cut, answered: Listed) -> dict[str, set[Membership]]:
    """Who counts in each group that is shown, and in nothing smaller."""
    groups = {
        one.group.key: {member for member in answered if one.group in (*cut.kin(member), WHOLE)}
        for one in cut.found.each()
    }
    rests = {
        f"rest of {one.group.key}": {member for member in answered if innermost(cut, member) == one.group}
        for one in cut.found.each()
    }
    return groups | rests


@given(organisations)
def test_no_group_less_those_within_it_is_a_few_people(answered: dict[Membership, int]) -> None:
    """Team, site and all less roles or licences, roles less teams, licences less roles."""
    assert [few for few in isolated(found(answered), answered) if 0 < few[1] < LEAST] == []


THREE_STAND_APART = {
    Membership("B", "B0", "cook", "chat"): 12,
    Membership("B", "B0", "clerk", "nothing"): 12,
    Membership("B", "B0", "clerk", "chat"): 3,
    Membership("A", "A0", "clerk", "chat"): 20,
}
"""Site B less the cooks, less those without a licence."""


@given(organisations)
@example(THREE_STAND_APART)
def test_no_group_less_parts_of_two_sorts_is_a_few_people(answered: dict[Membership, int]) -> None:
    """A site less a role that is only there, less a licence that is only there and in other roles."""
    assert [few for few in isolated_by_two(found(answered), answered) if 0 < few[1] < LEAST] == []


def test_no_small_organisation_leaves_a_few_people_over() -> None:
    """Two sites with two roles and two licences each: every mixture of three, twelve and twenty people."""
    places = [
        Membership(team[0], team, role, licence)
        for team, role, licence in product(("A0", "B0"), ("cook", "clerk"), ("chat", "nothing"))
    ]
    for sizes in product((0, 20), (0,), (0, 20), (0, 20), *[(0, 3, 12)] * 4):
        answered = {member: size for member, size in zip(places, sizes, strict=True) if size}
        every = found(answered)
        few = [few for few in isolated_by_two(every, answered) if 0 < few[1] < LEAST]
        assert few == [], answered


@given(organisations)
def test_each_way_to_cut_keeps_its_own_law(answered: dict[Membership, int]) -> None:
    """Everybody less all roles that are shown, or all licences, is nobody or many; so is a site's rest."""
    for cut in found(answered):
        assert all(one.people >= LEAST for one in cut.found.each())
        assert all(one.rest == 0 or one.rest >= LEAST for one in cut.found.each())


@given(organisations)
def test_two_groups_that_cross_differ_by_many(answered: dict[Membership, int]) -> None:
    """A role that is a team but for two people would say how these two differ."""
    every = found(answered)
    for one, other in permutations(every, 2):
        for left, right in product(one.found.each(), other.found.each()):
            here = {m for m in answered if left.group in (*one.kin(m), WHOLE)}
            there = {m for m in answered if right.group in (*other.kin(m), WHOLE)}
            apart = sum(answered[member] for member in here ^ there)
            assert not (here - there and there - here) or apart >= LEAST


@given(organisations)
def test_teams_and_sites_never_give_way(answered: dict[Membership, int]) -> None:
    """What a lead acts on is shown as if there were no roles and licences."""
    alone = [tally for tally in tallied(answered) if tally.group.level not in GIVING_WAY]
    nested = list(cuts(alone, QUESTION, LEAST, {}))[:1]
    assert names(found(answered)[:1]) == names(nested)


@given(st.integers(0, 10_000))
def test_random_organisations_keep_the_law(seed: int) -> None:
    """The same organisations that the red team attacks."""
    for members in organisation(seed, 2):
        answered = listed(members)
        every = list(cuts(tallies(members), QUESTION, LEAST, answered))
        assert [few for few in isolated(every, answered) if 0 < few[1] < LEAST] == []
        assert [few for few in isolated_by_two(every, answered) if 0 < few[1] < LEAST] == []


def test_a_site_less_a_role_less_a_licence() -> None:
    """The teams and sites stay; roles give way before licences."""
    shown = names(found(THREE_STAND_APART))
    assert {"site:A", "site:B", "team:A0", "team:B0"} <= shown
    assert {"licence:chat", "licence:nothing"} <= shown
    assert not {"role:cook", "role:clerk"} & shown


def test_whoever_has_no_licence_is_not_what_is_left() -> None:
    """All less chat less Copilot would be the seven people without any: the next smallest is hidden too."""
    sizes = {"copilot": 29, "chat": 23, "nothing": 7}
    answered = {Membership("A", "A0", "clerk", licence): size for licence, size in sizes.items()}
    shown = names(found(answered))
    assert "licence:copilot" in shown
    assert not {"licence:chat", "licence:nothing"} & shown


def test_a_licence_across_two_teams_is_not_most_of_both() -> None:
    """A site of 41 less a team of 20 less the 13 without a licence, all in two others, would be eight."""
    sizes = {
        ("A0", "copilot"): 10,
        ("A0", "chat"): 10,
        ("A1", "nothing"): 6,
        ("A1", "chat"): 4,
        ("A2", "nothing"): 7,
        ("A2", "chat"): 4,
    }
    answered = {Membership("A", team, "clerk", licence): size for (team, licence), size in sizes.items()}
    shown = names(found(answered))
    assert {"site:A", "team:A0", "team:A1", "team:A2"} <= shown
    assert "licence:nothing" not in shown


def test_a_role_that_is_most_of_a_site() -> None:
    """A site of 32 less its 27 nurses, who work nowhere else, would be five cooks: nurses are not shown."""
    answered = {
        Membership("A", "A0", "nurse", "chat"): 27,
        Membership("A", "A0", "cook", "chat"): 5,
        Membership("B", "B0", "cook", "chat"): 20,
        Membership("B", "B0", "clerk", "chat"): 20,
    }
    shown = names(found(answered))
    assert {"site:A", "team:A0", "role:clerk"} <= shown
    assert not {"role:nurse", "role:cook"} & shown  # everybody less two roles would be the third


def test_a_team_that_is_most_of_a_role() -> None:
    """32 nurses less the ward, who are all nurses, would be five: the ward is shown, the role is not."""
    answered = {
        Membership("A", "A0", "nurse", "chat"): 27,
        Membership("B", "B0", "nurse", "chat"): 5,
        Membership("B", "B0", "cook", "chat"): 20,
        Membership("B", "B0", "clerk", "chat"): 20,
    }
    shown = names(found(answered))
    assert {"team:A0", "role:cook"} <= shown
    assert "role:nurse" not in shown


def test_a_licence_that_is_a_role_but_for_a_few() -> None:
    """Roles and licences are looked at together as well."""
    answered = {
        Membership("A", "A0", "nurse", "copilot"): 24,
        Membership("A", "A0", "cook", "copilot"): 4,
        Membership("A", "A0", "cook", "chat"): 40,
    }
    shown = names(found(answered))
    assert not {"licence:copilot", "role:nurse"} <= shown
    assert "team:A0" in shown


def test_a_role_that_is_a_team_but_for_two() -> None:
    """One nurse elsewhere and one cook in the ward: ward less nurses says how these two differ."""
    answered = {
        Membership("A", "A0", "nurse", "chat"): 20,
        Membership("A", "A0", "cook", "chat"): 1,
        Membership("B", "B0", "nurse", "chat"): 1,
        Membership("B", "B0", "cook", "chat"): 30,
    }
    shown = names(found(answered))
    assert "team:A0" in shown
    assert "role:nurse" not in shown


WARD_OF_CLERKS = {
    Membership("A", "A0", "clerk", "chat"): 11,
    Membership("A", "A0", "cook", "chat"): 2,
    Membership("B", "B0", "cook", "chat"): 20,
    Membership("B", "B0", "nurse", "chat"): 20,
}
"""The ward less the clerks would be two."""


@pytest.mark.parametrize(
    "changed",
    [
        {"role": "ward administrator"},
        {"team": "A9"},
        {"site": "C"},
    ],
)
def test_a_staff_list_that_calls_clerks_otherwise_hides_them(changed: dict[str, str]) -> None:
    """Who lies where is unknown then; the ward is shown, and nothing that could be subtracted from it."""
    on_list: Counter[Membership] = Counter()
    for member, people in WARD_OF_CLERKS.items():
        on_list[replace(member, **changed) if member.site == "A" else member] += people
    shown = names(found(WARD_OF_CLERKS, on_list))
    assert {"team:A0", "team:B0", "site:B"} <= shown
    assert "role:clerk" not in shown


@pytest.mark.parametrize("on_list", [{}, {Membership("Z", "Z0", "nobody", "chat"): 4}])
def test_a_staff_list_of_others_hides_every_role(on_list: dict[Membership, int]) -> None:
    """What each cut promises for itself still holds, but not what they promise together."""
    answered = {Membership("A", "A0", role, "chat"): 20 for role in ROLES}
    assert names(found(answered, on_list)) == {"team:A0", "site:A", "organisation:"}


def test_a_role_with_more_answers_than_people_gives_way() -> None:
    """Three have left it since they answered: what the list says is not of those people."""
    answered = {Membership("A", "A0", role, "chat"): 20 for role in (*ROLES, "porter")}
    on_list = answered | {Membership("A", "A0", "clerk", "chat"): 17}
    shown = names(found(answered, on_list))
    assert "role:clerk" not in shown
    assert {"team:A0", "role:nurse", "role:cook"} & shown > {"team:A0"}


def test_a_team_on_two_sites_counts_on_the_larger() -> None:
    """Its people on the other site are that site's, also where roles are set against sites."""
    answered = {
        Membership("A", "T", "nurse", "chat"): 20,
        Membership("B", "T", "nurse", "chat"): 12,
        Membership("B", "B0", "cook", "chat"): 30,
    }
    every = found(answered)
    assert "team:T" in names(every)
    assert [few for few in isolated(every, answered) if 0 < few[1] < LEAST] == []
