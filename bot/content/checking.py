"""Everything that can be wrong with the content, found in one go: prompts, cards, manifest."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path

from bot.content import manifest
from bot.content.card_rules import broken_rules
from bot.content.cards import MESSAGES, Card, expanded, load_templates
from bot.content.catalogues import load_catalogues
from bot.content.files import attempted, read_json
from bot.content.gates import checking as gates
from bot.content.library import read_sources
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.domain.text.language import Worded
from bot.errors import Problems, TemplateError


def problems(content: Path, today: date) -> list[str]:
    """Every problem of the content folder, `file:line: what and how to mend it`; empty where all is well."""
    sources = read_sources(content / "prompts_library")
    found = [*gates.problems(sources, today), *gates.holes(sources)]
    for check in (_cards, _catalogues, _manifest):
        found.extend(_lines(check, content))
    return found


def reminders(content: Path, today: date) -> list[str]:
    """What works and still wants somebody's attention."""
    sources = read_sources(content / "prompts_library")
    found = gates.reminders(sources, today)
    if sources.rules_are_default:
        path = sources.folder / "local_rules.yaml"
        found.append(
            f"{path}:1: these are the default local rules; replace them with your organisation's own"
        )
    return found


def samples(folder: Path) -> Iterator[tuple[type[Message], Path]]:
    """Every message with each of its sample data files, by name."""
    for message in MESSAGES:
        for path in _samples(folder, message):
            yield message, path


def rendered_samples(folder: Path) -> Iterator[tuple[Path, Card]]:
    """Every sample as the card it makes. Raises Problems or TemplateError for what cannot be rendered."""
    templates = load_templates(folder)
    for message, path in samples(folder):
        yield path, expanded(templates[message.template], read_json(path))


def _lines(check: Callable[[Path], list[str]], content: Path) -> list[str]:
    try:
        return check(content)
    except Problems as error:
        return error.lines


def _manifest(content: Path) -> list[str]:
    return manifest.problems(content / "manifest")


def _catalogues(content: Path) -> list[str]:
    load_catalogues(content / "cards" / "locale")
    return []


def _cards(content: Path) -> list[str]:
    folder = content / "cards"
    found = [line for message in MESSAGES for line in _card(folder, message)]
    known = {message.template for message in MESSAGES}
    strays = [path for path in sorted(folder.glob("*.json")) if path.name.split(".")[0] not in known]
    return found + [f"{path}:1: belongs to no message; correct its name or delete it" for path in strays]


def _card(folder: Path, message: type[Message]) -> list[str]:
    """What is wrong with one template and its samples; a broken one hides no other."""
    found: list[str] = []
    path = folder / f"{message.template}.json"
    template = attempted(partial(_object, path), found)
    if not (folder / f"{message.template}.sample.json").exists():
        found.append(f"{path}:1: has no sample data; add {message.template}.sample.json")
    for sample in _samples(folder, message):
        data = attempted(partial(_object, sample), found)
        if data is not None:
            found.extend(_field_problems(sample, message, data))
        if data is not None and template is not None:
            found.extend(f"{path}:1: with {sample.name}: {rule}" for rule in _broken(template, data))
    return found


def _samples(folder: Path, message: type[Message]) -> list[Path]:
    return sorted(folder.glob(f"{message.template}.sample*.json"))


def _object(path: Path) -> dict[str, Json]:
    value = read_json(path)
    if not isinstance(value, dict):
        raise Problems([f"{path}:1: the file must hold one JSON object; put braces round it"])
    return value


def _field_problems(path: Path, message: type[Message], data: Mapping[str, Json]) -> list[str]:
    named = {field.name for field in fields(message)} - {field.name for field in fields(Worded)}
    given = set(data)
    missing = [f"{path}:1: {name}: is missing from the sample; add it" for name in sorted(named - given)]
    about = f"is not a field of {message.__name__}; correct its name or take it out"
    return missing + [f"{path}:1: {name}: {about}" for name in sorted(given - named)]


def _broken(template: Json, data: Json) -> list[str]:
    try:
        return broken_rules(expanded(template, data))
    except TemplateError as error:
        return [str(error)]
