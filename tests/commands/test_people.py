"""`people import`: a roster is taken in as a whole, or not at all, or without what is wrong in it."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from bot.config import HOME
from bot.content.roster import COLUMNS
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command

HEADER = ",".join(COLUMNS)
GOOD = "{id},Sam Sample,sam@sample.invalid,ward-clerk,chat,North,{team},,,"
NUMBER = "00000000-0000-0000-0000-000000000001"
STORE = "var/steady-drip.tinydb"


def row(last: int, team: str = "Ward 4") -> str:
    """A good row."""
    return GOOD.format(id=f"00000000-0000-0000-0000-{last:012}", team=team)


@pytest.fixture
def roster(here: Path) -> Path:
    """A file with two good rows and two bad ones."""
    rows = [row(1), row(2).replace("ward-clerk", "wizard"), row(3), row(1)]
    path = here / "roster.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def groups(here: Path) -> dict[str, int]:
    """The groups that the default store has, with their sizes."""

    async def read() -> dict[str, int]:
        store = TinyStore.open(here / STORE, read_only=True)
        async with store.unit_of_work() as work:
            found = await work.people.groups()
        await store.close()
        return {str(group): size for group, size in found.items()}

    return asyncio.run(read())


def test_the_sample_roster(command: Command) -> None:
    """Sixty people are added; the same file a second time changes nothing."""
    file = str(HOME / "docs" / "sample-trust" / "roster.csv")
    first = command("people", "import", file)
    assert (first.exit_code, first.stdout) == (0, "60 added, 0 changed, 0 as before.\n")
    assert first.stderr == ""
    second = command("people", "import", file)
    assert (second.exit_code, second.stdout) == (0, "0 added, 0 changed, 60 as before.\n")


def test_a_second_time_leaves_the_store_as_it_is(command: Command, here: Path) -> None:
    """Not a byte is written for what is known, but the record of who asked for it."""
    file = here / "roster.csv"
    file.write_text(f"{HEADER}\n{row(1)}\n", encoding="utf-8")
    command("people", "import", str(file))
    before = (here / STORE).read_bytes()
    command("people", "import", str(file))
    added = (here / STORE).read_bytes().removeprefix(before)
    assert added.count(b"\n") == 1
    assert b'"act":"people_imported"' in added


def test_what_changed_is_counted(command: Command, here: Path) -> None:
    """One who moved, one who is new, one as before."""
    file = here / "roster.csv"
    file.write_text("\n".join([HEADER, row(1), row(2)]), encoding="utf-8")
    command("people", "import", str(file))
    file.write_text("\n".join([HEADER, row(1, team="Ward 5"), row(2), row(3)]), encoding="utf-8")
    assert command("people", "import", str(file)).stdout == "1 added, 1 changed, 1 as before.\n"


def test_leavers_are_counted_and_taken_off_when_told(command: Command, here: Path) -> None:
    """A file of one department empties no list by mistake, and the whole list brings everybody back."""
    file, whole = here / "roster.csv", here / "whole.csv"
    whole.write_text("\n".join([HEADER, row(1), row(2), row(3)]), encoding="utf-8")
    file.write_text("\n".join([HEADER, row(1)]), encoding="utf-8")
    command("people", "import", str(whole))
    told = command("people", "import", str(file)).stdout.splitlines()[1]
    assert told == ("2 people who were on the staff list are not in this file; --leavers takes them off.")
    assert groups(here) == {"Ward 4": 3}
    done = command("people", "import", str(file), "--leavers").stdout.splitlines()[1]
    assert done == "2 people who were on the staff list were taken off it."
    assert groups(here) == {"Ward 4": 1}
    command("people", "import", str(whole))
    assert groups(here) == {"Ward 4": 3}


def test_leavers_need_every_row(command: Command, here: Path, roster: Path) -> None:
    """A row with a mistake in it is no reason to take its person off the list."""
    done = command("people", "import", "--skip-invalid", "--leavers", str(roster))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "not with --skip-invalid" in done.stderr
    assert not (here / "var").exists()


def test_bad_rows_are_all_listed_and_nothing_is_imported(command: Command, here: Path, roster: Path) -> None:
    """Each with its line and reason, then what can be done; there is not even a store."""
    done = command("people", "import", str(roster))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{roster}:3: role: the role wizard is not in roles.yaml; use one of its ids",
        f"{roster}:5: id: {NUMBER} stands in an earlier row too; keep one of them",
        "Nothing was imported. --skip-invalid imports the other rows.",
    ]
    assert not (here / "var").exists()


def test_skip_invalid_imports_the_rest(command: Command, here: Path, roster: Path) -> None:
    """What was left out is said line by line, and the others are there."""
    done = command("people", "import", "--skip-invalid", str(roster))
    assert (done.exit_code, done.stdout) == (0, "2 added, 0 changed, 0 as before.\n")
    assert done.stderr.splitlines() == [
        f"left out: {roster}:3: role: the role wizard is not in roles.yaml; use one of its ids",
        f"left out: {roster}:5: id: {NUMBER} stands in an earlier row too; keep one of them",
    ]
    assert groups(here) == {"Ward 4": 2}


def test_skip_invalid_does_not_skip_a_file_that_is_none(command: Command, here: Path) -> None:
    """Wrong columns leave no good row to take."""
    file = here / "roster.csv"
    file.write_text("a;b\n", encoding="utf-8")
    done = command("people", "import", "--skip-invalid", str(file))
    assert done.exit_code == 1
    assert done.stderr == f"{file}:1: semicolons part the columns; save it with commas, not semicolons\n"


@pytest.mark.parametrize("line", [100, 1234])
def test_line_numbers_stay_numbers(command: Command, here: Path, line: int) -> None:
    """`roster.csv:100:` is a place, and not the picture that some programs make of it."""
    file = here / "roster.csv"
    rows = [row(number) for number in range(2, line)]
    file.write_text("\n".join([HEADER, *rows, "oops"]), encoding="utf-8")
    assert command("people", "import", str(file)).stderr.startswith(f"{file}:{line}: the row has 1 values")


def test_a_missing_file(command: Command, here: Path) -> None:
    """It is named, without a traceback."""
    done = command("people", "import", str(here / "nowhere.csv"))
    assert (done.exit_code, done.stderr) == (
        1,
        f"{here}/nowhere.csv:1: the file is missing; check the path\n",
    )


def test_a_folder_instead_of_a_file(command: Command, here: Path) -> None:
    """What the machine says, and of what."""
    done = command("people", "import", str(here))
    assert (done.exit_code, done.stderr) == (1, f"Is a directory: {here}; name a file in it\n")


def test_a_store_that_is_open_elsewhere(command: Command, here: Path) -> None:
    """One writer at a time: the file and the way out are named, and nothing is imported."""
    store = TinyStore.open(here / STORE)
    done = command("people", "import", str(HOME / "docs" / "sample-trust" / "roster.csv"))
    asyncio.run(store.close())
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{here / STORE} is open in another process (pid {os.getpid()}). ")
    assert "Stop that process first" in done.stderr
    assert groups(here) == {}


def test_who_has_no_app(command: Command, here: Path) -> None:
    """Counted and listed, as lines and as JSON; nobody but the staff list is named."""
    file = here / "roster.csv"
    file.write_text("\n".join([HEADER, row(1), row(2)]), encoding="utf-8")
    command("people", "import", str(file))
    lines = command("people", "without-app").stdout.splitlines()
    assert lines[:2] == ["on the staff list: 2", "without the app: 2"]
    assert lines[2].startswith(NUMBER)
    found = json.loads(command("people", "without-app", "--json").stdout)
    assert found["sites"] == {"North": {"listed": 2, "without": 2}}
