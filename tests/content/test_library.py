"""The library's folder: loaded as a whole, or refused with everything that is wrong in it."""

from pathlib import Path
from shutil import copy, rmtree

import pytest

from bot.content.library import load_library
from bot.domain.library.prompts import DataRule
from bot.domain.library.rules import Verdict
from bot.errors import Problems
from tests.content.prompt_files import RULES, library, without_rule, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A whole library to break."""
    return library(tmp_path / "library")


def refused(folder: Path) -> list[str]:
    """The problems of a library, without the folder."""
    with pytest.raises(Problems) as caught:
        load_library(folder)
    return [line.replace(f"{folder}/", "") for line in caught.value.lines]


def test_a_whole_library(folder: Path) -> None:
    """Roles in the order of the file, prompts in the order of their files, and the rules."""
    found = load_library(folder)
    assert list(found.roles.items()) == [("ward-clerk", "Ward clerk"), ("finance-analyst", "Finance analyst")]
    assert [prompt.id for prompt in found.prompts] == ["finance-note", "clerk-notice"]
    assert found.rules.rules[DataRule.NEVER].verdict is Verdict.MUST_NOT
    assert found.rules.contact == "the sample information governance team"
    assert not found.rules_are_default


def test_default_rules_are_known_as_such(folder: Path) -> None:
    """Until the line is taken out, the rules count as the defaults."""
    (folder / "local_rules.yaml").write_text(f"replace_me: true\n{RULES}", encoding="utf-8")
    assert load_library(folder).rules_are_default


def test_all_problems_at_once(folder: Path) -> None:
    """Broken prompts, a broken list and rules with a gap: none hides another."""
    written(folder / "ward-clerk", "clerk-notice", title="", level=9)
    written(folder / "ward-clerk", "clerk-letter", roles=["wizard"])
    (folder / "finance-analyst" / "finance-note.yaml").write_text("id: [", encoding="utf-8")
    (folder / "skills.yaml").write_text("- id: ask-well\n  name: Ask well\n", encoding="utf-8")
    (folder / "local_rules.yaml").write_text(without_rule("never"), encoding="utf-8")
    problems = refused(folder)
    assert [problem.split(": ")[0] for problem in problems] == [
        "finance-analyst/finance-note.yaml:1",
        "local_rules.yaml:2",
        "skills.yaml:1",
        "ward-clerk/clerk-letter.yaml:3",
        "ward-clerk/clerk-notice.yaml:2",
        "ward-clerk/clerk-notice.yaml:7",
    ]


def test_a_broken_list_of_roles_makes_no_role_unknown(folder: Path) -> None:
    """One mistake is one problem, not one for each prompt."""
    (folder / "roles.yaml").write_text("roles", encoding="utf-8")
    assert refused(folder) == [
        "roles.yaml:1: the whole file: is not a list; write its entries on lines that begin with a dash"
    ]


def test_a_missing_folder(tmp_path: Path) -> None:
    """The folder is named."""
    missing = tmp_path / "nowhere"
    assert refused(missing) == [f"{missing}:1: there is no such folder; correct the path, or put it back"]


def test_an_empty_folder(tmp_path: Path) -> None:
    """Each missing file is named, and that there is no prompt."""
    names = ("local_rules.yaml", "questions.yaml", "roles.yaml", "skills.yaml")
    missing = [f"{name}:1: the file is missing; put it back" for name in names]
    empty = f"{tmp_path}:1: there is no prompt in here; is this the right folder?"
    assert sorted(refused(tmp_path)) == sorted([empty, *missing])


@pytest.mark.parametrize("name", ["roles.yaml", "skills.yaml", "local_rules.yaml", "questions.yaml"])
def test_a_missing_file(folder: Path, name: str) -> None:
    """Each of the four files beside the prompts is needed."""
    (folder / name).unlink()
    assert refused(folder) == [f"{name}:1: the file is missing; put it back"]


def test_no_prompts_at_all(folder: Path) -> None:
    """A library without prompts is most likely another folder."""
    for name in ("ward-clerk", "finance-analyst"):
        rmtree(folder / name)
    assert refused(folder) == [f"{folder}:1: there is no prompt in here; is this the right folder?"]


@pytest.mark.parametrize("rule", [rule.value for rule in DataRule])
def test_a_missing_rule(folder: Path, rule: str) -> None:
    """Each sort of material needs a rule, or a card would have none to show."""
    (folder / "local_rules.yaml").write_text(without_rule(rule), encoding="utf-8")
    assert refused(folder) == [f"local_rules.yaml:2: rules: {rule} is missing; say what holds for it"]


def test_a_rule_that_says_something_else(folder: Path) -> None:
    """A verdict that no card can show is named at its line."""
    (folder / "local_rules.yaml").write_text(RULES.replace("must_not", "rather_not"), encoding="utf-8")
    (problem,) = refused(folder)
    assert problem.startswith("local_rules.yaml:6: rules.never.verdict: input should be 'may'")


def test_duplicate_ids(folder: Path) -> None:
    """The second of two prompts with one id is named, and where the first is."""
    copy(folder / "ward-clerk" / "clerk-notice.yaml", folder / "finance-analyst" / "clerk-notice.yaml")
    first = folder / "finance-analyst" / "clerk-notice.yaml"
    (problem,) = refused(folder)
    place = str(first).replace(f"{folder}/", "")
    assert (
        problem == f"ward-clerk/clerk-notice.yaml:1: id: clerk-notice is also in {place}; rename one of them"
    )


def test_a_lost_twin(folder: Path) -> None:
    """A prompt that points to one that is not there is named at the line that points."""
    path = written(folder / "ward-clerk", "clerk-letter", twin="nowhere")
    line = len(path.read_text("utf-8").splitlines())
    assert refused(folder) == [
        f"ward-clerk/clerk-letter.yaml:{line}: twin: nowhere is not in the library; "
        "correct the id or leave it out"
    ]


def test_a_twin_in_a_broken_file_is_not_lost(folder: Path) -> None:
    """The broken file alone is a problem; what points to it is right."""
    written(folder / "ward-clerk", "clerk-letter", twin="clerk-notice")
    written(folder / "ward-clerk", "clerk-notice", level=9)
    (problem,) = refused(folder)
    assert problem.startswith("ward-clerk/clerk-notice.yaml:7: level:")


def test_a_file_that_would_never_be_read(folder: Path) -> None:
    """A prompt saved as .yml would be missing from the library without a word."""
    written(folder / "ward-clerk", "clerk-letter").rename(folder / "ward-clerk" / "clerk-letter.yml")
    assert refused(folder) == [
        "ward-clerk/clerk-letter.yml:1: the name ends in .yml, so it is not read; rename it to .yaml"
    ]


def test_words_that_mean_the_same(folder: Path) -> None:
    """A library may have a file of them or not; a group of one says nothing, and is named."""
    assert load_library(folder).synonyms == []
    (folder / "synonyms.yaml").write_text("- [notice, poster]\n", encoding="utf-8")
    assert load_library(folder).synonyms == [["notice", "poster"]]
    (folder / "synonyms.yaml").write_text("- [notice, poster]\n- [rota]\n", encoding="utf-8")
    assert refused(folder) == ["synonyms.yaml:2: 1: has too few entries; name at least 2"]
