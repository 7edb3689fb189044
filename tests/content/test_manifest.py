"""What the Teams package holds, what is refused, and that each problem is named with its line."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, cast
from zipfile import ZipFile

import pytest
from jsonschema import Draft7Validator
from PIL import Image

from bot.content.icons import ICON_SIZES
from bot.content.manifest import LIMITS, build, problems
from bot.content.manifest_values import ManifestValues
from bot.domain.commands import FindPrompts
from bot.domain.commands.own import Pause
from bot.domain.typed.phrases import understand
from bot.errors import Problems
from bot.teams.extension import COMMAND

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "manifest"
PACKAGE = ROOT / "requirements/node/node_modules/@microsoft/app-manifest"
SCHEMA = PACKAGE / "build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"

VALUES = ManifestValues(
    app_id="3f2b8c1e-9d47-4a6b-8f05-c2e71d90ab34",
    domain="drip.northbridge.nhs.uk",
    organisation="Northbridge NHS Trust",
    website_url="https://www.northbridge.nhs.uk/steady-drip",
    privacy_url="https://www.northbridge.nhs.uk/steady-drip/privacy",
    terms_url="https://www.northbridge.nhs.uk/steady-drip/terms?v=1",
)

Document = dict[str, Any]  # a test reads and breaks manifests that are deliberately of any shape


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the manifest's folder to break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "manifest"))


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str], None]:
    """Replace one piece of the copied manifest."""
    file = folder / "manifest.json"

    def replaced(old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return replaced


@pytest.fixture
def manifest(tmp_path: Path) -> Document:
    """The manifest as it stands in the built package."""
    build(FOLDER, VALUES, tmp_path / "package.zip")
    with ZipFile(tmp_path / "package.zip") as package:
        return cast("Document", json.loads(package.read("manifest.json")))


def schema() -> Document:
    """The official schema; a missing one fails the test that asks for it."""
    return cast("Document", json.loads(SCHEMA.read_text("utf-8-sig")))


def refused(folder: Path, values: ManifestValues, out: Path) -> list[str]:
    """The problems for which nothing was built."""
    with pytest.raises(Problems) as caught:
        build(folder, values, out)
    assert not out.exists()
    return caught.value.lines


# What is in the package


def test_the_official_schema_accepts_the_built_manifest(manifest: Document) -> None:
    """Microsoft's own schema for version 1.29 finds nothing wrong."""
    errors = [
        f"{list(error.path)}: {error.message}" for error in Draft7Validator(schema()).iter_errors(manifest)
    ]
    assert errors == []
    assert manifest["$schema"].endswith("/v1.29/MicrosoftTeams.schema.json")


def test_the_official_schema_would_notice(manifest: Document) -> None:
    """The check above has teeth: the same manifest with a wrong id is refused."""
    assert not Draft7Validator(schema()).is_valid(manifest | {"id": "not a GUID"})


def test_the_values_stand_where_teams_looks_for_them(manifest: Document) -> None:
    """App and bot share an id, the addresses are the given ones, and no placeholder is left."""
    assert manifest["id"] == manifest["bots"][0]["botId"] == VALUES.app_id
    assert manifest["validDomains"] == [VALUES.domain]
    assert manifest["developer"] == {
        "name": VALUES.organisation,
        "websiteUrl": VALUES.website_url,
        "privacyUrl": VALUES.privacy_url,
        "termsOfUseUrl": VALUES.terms_url,
    }
    assert "${" not in json.dumps(manifest)


def test_the_bot_talks_in_private_chats_only(manifest: Document) -> None:
    """One bot, for one-to-one chats, that listens as well as tells."""
    (bot,) = manifest["bots"]
    (commands,) = bot["commandLists"]
    assert bot["scopes"] == commands["scopes"] == ["personal"]
    assert bot["isNotificationOnly"] is False


def test_a_message_can_be_shared_as_a_prompt(manifest: Document) -> None:
    """One action on messages, which asks the bot for its form; the id is the one that the bot knows."""
    (extension,) = manifest["composeExtensions"]
    (command,) = extension["commands"]
    assert extension["botId"] == manifest["bots"][0]["botId"]
    assert (command["id"], command["type"], command["context"]) == (COMMAND, "action", ["message"])
    assert command["fetchTask"] is True


def test_every_listed_command_is_understood(manifest: Document) -> None:
    """Whoever picks a command from the list gets what it says, not a search for the word."""
    commands = manifest["bots"][0]["commandLists"][0]["commands"]
    titles = [command["title"] for command in commands]
    assert " ".join(titles) == "tip saved champion share summary settings pause resume privacy help"
    assert [title for title in titles if isinstance(understand(title), FindPrompts)] == []


def test_the_example_in_a_description_is_understood(manifest: Document) -> None:
    """A description that says what to type says something that works."""
    described = {c["title"]: c["description"] for c in manifest["bots"][0]["commandLists"][0]["commands"]}
    assert understand(described["pause"].partition("say how long: ")[2]) == Pause(days=3)
    assert understand("pause") == Pause(days=14)


def test_the_version_is_three_numbers(manifest: Document) -> None:
    """Teams compares versions to notice an upgrade."""
    assert re.fullmatch(r"[1-9]\d*\.\d+\.\d+", manifest["version"])


def test_manifest_and_icons_stand_at_the_root(tmp_path: Path) -> None:
    """Teams takes a package of exactly these three files, the icons byte for byte."""
    build(FOLDER, VALUES, tmp_path / "package.zip")
    with ZipFile(tmp_path / "package.zip") as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert package.testzip() is None
        for icon in ("color.png", "outline.png"):
            assert package.read(icon) == (FOLDER / icon).read_bytes()


def test_the_same_values_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Neither the clock nor the place of the folder shows in the package."""
    build(FOLDER, VALUES, tmp_path / "one.zip")
    build(folder, VALUES, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_packing_needs_no_development_package() -> None:
    """Pillow is for the tests; a machine that runs the bot has none."""
    code = "import sys, bot.content.manifest; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# The icons


def test_the_colour_icon_fills_its_square() -> None:
    """192 × 192 pixels, none of them transparent."""
    with Image.open(FOLDER / "color.png") as icon:
        assert (icon.format, icon.size) == ("PNG", (192, 192))
        assert icon.convert("RGBA").getchannel("A").getextrema() == (255, 255)


def test_the_outline_icon_is_white_on_nothing() -> None:
    """32 × 32 pixels: every one that shows is white, and the rim is clear."""
    with Image.open(FOLDER / "outline.png") as icon:
        assert (icon.format, icon.mode, icon.size) == ("PNG", "RGBA", (32, 32))
        alpha = icon.getchannel("A")
        assert [icon.getchannel(band).getextrema() for band in "RGB"] == [(255, 255)] * 3
        assert alpha.getextrema() == (0, 255)
        box = alpha.getbbox()
    assert box is not None
    assert min(box[:2]) > 0
    assert max(box[2:]) < 32


# Problems in the folder


def test_nothing_is_wrong_with_ours() -> None:
    """The folder that we ship has no problems."""
    assert problems(FOLDER) == []


EDITS = [
    ('"version": "1.0.0",', '"version": "1.0.0"', '"id"', "Expecting ',' delimiter"),
    (
        '"short": "Steady Drip"',
        f'"short": "{"x" * 31}"',
        '"x',
        "name.short has 31 characters; shorten it to at most 30",
    ),
    ('"See what I can do for you"', f'"{"x" * 129}"', '"help"', "description has 129 characters"),
    ('"id": "${app_id}",', "", "{", "id is missing; give it a text"),
    ('"botId": "${app_id}",', "", '{\n      \n      "scopes"', "bots.*.botId is missing"),
    ('"1.0.0"', "1", '"version"', "version is missing"),
    ('"1.0.0"', '" "', '"version"', "version is missing"),
    ('["${domain}"]', "[]", '"validDomains"', "validDomains.* is missing"),
    (
        '["${domain}"]',
        '["${host}"]',
        '"validDomains"',
        "${host} is not known; the placeholders are ${app_id}",
    ),
    ('"${organisation}"', '"${organisation"', '"name": "${org', "${organisation is not known"),
    ('"tip"', '"tip ${toUpper(domain)}"', '"tip', "${toUpper(domain)} is not known"),
    ('"${organisation}"', '"`${organisation}`"', '"name": "`', "write the text without it"),
    ('"1.29"', '"1.19"', '"manifestVersion"', 'manifestVersion must be "1.29"; write it so'),
    ('"1.0.0"', '"1.0"', '"version"', "version must be three numbers; write it like 1.0.0"),
    ('"1.0.0"', '"1.0.01"', '"version"', "version must be three numbers; write it like 1.0.0"),
    ('"1.0.0"', '"v1.0.0"', '"version"', "version must be three numbers; write it like 1.0.0"),
    ('["personal"]', '["Personal"]', '["Personal"]', "bots.*.scopes.* must be personal, team or groupChat"),
    (
        '["personal"],\n          "commands"',
        '["team", "chat"],\n          "commands"',
        '["team", "chat"]',
        "bots.*.commandLists.*.scopes.* must be personal, team or groupChat; write one of them",
    ),
    ("false", '"false"', '"isNotif', "bots.*.isNotificationOnly must be true or false; write false"),
    ("false", "null", '"isNotif', "bots.*.isNotificationOnly must be true or false; write false"),
    ('"color.png"', '"colour.png"', '"color"', "colour.png is not there; put a PNG"),
    ('"color.png"', '"../manifest/color.png"', '"color"', "../manifest/color.png is not there"),
    ('"color.png"', '"manifest.json"', '"color"', "manifest.json is not a PNG"),
    ('"color.png"', '"outline.png"', '"color"', "outline.png is 32×32 pixels; export it again at 192×192"),
]


@pytest.mark.parametrize(("old", "new", "needle", "sentence"), EDITS)
def test_a_problem_is_named_with_its_line(
    folder: Path, edit: Callable[[str, str], None], old: str, new: str, *, needle: str, sentence: str
) -> None:
    """Each problem is `file:line: what and how to mend it`; a missing field is placed where it belongs."""
    edit(old, new)
    file = folder / "manifest.json"
    line = file.read_text("utf-8").partition(needle)[0].count("\n") + 1
    (problem,) = problems(folder)
    assert problem.startswith(f"{file}:{line}: ")
    assert sentence in problem


@pytest.mark.parametrize(
    ("old", "new"),
    [('["personal"]', '["personal", "team", "groupChat"]'), ('"1.0.0"', '"10.20.0"'), ("false", "true")],
)
def test_other_good_values_are_accepted(
    edit: Callable[[str, str], None], folder: Path, *, old: str, new: str
) -> None:
    """Whatever Teams takes in these fields."""
    edit(old, new)
    assert problems(folder) == []


def test_a_bot_need_not_say_that_it_listens(edit: Callable[[str, str], None], folder: Path) -> None:
    """The field may be left out."""
    edit('"isNotificationOnly": false,', "")
    assert problems(folder) == []


def test_every_line_that_has_a_text_is_found_again(folder: Path) -> None:
    """A placeholder that nothing fills is named with its line, wherever in the manifest it stands."""
    file = folder / "manifest.json"
    lines = file.read_text("utf-8").splitlines()
    places = [number for number, line in enumerate(lines) if '": "' in line]
    assert len(places) > 20
    for number in places:
        broken = [*lines[:number], lines[number].replace('": "', '": "${nobody}', 1), *lines[number + 1 :]]
        file.write_text("\n".join(broken), "utf-8")
        found = [problem for problem in problems(folder) if "${nobody} is not known" in problem]
        assert [problem.split(": ")[0] for problem in found] == [f"{file}:{number + 1}"]


def test_lines_are_right_however_the_json_is_laid_out(folder: Path) -> None:
    """Tabs, brackets inside texts, and a key apart from its value do not lead astray."""
    document = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    document["name"]["full"] = 'a "quoted" }, ] and \\ {'
    document["accentColor"] = "too long a colour"
    text = json.dumps(document, indent="\t").replace('": ', '"\n:\n')
    (folder / "manifest.json").write_text(text, "utf-8")
    (problem,) = problems(folder)
    line = text.splitlines().index('"too long a colour",') + 1
    assert problem.startswith(f"{folder / 'manifest.json'}:{line}: accentColor has 17 characters")


def test_all_problems_are_named_at_once_in_the_order_of_their_lines(
    folder: Path, edit: Callable[[str, str], None]
) -> None:
    """One look shows everything that is to be mended."""
    edit('"tip"', '""')
    edit('"short": "Steady Drip"', f'"short": "{"x" * 31}"')
    (folder / "outline.png").unlink()
    found = problems(folder)
    assert [problem.split(": ")[1].split()[0] for problem in found] == [
        "name.short",
        "outline.png",
        "bots.*.commandLists.*.commands.*.title",
    ]


def test_a_manifest_that_cannot_be_read_is_a_problem(folder: Path) -> None:
    """A missing file, another encoding and a document that is no object are named, not raised."""
    file = folder / "manifest.json"
    file.write_bytes('{"name": "Ångström"}'.encode("latin-1"))
    assert problems(folder) == [f"{file}:1: is not UTF-8; save it again with that encoding"]
    file.write_text("[]", "utf-8")
    assert len(problems(folder)) == len(LIMITS)
    file.unlink()
    assert problems(folder) == [f"{file}:1: cannot be read (No such file or directory); put it there"]


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_an_outline_without_transparency_is_a_problem(folder: Path, mode: str) -> None:
    """Teams lays the outline over its own colours."""
    Image.new(mode, (32, 32)).save(folder / "outline.png")
    (problem,) = problems(folder)
    assert problem.endswith(
        "outline.png is not transparent; export it again in white on nothing, with an alpha channel"
    )


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(40)])
def test_a_file_that_is_no_png_is_a_problem(folder: Path, content: bytes) -> None:
    """A renamed or cut-off picture is noticed without a library for pictures."""
    (folder / "color.png").write_bytes(content)
    (problem,) = problems(folder)
    assert problem.endswith("color.png is not a PNG; export it again as one")


# Our limits beside the official ones


def official(field: str) -> Document:
    """What the official schema says of a field."""
    whole = schema()
    node: Document = whole
    for step in field.split("."):
        node = node["items"] if step == "*" else node["properties"][step]
        if "$ref" in node:
            node = whole["definitions"][node["$ref"].rpartition("/")[2]]
    return node


@pytest.mark.parametrize("field", LIMITS)
def test_no_limit_is_laxer_than_the_schemas(field: str) -> None:
    """Each field of ours is known to the schema, and a text that we let through fits."""
    assert LIMITS[field] <= official(field).get("maxLength", LIMITS[field])


def test_whatever_the_schema_requires_we_require() -> None:
    """No required field is left for Teams to miss."""
    whole = schema()
    inner = {
        f"{name}.{field}"
        for name, node in whole["properties"].items()
        if name in whole["required"]
        for field in node.get("required", [])
    }
    plain = {name for name in whole["required"] if not whole["properties"][name].get("required")}
    assert inner | plain <= set(LIMITS)
    assert set(ICON_SIZES) <= set(LIMITS)


def test_everything_is_refused_at_once(folder: Path, tmp_path: Path) -> None:
    """Problems of the folder come first, then every value's; an administrator mends them in one go."""
    (folder / "color.png").unlink()
    nothing = ManifestValues(*["" for _ in fields(ManifestValues)])
    found = refused(folder, nothing, tmp_path / "package.zip")
    assert "color.png is not there" in found[0]
    assert [line.partition(":")[0] for line in found[1:]] == [field.name for field in fields(ManifestValues)]
