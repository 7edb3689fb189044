"""`run`: refuses what is unsafe, says all that is missing, and ends as cleanly as it began."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from urllib.request import urlopen

import pytest

from tests.commands.processes import ended, local, serving
from tests.content.copies import copy_of_content
from tests.ports import free_port

PARTS = ("store", "token", "keys", "scheduler", "sending")
GUID = "3f2b8c1e-9d47-4a6b-8f05-c2e71d90ab34"


@contextmanager
def taken_port() -> Iterator[int]:
    """A loopback port on which somebody else listens."""
    with create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def get(address: str) -> tuple[int, str]:
    """Status and body of a GET."""
    with urlopen(address) as answer:  # noqa: S310 - loopback http only
        return answer.status, answer.read().decode()


def test_run_lists_all_that_is_missing(here: Path) -> None:
    """Without an app id nobody could be served: three variables are named, and nothing is begun."""
    done = ended(here, "run")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"STEADY_DRIP_{name}: is empty; set it, or try the bot with --local"
        for name in ("APP_ID", "APP_SECRET", "TENANT_ID")
    ]
    assert list(here.iterdir()) == []


def test_run_names_only_what_is_missing(here: Path) -> None:
    """What is set is not complained of, and a secret is not shown."""
    done = ended(here, "run", app_id=GUID, app_secret="hush")
    assert done.stderr.startswith("STEADY_DRIP_TENANT_ID: is empty")
    assert "hush" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_run_wants_one_proof_of_who_it_is(here: Path) -> None:
    """A secret and a certificate: which one is used must not be a matter of chance."""
    (here / "app.pem").write_text("x", encoding="utf-8")
    done = ended(
        here, "run", app_id=GUID, app_secret="hush", tenant_id=GUID, app_certificate_file=here / "app.pem"
    )
    assert done.stderr == (
        "STEADY_DRIP_APP_SECRET: STEADY_DRIP_APP_CERTIFICATE_FILE is set as well;"
        " keep the one that is to be used\n"
    )


def test_run_refuses_compressed_time_in_earnest(here: Path) -> None:
    """People's days and hours would mean nothing."""
    done = ended(here, "run", app_id=GUID, app_secret="two", tenant_id=GUID, time_speed=60)
    assert done.returncode == 1
    assert done.stderr == ("STEADY_DRIP_TIME_SPEED: time is only compressed with --local; set it to 1\n")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "drip.trust.invalid"])
def test_local_refuses_any_host_but_loopback(here: Path, host: str) -> None:
    """No tokens are checked there, so nobody else may come in; nothing is begun."""
    done = ended(here, "run", "--local", host=host)
    assert done.returncode == 1
    assert done.stderr.startswith("STEADY_DRIP_HOST: a local run checks no tokens")
    assert list(here.iterdir()) == []


def test_wrong_settings_are_all_listed(here: Path) -> None:
    """Every one at once, before anything is begun."""
    done = ended(here, "run", "--local", port="many", threshold=1, store="redis:x")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "STEADY_DRIP_STORE",
        "STEADY_DRIP_PORT",
        "STEADY_DRIP_THRESHOLD",
    ]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_local_run_serves_and_ends(here: Path, how: signal.Signals) -> None:
    """It says where it listens and that this is sample data, answers, and ends with 0 on Ctrl-C."""
    with serving(here) as service:
        assert f"{service.address}/api/messages" in service.announced
        assert "LOCAL RUN: no tokens are checked" in service.announced
        assert "sample data" in service.announced
        assert get(f"{service.address}/healthz") == (200, "ok")
        status, parts = get(f"{service.address}/readyz")
        assert (status, json.loads(parts)) == (200, dict.fromkeys(PARTS, "ok"))
        assert service.end(how) == 0
    assert "Traceback" not in (here / "service.log").read_text("utf-8")


def test_a_run_goes_on_where_the_last_one_ended(here: Path) -> None:
    """After a clean end and after kill -9 the same store opens, and the sample data are not loaded again."""
    for how in (signal.SIGTERM, signal.SIGKILL, signal.SIGTERM):
        with serving(here) as service:
            assert get(f"{service.address}/readyz")[0] == 200
            service.end(how)
    shown = ended(here, "summary", "--group", "Patient Access", "--json", **local(here))
    assert json.loads(shown.stdout)["answers_about"] == 20


def test_a_second_run_on_one_store_is_refused(here: Path) -> None:
    """One process, one writer: the other one is named by its id."""
    with serving(here) as service:
        done = ended(here, "run", "--local", **local(here))
        assert done.returncode == 1
        assert f"store.tinydb is open in another process (pid {service.process.pid})" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_port_that_is_taken(here: Path) -> None:
    """The port and the ways out are named, in one line, before the sample data is written."""
    with taken_port() as port:
        done = ended(here, "run", "--local", **local(here, port=port))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"port {port} is in use; choose another with STEADY_DRIP_PORT or end the other program"
    )
    assert "Traceback" not in done.stderr
    assert "Alex" not in "".join(path.read_text("utf-8") for path in here.glob("store.tinydb*"))


def test_a_damaged_store_ends_the_run(here: Path) -> None:
    """Never a silent fresh start: the error names the file, the newest good copy and the command for it."""
    with serving(here) as service:
        service.end()
    store = here / "store.tinydb"
    store.write_bytes(store.read_bytes().replace(b"Alex", b"Axel", 1))
    damaged = store.read_bytes()
    done = ended(here, "run", "--local", **local(here))
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"{store}, line " in done.stderr
    assert "The newest good copy is from " in done.stderr
    assert f"cp {store}.good {store}" in done.stderr
    assert "Traceback" not in done.stderr
    assert store.read_bytes() == damaged


def test_one_broken_prompt_ends_the_run(here: Path) -> None:
    """Content is never dropped in silence: the file is named with its line and how to mend it."""
    content = copy_of_content(here / "content")
    path = content / "prompts_library" / "everyone" / "everyone-too-smooth.yaml"
    path.write_text(path.read_text("utf-8").replace("\nlevel: ", "\nlevle: "), encoding="utf-8")
    done = ended(here, "run", "--local", content=content, port=free_port())
    assert done.returncode == 1
    assert [line.partition(" ")[0] for line in done.stderr.splitlines()] == [f"{path}:1:", f"{path}:8:"]
    assert "levle: is not a field of this file; correct its name or take it out" in done.stderr


def test_broken_content_ends_the_run(here: Path) -> None:
    """A service that could not show its cards does not start."""
    (here / "empty").mkdir()
    done = ended(here, "run", "--local", content=here / "empty", port=free_port())
    assert done.returncode == 1
    assert done.stderr.startswith(f"{here}/empty/prompts_library:1: there is no such folder")
