"""A small prompts library on disk, whole, to be broken in one place."""

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import yaml

from bot.config import HOME
from bot.content.files import read_yaml
from bot.content.prompts import load_prompt
from bot.domain.library.prompts import Prompt

ROLES = "- id: ward-clerk\n  name: Ward clerk\n- id: finance-analyst\n  name: Finance analyst\n"
SKILLS = "- id: ask-well\n  name: Ask well\n  about: Say what you want.\n"
RULES = """\
contact: the sample information governance team
rules:
  public: {verdict: may, text: It is public.}
  internal: {verdict: may, text: Use ordinary work information.}
  personal-remove-first: {verdict: ask_first, text: Take out names.}
  never: {verdict: must_not, text: Never paste it.}
"""

GOOD: Mapping[str, object] = {
    "id": "sample-notice",
    "title": "Write a notice for visitors",
    "roles": ["ward-clerk"],
    "task": "Write a notice",
    "app": "copilot-chat",
    "needs": "chat",
    "level": 1,
    "skill": "ask-well",
    "why": "Visitors ask the same thing all day.",
    "prompt": "Write a notice for [our ward] in plain English.",
    "good": "It fits one page.",
    "check": "Compare the visitors' times with the poster at the door.",
    "data": "internal",
    "minutes": 5,
    "author": "the sample library",
    "licence": "CC-BY-4.0",
    "reviewed_on": "2026-11-20",
    "review_by": "2028-11-20",
}
LINE = {name: number for number, name in enumerate(GOOD, 1)}
"""The line on which each field stands in a written file."""


def written(folder: Path, name: str = "sample-notice", **changes: object) -> Path:
    """A prompt's file, a field a line, with some fields changed or (None) taken out."""
    values = {**GOOD, "id": name, **changes}
    lines = [f"{key}: {json.dumps(value)}" for key, value in values.items() if value is not None]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def library(folder: Path) -> Path:
    """A library of two roles, with one prompt for each."""
    written(folder / "ward-clerk", "clerk-notice")
    written(folder / "finance-analyst", "finance-note", roles=["finance-analyst"])
    (folder / "roles.yaml").write_text(ROLES, encoding="utf-8")
    (folder / "skills.yaml").write_text(SKILLS, encoding="utf-8")
    copy(HOME / "prompts_library" / "questions.yaml", folder)
    (folder / "local_rules.yaml").write_text(RULES, encoding="utf-8")
    return folder


def without_rule(name: str) -> str:
    """The local rules with one of them taken out."""
    rules = yaml.safe_load(RULES)
    del rules["rules"][name]
    return yaml.safe_dump(rules)


def loaded(path: Path) -> Prompt:
    """The prompt of a file, for the role and skill of the small library."""
    return load_prompt(read_yaml(path), {"ward-clerk", "finance-analyst"}, {"ask-well"})
