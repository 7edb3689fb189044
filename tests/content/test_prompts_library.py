"""What the library says: enough for every role, safe, checkable, British and easy to read."""

import re
from collections import Counter
from itertools import pairwise
from statistics import median

import pytest

from bot.config import HOME
from bot.content.library import load_library
from bot.domain.identifiers import find
from bot.domain.people import Licence, RoleId
from bot.domain.prompts import App, DataRule, Prompt, PromptId
from tests.content.readability import grade

LIBRARY = load_library(HOME / "prompts_library")
PROMPTS = {prompt.id: prompt for prompt in LIBRARY.prompts}

each_prompt = pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
each_role = pytest.mark.parametrize("role", LIBRARY.roles)

AMERICAN = re.compile(
    r"\b("
    r"(un)?(colo|favo|hono|labo|humo|neighbo|behavio|endeavo|flavo)r\w*"
    r"|\w*(organi|summari|prioriti|recogni|emphasi|apologi|reali|finali|minimi|maximi|customi|utili|categori"
    r"|standardi|personali|anonymi|speciali|criticil?)z(e|es|ed|er|ing|ation|ations)"
    r"|(ana|para|cata)lyz\w+|center\w*|theater|meter|liter|fiber|catalog|dialog|judgment|license|defense|offense"
    r"|gray|check(ing)? account|(cancel|travel|model|label|signal|fuel)(ed|ing|er)|enrollment"
    r"|skillful|jewelry|anesthe\w+|pediatric\w*|gyneco\w+|orthoped\w+|hematolog\w+|gotten|vacation|zip code"
    r"|cell phone|inquir(y|ies)|program"
    r")\b",
    re.IGNORECASE,
)


def texts(prompt: Prompt) -> str:
    """Everything of a prompt that somebody reads on its card."""
    return "\n".join([prompt.title, prompt.task, prompt.why, prompt.text, prompt.good, prompt.check])


def for_role(role: RoleId) -> list[Prompt]:
    """The prompts that were written for a role, without those for everyone."""
    return [prompt for prompt in LIBRARY.prompts if role in prompt.roles]


def test_there_are_at_least_twelve_roles() -> None:
    """Each with a name to choose it by, and no name twice."""
    assert len(set(LIBRARY.roles.values())) == len(LIBRARY.roles) >= 12


@each_role
def test_each_role_has_prompts_of_its_own(role: RoleId) -> None:
    """Four or more, for different tasks."""
    mine = for_role(role)
    assert len(mine) >= 4
    assert len({prompt.task for prompt in mine}) >= 3


@each_role
def test_each_role_can_begin_at_once(role: RoleId) -> None:
    """There is a first level, and it needs no more than Copilot Chat."""
    first = [prompt for prompt in for_role(role) if prompt.level == 1]
    assert first
    assert any(Licence.CHAT.covers(prompt.needs) for prompt in first)


@each_role
def test_each_role_can_go_on(role: RoleId) -> None:
    """There is more than one level, and more than one skill."""
    assert len({prompt.level for prompt in for_role(role)}) > 1
    assert len({prompt.skill for prompt in for_role(role)}) > 1


def test_each_skill_is_taught() -> None:
    """The drip can cover all six evenly: each has prompts that anybody can use."""
    taught = Counter(p.skill for p in LIBRARY.prompts if Licence.CHAT.covers(p.needs))
    assert len(taught) == 6
    assert min(taught.values()) >= 4


def test_no_two_prompts_share_a_check_or_a_title() -> None:
    """A check that fits two prompts says nothing about either."""
    for name in ("check", "title", "text"):
        counted = Counter(" ".join(getattr(prompt, name).split()).casefold() for prompt in LIBRARY.prompts)
        assert [text for text, count in counted.items() if count > 1] == []


def test_each_prompt_stands_in_a_folder_of_its_role() -> None:
    """Whoever looks for a role's prompts finds them together."""
    strays = [
        f"{path.parent.name}/{path.stem}"
        for path in (HOME / "prompts_library").glob("*/*.yaml")
        if path.parent.name not in PROMPTS[PromptId(path.stem)].roles
    ]
    assert strays == []


@each_prompt
def test_a_prompt_fits_a_phone(prompt: Prompt) -> None:
    """Titles of up to 60 characters, prompts of up to 900."""
    assert len(prompt.title) <= 60
    assert len(prompt.text) <= 900


@each_prompt
def test_every_blank_is_closed(prompt: Prompt) -> None:
    """Each `[` has its `]` before the next, nothing stands empty, and no other brackets mark a blank."""
    marks = re.findall(r"[\[\]]", prompt.text)
    assert len(marks) % 2 == 0
    assert all(first != second for first, second in pairwise(marks))
    assert marks[:1] in ([], ["["])
    assert "[]" not in prompt.text
    assert re.search(r"[<>{}]", prompt.text) is None


@each_prompt
def test_nothing_points_to_a_person(prompt: Prompt) -> None:
    """No numbers, addresses or dates that could be somebody's."""
    assert find(texts(prompt)) == []


@each_prompt
def test_the_spelling_is_british(prompt: Prompt) -> None:
    """None of the American spellings that slip in most."""
    assert [found.group() for found in AMERICAN.finditer(texts(prompt))] == []


@pytest.mark.parametrize(
    "text", ["color", "Organize", "summarized", "analyze", "the center", "behavior", "a license", "labeled"]
)
def test_american_spelling_would_be_noticed(text: str) -> None:
    """The list has teeth."""
    assert AMERICAN.search(text)


@pytest.mark.parametrize("text", ["colour", "organise", "size", "prize", "analyse", "programme", "licence"])
def test_british_spelling_is_let_through(text: str) -> None:
    """The list does not bite where it should not."""
    assert AMERICAN.search(text) is None


@each_prompt
def test_the_tone_is_calm(prompt: Prompt) -> None:
    """No exclamation marks, no capitals for a whole sentence, no promise of magic."""
    assert "!" not in texts(prompt)
    assert re.search(r"\b[A-Z]{3,} [A-Z]{3,} [A-Z]{3,}\b", texts(prompt)) is None
    assert (
        re.search(r"\b(amazing|revolutionary|game.?chang|unleash|supercharge)", texts(prompt), re.I) is None
    )


def test_the_library_is_easy_to_read() -> None:
    """Half of the prompts are at grade 5 or below, a reading age of about 10, and none is above grade 8."""
    grades = {prompt.id: grade(texts(prompt)) for prompt in LIBRARY.prompts}
    assert median(grades.values()) <= 5
    assert {name: value for name, value in grades.items() if value > 8} == {}


@each_prompt
def test_a_licence_is_needed_where_the_app_needs_one(prompt: Prompt) -> None:
    """Copilot inside an Office app is no part of Copilot Chat; some prompts need no AI at all."""
    if prompt.needs is not Licence.NOTHING:
        assert (prompt.needs is Licence.CHAT) == (prompt.app is App.COPILOT_CHAT)


@each_prompt
def test_a_twin_does_the_same_job_with_less(prompt: Prompt) -> None:
    """Somebody without the licence is led to a prompt that they can use, for the same role."""
    if prompt.twin is None:
        return
    twin = PROMPTS[prompt.twin]
    assert Licence.CHAT.covers(twin.needs)
    assert not Licence.CHAT.covers(prompt.needs)
    assert twin.roles == prompt.roles


@each_prompt
def test_what_touches_people_says_what_to_take_out(prompt: Prompt) -> None:
    """The prompt itself reminds of it, before anything is pasted."""
    if prompt.data is DataRule.PERSONAL_REMOVE_FIRST:
        words = r"swap|take out|remove|leave out|without|job titles?|no names|delete|initials|anonym"
        assert re.search(words, prompt.text, re.I)


def test_the_reviews_are_dated_sensibly() -> None:
    """Nothing is reviewed for longer than two years."""
    spans = {prompt.id: (prompt.review_by - prompt.reviewed_on).days for prompt in LIBRARY.prompts}
    assert {name: days for name, days in spans.items() if not 180 <= days <= 731} == {}
