"""The image and the compose file, read: no engine is needed, and what the image would hold is tried."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import HOME, PREFIX, Settings
from tests.commands.processes import environment

COMPOSE: dict[str, Any] = yaml.safe_load((HOME / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (HOME / "Dockerfile").read_text("utf-8")


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its arguments, in order; comments left out, lines joined."""
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined.splitlines()]


def copied() -> dict[str, str]:
    """What is copied from the build's folder into the last stage, and where to."""
    last = [at for at, (name, _) in enumerate(instructions()) if name == "FROM"][-1]
    pairs = [args.split() for name, args in instructions()[last:] if name == "COPY" and "--from" not in args]
    return {pair[0]: pair[1] for pair in pairs}


def test_the_image_runs_without_rights() -> None:
    """The last word on the user is a number that is not root's, so that a cluster can check it too."""
    users = [args for name, args in instructions() if name == "USER"]
    assert [re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) is not None for user in users] == [True]


def test_every_package_is_checked_by_its_hash() -> None:
    """Nothing else is installed, fetched or unpacked."""
    installs = [args for name, args in instructions() if name == "RUN" and "pip" in args]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert {name for name, _ in instructions()} <= set(
        "FROM RUN COPY WORKDIR ENV USER EXPOSE HEALTHCHECK ENTRYPOINT CMD".split()  # noqa: SIM905 - one word each
    )
    assert not re.search(
        r"curl|wget|https?://(?!127\.0\.0\.1)", "\n".join(args for _, args in instructions())
    )


def test_no_secret_is_built_in() -> None:
    """The builder gets what is copied and nothing else, and no variable looks like a secret."""
    ignore = (HOME / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in ignore if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules[1:] if rule.startswith("!")} == {*copied(), "requirements/run.txt"}
    variables = " ".join(args for name, args in instructions() if name in {"ENV", "ARG"})
    assert not re.search(r"SECRET|PASSWORD|TOKEN|KEY", variables)


def test_what_the_image_holds_is_enough(tmp_path: Path) -> None:
    """With exactly the files that are copied, every prompt, card and the manifest is found to be well."""
    for source, target in copied().items():
        shutil.copytree(HOME / source, tmp_path / target.removeprefix("/app/"))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check"],
        cwd=tmp_path,
        env=environment({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, str(HOME / "bot") in done.stdout + done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_than_it_needs(name: str) -> None:
    """A read-only file system, no capabilities, a user without rights, nothing privileged."""
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_are_files(name: str) -> None:
    """Every variable that could hold one names a file of a declared secret."""
    service = SERVICES[name]
    for variable, value in service["environment"].items():
        if re.search(r"SECRET|PASSWORD|TOKEN|STORE", variable):
            assert variable.endswith("_FILE")
            assert value.removeprefix("/run/secrets/") in service["secrets"]
    assert set(service["secrets"]) <= set(COMPOSE["secrets"])


def test_every_variable_is_a_setting() -> None:
    """A name that was changed in the code is noticed here."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    ours = {
        name for service in SERVICES.values() for name in service["environment"] if name.startswith(PREFIX)
    }
    assert ours <= known


def test_the_database_is_out_of_reach() -> None:
    """Only the service and its migration share a network with it, and that one leads nowhere else."""
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["db"]["networks"] == ["inside"]
    assert "ports" not in SERVICES["db"]


def test_each_waits_for_what_it_needs() -> None:
    """The database is healthy before it is migrated, and migrated before the service starts."""
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert SERVICES["bot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert "/readyz" in " ".join(SERVICES["bot"]["healthcheck"]["test"])
    assert "pg_isready" in " ".join(SERVICES["db"]["healthcheck"]["test"])
    assert SERVICES["bot"]["stop_grace_period"] == "60s"
