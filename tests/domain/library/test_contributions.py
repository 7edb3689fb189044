"""A shared prompt: what it needs, and what it becomes."""

from datetime import date, timedelta

import pytest

from bot.domain.library.contributions import (
    LONGEST_CHECK,
    LONGEST_PROMPT,
    LONGEST_TITLE,
    SHORTEST_PROMPT,
    Contribution,
    Stage,
    problems,
)
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import Person, PersonId, Right
from tests.samples import CLERK, MONDAY, staff

A_PROMPT = "A prompt that is long enough"
TOO_SHORT = "The prompt is too short to help; please write at least 20 letters."
REVIEWER = PersonId("rev-sample")
SHARED = Contribution(
    id="id-1",
    author=PersonId("cham-sample"),
    title="Sum up the ward round list",
    text="Make a list of [what is left to do].",
    role=CLERK,
    check="Count the lines against your own list.",
    data=DataRule.INTERNAL,
    submitted=MONDAY,
)


def test_an_approved_contribution_becomes_a_prompt() -> None:
    """What was handed in reaches the library unchanged, under an id of its own, and is reviewed in a year."""
    made = SHARED.reviewed(Stage.APPROVED, REVIEWER, MONDAY).as_prompt()
    assert (made.title, made.text, made.check) == (SHARED.title, SHARED.text, SHARED.check)
    assert (made.id, made.source, made.roles) == ("shared-id-1", "id-1", (CLERK,))
    assert (made.reviewed_on, made.review_by) == (MONDAY.date(), date(2027, 11, 23))


def test_a_prompt_does_not_name_its_author() -> None:
    """Peers read that a colleague shared it, not who."""
    made = SHARED.reviewed(Stage.APPROVED, REVIEWER, MONDAY).as_prompt()
    assert made.author == "a colleague"


@pytest.mark.parametrize(
    "contribution",
    [SHARED, SHARED.reviewed(Stage.DECLINED, REVIEWER, MONDAY, "Say where to check it.")],
)
def test_nothing_else_becomes_a_prompt(contribution: Contribution) -> None:
    """What nobody approved cannot get into the library."""
    with pytest.raises(ValueError, match="not approved"):
        contribution.as_prompt()


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (staff("Rev Sample", rights=frozenset({Right.REVIEWER})), True),
        (staff("Cham Sample", rights=frozenset({Right.REVIEWER})), False),
        (staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR, Right.CHAMPION})), False),
        (Person(REVIEWER), False),
    ],
    ids=["a reviewer", "its author", "other rights", "somebody unlisted"],
)
def test_a_reviewer_decides_and_never_the_author(person: Person, *, may: bool) -> None:
    """Two pairs of eyes: the right alone is not enough, nor is any other."""
    assert SHARED.may_be_reviewed_by(person) is may


def test_a_review_is_kept_with_its_reason() -> None:
    """Who decided, when, and why belong to the contribution; the text does not change."""
    later = MONDAY + timedelta(days=1)
    declined = SHARED.reviewed(Stage.DECLINED, REVIEWER, later, "Too long.")
    assert (declined.stage, declined.reviewer, declined.decided) == (Stage.DECLINED, REVIEWER, later)
    assert declined.reason == "Too long."
    assert declined.text == SHARED.text


@pytest.mark.parametrize(
    ("title", "text", "check", "said"),
    [
        ("A title", A_PROMPT, "A check", []),
        ("A title", "p" * SHORTEST_PROMPT, "A check", []),
        ("A title", "p " * (SHORTEST_PROMPT - 1), "A check", [TOO_SHORT]),
        ("A title", "p" + "\u200b" * SHORTEST_PROMPT, "A check", [TOO_SHORT]),
        ("t" * LONGEST_TITLE, "p" * LONGEST_PROMPT, "c" * LONGEST_CHECK, []),
        (" ", A_PROMPT, "\n", ["Please fill in the title.", "Please fill in how to check it."]),
        ("A title", "", "A check", ["Please fill in the prompt."]),
        (
            "t" * 61,
            A_PROMPT,
            "c" * 401,
            [
                "Please shorten the title to 60 characters; it has 61.",
                "Please shorten how to check it to 400 characters; it has 401.",
            ],
        ),
    ],
)
def test_problems(title: str, text: str, check: str, said: list[str]) -> None:
    """Everything that is missing or too long is said at once."""
    assert problems(title, text, check) == said


@pytest.mark.parametrize("blank", ["\u200b", "\u00ad\u202e", " \u2060\ufeff\n", "\u3164", "\u2800", "\u00a0"])
def test_what_nobody_can_see_is_missing(blank: str) -> None:
    """Characters without ink fill no field."""
    assert problems(blank, blank, blank) == [
        "Please fill in the title.",
        "Please fill in the prompt.",
        "Please fill in how to check it.",
    ]
