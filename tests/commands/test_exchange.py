"""`prompts new-key`, `bundle` and `receive`: from one organisation's store into another's review."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import HOME
from bot.domain.library.contributions import Contribution, Stage
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import PersonId, RoleId
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
MEGAN, ISAIAH = (
    PersonId("00000000-0000-0000-0000-000000000021"),
    PersonId("00000000-0000-0000-0000-000000000023"),
)
THEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
APPROVED = Contribution(
    id="id-1",
    author=MEGAN,
    title="Tell visitors about a move",
    text="Draft a short notice about [the ward’s move] for visitors.",
    role=RoleId("ward-clerk"),
    check="Compare every date and place with the plan.",
    data=DataRule.INTERNAL,
    submitted=THEN,
).reviewed(Stage.APPROVED, ISAIAH, THEN)


def kept(store: Path, *rows: Contribution) -> list[Contribution]:
    """Put these into a store; all that waits there for a review now."""

    async def run() -> list[Contribution]:
        opened = TinyStore.open(store)
        async with opened.unit_of_work() as work:
            for row in rows:
                await work.contributions.put(row)
            waiting = list(await work.contributions.submitted())
        await opened.close()
        return waiting

    return asyncio.run(run())


@pytest.fixture
def theirs(command: Command, here: Path) -> dict[str, object]:
    """The settings of an organisation that has one approved prompt and a key."""
    command("prompts", "new-key", "theirs")
    settings: dict[str, object] = {
        "store": f"tinydb:{here / 'theirs.tinydb'}",
        "organisation": "Other Sample Trust",
        "signing_key_file": str(here / "theirs"),
    }
    command("people", "import", ROSTER, **settings)
    kept(here / "theirs.tinydb", APPROVED)
    return settings


@pytest.fixture
def ours(here: Path) -> dict[str, object]:
    """The settings of an organisation that trusts nobody yet."""
    (here / "trusted").mkdir()
    return {"store": f"tinydb:{here / 'ours.tinydb'}", "trusted_keys": str(here / "trusted")}


def trust(here: Path) -> None:
    """Their public key, under the name that we give it."""
    (here / "trusted" / "others.pub").write_bytes((here / "theirs.pub").read_bytes())


def acts(command: Command, settings: dict[str, object]) -> list[str]:
    """What is on record."""
    return [record["act"] for record in json.loads(command("audit", "--json", **settings).stdout)]


def test_from_one_to_another(
    command: Command, here: Path, theirs: dict[str, object], ours: dict[str, object]
) -> None:
    """Written, shown, taken in once, and on record on both sides; no name goes that nobody said yes to."""
    made = command("prompts", "bundle", "out.json", **theirs)
    assert (made.exit_code, made.stderr) == (0, "")
    assert "id-1: “Tell visitors about a move”, without its author’s name" in made.stdout
    assert "Wrote 1 prompt to out.json, licence CC-BY-4.0. Nothing was sent." in made.stdout
    assert "Megan" not in (here / "out.json").read_text("utf-8")
    trust(here)
    command("people", "import", ROSTER, **ours)
    looked = command("prompts", "receive", "out.json", "--look", **ours)
    assert "1 prompt would wait for review. Nothing was taken in." in looked.stdout
    assert kept(here / "ours.tinydb") == []
    beside = TinyStore.open(here / "ours.tinydb")
    refused = command("prompts", "receive", "out.json", **ours)
    asyncio.run(beside.close())
    assert refused.exit_code == 1
    assert "Stop that process first and start it again after this" in refused.stderr
    assert kept(here / "ours.tinydb") == [], "a service that is running keeps its store to itself"
    done = command("prompts", "receive", "out.json", **ours)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "1 prompt waits for review now." in done.stdout
    assert "signed with the key that you call others" in done.stdout
    assert (
        "new: “Tell visitors about a move” for ward-clerk, from a colleague at Other Sample Trust"
        in done.stdout
    )
    (waiting,) = kept(here / "ours.tinydb")
    assert (waiting.text, waiting.stage) == (APPROVED.text, Stage.SUBMITTED)
    again = command("prompts", "receive", "out.json", **ours)
    assert "Nothing in it is new. Nothing was changed." in again.stdout
    assert kept(here / "ours.tinydb") == [waiting]
    assert acts(command, ours) == ["people_imported", "prompts_received"]
    assert acts(command, theirs) == ["people_imported", "prompts_bundled"]


def test_a_key_that_nobody_trusts(
    command: Command, here: Path, theirs: dict[str, object], ours: dict[str, object]
) -> None:
    """Nothing is read of it, and the mend is named; so it is for one that was changed."""
    command("prompts", "bundle", "out.json", **theirs)
    refused = command("prompts", "receive", "out.json", **ours)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("out.json: is signed with a key that is not trusted here")
    trust(here)
    file = here / "out.json"
    file.write_bytes(file.read_bytes().replace(b"visitors", b"visiters"))
    changed = command("prompts", "receive", "out.json", **ours)
    assert (changed.exit_code, changed.stdout) == (1, "")
    assert (
        changed.stderr == "out.json: is not what others signed: it was changed on the way; ask for it again\n"
    )
    assert kept(here / "ours.tinydb") == []


def test_one_bad_prompt_holds_all_back(
    command: Command, here: Path, theirs: dict[str, object], ours: dict[str, object]
) -> None:
    """Unless the operator says otherwise; the words to mend are shown to them alone."""
    kept(
        here / "theirs.tinydb", replace(APPROVED, id="id-2", text="Write to Adela Zsample about [the move].")
    )
    command("prompts", "bundle", "out.json", **theirs)
    trust(here)
    row = "new,Adela Zsample,az@sample.invalid,ward-clerk,chat,North,Ward 4,,,\n"
    header = (HOME / "docs" / "sample-trust" / "roster.csv").read_text("utf-8").splitlines()[0]
    (here / "staff.csv").write_text(
        f"{header}\n{row.replace('new', '0' * 8 + '-0000-0000-0000-' + '9' * 12)}"
    )
    assert command("people", "import", "staff.csv", **ours).exit_code == 0
    refused = command("prompts", "receive", "out.json", **ours)
    assert refused.exit_code == 1
    assert f"“{APPROVED.title}” (id-2): This points to a person" in refused.stderr
    assert kept(here / "ours.tinydb") == []
    done = command("prompts", "receive", "out.json", "--skip-invalid", **ours)
    assert done.exit_code == 0
    assert f"left out: “{APPROVED.title}” (id-2): " in done.stderr
    assert [one.title for one in kept(here / "ours.tinydb")] == [APPROVED.title]


def test_nothing_is_written_over(command: Command, here: Path, theirs: dict[str, object]) -> None:
    """Neither a file that is there nor a key; and then nothing is on record."""
    (here / "out.json").write_text("what was there")
    refused = command("prompts", "bundle", "out.json", **theirs)
    assert (refused.exit_code, refused.stderr) == (1, "out.json: is there already; choose another name\n")
    assert (here / "out.json").read_text() == "what was there"
    assert acts(command, theirs) == ["people_imported"]
    again = command("prompts", "new-key", "theirs")
    mend = "name another file, or move that one away"
    assert (again.exit_code, again.stderr) == (1, f"File exists: theirs.pub; {mend}\n")


@pytest.mark.parametrize("command_line", [("bundle", "out.json"), ("receive", "out.json")])
def test_a_setting_is_missing(command: Command, here: Path, command_line: tuple[str, str]) -> None:
    """It is named as the variable that it is, with what belongs there."""
    refused = command("prompts", *command_line)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(("STEADY_DRIP_SIGNING_KEY_FILE: is", "STEADY_DRIP_TRUSTED_KEYS: is"))
    assert list(here.iterdir()) == []


def test_there_is_no_such_file(command: Command, ours: dict[str, object]) -> None:
    """Said in a line."""
    refused = command("prompts", "receive", "nowhere.json", **ours)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "No such file or directory: nowhere.json; correct the path, or make its folder first\n",
    )


def test_the_trusted_folder_has_to_be_there(command: Command) -> None:
    """`check` says so before anybody needs it."""
    refused = command("check", trusted_keys="nowhere")
    assert "STEADY_DRIP_TRUSTED_KEYS: is no folder" in refused.stderr
