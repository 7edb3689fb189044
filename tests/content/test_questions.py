"""The questions of a round: loaded whole, or every problem with its line."""

from pathlib import Path

import pytest
import yaml

from bot.config import HOME
from bot.content.questions import load_questions
from bot.domain.rounds.questions import BECAME, CHECKING, CONFIDENCE, RULES, SAVED, WORKLOAD
from bot.errors import Problems

OURS = HOME / "prompts_library" / "questions.yaml"
TEXT = OURS.read_text("utf-8")


def refused(folder: Path, text: str) -> list[str]:
    """What is wrong with a file, without its folder."""
    path = folder / "questions.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load_questions(path)
    return [line.replace(f"{folder}/", "") for line in caught.value.lines]


def test_our_questions() -> None:
    """Two fixed ones and six turns; minutes saved and minutes checking are one."""
    found = load_questions(OURS)
    assert [question.id for question in found.fixed] == [CONFIDENCE, WORKLOAD]
    assert len(found.turns) == 6
    assert [question.id for question in found.turn(SAVED)] == [SAVED, CHECKING]
    assert {RULES, BECAME, "on_time", "redone", "free_to_say_no"} < set(found.every)
    assert all(len(question.text) <= 90 for question in found.every.values())


def test_turns_go_round() -> None:
    """Every turn comes once before the first comes again; an unknown one leads to the first."""
    found = load_questions(OURS)
    seen = [found.following("")]
    while (following := found.following(seen[-1])) != seen[0]:
        seen.append(following)
    assert len(seen) == len(set(seen)) == len(found.turns)
    assert found.following("gone") == seen[0]
    assert found.turn("gone") == ()


def test_saving_is_never_asked_alone(tmp_path: Path) -> None:
    """Nor before the checking, nor in another turn."""
    values = yaml.safe_load(TEXT)
    for turns in (
        [[values["turns"][0][0]], *values["turns"][1:]],
        [[*reversed(values["turns"][0])], *values["turns"][1:]],
        [[values["turns"][0][0]], [values["turns"][0][1]], *values["turns"][1:]],
    ):
        lines = refused(tmp_path, yaml.safe_dump({**values, "turns": turns}))
        assert any("minutes_saved and minutes_checking belong in one turn" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: redone", "id: on_time", "on_time is there twice"),
        ("id: time_became", "id: time_was", "time_became is missing"),
        ("version: 1", "version: 0", "version"),
        ("version: 1", "edition: 1", "is not a field of this file"),
        ("text: And about how many", "words: And about how many", "is missing; add it"),
        ("Quite, Very]", "Quite]", "answers"),
        ("scores: [0, 5, 20, 45, 75]", "scores: [0, 5]", "scores"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    """And says how to mend it."""
    lines = refused(tmp_path, TEXT.replace(before, after))
    assert any(said in line for line in lines)
    assert all(line.startswith("questions.yaml:") for line in lines)
