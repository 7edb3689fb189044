"""What one prompt must keep to: a good one passes, and each fault is named at its field."""

from pathlib import Path

import pytest

from bot.content.files import read_yaml
from bot.content.gates.prompt_rules import faults
from bot.content.prompts import PromptFile, load_prompt_file
from tests.content.prompt_files import written

LONG = (
    "Notwithstanding organisational considerations, stakeholders operationalise governance methodologies " * 3
)
WRONG: dict[str, tuple[dict[str, object], str, str]] = {
    "hard to read": ({"why": f"{LONG}."}, "prompt", "needs a reading age of"),
    "American": ({"why": "Color helps."}, "why", "“Color” is American; write “Colour”"),
    "clinical": ({"prompt": "Suggest a diagnosis for [it]."}, "prompt", "“diagnosis” sounds clinical"),
    "an identifier": ({"why": "Call 07700 900123."}, "why", "“07700 900123” looks like a phone number"),
    "a name": (
        {"prompt": "Write a notice to Mr Smith."},
        "prompt",
        "“Mr Smith” looks like a name; put [a blank]",
    ),
    "an open blank": ({"prompt": "Write to [our ward and [them]."}, "prompt", "a [blank] is not closed"),
    "a blank that only closes": ({"prompt": "Write to our ward] and [them."}, "prompt", "a [blank] is not"),
    "an empty blank": ({"prompt": "Write a notice to [ ]."}, "prompt", "a [blank] is empty"),
    "another bracket": (
        {"prompt": "Write a notice to <ward>."},
        "prompt",
        "other brackets look like a blank",
    ),
    "shouting": ({"good": "It is one page!"}, "good", "has an exclamation mark"),
    "hype": ({"why": "An amazing notice."}, "why", "“amazing” is loud"),
    "capitals": ({"why": "NEVER SHARE THIS with them."}, "why", "“NEVER SHARE THIS” is loud"),
    "Chat in Word": ({"app": "word"}, "needs", "Word goes with copilot"),
    "paid for Chat": (
        {"needs": "copilot", "twin": "other"},
        "needs",
        "Copilot Chat goes with chat; change this line, or the app",
    ),
    "no twin": ({"app": "word", "needs": "copilot"}, "needs", "has no twin for Copilot Chat"),
    "a reason for nothing": ({"no_twin": "It reads the mailbox."}, "no_twin", "says why there is no twin"),
    "no reminder": (
        {"data": "personal-remove-first"},
        "prompt",
        "touches people and does not say",
    ),
    "a review in three years": ({"review_by": "2029-11-20"}, "review_by", "is more than two years after"),
    "everyone and some": ({"roles": ["everyone", "ward-clerk"]}, "roles", "everyone covers all the others"),
    "a bare check": ({"check": "Check for mistakes."}, "check", "is bare; say what to compare with what"),
    "a bare check in other words": (
        {"check": "Read it through and make sure everything is correct. Proofread it."},
        "check",
        "is bare",
    ),
    "a check for anything": (
        {"check": "Hold each word up against your own knowledge until nothing is odd."},
        "check",
        "would fit any prompt",
    ),
}


def file(folder: Path, **changes: object) -> PromptFile:
    """A prompt's file with some fields changed."""
    path = written(folder, "sample-notice", **changes)
    return load_prompt_file(read_yaml(path), {"ward-clerk", "finance-analyst"}, {"ask-well"})


def test_a_good_prompt_has_no_fault(tmp_path: Path) -> None:
    """What the cases below change is the only thing wrong with them."""
    assert list(faults(file(tmp_path))) == []


@pytest.mark.parametrize(("changes", "field", "sentence"), WRONG.values(), ids=WRONG)
def test_a_fault_is_named(tmp_path: Path, changes: dict[str, object], field: str, sentence: str) -> None:
    """At its field, with how to mend it."""
    ((found, fault),) = faults(file(tmp_path, **changes))
    assert found == field
    assert fault.startswith(sentence)


def test_all_faults_at_once(tmp_path: Path) -> None:
    """None hides another."""
    changes = {
        "title": "Organize it!",
        "why": "Color helps. Suggest a diagnosis.",
        "check": "Check for mistakes.",
    }
    assert {field for field, _ in faults(file(tmp_path, **changes))} == {"title", "why", "check"}


@pytest.mark.parametrize("changes", [{"twin": "other"}, {"no_twin": "It reads the mailbox itself."}])
def test_paid_copilot_has_a_twin_or_a_reason(tmp_path: Path, changes: dict[str, object]) -> None:
    """Either says what somebody without the licence can do."""
    assert list(faults(file(tmp_path, app="outlook", needs="copilot", **changes))) == []


def test_a_prompt_without_any_ai_needs_no_app_of_its_own(tmp_path: Path) -> None:
    """A judgement tip works on paper."""
    assert list(faults(file(tmp_path, needs="nothing", app="word"))) == []
