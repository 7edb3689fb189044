"""The tests' own server: a named one is used where there is one, and where there is none the tests fail."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from bot.config import HOME
from tests.storage.postgres.server import VARIABLE, NamedServer, bare_database, connected, server

PATIENCE_SECONDS = 60

ONE = "tests/storage/postgres/test_migrating.py::test_states_are_readable"
"""A test that asks for a database."""


def run(url: str) -> str:
    """What a run of that test said at its end, with a server named."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", ONE],
        cwd=HOME,
        env={**os.environ, VARIABLE: url},  # noqa: TID251 - as the tests are run
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()[-1]


def test_a_named_server_is_used() -> None:
    """The one of this run serves another run as well: that one starts none."""
    assert run(server().url).startswith("1 passed")


def test_without_a_server_the_tests_fail() -> None:
    """Nothing is skipped: whoever cannot run the PostgreSQL tests has not tested."""
    nowhere = conninfo.make_conninfo(server().url, host="127.0.0.1", port=1, connect_timeout=2)
    said = run(nowhere)
    assert "1 error" in said or "1 failed" in said
    assert "skipped" not in said


def test_a_server_ends_with_its_process() -> None:
    """Also where that is killed, as one of several may be that run tests at the same time."""
    code = (
        "from tests.storage.postgres.server import OwnServer; print(OwnServer().folder, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert (folder / "postmaster.pid").exists()
        process.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()


def test_a_named_server_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one process loses its connections to it, others keep theirs."""
    with bare_database() as url, connected(url) as theirs:
        monkeypatch.setattr("tests.storage.postgres.server.OURS", "steady_drip_test_of_another_")
        with bare_database() as another, connected(another) as ours:
            NamedServer(server().url).restart()
            with pytest.raises(psycopg.OperationalError):
                ours.execute("SELECT 1")
        assert theirs.execute("SELECT 1").fetchone() == (1,)


def test_no_test_can_be_skipped() -> None:
    """Neither these nor any other: what cannot run is a failure, also in CI."""
    words = ["pytest." + word for word in ("skip", "importorskip", "xfail", "mark.skip", "mark.xfail")]
    texts = {path: path.read_text(encoding="utf-8") for path in (HOME / "tests").rglob("*.py")}
    assert [path for path, text in texts.items() if any(word in text for word in words)] == []
