"""The Teams app manifest: a template, two icons, and the package that an administrator uploads.

What is checked here is what a person can get wrong in the folder or in the settings. The official
schema is checked by the tests, so that nothing but the standard library is needed to pack.
"""

import io
import json
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias
from zipfile import ZipFile, ZipInfo

from bot.content.expressions import parse
from bot.content.templating import expand
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
    "validDomains.*": 2048,
}
"""The texts that the manifest must have and their most characters: Teams schema 1.29, or stricter."""

ICON_SIZES: Mapping[str, int] = {"icons.color": 192, "icons.outline": 32}
"""Width and height in pixels, which Teams prescribes."""


@dataclass(frozen=True, slots=True)
class ManifestValues:
    """What the template's `${…}` stand for. `app_id` is the Microsoft App ID; `domain` has no `https://`."""

    app_id: str
    domain: str
    organisation: str
    website_url: str
    privacy_url: str
    terms_url: str


def build(folder: Path, values: ManifestValues, out: Path) -> None:
    """Write the package to `out`; the same folder and values give the same bytes.

    Raises Problems, with everything that is wrong with the folder and the values, and writes nothing.
    """
    wrong = [*(problems(folder) or _too_long(folder, values)), *_value_problems(values)]
    if wrong:
        raise Problems(wrong)
    out.write_bytes(_packed(folder, values))


def problems(folder: Path) -> list[str]:
    """Everything wrong with the template and its icons, each `file:line: what and how to mend it`."""
    try:
        template = _read(folder)
    except Problems as unreadable:
        return unreadable.lines
    checks = (_missing_texts, _long_texts, _unknown_placeholders)
    found = [problem for check in checks for problem in check(template.document)]
    return template.placed([*found, *_icon_problems(folder, template.document)])


# The template

_Place: TypeAlias = tuple[str | int, ...]
"""Keys and indexes that lead from the document to one of its values."""

_Problem: TypeAlias = tuple[_Place, str]


@dataclass(frozen=True, slots=True)
class _Template:
    """The manifest with the lines that its values start on."""

    file: Path
    document: Json
    lines: Mapping[_Place, int]

    def placed(self, found: list[_Problem]) -> list[str]:
        """The problems as sentences, in the order of their lines."""
        ordered = sorted((self._line(place), sentence) for place, sentence in found)
        return [f"{self.file}:{line}: {sentence}" for line, sentence in ordered]

    def filled(self, values: ManifestValues) -> Json:
        """The manifest itself, with the values in it."""
        return expand(self.document, asdict(values))

    def _line(self, place: _Place) -> int:
        """The line of the value, or of the innermost one around it where it is not there."""
        return self.lines[place] if place in self.lines else self._line(place[:-1])


def _read(folder: Path) -> _Template:
    file = folder / NAME
    try:
        text = file.read_text("utf-8")
        return _Template(file, json.loads(text), dict(_lines(text)))
    except OSError as failure:
        raise Problems([f"{file}:1: cannot be read ({failure.strerror}); put it there"]) from failure
    except UnicodeDecodeError as failure:
        raise Problems([f"{file}:1: is not UTF-8; save it again with that encoding"]) from failure
    except json.JSONDecodeError as failure:
        raise Problems([f"{file}:{failure.lineno}: {failure.msg}; mend the JSON there"]) from failure


_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\]]|[^\s:,"{}\[\]]+')


def _lines(text: str) -> Iterator[tuple[_Place, int]]:
    """Each value's place in a valid JSON text, with its line."""
    tokens = ((found[0], text.count("\n", 0, found.start()) + 1) for found in _TOKEN.finditer(text))
    yield from _value_lines((), next(tokens), tokens)


_Token: TypeAlias = tuple[str, int]


def _value_lines(place: _Place, first: _Token, rest: Iterator[_Token]) -> Iterator[tuple[_Place, int]]:
    """The lines of the value that starts with the first token, and of those inside it."""
    start, line = first
    yield place, line
    if start == "{":
        for key, _ in takewhile(lambda token: token[0] != "}", rest):
            yield from _value_lines((*place, json.loads(key)), next(rest), rest)
    elif start == "[":
        for index, item in enumerate(takewhile(lambda token: token[0] != "]", rest)):
            yield from _value_lines((*place, index), item, rest)


def _found(node: Json, steps: list[str], place: _Place = ()) -> Iterator[tuple[_Place, Json]]:
    """The values that the steps lead to, where `*` is every item; None for one that is not there."""
    if not steps:
        yield place, node
    elif isinstance(node, list) and node and steps[0] == "*":
        for index, item in enumerate(node):
            yield from _found(item, steps[1:], (*place, index))
    elif isinstance(node, dict) and steps[0] in node:
        yield from _found(node[steps[0]], steps[1:], (*place, steps[0]))
    else:
        yield place, None


def _texts(document: Json) -> Iterator[tuple[_Place, str, str]]:
    """The required texts, each with its place and its field's name; empty where there is none."""
    for field in LIMITS:
        for place, value in _found(document, field.split(".")):
            yield place, field, value if isinstance(value, str) else ""


def _missing_texts(document: Json) -> Iterator[_Problem]:
    for place, field, text in _texts(document):
        if not text.strip():
            yield place, f"{field} is missing; give it a text of at most {LIMITS[field]} characters"


def _long_texts(document: Json) -> Iterator[_Problem]:
    for place, field, text in _texts(document):
        if len(text) > LIMITS[field]:
            yield place, f"{field} has {len(text)} characters; shorten it to at most {LIMITS[field]}"


def _unknown_placeholders(node: Json, place: _Place = ()) -> Iterator[_Problem]:
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
        parse(text)
    except TemplateError as failure:
        return [f"{failure}; write the text without it"]
    return []


# The icons


def _icons(document: Json) -> Iterator[tuple[_Place, str, int]]:
    """Where each icon is named, its file's name, and the size that it has to have."""
    for field, size in ICON_SIZES.items():
        for place, name in _found(document, field.split(".")):
            if isinstance(name, str):
                yield place, name, size


def _icon_problems(folder: Path, document: Json) -> Iterator[_Problem]:
    for place, name, size in _icons(document):
        problem = _icon_problem(folder, name, size)
        if problem:
            yield place, f"{name} {problem}"


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">16xIIxB")
"""How a PNG begins: 16 bytes that are always the same, width, height, bit depth (skipped), colour type."""

_WITH_ALPHA = (4, 6)
"""The colour types of PNG that carry transparency for every pixel."""


def _icon_problem(folder: Path, name: str, size: int) -> str:
    """What is wrong with an icon, or nothing; the outline, known by its size, has to be transparent."""
    if Path(name).name != name or not (folder / name).is_file():
        return f"is not there; put a PNG of that name beside {NAME}"
    start = (folder / name).read_bytes()[: _HEADER.size]
    if len(start) < _HEADER.size or not start.startswith(_SIGNATURE):
        return "is not a PNG; export it again as one"
    width, height, colour_type = _HEADER.unpack(start)
    if (width, height) != (size, size):
        return f"is {width}×{height} pixels; export it again at {size}×{size}"
    if size == ICON_SIZES["icons.outline"] and colour_type not in _WITH_ALPHA:
        return "is not transparent; export it again in white on nothing, with an alpha channel"
    return ""


# The values

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?", re.I)
_URL = re.compile(r"https://([^\s/:?#@]+)(?::\d+)?(?:[/?#]\S*)?", re.I)
_RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|localhost|test)", re.I)
"""Hosts that RFC 2606 and RFC 6761 keep for examples and tests."""


def _value_problems(values: ManifestValues) -> list[str]:
    """What is wrong with the values, each `name: what and how to mend it`."""
    found = {
        "app_id": _id_problem(values.app_id),
        "domain": _host_problem(values.domain),
        "organisation": "",
        "website_url": _url_problem(values.website_url),
        "privacy_url": _url_problem(values.privacy_url),
        "terms_url": _url_problem(values.terms_url),
    }
    given: Mapping[str, str] = asdict(values)
    missing = dict.fromkeys((name for name in found if not given[name].strip()), "is missing; set it")
    return [f"{name}: {problem}" for name, problem in (found | missing).items() if problem]


def _id_problem(text: str) -> str:
    if not _GUID.fullmatch(text):
        return "is not a GUID; copy the bot's Microsoft App ID, 8-4-4-4-12 hexadecimal digits"
    if all(len(set(group)) == 1 for group in text.split("-")) or len(set(text)) <= 3:
        return "is a placeholder; copy the bot's own Microsoft App ID"
    return ""


def _host_problem(host: str) -> str:
    if not _HOST.fullmatch(host):
        return "is not a domain; give the bot's host alone, such as drip.your-trust.nhs.uk"
    if _RESERVED.fullmatch(host):
        return "is a placeholder; give the host that Teams reaches the bot at"
    return ""


def _url_problem(text: str) -> str:
    url = _URL.fullmatch(text)
    if url is None or not (_HOST.fullmatch(url[1]) or _RESERVED.fullmatch(url[1])):
        return "is not an https address; give the whole address of a page, from https:// on"
    if _RESERVED.fullmatch(url[1]):
        return "is a placeholder; give the address of a page that people can open"
    return ""


# The package


def _too_long(folder: Path, values: ManifestValues) -> list[str]:
    """The texts that fit in the template and no longer fit with these values in them."""
    template = _read(folder)
    return template.placed(list(_long_texts(template.filled(values))))


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
