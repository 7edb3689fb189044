"""What the prompts must keep to together."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.content.gates import checking
from bot.content.gates.library_rules import reviews_due
from bot.content.library import read_sources
from tests.content.prompt_files import LINE, library, written

TODAY = date(2026, 11, 24)
OTHER = {
    "title": "Explain a month of spend",
    "roles": ["finance-analyst"],
    "prompt": "Turn the totals below into three plain sentences for [budget holder]. Do not add a reason.",
    "why": "The same line is asked about each month.",
    "check": "Put each total beside the ledger report for the same month and cost centre.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two prompts that have nothing in common."""
    folder = library(tmp_path / "library")
    written(folder / "finance-analyst", "finance-note", **OTHER)
    return folder


def found(folder: Path, today: date = TODAY) -> list[str]:
    """The problems, without the folder."""
    return [line.replace(f"{folder}/", "") for line in checking.problems(read_sources(folder), today)]


def test_a_good_library_has_no_problem(folder: Path) -> None:
    """What the others plant is the only thing wrong."""
    assert found(folder) == []


def test_two_prompts_that_are_nearly_one(folder: Path) -> None:
    """A word or two changed is not another prompt; the second is named, with the first and how alike."""
    text = "Write a short notice for [our clinic] in plain English."
    written(folder / "finance-analyst", "finance-note", **{**OTHER, "prompt": text})
    (line,) = found(folder)
    assert line.startswith(f"ward-clerk/clerk-notice.yaml:{LINE['prompt']}: prompt: is ")
    assert "in 100 like finance-note; make it another task, or leave one out" in line


def test_twins_may_be_alike(folder: Path) -> None:
    """They do the same job."""
    clerk = {
        "title": "Another",
        "check": "Hold the times against the poster at the ward's own door and read both.",
    }
    written(folder / "ward-clerk", "clerk-paid", app="word", needs="copilot", twin="clerk-notice", **clerk)
    assert found(folder) == []


def test_the_same_title_twice(folder: Path) -> None:
    """Nobody could tell them apart in a list."""
    written(folder / "finance-analyst", "finance-note", **{**OTHER, "title": "Write a notice, for visitors"})
    place = f"ward-clerk/clerk-notice.yaml:{LINE['title']}"
    assert found(folder) == [f"{place}: title: finance-note has the same one; say what differs"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Compare the visitors' times with the poster at the door.",
        "Compare all the visitors' times with the poster at the door.",
    ],
)
def test_a_check_that_is_repeated(folder: Path, sentence: str) -> None:
    """Word for word or nearly, and among other sentences."""
    written(folder / "finance-analyst", "finance-note", **{**OTHER, "check": f"{OTHER['check']} {sentence}"})
    (line,) = found(folder)
    assert line.startswith(f"ward-clerk/clerk-notice.yaml:{LINE['check']}: check: “compare the visitors")
    assert "is said in finance-note too" in line


def test_a_prompt_in_another_roles_folder(folder: Path) -> None:
    """It would not be found where people look."""
    written(
        folder / "ward-clerk",
        "clerk-stray",
        **{
            **OTHER,
            "title": "Stray",
            "prompt": "Do [this].",
            "check": ("Hold the stray line of spend against last month and tell the budget holder why."),
        },
    )
    (line,) = found(folder)
    assert line.startswith(f"ward-clerk/clerk-stray.yaml:{LINE['roles']}: roles: it lies in ward-clerk/")


TWINS: dict[str, tuple[dict[str, object], str]] = {
    "a twin of a Chat prompt": ({}, "finance-note does not lead from paid Copilot to Copilot Chat"),
    "a twin for others": ({"app": "word", "needs": "copilot"}, "finance-note is for other roles"),
}


@pytest.mark.parametrize(("changes", "sentence"), TWINS.values(), ids=TWINS)
def test_an_odd_twin(folder: Path, changes: dict[str, object], sentence: str) -> None:
    """Somebody without the licence must be able to follow it."""
    written(folder / "ward-clerk", "clerk-notice", twin="finance-note", **changes)
    assert any(f": twin: {sentence}" in line for line in found(folder))


def test_a_review_that_ran_out_is_a_problem(folder: Path) -> None:
    """From the day after; until then it counts."""
    written(folder / "ward-clerk", "clerk-notice", review_by="2026-11-23")
    (line,) = found(folder)
    assert line.startswith(f"ward-clerk/clerk-notice.yaml:{LINE['review_by']}: review_by: ran out")
    assert found(folder, date(2026, 11, 23)) == []


@pytest.mark.parametrize(
    ("days", "words"), [(0, "runs out today"), (60, "runs out in 60 days"), (61, None), (-1, None)]
)
def test_a_review_that_runs_out_soon_is_a_reminder(folder: Path, days: int, words: str | None) -> None:
    """Sixty days before, and no longer once it is a problem."""
    written(folder / "ward-clerk", "clerk-notice", review_by=str(TODAY + timedelta(days=days)))
    lines = list(reviews_due(read_sources(folder).prompts, TODAY))
    assert len(lines) == (words is not None)
    assert all(words and words in line for line in lines)


def test_a_library_that_is_hard_to_read(folder: Path) -> None:
    """Each card may be within the limit, and half of them still too hard."""
    hard = "Consider whichever ongoing administrative arrangements require updated information. "
    for role, name in (("ward-clerk", "clerk-notice"), ("finance-analyst", "finance-note")):
        changes = OTHER if role == "finance-analyst" else {}
        written(folder / role, name, **{**changes, "why": hard * 3})
    problems = found(folder)
    assert any("half of the library needs a reading age of" in line for line in problems)


def test_what_can_be_read_is_judged_beside_broken_files(folder: Path) -> None:
    """All problems at once, and no hole is reported for a file that is there but broken."""
    written(folder / "ward-clerk", "clerk-notice", level=9)
    written(folder / "finance-analyst", "finance-note", **{**OTHER, "why": "Color helps."})
    lines = found(folder)
    assert [line.split(": ")[0] for line in lines] == [
        f"ward-clerk/clerk-notice.yaml:{LINE['level']}",
        f"finance-analyst/finance-note.yaml:{LINE['why']}",
    ]
    assert checking.holes(read_sources(folder)) == []
