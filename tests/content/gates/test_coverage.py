"""The matrix of roles, levels and skills, and its holes."""

import json
from pathlib import Path

import pytest

from bot.content.gates.coverage import coverage, gaps
from bot.content.library import read_sources
from tests.content.prompt_files import library, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library in which the clerk has all levels and the analyst one."""
    folder = library(tmp_path / "library")
    for level in (2, 3):
        written(folder / "ward-clerk", f"clerk-{level}", level=level)
    return folder


def test_what_each_role_has(folder: Path) -> None:
    """Counted by level and by skill, with a row for everyone."""
    written(folder / "everyone", "everyone-tip", roles=["everyone"])
    matrix = coverage(read_sources(folder))
    clerk, analyst = matrix.rows
    assert (clerk.role, clerk.prompts, clerk.levels, clerk.skills) == (
        "ward-clerk",
        3,
        {1: 1, 2: 1, 3: 1},
        {"ask-well": 3},
    )
    assert (analyst.prompts, analyst.levels) == (1, {1: 1, 2: 0, 3: 0})
    assert (matrix.prompts, matrix.everyone.prompts) == (5, 1)


def test_holes_are_named_at_the_roles_line(folder: Path) -> None:
    """A missing level and a missing skill, each a line."""
    skills = (folder / "skills.yaml").read_text("utf-8")
    (folder / "skills.yaml").write_text(
        f"{skills}- id: share\n  name: Share\n  about: Pass it on.\n", "utf-8"
    )
    assert [line.replace(f"{folder}/", "") for line in gaps(read_sources(folder))] == [
        "roles.yaml:1: ward-clerk has no prompt for the skill share; write one",
        "roles.yaml:3: finance-analyst has no prompt of level 2; write one",
        "roles.yaml:3: finance-analyst has no prompt of level 3; write one",
        "roles.yaml:3: finance-analyst has no prompt for the skill share; write one",
    ]


def test_the_first_step_must_be_open_to_all(folder: Path) -> None:
    """A first level that needs paid Copilot leaves most people out."""
    written(folder / "ward-clerk", "clerk-notice", app="word", needs="copilot")
    (hole, *_) = gaps(read_sources(folder))
    assert "ward-clerk has no prompt of level 1 for somebody without paid Copilot" in hole


def test_prompts_for_everyone_fill_no_hole(folder: Path) -> None:
    """They suit any role, and are no prompt for one."""
    written(folder / "everyone", "everyone-tip", roles=["everyone"], level=2)
    assert any("finance-analyst has no prompt of level 2" in line for line in gaps(read_sources(folder)))


def test_as_plain_values(folder: Path) -> None:
    """What `--json` prints."""
    values = json.loads(json.dumps(coverage(read_sources(folder)).as_json()))
    assert values["prompts"] == 4
    assert values["roles"][1] == {
        "role": "finance-analyst",
        "prompts": 1,
        "levels": {"1": 1, "2": 0, "3": 0},
        "skills": {"ask-well": 1},
        "gaps": ["no prompt of level 2", "no prompt of level 3"],
    }
