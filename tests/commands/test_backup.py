"""`backup` and `restore`: while the service runs, and without bringing back who was erased."""

import asyncio
import json
import shutil
from pathlib import Path

from bot.config import HOME
from bot.domain.staff.people import PersonId
from bot.services.ports import UnitOfWork
from bot.storage.tiny.store import TinyStore
from tests.commands.conftest import Command
from tests.commands.processes import ended, local, serving
from tests.samples import reference

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")
STORE = "var/steady-drip.tinydb"
ALEX = PersonId("00000000-0000-0000-0000-000000000020")


def installed(here: Path, person: PersonId) -> None:
    """Somebody has the app, so that more is known of them than the staff list says."""

    async def put(work: UnitOfWork) -> None:
        known = await work.people.get(person)
        assert known is not None
        await work.people.put(type(known)(known.id, known.roster, reference=reference(known.id)))

    async def run() -> None:
        store = TinyStore.open(here / STORE)
        async with store.unit_of_work() as work:
            await put(work)
        await store.close()

    asyncio.run(run())


def has_the_app(here: Path, person: PersonId) -> bool:
    """Whether somebody still has it, as far as the store knows."""

    async def run() -> bool:
        store = TinyStore.open(here / STORE, read_only=True)
        async with store.unit_of_work() as work:
            known = await work.people.get(person)
        await store.close()
        return known is not None and known.reference is not None

    return asyncio.run(run())


def acts(command: Command) -> list[str]:
    """What is on record."""
    return [record["act"] for record in json.loads(command("audit", "--json").stdout)]


def test_there_and_back(command: Command, here: Path) -> None:
    """With how much it was; both are on record."""
    command("people", "import", ROSTER)
    made = command("backup", "monday")
    assert (made.exit_code, made.stderr) == (0, "")
    assert "Wrote monday with 61 documents" in made.stdout
    assert "Answers and reminders of a round that is open are not in it." in " ".join(made.stdout.split())
    done = command("restore", "monday", "--replace")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("Restored 61 documents from ")
    assert "people may answer again" in done.stdout
    assert "0 people who had been erased since were erased again." in done.stdout
    assert acts(command) == ["people_imported", "backup_restored"]
    assert (here / "monday").exists()


def test_who_was_erased_since_stays_erased(command: Command, here: Path) -> None:
    """The backup still has them, the restored store has not, also where the staff list came again."""
    command("people", "import", ROSTER)
    installed(here, ALEX)
    command("backup", "monday")
    command("person", "erase", ALEX, "--yes")
    command("people", "import", ROSTER)
    assert ALEX.encode() in (here / "monday").read_bytes()
    done = command("restore", "monday", "--replace")
    assert "1 people who had been erased since were erased again." in done.stdout
    assert ALEX.encode() not in (here / STORE).read_bytes()
    assert "person_erased" in acts(command)


def test_without_a_store_to_compare_it_says_so(command: Command, here: Path) -> None:
    """Nobody can know who was erased since: the operator has to."""
    command("people", "import", ROSTER)
    command("backup", "monday")
    done = command("restore", "monday", store=f"tinydb:{here / 'other' / 'store'}")
    assert done.exit_code == 0
    assert "erase again whoever was erased since" in done.stdout


def test_a_new_store_says_nothing_of_who_was_erased(command: Command, here: Path) -> None:
    """It was begun when the old one was lost: whoever the backup knows is not erased for that."""
    command("people", "import", ROSTER)
    installed(here, ALEX)
    command("backup", "monday")
    shutil.rmtree(here / "var")
    command("people", "import", ROSTER)
    done = command("restore", "monday", "--replace")
    assert done.exit_code == 0
    assert "it was another one: erase again whoever was erased since" in done.stdout
    assert has_the_app(here, ALEX)


def test_a_store_that_is_there_is_named(command: Command, here: Path) -> None:
    """And what to type; nothing is changed."""
    command("people", "import", ROSTER)
    command("backup", "monday")
    before = (here / STORE).read_bytes()
    done = command("restore", "monday")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{here / STORE} is there; --replace" in done.stderr
    assert (here / STORE).read_bytes() == before


def test_a_file_that_is_no_backup(command: Command, here: Path) -> None:
    """Refused with its name; no store is made."""
    (here / "monday").write_text("hello\n", encoding="utf-8")
    done = command("restore", "monday")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "monday is no whole backup" in done.stderr
    assert (
        command("restore", "nowhere").stderr
        == "No such file or directory: nowhere; correct the path, or make its folder first\n"
    )
    assert not (here / "var").exists()


def test_postgresql_has_its_own_way(command: Command) -> None:
    """Which is named, and the page that says what to know of it."""
    ways = ((["backup", "monday"], "pg_dump"), (["restore", "monday"], "`steady-drip store settle`"))
    for words, instead in ways:
        done = command(*words, store="postgresql://127.0.0.1:1/nowhere")
        assert done.exit_code == 1
        assert instead in done.stderr
        assert "docs/deployment.md" in done.stderr


def test_while_the_service_runs(tmp_path: Path) -> None:
    """Making one holds nobody up; restoring needs the service to stop, and says so."""
    with serving(tmp_path):
        settings = local(tmp_path)
        made = ended(tmp_path, "backup", "monday", **settings)
        assert (made.returncode, made.stderr) == (0, "")
        refused = ended(tmp_path, "restore", "monday", "--replace", **settings)
        assert refused.returncode == 1
        assert "Stop that process first" in refused.stderr
