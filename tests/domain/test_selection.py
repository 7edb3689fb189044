"""Which prompt comes next, by table and by law."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Licence, Person, Preferences, RoleId
from bot.domain.prompts import EVERYONE, Prompt, PromptId
from bot.domain.selection import REPEAT_AFTER, choose, choose_again, eligible
from tests.samples import BOOKING, CLERK, MONDAY, prompt, staff, stranger

SAM = staff()

people = st.builds(
    lambda role, licence: SAM.choosing(Preferences(role=role, licence=licence)),
    st.sampled_from([CLERK, BOOKING]),
    st.sampled_from(list(Licence)),
)
ids = st.integers(0, 30).map(lambda n: f"sample-{n}")
prompts = st.builds(
    prompt,
    ids,
    roles=st.sampled_from([(CLERK,), (BOOKING,), (EVERYONE,), (CLERK, BOOKING)]),
    needs=st.sampled_from(list(Licence)),
    level=st.integers(1, 3),
    source=st.sampled_from(["", "id-1"]),
    review_by=st.sampled_from([MONDAY.date() - timedelta(days=1), MONDAY.date(), date(2028, 1, 1)]),
)
libraries = st.lists(prompts, max_size=12, unique_by=lambda p: p.id)
histories = st.dictionaries(
    ids.map(PromptId), st.integers(0, 200).map(lambda days: MONDAY - timedelta(days=days))
)
History = dict[PromptId, datetime]


@given(libraries, people, histories)
def test_only_what_is_eligible_and_not_seen_lately(
    library: list[Prompt], person: Person, seen: History
) -> None:
    """A scheduled tip suits the role and the licence, is within its review and was not seen for 90 days."""
    choice = choose(library, person, seen, MONDAY)
    fresh = [p for p in library if _may_come(p, person) and not _lately(p, seen)]
    assert (choice is None) is (not fresh)
    assert choice is None or choice.prompt in fresh


@given(libraries, people, histories)
def test_the_choice_does_not_depend_on_the_order_of_the_library(
    library: list[Prompt], person: Person, seen: History
) -> None:
    """Two machines that loaded the files in another order choose the same."""
    shuffled = sorted(library, key=lambda p: p.id, reverse=True)
    assert choose(library, person, seen, MONDAY) == choose(shuffled, person, seen, MONDAY)
    assert choose_again(library, person, seen, MONDAY) == choose_again(shuffled, person, seen, MONDAY)


@given(libraries, people)
def test_fresh_shared_prompts_come_first(library: list[Prompt], person: Person) -> None:
    """While a colleague's prompt is new to somebody, it comes before the library's own."""
    choice = choose(library, person, {}, MONDAY)
    shared = [p for p in eligible(library, person, MONDAY) if p.source]
    assert choice is None or bool(choice.prompt.source) is bool(shared)


@given(libraries, people, histories)
def test_whoever_asks_gets_something_where_there_is_anything(
    library: list[Prompt], person: Person, seen: History
) -> None:
    """Asking again brings an eligible prompt, and never one seen later than another."""
    choice = choose_again(library, person, seen, MONDAY)
    candidates = eligible(library, person, MONDAY)
    assert (choice is None) is (not candidates)
    if choice is not None:
        assert choice.prompt in candidates
        assert all(_when(choice.prompt, seen) <= _when(p, seen) for p in candidates)


@given(libraries, people)
def test_a_person_walks_through_all_that_suits_them(library: list[Prompt], person: Person) -> None:
    """Tip after tip, each eligible prompt comes exactly once before there is none left."""
    seen: History = {}
    walked: list[PromptId] = []
    while choice := choose(library, person, seen, MONDAY):
        walked.append(choice.prompt.id)
        seen[choice.prompt.id] = MONDAY
    assert sorted(walked) == sorted(p.id for p in eligible(library, person, MONDAY))


def test_own_role_before_everyone_and_easy_before_hard() -> None:
    """Without shared prompts the person's own role comes first, and its easiest prompt."""
    library = [
        prompt("everyone-easy", roles=(EVERYONE,)),
        prompt("clerk-hard", level=3),
        prompt("clerk-easy", level=1),
    ]
    seen: History = {}
    order = []
    while choice := choose(library, SAM, seen, MONDAY):
        order.append(choice.prompt.id)
        seen[choice.prompt.id] = MONDAY
    assert order == ["clerk-easy", "clerk-hard", "everyone-easy"]


@given(people, st.lists(st.sampled_from(["ask-well", "check-it", "share"]), min_size=1, max_size=12))
def test_skills_are_covered_evenly(person: Person, skills: list[str]) -> None:
    """Among prompts of one rank no skill comes a second time before every skill that is left came once."""
    library = [
        replace(prompt(f"tip-{n}", roles=(EVERYONE,), needs=Licence.NOTHING), skill=skill)
        for n, skill in enumerate(skills)
    ]
    seen: History = {}
    left = Counter(skills)
    met: Counter[str] = Counter()
    while choice := choose(library, person, seen, MONDAY):
        assert met[choice.prompt.skill] == min(met[skill] for skill in left if left[skill])
        met[choice.prompt.skill] += 1
        left[choice.prompt.skill] -= 1
        seen[choice.prompt.id] = MONDAY
    assert met == Counter(skills)


def test_a_prompt_comes_back_after_ninety_days() -> None:
    """What was seen exactly 90 days ago may come again, a minute less and it may not."""
    library = [prompt()]
    long_ago = {library[0].id: MONDAY - REPEAT_AFTER}
    lately = {library[0].id: MONDAY - REPEAT_AFTER + timedelta(minutes=1)}
    assert choose(library, SAM, long_ago, MONDAY) is not None
    assert choose(library, SAM, lately, MONDAY) is None


def test_somebody_without_a_role_gets_what_suits_everyone() -> None:
    """A stranger is not shown what was written for somebody else's job."""
    library = [prompt("for-clerks"), prompt("for-all", roles=(EVERYONE,), needs=Licence.NOTHING)]
    assert [p.id for p in eligible(library, stranger(), MONDAY)] == ["for-all"]


def test_the_reason_says_where_a_prompt_comes_from() -> None:
    """A tip says why it came: a colleague's, or the next step."""
    own = choose([prompt()], SAM, {}, MONDAY)
    shared = choose([replace(prompt(), source="id-1")], SAM, {}, MONDAY)
    assert own is not None
    assert shared is not None
    assert "in your job" in own.reason
    assert "somebody who does your job" in shared.reason


def _may_come(candidate: Prompt, person: Person) -> bool:
    roles: set[RoleId | None] = {EVERYONE, person.role}
    order = [Licence.NOTHING, Licence.CHAT, Licence.COPILOT]
    licensed = order.index(person.licence) >= order.index(candidate.needs)
    return bool(roles & set(candidate.roles)) and licensed and candidate.review_by >= MONDAY.date()


def _lately(candidate: Prompt, seen: History) -> bool:
    return candidate.id in seen and MONDAY - seen[candidate.id] < timedelta(days=90)


def _when(candidate: Prompt, seen: History) -> datetime:
    return seen.get(candidate.id, MONDAY - timedelta(days=10_000))
