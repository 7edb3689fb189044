"""The README says what is so: every setting, every command, every link."""

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import HOME, PREFIX, Settings
from tests.commands.tree import commands

README = (HOME / "README.md").read_text("utf-8")
HEADER = "| setting | default | what it is for |"
NOTHING = "(none)"
PAGES = sorted(path.relative_to(HOME).as_posix() for path in (HOME / "docs").glob("*.md"))
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *PAGES]
OURS = "bot|tests|cards|manifest|docs|prompts_library|requirements|benchmarks"


def table() -> dict[str, tuple[str, str]]:
    """Each setting of the README's table with its default and its purpose, as written."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", README[README.index(HEADER) :], re.MULTILINE)
    assert len({name for name, _, _ in rows}) == len(rows)
    return {name: (default, purpose) for name, default, purpose in rows}


def written(value: object) -> str:
    """A default as the README writes it."""
    match value:
        case SecretStr():
            return written(value.get_secret_value())
        case Path():
            return "(this checkout)" if value == HOME else f"`{value}`"
        case frozenset():
            return f"`{','.join(map(str, sorted(value)))}`"
        case date():
            return f"`{value.isoformat()}`"
    return f"`{value}`" if value != "" else NOTHING


def links(document: str) -> list[str]:
    """Everything that a Markdown file links to, but other sites."""
    found = re.findall(r"\]\(([^)\s]+)", (HOME / document).read_text("utf-8"))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def test_every_setting_is_in_the_table() -> None:
    """And no other: a setting that was renamed or taken out is not promised any more."""
    assert set(table()) == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_default_is_the_right_one(name: str) -> None:
    """What the table says is what holds where nothing is set; the purpose is a sentence."""
    default, purpose = table()[f"{PREFIX}{name.upper()}"]
    assert default == written(Settings.model_fields[name].default)
    assert purpose.endswith(".")


@pytest.mark.parametrize("words", commands())
def test_every_command_is_in_the_readme(words: str) -> None:
    """As it is typed."""
    assert f"steady-drip {words}" in README


def test_no_other_command_is_promised() -> None:
    """What the README shows can be typed."""
    shown = set(re.findall(r"^steady-drip ([a-z]+(?: [a-z][a-z-]*)?)", README, re.MULTILINE))
    assert {words for words in shown if words not in commands()} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    """Files and folders of this repository are where they are said to be."""
    home = (HOME / document).parent
    lost = [link for link in links(document) if not (home / link.partition("#")[0]).exists()]
    assert lost == []


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_points_somewhere(page: str) -> None:
    """`bot/…` and `tests/…` in a page are files of this repository, each test under its name."""
    named = re.findall(rf"`((?:{OURS})/[\w./-]*)(?:::(\w+))?`", (HOME / page).read_text("utf-8"))
    assert [name for name, _ in named if not (HOME / name).exists()] == []
    lost = [test for name, test in named if test and f"def {test}(" not in (HOME / name).read_text("utf-8")]
    assert lost == []
    assert named


@pytest.mark.parametrize("page", PAGES)
def test_pages_speak_of_what_there_is(page: str) -> None:
    """Settings, commands, and the figures that /metrics has."""
    text = (HOME / page).read_text("utf-8")
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(rf"`({PREFIX}\w+)`", text)) - {f"{PREFIX}TOKEN_"} <= settings
    known = {words.split(" ")[0] for words in commands()}
    assert set(re.findall(r"`steady-drip ([a-z]+)", text)) <= known
    metrics = (HOME / "bot/web/metrics.py").read_text("utf-8")
    figures = {name.removesuffix("_total") for name in re.findall(r"steady_drip_(\w+)", text)}
    assert {name for name in figures if name not in metrics} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_exists(document: str) -> None:
    """`make run` in a text is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z0-9]+):", (HOME / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = (HOME / document).read_text("utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z0-9]+)", text, re.MULTILINE))
    assert named <= targets


def test_the_two_commands_come_first() -> None:
    """A newcomer finds them before anything that is only explained."""
    assert README.index("make run") < README.index("make test") < README.index(HEADER)
    assert README.index("make run") < README.index("## How it is built")
