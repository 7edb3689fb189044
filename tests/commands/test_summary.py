"""`summary`: a group's published figures, also while the service runs, and nothing of anybody."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import HOME
from bot.storage.tiny.files import good_copy
from tests.commands.conftest import Command
from tests.commands.processes import ended, local, serving

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a local run that goes on while the tests ask."""
    folder = tmp_path_factory.mktemp("trust")
    with serving(folder):
        yield folder


def asked(trust: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `summary` as a process of its own."""
    done = ended(trust, "summary", *arguments, **local(trust))
    return done.returncode, done.stdout, done.stderr


def test_a_groups_figures(trust: Path) -> None:
    """A line each, in words, rounded."""
    code, shown, said = asked(trust, "--group", "Patient Access")
    assert (code, said) == (0, "")
    lines = dict(line.split(": ", 1) for line in shown.splitlines() if ": " in line)
    assert (lines["group"], lines["level"], lines["shown"]) == ("Patient Access", "team", "True")
    assert lines["answers"].startswith("About 20 people answered")
    assert "Not at all" in shown


def test_a_table(trust: Path) -> None:
    """Comma-separated, a row an answer, and nothing that a spreadsheet would work out."""
    code, shown, said = asked(trust, "--group", "Patient Access", "--csv")
    rows = list(csv.DictReader(io.StringIO(shown)))
    assert (code, said) == (0, "")
    assert {row["group"] for row in rows} == {"Patient Access"}
    assert {row["percent"] for row in rows} <= {str(number) for number in range(0, 105, 5)} | {""}


def test_an_empty_table_is_explained(trust: Path) -> None:
    """On stderr, so that the file stays a table."""
    code, shown, said = asked(trust, "--group", "Corporate Office", "--csv")
    assert (code, shown.strip()) == (0, "")
    assert said == "Nothing may be shown of that group and round, so the table is empty.\n"


def test_a_page(trust: Path) -> None:
    """One whole HTML document on stdout, marked as sample data; a group that is not shown has a page too."""
    code, shown, said = asked(trust, "--group", "organisation", "--html")
    assert (code, said) == (0, "")
    assert shown.startswith("<!DOCTYPE html>")
    assert shown.rstrip().endswith("</html>")
    assert "Sample data" in shown
    assert "fewer than 10 people" in asked(trust, "--group", "Corporate Office", "--html")[1]


def test_the_organisation_and_an_earlier_round(trust: Path) -> None:
    """Everybody's figures, and those of a round by the day on which it opened."""
    newest = json.loads(asked(trust, "--group", "organisation", "--json")[1])
    assert (newest["level"], newest["shown"]) == ("organisation", True)
    code, _, said = asked(trust, "--group", "organisation", "--round", "2020-01-01")
    assert code == 1
    first = said.split("there are ")[1].split(" and ")[0]
    earlier = json.loads(asked(trust, "--group", "organisation", "--round", first, "--json")[1])
    assert (earlier["round"], earlier["shown"]) == (first, True)
    assert earlier["headline"] != newest["headline"]


def test_one_form_at_a_time(trust: Path) -> None:
    """Two at once are a mistake that says how to mend it."""
    code, shown, said = asked(trust, "--group", "Patient Access", "--json", "--csv")
    assert (code, shown) == (1, "")
    assert said == "--json and --csv do not go together; leave one out\n"


def test_json_is_all_that_is_printed(trust: Path) -> None:
    """Stdout is one JSON object, while the service has the store open."""
    code, shown, said = asked(trust, "--group", "Patient Access", "--json")
    figures = json.loads(shown)
    assert (code, said) == (0, "")
    assert figures["group"] == "Patient Access"
    assert figures["shown"] is True
    assert figures["headline"].startswith("Confidence is ")


def test_too_few_answers_are_not_shown(trust: Path) -> None:
    """The group exists, its round has closed, and there is no figure of it: not even how few they were."""
    code, shown, _ = asked(trust, "--group", "Corporate Office", "--json")
    figures = json.loads(shown)
    assert code == 0
    assert set(figures) == {"group", "level", "round", "shown", "why"}
    assert (figures["shown"], figures["why"][:22]) == (False, "fewer than 10 answers,")


def test_an_unknown_group(trust: Path) -> None:
    """The groups that there are, on stderr; nothing on stdout, so that a script cannot mistake it."""
    code, shown, said = asked(trust, "--group", "Ward 13", "--json")
    assert (code, shown) == (1, "")
    assert said.startswith("Ward 13: is no group of the roster; there are Corporate Office, ")


def test_asking_changes_nothing(trust: Path) -> None:
    """A second process reads, takes no lock, and leaves nothing but the record of who asked."""
    passing = {"store.clock", "store.tinydb.waiting"}
    before = {path.name for path in trust.iterdir()} - passing
    asked(trust, "--group", "Patient Access")
    assert {path.name for path in trust.iterdir()} - passing == before


def test_before_the_first_round(command: Command) -> None:
    """People are known, and no question was asked yet."""
    command("people", "import", ROSTER)
    done = command("summary", "--group", "Patient Access")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Patient Access: no round of questions has closed yet; try again after the first\n"
    )


def test_without_a_store(command: Command, here: Path) -> None:
    """Asking makes no empty store, which would look like one that lost everything."""
    done = command("summary", "--group", "Patient Access")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no store yet" in done.stderr
    assert list(here.iterdir()) == []


def test_a_damaged_store(command: Command, here: Path) -> None:
    """The file and its newest good copy are named, and no figure comes of it."""
    command("people", "import", ROSTER)
    store = here / "var" / "steady-drip.tinydb"
    store.write_bytes(store.read_bytes().replace(b"Alex", b"Axel", 1))
    done = command("summary", "--group", "Patient Access", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert str(store) in done.stderr
    assert str(good_copy(store)) in done.stderr
