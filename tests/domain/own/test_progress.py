"""How far somebody has come."""

from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.own.progress import record
from bot.domain.staff.people import PersonId
from tests.samples import MONDAY

SKILL_OF = {PromptId("a"): "ask-well", PromptId("b"): "check-it", PromptId("c"): "ask-well"}
SKILLS = {"ask-well", "check-it", "share"}


def saw(prompt: str, outcome: Outcome | None = None) -> Experience:
    """One sample tip."""
    return Experience(PersonId("sam"), PromptId(prompt), MONDAY, outcome)


def test_skills_are_tried_met_or_ahead() -> None:
    """A skill is in one place alone, and one tip that was tried is enough for it."""
    found = record([saw("a"), saw("b"), saw("c", Outcome.WORKED)], SKILL_OF, SKILLS)
    assert (found.tried, found.met, found.ahead) == (["ask-well"], ["check-it"], ["share"])
    assert (found.seen, found.rated, found.outcomes[Outcome.WORKED]) == (3, 1, 1)


def test_what_left_the_library_counts_as_a_tip() -> None:
    """It stands for no skill."""
    found = record([saw("gone", Outcome.DID_NOT_WORK)], SKILL_OF, SKILLS)
    assert (found.seen, found.rated, found.tried) == (1, 1, [])


def test_nothing_yet() -> None:
    """All is ahead."""
    assert record([], SKILL_OF, SKILLS).ahead == ["ask-well", "check-it", "share"]
