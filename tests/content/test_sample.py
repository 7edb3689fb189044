"""The sample trust of the local run: whole, made up, and of the size that it is said to have."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.config import HOME
from bot.content.library import load_library
from bot.content.sample import load_sample
from bot.domain.anonymity import DEFAULT_THRESHOLD
from bot.domain.staff.people import Right
from bot.domain.text.identifiers import find
from bot.errors import Problems
from bot.services.upkeep.sampling import Sample

FOLDER = HOME / "docs" / "sample-trust"
LIBRARY = load_library(HOME / "prompts_library")


@pytest.fixture(scope="module")
def sample() -> Sample:
    """The sample trust as the local run loads it."""
    return load_sample(FOLDER, LIBRARY)


def test_sixty_people_in_five_teams(sample: Sample) -> None:
    """About as many as the README says, none of them twice."""
    assert len({entry.id for entry in sample.entries}) == len(sample.entries) == 60
    assert len({entry.team for entry in sample.entries}) == 5
    assert len({entry.upn for entry in sample.entries}) == 60


def test_nobody_can_be_mistaken_for_somebody(sample: Sample) -> None:
    """Every name says that it is a sample, and no address could ever be anybody's."""
    assert [entry.upn for entry in sample.entries if not entry.upn.endswith(".invalid")] == []
    assert [entry.name for entry in sample.entries if not entry.name.endswith(" Sample")] == []


def test_every_role_is_somebodys(sample: Sample) -> None:
    """Whichever role somebody tries, the trust has colleagues in it."""
    assert {entry.role for entry in sample.entries} == set(LIBRARY.roles)


def test_there_is_somebody_for_each_part_of_the_dialog(sample: Sample) -> None:
    """Champions, at least two reviewers, a lead for each team, and leads only of teams that exist."""
    holding = [right for entry in sample.entries for right in entry.rights]
    assert holding.count(Right.CHAMPION) >= 5
    assert holding.count(Right.REVIEWER) >= 2
    led = {group for entry in sample.entries for group in entry.leads}
    assert led <= {entry.team for entry in sample.entries}
    assert len(led) >= 2


def test_the_waiting_prompt_can_be_shared(sample: Sample) -> None:
    """Its author is a champion of the trust, its role is known, and nothing in it points to a person."""
    (author,) = [entry for entry in sample.entries if entry.id == sample.author]
    assert Right.CHAMPION in author.rights
    assert sample.shared.role in LIBRARY.roles
    assert find(f"{sample.shared.title}\n{sample.shared.prompt}\n{sample.shared.check}") == []


def test_the_closed_round_has_something_to_show_and_to_hide(sample: Sample) -> None:
    """Answers of its own teams only, on the scales; some groups are large enough to show."""
    teams = {entry.team for entry in sample.entries}
    for answers in sample.rounds:
        assert {one.team for one in answers} <= teams
        assert {value for one in answers for value in one.said if value} == set(range(1, 6))
        counts = [sum(one.team == team for one in answers) for team in teams]
        assert max(counts) >= DEFAULT_THRESHOLD > min(counts)
    assert len(sample.rounds) > 1  # so that there is a trend


def test_no_team_gave_more_answers_than_it_has_people(sample: Sample) -> None:
    """One voice a person."""
    for team in {entry.team for entry in sample.entries}:
        people = sum(entry.team == team for entry in sample.entries)
        assert all(sum(one.team == team for one in answers) <= people for answers in sample.rounds)


def test_a_broken_roster_is_refused_with_every_row(tmp_path: Path) -> None:
    """The local run begins with the whole trust or not at all."""
    folder = Path(copytree(FOLDER, tmp_path / "trust"))
    text = (folder / "roster.csv").read_text("utf-8")
    (folder / "roster.csv").write_text(text.replace("ward-clerk", "wizard"), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        load_sample(folder, LIBRARY)
    assert len(caught.value.lines) == text.count("ward-clerk") > 1


def test_a_broken_prompt_is_refused_with_its_line(tmp_path: Path) -> None:
    """The waiting prompt is checked like any other file."""
    folder = Path(copytree(FOLDER, tmp_path / "trust"))
    text = (folder / "waiting_prompt.yaml").read_text("utf-8")
    (folder / "waiting_prompt.yaml").write_text(text.replace("data: internal", "data: secret"), "utf-8")
    with pytest.raises(Problems, match=r"waiting_prompt\.yaml:5: data: "):
        load_sample(folder, LIBRARY)
