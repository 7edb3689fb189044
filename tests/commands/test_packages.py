"""`manifest build` and `cards render`: files that people take elsewhere."""

import json
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

from bot.config import HOME
from bot.content.checking import samples
from bot.content.manifest_schema import MISSING
from tests.commands.conftest import Command

GOOD = {
    "app_id": "3f2b8c1e-9d47-4a6b-8f05-c2e71d90ab34",
    "domain": "drip.northbridge.nhs.uk",
    "organisation": "Northbridge NHS Trust",
    "website_url": "https://www.northbridge.nhs.uk/steady-drip",
    "privacy_url": "https://www.northbridge.nhs.uk/steady-drip/privacy",
    "terms_url": "https://www.northbridge.nhs.uk/steady-drip/terms",
}


def test_the_manifest_needs_settings(command: Command, here: Path) -> None:
    """Each that is missing or wrong is named, and no file is written."""
    done = command("manifest", "build", "--out", str(here / "app.zip"))
    assert done.exit_code == 1
    named = {line.split(":")[0] for line in done.stderr.splitlines()}
    assert named == {
        "STEADY_DRIP_APP_ID",
        "STEADY_DRIP_DOMAIN",
        "STEADY_DRIP_WEBSITE_URL",
        "STEADY_DRIP_PRIVACY_URL",
        "STEADY_DRIP_TERMS_URL",
    }
    assert not (here / "app.zip").exists()


def test_the_manifest_refuses_a_bad_address(command: Command, here: Path) -> None:
    """One wrong setting is one line."""
    bad = GOOD | {"privacy_url": "http://drip.invalid/"}
    done = command("manifest", "build", "--out", str(here / "app.zip"), **bad)
    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["STEADY_DRIP_PRIVACY_URL"]


def test_the_manifest_is_packed(command: Command, here: Path) -> None:
    """A zip with the manifest of these settings and both icons, and what to do with it."""
    done = command("manifest", "build", "--out", str(here / "app.zip"), **GOOD)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"Wrote {here / 'app.zip'}. Upload it in the Teams admin centre."
    with ZipFile(here / "app.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(package.read("manifest.json"))["bots"][0]["botId"] == GOOD["app_id"]


def test_the_manifest_for_a_folder_that_is_not_there(command: Command, here: Path) -> None:
    """What the machine says, in one line."""
    done = command("manifest", "build", "--out", str(here / "nowhere" / "app.zip"), **GOOD)
    assert (done.exit_code, done.stderr) == (
        1,
        f"No such file or directory: {here}/nowhere/app.zip; correct the path, or make its folder first\n",
    )


def test_the_manifest_is_valid_by_microsofts_schema(command: Command, here: Path) -> None:
    """It is looked for where the tools are installed, and validated with; the command says so."""
    done = command("manifest", "build", "--out", str(here / "app.zip"), **GOOD)
    assert done.stdout.splitlines()[1] == "It is valid by Microsoft's schema."


def test_without_the_schema_that_is_said(command: Command, here: Path) -> None:
    """The package is built by our own rules, and nobody is left to believe more."""
    copytree(HOME / "manifest", here / "content" / "manifest")
    done = command("manifest", "build", "--out", str(here / "app.zip"), content=here / "content", **GOOD)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1:] == [MISSING]


def test_a_schema_can_be_named(command: Command, here: Path) -> None:
    """What it finds is named with its line, and nothing is written; a file that is none is named too."""
    schema = here / "schema.json"
    out = here / "app.zip"
    for text, problem in [
        ('{"properties": {"version": {"const": "9"}}}', "version: Microsoft's schema says: "),
        ("{", "is no JSON schema"),
        ('{"properties": []}', "is no JSON schema"),
    ]:
        schema.write_text(text, encoding="utf-8")
        done = command("manifest", "build", "--out", str(out), "--schema", str(schema), **GOOD)
        assert (done.exit_code, out.exists()) == (1, False)
        assert problem in done.stderr
    assert (
        "cannot be read"
        in command("manifest", "build", "--out", str(out), "--schema", str(here / "none"), **GOOD).stderr
    )


def test_every_card_is_rendered(command: Command, here: Path) -> None:
    """One JSON file a sample, in a folder that is made, and how many they were."""
    done = command("cards", "render", "--out", str(here / "deep" / "cards"))
    names = sorted(path.name for _, path in samples(HOME / "cards"))
    assert done.exit_code == 0
    assert done.stdout == f"Wrote {len(names)} cards to {here / 'deep' / 'cards'}.\n"
    written = sorted((here / "deep" / "cards").iterdir())
    assert [path.name for path in written] == names
    for path in written:
        assert json.loads(path.read_text("utf-8"))["type"] == "AdaptiveCard"


def test_cards_that_cannot_be_rendered(command: Command, here: Path) -> None:
    """One broken template: nothing is written."""
    copytree(HOME / "cards", here / "content" / "cards")
    (here / "content" / "cards" / "tip.json").write_text("{", encoding="utf-8")
    done = command("cards", "render", "--out", str(here / "out"), content=here / "content")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{here}/content/cards/tip.json:1: ")
    assert not (here / "out").exists()
