"""The Teams app manifest: a template, two icons, and the package that an administrator uploads.

What is checked here is what a person can get wrong in the folder or in the settings, in our own words;
Microsoft's schema has the last word where it is at hand.
"""

import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile, ZipInfo

from bot.content.files import Place
from bot.content.icons import ICON_SIZES, icon_problem
from bot.content.json_places import found, lines_of
from bot.content.manifest_schema import schema_problems
from bot.content.manifest_values import ManifestValues, value_problems
from bot.content.templating import expand
from bot.content.templating.placeholders import pieces
from bot.domain.json import Json
from bot.errors import Problems, TemplateError

NAME = "manifest.json"

LIMITS: Mapping[str, int] = {
    "$schema": 2048,
    "manifestVersion": 4,
    "version": 256,
    "id": 36,
    "developer.name": 32,
    "developer.websiteUrl": 2048,
    "developer.privacyUrl": 2048,
    "developer.termsOfUseUrl": 2048,
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
    "icons.color": 2048,
    "icons.outline": 2048,
    "accentColor": 7,
    "bots.*.botId": 36,
    "bots.*.scopes.*": 16,
    "bots.*.commandLists.*.scopes.*": 16,
    "bots.*.commandLists.*.commands.*.title": 128,
    "bots.*.commandLists.*.commands.*.description": 128,
    "composeExtensions.*.botId": 36,
    "composeExtensions.*.commands.*.id": 64,
    "composeExtensions.*.commands.*.title": 32,
    "composeExtensions.*.commands.*.description": 128,
    "validDomains.*": 2048,
}
"""The texts that the manifest must have and their most characters: Teams schema 1.29, or stricter."""

_SCOPE = (re.compile("personal|team|groupChat"), "personal, team or groupChat; write one of them")
_SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "manifestVersion": (re.compile(r"1\.29"), '"1.29"; write it so'),
    "version": (
        re.compile(r"(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}", re.ASCII),
        "three numbers; write it like 1.0.0",
    ),
    "bots.*.scopes.*": _SCOPE,
    "bots.*.commandLists.*.scopes.*": _SCOPE,
}
"""What some of these texts must look like, and the words for it."""


def build(folder: Path, values: ManifestValues, out: Path, schema: Path | None = None) -> None:
    """Write the package to `out`; the same folder and values give the same bytes.

    With `schema`, Microsoft's own, the manifest that is packed is validated against it. Raises Problems, with
    everything that is wrong with the folder and the values, and writes nothing.
    """
    wrong = [*(problems(folder) or _too_long(folder, values)), *value_problems(values)]
    if not wrong and schema:
        wrong = _against(schema, folder, values)
    if wrong:
        raise Problems(wrong)
    out.write_bytes(_packed(folder, values))


def problems(folder: Path) -> list[str]:
    """Everything wrong with the template and its icons, each `file:line: what and how to mend it`."""
    try:
        template = _read(folder)
    except Problems as unreadable:
        return unreadable.lines
    checks = (_missing_texts, _long_texts, _misshapen_texts, _unclear_kinds, _unknown_placeholders)
    wrong = [problem for check in checks for problem in check(template.document)]
    return template.placed([*wrong, *_icon_problems(folder, template.document)])


# The template

_Problem: TypeAlias = tuple[Place, str]


@dataclass(frozen=True, slots=True)
class _Template:
    """The manifest with the lines that its values start on."""

    file: Path
    document: Json
    lines: Mapping[Place, int]

    def placed(self, wrong: list[_Problem]) -> list[str]:
        """The problems as sentences, in the order of their lines."""
        ordered = sorted((self._line(place), sentence) for place, sentence in wrong)
        return [f"{self.file}:{line}: {sentence}" for line, sentence in ordered]

    def filled(self, values: ManifestValues) -> Json:
        """The manifest itself, with the values in it."""
        return expand(self.document, asdict(values))

    def _line(self, place: Place) -> int:
        """The line of the value, or of the innermost one around it where it is not there."""
        return self.lines[place] if place in self.lines else self._line(place[:-1])


def _read(folder: Path) -> _Template:
    file = folder / NAME
    try:
        text = file.read_text("utf-8")
        return _Template(file, json.loads(text), dict(lines_of(text)))
    except OSError as failure:
        raise Problems([f"{file}:1: cannot be read ({failure.strerror}); put it there"]) from failure
    except UnicodeDecodeError as failure:
        raise Problems([f"{file}:1: is not UTF-8; save it again with that encoding"]) from failure
    except json.JSONDecodeError as failure:
        raise Problems([f"{file}:{failure.lineno}: {failure.msg}; mend the JSON there"]) from failure


def _texts(document: Json) -> Iterator[tuple[Place, str, str]]:
    """The required texts, each with its place and its field's name; empty where there is none."""
    for field in LIMITS:
        for place, value in found(document, field.split(".")):
            yield place, field, value if isinstance(value, str) else ""


def _missing_texts(document: Json) -> Iterator[_Problem]:
    for place, field, text in _texts(document):
        if not text.strip():
            yield place, f"{field} is missing; give it a text of at most {LIMITS[field]} characters"


def _long_texts(document: Json) -> Iterator[_Problem]:
    for place, field, text in _texts(document):
        if len(text) > LIMITS[field]:
            yield place, f"{field} has {len(text)} characters; shorten it to at most {LIMITS[field]}"


def _misshapen_texts(document: Json) -> Iterator[_Problem]:
    """The texts that are there, that are not too long, and that Teams would not take."""
    for place, field, text in _texts(document):
        shape, words = _SHAPES.get(field, (_ANYTHING, ""))
        if text.strip() and len(text) <= LIMITS[field] and not shape.fullmatch(text):
            yield place, f"{field} must be {words}"


_ANYTHING = re.compile(".*", re.DOTALL)


def _unclear_kinds(document: Json) -> Iterator[_Problem]:
    """The bots that do not say clearly whether they only tell; one that does not say it listens."""
    for place, value in found(document, ["bots", "*", "isNotificationOnly"]):
        if place[-1:] == ("isNotificationOnly",) and not isinstance(value, bool):
            yield place, "bots.*.isNotificationOnly must be true or false; write false, unquoted"


def _unknown_placeholders(node: Json, place: Place = ()) -> Iterator[_Problem]:
    """The `${…}` anywhere in the document that nothing would fill."""
    match node:
        case str():
            yield from ((place, sentence) for sentence in _placeholder_problems(node))
        case list():
            for index, item in enumerate(node):
                yield from _unknown_placeholders(item, (*place, index))
        case dict():
            for key, value in node.items():
                yield from _unknown_placeholders(value, (*place, key))


_PLACEHOLDER = re.compile(r"\$\{[^}]*\}?")
_KNOWN = [f"${{{field.name}}}" for field in fields(ManifestValues)]


def _placeholder_problems(text: str) -> list[str]:
    unknown = [mark for mark in _PLACEHOLDER.findall(text) if mark not in _KNOWN]
    if unknown:
        return [f"{mark} is not known; the placeholders are {', '.join(_KNOWN)}" for mark in unknown]
    try:
        pieces(text)
    except TemplateError as failure:
        return [f"{failure}; write the text without it"]
    return []


# The icons


def _icons(document: Json) -> Iterator[tuple[Place, str, int]]:
    """Where each icon is named, its file's name, and the size that it has to have."""
    for field, size in ICON_SIZES.items():
        for place, name in found(document, field.split(".")):
            if isinstance(name, str):
                yield place, name, size


def _icon_problems(folder: Path, document: Json) -> Iterator[_Problem]:
    for place, name, size in _icons(document):
        problem = icon_problem(folder, name, size)
        if problem:
            yield place, f"{name} {problem}"


# The package


def _too_long(folder: Path, values: ManifestValues) -> list[str]:
    """The texts that fit in the template and no longer fit with these values in them."""
    template = _read(folder)
    return template.placed(list(_long_texts(template.filled(values))))


def _against(schema: Path, folder: Path, values: ManifestValues) -> list[str]:
    """What Microsoft's schema finds wrong with the manifest that would be packed."""
    template = _read(folder)
    return template.placed(list(schema_problems(template.filled(values), schema)))


def _packed(folder: Path, values: ManifestValues) -> bytes:
    template = _read(folder)
    package = io.BytesIO()
    with ZipFile(package, "w") as archive:
        archive.writestr(_entry(NAME), json.dumps(template.filled(values), indent=2) + "\n")
        for _, icon, _ in _icons(template.document):
            archive.writestr(_entry(icon), (folder / icon).read_bytes())
    return package.getvalue()


def _entry(name: str) -> ZipInfo:
    """A file in the package, stored as it is: no clock, no machine and no zlib shows in the bytes."""
    entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
