"""Which prompt comes next, by table and by law."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drip.selection import Wish, choose, choose_again, eligible
from bot.domain.drip.shelves import Shelf
from bot.domain.library.experiences import Votes
from bot.domain.library.prompts import EVERYONE, DataRule, Prompt, PromptId
from bot.domain.library.rules import LocalRules, Rule, Verdict
from bot.domain.staff.people import Licence, Person, PersonId, Preferences, RoleId
from tests.samples import BOOKING, CLERK, MONDAY, prompt, staff, stranger

SAM = staff()

ids = st.integers(0, 30).map(lambda n: f"sample-{n}")
people = st.builds(
    lambda role, licence, unwanted: SAM.choosing(
        Preferences(role=role, licence=licence, unwanted=tuple(unwanted))
    ),
    st.sampled_from([CLERK, BOOKING]),
    st.sampled_from(list(Licence)),
    st.lists(ids, max_size=3),
)
prompts = st.builds(
    prompt,
    ids,
    roles=st.sampled_from([(CLERK,), (BOOKING,), (EVERYONE,), (CLERK, BOOKING)]),
    needs=st.sampled_from(list(Licence)),
    level=st.integers(1, 3),
    skill=st.sampled_from(["ask-well", "check-it", "give-safe-context"]),
    source=st.sampled_from(["", "id-1"]),
    review_by=st.sampled_from([MONDAY.date() - timedelta(days=1), MONDAY.date(), date(2028, 1, 1)]),
)
lately = st.frozensets(ids.map(PromptId), max_size=20)
libraries = st.lists(prompts, max_size=12, unique_by=lambda p: p.id)
histories = st.dictionaries(
    ids.map(PromptId), st.integers(0, 200).map(lambda days: MONDAY - timedelta(days=days))
)
History = dict[PromptId, datetime]


@given(libraries, people, lately)
def test_only_what_is_eligible_and_not_seen_lately(
    library: list[Prompt], person: Person, seen: frozenset[PromptId]
) -> None:
    """A scheduled tip suits role and licence, is within its review, was not seen lately or turned down."""
    choice = choose(shelf(library), person, seen, MONDAY)
    unwanted = person.preferences.unwanted
    fresh = [p for p in library if _may_come(p, person) and p.id not in seen and p.id not in unwanted]
    assert (choice is None) is (not fresh)
    assert choice is None or choice.prompt in fresh


@given(libraries, people, histories)
def test_the_choice_does_not_depend_on_the_order_of_the_library(
    library: list[Prompt], person: Person, seen: History
) -> None:
    """Two machines that loaded the files in another order choose the same."""
    one, other = shelf(library), shelf(sorted(library, key=lambda p: p.id, reverse=True))
    assert choose(one, person, seen.keys(), MONDAY) == choose(other, person, seen.keys(), MONDAY)
    assert choose_again(one, person, seen, MONDAY) == choose_again(other, person, seen, MONDAY)


@given(libraries, people, histories)
def test_whoever_asks_gets_something_where_there_is_anything(
    library: list[Prompt], person: Person, seen: History
) -> None:
    """Asking again brings an eligible prompt, and never one seen later than another."""
    choice = choose_again(shelf(library), person, seen, MONDAY)
    unwanted = person.preferences.unwanted
    candidates = [p for p in eligible(library, person, MONDAY) if p.id not in unwanted]
    assert (choice is None) is (not candidates)
    if choice is not None:
        assert choice.prompt in candidates
        assert all(_when(choice.prompt, seen) <= _when(p, seen) for p in candidates)


@given(libraries, people)
def test_a_person_walks_through_all_that_suits_them(library: list[Prompt], person: Person) -> None:
    """Tip after tip, each eligible prompt comes exactly once before there is none left."""
    walked = [p.id for p in walk(library, person)]
    unwanted = person.preferences.unwanted
    assert sorted(walked) == sorted(p.id for p in eligible(library, person, MONDAY) if p.id not in unwanted)


SIX = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")


def test_a_beginner_is_safe_first_and_wins_second() -> None:
    """First what they may do, then something easy in their own job, and nothing hard before the tenth."""
    library = [
        prompt(f"{role}-{skill}-{level}", roles=(role,), skill=skill, level=level)
        for role in (CLERK, EVERYONE)
        for skill in SIX
        for level in (1, 2, 3)
    ]
    first, second, *rest = walk(library, SAM)
    assert first.skill in {"give-safe-context", "know-when-not-to"}
    assert first.roles == (EVERYONE,)
    assert (first.level, second.level, second.roles) == (1, 1, (CLERK,))
    assert [p.level for p in rest[:2]] == [1, 1]
    assert all(p.level < 3 for p in rest[:8])


def test_skills_are_covered_evenly() -> None:
    """After any number of tips no skill is two ahead of another, as long as there is enough of each."""
    library = [prompt(f"{skill}-{n}", skill=skill) for skill in SIX for n in range(10)]
    covered: Counter[str] = Counter(dict.fromkeys(SIX, 0))
    for one in walk(library, SAM)[2:50]:
        covered[one.skill] += 1
        assert max(covered.values()) - min(covered.values()) <= 2


def test_what_worked_for_others_comes_sooner() -> None:
    """Of two prompts the one that worked for most is first for nearly everybody; few votes decide little."""
    library = [prompt("good"), prompt("bad")]
    many = {
        PromptId("good"): Votes(PromptId("good"), 45, 4, 1),
        PromptId("bad"): Votes(PromptId("bad"), 5, 5, 40),
    }
    few = {PromptId("good"): Votes(PromptId("good"), 1), PromptId("bad"): Votes(PromptId("bad"), 0, 0, 1)}
    assert first_for_hundred(library, many)["good"] > 95
    assert 60 < first_for_hundred(library, few)["good"] < 95
    assert 35 < first_for_hundred(library, {})["good"] < 65


def test_a_colleagues_new_prompt_has_a_fair_start() -> None:
    """It comes soon while few have tried it, then it has to prove itself; and they never come in a row."""
    library = [prompt(f"own-{n}", skill=SIX[n % 6]) for n in range(30)]
    new = [prompt(f"new-{n}", source="id-1") for n in range(5)]
    order = [bool(p.source) for p in walk([*library, *new], SAM)]
    assert not order[0]  # how to stay safe comes first, whoever is new
    assert any(order[:3])
    assert all(sum(order[start : start + 4]) <= 2 for start in range(20))
    tried = {p.id: Votes(p.id, 0, 0, 10) for p in new}
    choice = choose(shelf([*library, *new], tried), SAM, {PromptId("a"), PromptId("b")}, MONDAY)
    assert choice is not None
    assert not choice.prompt.source


def test_what_was_turned_down_does_not_come_back() -> None:
    """Neither by itself nor when somebody asks for another."""
    library = [prompt("one"), prompt("two")]
    sam = SAM.choosing(Preferences(unwanted=("one",)))
    assert [p.id for p in walk(library, sam)] == ["two"]
    again = choose_again(shelf(library), sam, {PromptId("two"): MONDAY}, MONDAY)
    assert again is not None
    assert again.prompt.id == "two"


@pytest.mark.parametrize(
    ("data", "comes"),
    [(DataRule.PUBLIC, True), (DataRule.PERSONAL_REMOVE_FIRST, False), (DataRule.NEVER, True)],
)
def test_what_the_local_rules_forbid_is_not_sent(data: DataRule, *, comes: bool) -> None:
    """Nobody gets a tip that they must not try; a lesson about what must never go in stays."""
    rules = LocalRules(
        {
            DataRule.PUBLIC: Rule(Verdict.MAY, "yes."),
            DataRule.INTERNAL: Rule(Verdict.ASK_FIRST, "ask."),
            DataRule.PERSONAL_REMOVE_FIRST: Rule(Verdict.MUST_NOT, "no."),
            DataRule.NEVER: Rule(Verdict.MUST_NOT, "never."),
        },
        "whom to ask",
    )
    choice = choose(Shelf([prompt(data=data)], {}, rules), SAM, set(), MONDAY)
    assert (choice is not None) is comes


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(hardest=1), {1}),
        (Wish(easiest=3), {3}),
        (Wish(longest=5), {1}),
        (Wish(judgement=True), {1, 2, 3}),
    ],
)
def test_wishes_are_met_where_the_library_can(wish: Wish, expected: set[int]) -> None:
    """Easier, harder, shorter; judgement first."""
    library = [
        prompt(f"{skill}-{level}-{n}", skill=skill, level=level, minutes=5 * level)
        for skill in SIX
        for level in (1, 2, 3)
        for n in range(3)
    ]
    lately = {p.id for p in library if p.id.endswith("-0")}
    choice = choose(shelf(library), SAM, lately, MONDAY, wish)
    assert choice is not None
    assert choice.prompt.level in expected
    assert not wish.judgement or choice.prompt.skill in {"check-it", "know-when-not-to"}


def test_somebody_without_a_role_gets_what_suits_everyone() -> None:
    """A stranger is not shown what was written for somebody else's job."""
    library = [prompt("for-clerks"), prompt("for-all", roles=(EVERYONE,), needs=Licence.NOTHING)]
    assert [p.id for p in eligible(library, stranger(), MONDAY)] == ["for-all"]


def test_the_reason_says_why_this_one_and_why_now() -> None:
    """For whom it is, which skill is due, and what others found where enough of them said so."""
    two = {PromptId("a"), PromptId("b")}
    own = choose(shelf([prompt()]), SAM, two, MONDAY)
    proven = {prompt().id: Votes(prompt().id, 9, 1)}
    liked = choose(shelf([prompt(roles=(EVERYONE,))], proven), SAM, two, MONDAY)
    shared = choose(shelf([replace(prompt(), source="id-1")]), SAM, set(), MONDAY)
    assert own is not None
    assert liked is not None
    assert shared is not None
    assert own.reason == "it is for your job and it is time to practise “ask well”"
    assert liked.reason == (
        "it helps in any job, it is time to practise “ask well” "
        "and it worked for most colleagues who tried it"
    )
    assert "somebody who does your job" in shared.reason


def shelf(library: Sequence[Prompt], votes: Mapping[PromptId, Votes] | None = None) -> Shelf:
    """A library ready for choosing."""
    return Shelf(library, votes or {})


def walk(library: Sequence[Prompt], person: Person) -> list[Prompt]:
    """Tip after tip until there is none left, a slot a day."""
    ready, seen, walked = shelf(library), set[PromptId](), list[Prompt]()
    while choice := choose(ready, person, seen, MONDAY + timedelta(hours=len(seen))):
        walked.append(choice.prompt)
        seen.add(choice.prompt.id)
    return walked


def first_for_hundred(library: Sequence[Prompt], votes: Mapping[PromptId, Votes]) -> Counter[str]:
    """Which prompt is first for a hundred people."""
    people = [replace(SAM, id=PersonId(f"person-{n}")) for n in range(100)]
    known = {PromptId("a"), PromptId("b")}
    chosen = (choose(shelf(library, votes), person, known, MONDAY) for person in people)
    return Counter(choice.prompt.id for choice in chosen if choice)


def _may_come(candidate: Prompt, person: Person) -> bool:
    roles: set[RoleId | None] = {EVERYONE, person.role}
    order = [Licence.NOTHING, Licence.CHAT, Licence.COPILOT]
    licensed = order.index(person.licence) >= order.index(candidate.needs)
    return bool(roles & set(candidate.roles)) and licensed and candidate.review_by >= MONDAY.date()


def _when(candidate: Prompt, seen: History) -> datetime:
    return seen.get(candidate.id, MONDAY - timedelta(days=10_000))


def test_without_a_tool_the_second_tip_is_an_easy_one_too() -> None:
    """Where the library has nothing by hand for their own job, the easy one is for any job."""
    sam = replace(staff(), preferences=Preferences(role=CLERK, licence=Licence.NOTHING))
    easy = prompt("easy", roles=(EVERYONE,), skill="share", level=1, needs=Licence.NOTHING)
    harder = prompt("harder", roles=(EVERYONE,), skill="ask-well", level=2, needs=Licence.NOTHING)
    seen = prompt("seen", roles=(EVERYONE,), skill="check-it", needs=Licence.NOTHING)
    choice = choose(shelf([harder, easy, seen]), sam, {seen.id}, MONDAY)
    assert choice is not None
    assert (choice.prompt.id, choice.reason) == ("easy", "it is an easy one to begin with")
