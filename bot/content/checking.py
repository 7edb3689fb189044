"""Everything that can be wrong with the content, found in one go: prompts, cards, manifest."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

from bot.content import manifest
from bot.content.card_rules import broken_rules
from bot.content.cards import MESSAGES, Card, expanded, load_templates
from bot.content.files import read_json
from bot.content.library import load_library
from bot.domain.json import Json
from bot.domain.messages import Message
from bot.errors import Problems, TemplateError


def problems(content: Path) -> list[str]:
    """Every problem of the content folder, `file:line: what and how to mend it`; empty where all is well."""
    found: list[str] = []
    for check in (_library, _cards, _manifest):
        found.extend(_lines(check, content))
    return found


def reminders(content: Path) -> list[str]:
    """What works and still wants somebody's attention."""
    try:
        library = load_library(content / "prompts_library")
    except Problems:
        return []
    if library.rules_are_default:
        path = content / "prompts_library" / "local_rules.yaml"
        return [f"{path}:1: these are the default local rules; replace them with your organisation's own"]
    return []


def samples(folder: Path) -> Iterator[tuple[type[Message], Path]]:
    """Every message with each of its sample data files, by name."""
    for message in MESSAGES:
        for path in sorted(folder.glob(f"{message.template}.sample*.json")):
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


def _library(content: Path) -> list[str]:
    load_library(content / "prompts_library")
    return []


def _manifest(content: Path) -> list[str]:
    return manifest.problems(content / "manifest")


def _cards(content: Path) -> list[str]:
    folder = content / "cards"
    templates = load_templates(folder)
    found = [
        f"{folder / message.template}.json:1: has no sample data; add {message.template}.sample.json"
        for message in MESSAGES
        if not list(folder.glob(f"{message.template}.sample.json"))
    ]
    for message, path in samples(folder):
        found.extend(_sample(message, path, templates[message.template]))
    return found


def _sample(message: type[Message], path: Path, template: Json) -> list[str]:
    try:
        data = read_json(path)
        card = expanded(template, data)
    except Problems as error:
        return error.lines
    except TemplateError as error:
        return [f"{path.parent / message.template}.json:1: with {path.name}: {error}"]
    named = {field.name for field in fields(message)}
    given = set(data) if isinstance(data, dict) else set()
    broken = [f"{path}:1: {name}: is missing from the sample" for name in sorted(named - given)]
    broken += [f"{path}:1: {name}: is not a field of {message.__name__}" for name in sorted(given - named)]
    template_path = f"{path.parent / message.template}.json:1: with {path.name}"
    return broken + [f"{template_path}: {rule}" for rule in broken_rules(card)]
