"""`person export` and `person erase`: what an administrator does for somebody who asks."""

import json
import stat
from pathlib import Path

from bot.config import HOME
from tests.commands.conftest import Command
from tests.commands.processes import ended, local, serving

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
ALEX = "00000000-0000-0000-0000-000000000020"
STORE = "var"


def everything(here: Path) -> bytes:
    """All bytes of the store's files."""
    return b"".join(path.read_bytes() for path in (here / STORE).iterdir())


def acts(command: Command) -> list[tuple[str, str | None]]:
    """What is on record, and about whom."""
    found = json.loads(command("audit", "--json").stdout)
    return [(record["act"], record.get("person")) for record in found if record["act"].startswith("person")]


def test_an_export_is_json(command: Command) -> None:
    """All that is kept, and why answers are not in it; and it is on record whose it was."""
    command("people", "import", ROSTER)
    done = command("person", "export", ALEX.upper())
    document = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert document["person"]["roster"]["name"] == "Alex Sample"
    assert document["tips"] == document["help"] == []
    assert document["champion"] is None
    assert "without a name" in document["answers"]
    assert acts(command) == [("person_exported", ALEX)]


def test_an_export_into_a_file(command: Command, here: Path) -> None:
    """For its owner's eyes; a file that is there is not written over."""
    command("people", "import", ROSTER)
    file = here / "alex.json"
    done = command("person", "export", ALEX, "--out", str(file))
    assert done.stdout.startswith(f"Wrote {file}.")
    assert json.loads(file.read_text("utf-8"))["person"]["id"] == ALEX
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = command("person", "export", ALEX, "--out", str(file))
    assert (again.exit_code, again.stderr) == (
        1,
        f"File exists: {file}; name another file, or move that one away\n",
    )


def test_an_export_while_the_service_runs(tmp_path: Path) -> None:
    """Somebody need not wait until the night."""
    with serving(tmp_path):
        done = ended(tmp_path, "person", "export", ALEX, **local(tmp_path))
        assert json.loads(done.stdout)["person"]["id"] == ALEX


def test_erased_is_gone_from_the_files(command: Command, here: Path) -> None:
    """And the record of it does not say whose it was."""
    command("people", "import", ROSTER)
    assert b"Alex Sample" in everything(here)
    done = command("person", "erase", ALEX, "--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    assert b"Alex Sample" not in everything(here)
    assert ALEX.encode() not in everything(here)
    ((act, stand_in),) = acts(command)
    assert act == "person_erased"
    assert str(stand_in).startswith("erased-")


def test_erasing_asks_first(command: Command, here: Path) -> None:
    """There is no way back; without a yes nothing happens."""
    command("people", "import", ROSTER)
    done = command("person", "erase", ALEX)
    assert done.exit_code == 1
    assert "cannot be undone" in done.stdout
    assert done.stderr == "nothing was erased: nobody answered; where there is no keyboard, add --yes\n"
    assert b"Alex Sample" in everything(here)


def test_erasing_names_what_a_restore_left(command: Command, here: Path) -> None:
    """The files of the store before still name people; whoever erases hears of every one of them."""
    command("people", "import", ROSTER)
    command("backup", "monday")
    restored = command("restore", "monday", "--replace")
    left = [path for path in (here / STORE).iterdir() if ".before-" in path.name]
    assert left
    done = command("person", "erase", ALEX, "--yes")
    for path in left:
        assert f"  {path}\n" in restored.stdout
        assert f"{path} was set aside by a restore" in done.stdout


def test_nothing_is_kept_about_a_stranger(command: Command) -> None:
    """Said plainly, by both, and nothing is on record."""
    command("people", "import", ROSTER)
    for words in (("export", "nobody"), ("erase", "nobody", "--yes")):
        done = command("person", *words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == "nobody: nothing is kept under this id; it is an Entra object id\n"
    assert acts(command) == []
