"""The house rules: that the linters would notice, and those that no linter knows."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.config import HOME

BIN = Path(sys.executable).parent
SOURCES = sorted(path for name in ("bot", "tests") for path in (HOME / name).rglob("*.py"))
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
OUTER_LOOPS = {"bot/scheduling/ticks.py", "bot/teams/inbound.py"}
"""Where a broad catch belongs: a tick and an activity. Each logs and goes on."""

REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.[a-z]+\.(org|com)|npmjs\.com/|(?<!no-emit-)index-url|find-links|artifactory|pkgs\.dev"
)
MACHINES = re.compile(r"(?<![\w.}/])/(home|root|Users|work|mnt|srv|tmp)/[\w.]|[A-Z]:\\\\?Users", re.MULTILINE)
THIS = "tests/test_house.py"
LOCKS = sorted((HOME / "requirements").glob("*.txt"))
PINNED = re.compile(r"[\w.-]+(\[[\w, -]+\])?==[^ ;]+.* --hash=sha256:\w{64}")


def name_of(path: Path) -> str:
    """A path inside the repository, as text."""
    return path.relative_to(HOME).as_posix()


def tool(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A tool of the virtual environment, run to its end in a folder."""
    return subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and of the rules, to break."""
    copytree(HOME / "bot", tmp_path / "bot", ignore=ignore_patterns("__pycache__"))
    copy(HOME / "pyproject.toml", tmp_path)
    return tmp_path


def plant(path: Path, line: str) -> None:
    """Put a line at a module's end."""
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", encoding="utf-8")


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours with its syntax tree."""
    for path in SOURCES:
        yield name_of(path), ast.parse(path.read_text("utf-8"))


def tracked() -> list[str]:
    """The files that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=True
    ).stdout
    return [name for name in listed.split("\0") if name and (HOME / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    """Every tracked file that is text, but this one, which has to name what it looks for."""
    for name in tracked():
        content = (HOME / name).read_bytes()
        if name != THIS and b"\0" not in content:
            yield name, content.decode("utf-8")


# Imports


def test_the_copy_keeps_to_the_contracts(house: Path) -> None:
    """What is planted below is the only thing wrong with it."""
    done = tool(house, "lint-imports", "--no-cache")
    assert done.returncode == 0, done.stdout


WRONG_IMPORTS = {
    "the domain looks outwards": (
        "domain/staff/people.py",
        "import bot.services.ports",
        "Imports point inwards",
    ),
    "an adapter knows another": ("teams/cards.py", "import bot.storage.memory", "Imports point inwards"),
    "the web knows the root": ("web/serving.py", "import bot.bootstrap", "Imports point inwards"),
    "a use case knows a database": ("services/library/saving.py", "import tinydb", "knows no framework"),
    "the domain knows the machine": ("domain/rounds/pulses.py", "import os", "knows no framework"),
    "the domain throws dice": ("domain/drip/selection.py", "import random", "knows no framework"),
    "a store knows the Bot Framework": (
        "storage/memory.py",
        "import botbuilder.schema",
        "Only bot.teams knows",
    ),
    "two modules know one another": ("domain/json.py", "import bot.domain.rounds.plans", "No circles"),
}


@pytest.mark.parametrize(("module", "line", "contract"), WRONG_IMPORTS.values(), ids=WRONG_IMPORTS)
def test_a_wrong_import_is_refused(house: Path, module: str, line: str, contract: str) -> None:
    """The contract that it breaks is named."""
    if "plans" in line:
        plant(house / "bot" / "domain" / "rounds" / "plans.py", "import bot.domain.json")
    plant(house / "bot" / module, line)
    done = tool(house, "lint-imports", "--no-cache")
    assert done.returncode == 1
    broken = [said for said in done.stdout.splitlines() if said.endswith("BROKEN")]
    assert any(contract in said for said in broken)


def test_a_package_that_no_contract_knows_is_refused(house: Path) -> None:
    """The layers are exhaustive: a new folder has to say where it stands."""
    (house / "bot" / "helpers").mkdir()
    (house / "bot" / "helpers" / "__init__.py").touch()
    done = tool(house, "lint-imports", "--no-cache")
    assert done.returncode == 1
    assert "helpers" in done.stdout


# Lint


WRONG_LINES = {
    "a naive time": ("from datetime import datetime\nx = datetime.now()", "DTZ005"),
    "a time that is asked for": ("from datetime import UTC, datetime\nx = datetime.now(UTC)", "TID251"),
    "seconds since 1970": ("import time\nx = time.time()", "TID251"),
    "a random id": ("import uuid\nx = uuid.uuid4()", "TID251"),
    "an environment variable": ("import os\nx = os.environ['HOME']", "TID251"),
    "a mock": ("from unittest import mock\nx = mock.Mock()", "TID251"),
    "a print": ("print('hello')", "T201"),
    "no types": ("def f(x):\n    return x", "ANN001"),
    "an ignore without its code": ("x: int = 'a'  # type: ignore", "PGH003"),
}


@pytest.mark.parametrize(("lines", "rule"), WRONG_LINES.values(), ids=WRONG_LINES)
def test_a_wrong_line_is_refused(house: Path, lines: str, rule: str) -> None:
    """In the domain, with the rule's name."""
    (house / "bot" / "domain" / "planted.py").write_text(f'"""Planted."""\n\n{lines}\n', encoding="utf-8")
    done = tool(house, "ruff", "check", "--no-cache", "--output-format=concise", "bot/domain/planted.py")
    assert done.returncode == 1
    assert rule in done.stdout


def test_a_naive_time_in_a_module_of_ours_is_refused(house: Path) -> None:
    """The same in a module that was right before."""
    module = "bot/domain/staff/cadence.py"
    assert tool(house, "ruff", "check", "--no-cache", module).returncode == 0
    plant(house / module, "LATER = datetime.now()")
    assert "DTZ005" in tool(house, "ruff", "check", "--no-cache", module).stdout


def test_every_exception_from_the_rules_has_its_reason() -> None:
    """A few words behind the codes, on the same line."""
    mark = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[\w, -]+\])(?P<reason>.*)")
    bare = [
        f"{name_of(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for found in mark.finditer(line)
        if not re.search(r"[a-z]{2}", found["reason"])
    ]
    assert bare == []


# What no linter knows


def test_no_any_crosses_a_port() -> None:
    """Domain and services are typed all the way."""
    loose = [
        name
        for name, tree in trees()
        if name.startswith(("bot/domain/", "bot/services/"))
        for node in ast.walk(tree)
        if (isinstance(node, ast.alias) and node.name == "Any")
        or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert loose == []


def test_functions_are_short() -> None:
    """Forty lines at most, docstring and decorators included."""
    long = [
        f"{name}: {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_modules_are_short() -> None:
    """Four hundred lines at most."""
    lengths = {name_of(path): path.read_text("utf-8").count("\n") for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_errors_are_caught_broadly_in_the_outer_loops_only() -> None:
    """Everywhere else an error has a name."""
    broad = {
        name
        for name, tree in trees()
        if name.startswith("bot/")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    }
    assert broad <= OUTER_LOOPS


def test_names_say_what_things_are() -> None:
    """No manager, no helper, no utils."""
    pattern = re.compile(r"manager|helper|util", re.IGNORECASE)
    named = [
        f"{name}: {node.name}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and pattern.search(node.name)
    ]
    assert named + [name_of(path) for path in SOURCES if pattern.search(path.stem)] == []


def test_every_test_says_what_it_shows() -> None:
    """A sentence each, that begins with a capital and ends."""
    silent = [
        f"{name}: {node.name}"
        for name, tree in trees()
        if name.startswith("tests/")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        if not re.search(r"[.”\"?]$", (ast.get_docstring(node) or "").strip())
    ]
    assert silent == []


# What is in the repository


def test_no_file_names_a_package_registry() -> None:
    """Whoever installs decides where from."""
    assert [name for name, text in texts() if REGISTRIES.search(text)] == []


def test_no_file_names_a_place_on_a_machine() -> None:
    """Nothing works only where it was written."""
    found = {name: match.group() for name, text in texts() if (match := MACHINES.search(text))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ['at "/home/sam/drip"', "cd /srv/drip", "=/root/.venv/bin", "open C:\\Users\\sam", "`/Users/sam`"],
)
def test_a_place_on_a_machine_would_be_noticed(text: str) -> None:
    """The check above has teeth."""
    assert MACHINES.search(text)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_by_its_hash(path: Path) -> None:
    """An exact version and at least one hash each, and not a word on where from."""
    lines = [line for line in path.read_text("utf-8").replace("\\\n", " ").splitlines() if line.strip()]
    packages = [line for line in lines if not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if not re.match(PINNED, line)] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_package_that_another_wants_with_extras_is_locked_with_them(path: Path) -> None:
    """Without, an older pip looks for the newest release of it, finds no hash for that one, and gives up."""
    pinned = re.findall(r"^([\w.-]+)(?:\[([\w, -]+)\])?==", path.read_text("utf-8"), re.MULTILINE)
    extras = {canonicalize_name(name): set(given.split(", ")) - {""} for name, given in pinned}
    wanted = [
        wish
        for name in extras
        for wish in _wishes(name)
        if wish.extras and canonicalize_name(wish.name) in extras
    ]
    assert [str(wish) for wish in wanted if not wish.extras <= extras[canonicalize_name(wish.name)]] == []


def _wishes(package: str) -> list[Requirement]:
    """What an installed package asks for here; nothing for one that another machine needs."""
    try:
        asked = map(Requirement, requires(package) or ())
    except PackageNotFoundError:
        return []
    return [wish for wish in asked if wish.marker is None or wish.marker.evaluate({"extra": ""})]


def test_every_node_package_is_pinned_by_its_hash() -> None:
    """The lock file has an integrity for each, and no address."""
    text = (HOME / "requirements" / "node" / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    bare = [name for name, one in packages.items() if name and not {"integrity", "inBundle"} & set(one)]
    assert bare == []
    assert len(packages) > 1
