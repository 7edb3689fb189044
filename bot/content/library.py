"""The folder `prompts_library/` → roles, skills, local rules and prompts; or every problem in it at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from bot.content.files import Document, attempted, checked, read_yaml
from bot.content.prompts import load_prompt
from bot.domain.people import RoleId
from bot.domain.prompts import DataRule, LocalRules, Prompt, Rule, Verdict
from bot.errors import Problems


class _Role(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str


class _Skill(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str
    about: str


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verdict: Literal["may", "must_not", "ask_first"]
    text: str


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")
    replace_me: bool = False
    contact: str
    rules: dict[DataRule, _Rule]


@dataclass(frozen=True, slots=True)
class FileLibrary:
    """The library as loaded at start. `rules_are_default` is true until the local rules were replaced."""

    prompts: Sequence[Prompt]
    roles: Mapping[RoleId, str]
    rules: LocalRules
    rules_are_default: bool


def load_library(folder: Path) -> FileLibrary:
    """Everything in `prompts_library/`. Raises Problems with all that is wrong; never loads a part."""
    if not folder.is_dir():
        raise Problems([f"{folder}:1: there is no such folder; correct the path, or put it back"])
    problems: list[str] = []
    roles = attempted(partial(_roles, folder / "roles.yaml"), problems)
    skills = attempted(partial(_skills, folder / "skills.yaml"), problems)
    rules = attempted(partial(_rules, folder / "local_rules.yaml"), problems)
    prompts = _prompts(folder, roles, skills, problems)
    if problems or roles is None or rules is None:
        raise Problems(sorted(problems))
    return FileLibrary(prompts, roles, _local_rules(rules), rules.replace_me)


def _roles(path: Path) -> dict[RoleId, str]:
    roles = checked(read_yaml(path), RootModel[list[_Role]]).root
    return {RoleId(role.id): role.name for role in roles}


def _skills(path: Path) -> set[str]:
    return {skill.id for skill in checked(read_yaml(path), RootModel[list[_Skill]]).root}


def _rules(path: Path) -> _Rules:
    document = read_yaml(path)
    rules = checked(document, _Rules)
    missing = [rule.value for rule in DataRule if rule not in rules.rules]
    if missing:
        where = document.at("rules")
        raise Problems([f"{where}: rules: {name} is missing; say what holds for it" for name in missing])
    return rules


_Loaded = tuple[Document, Prompt]


def _prompts(
    folder: Path, roles: Collection[str] | None, skills: Collection[str] | None, problems: list[str]
) -> list[Prompt]:
    paths = sorted(folder.glob("*/*.yaml"))
    attempts = [attempted(partial(_loaded, path, roles, skills), problems) for path in paths]
    loaded = [one for one in attempts if one]
    problems.extend(_overlooked(folder))
    problems.extend(_duplicates(loaded))
    problems.extend(_lost_twins(loaded, {path.stem for path in paths}))
    if not paths:
        problems.append(f"{folder}:1: there is no prompt in here; is this the right folder?")
    return [prompt for _, prompt in loaded]


def _loaded(path: Path, roles: Collection[str] | None, skills: Collection[str] | None) -> _Loaded:
    document = read_yaml(path)
    return document, load_prompt(document, roles, skills)


def _overlooked(folder: Path) -> Iterator[str]:
    """Files that look like prompts and would never be found."""
    for path in sorted(folder.rglob("*.yml")):
        yield f"{path}:1: the name ends in .yml, so it is not read; rename it to .yaml"


def _duplicates(loaded: Sequence[_Loaded]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for document, prompt in loaded:
        if prompt.id in first:
            yield f"{document.at('id')}: id: {prompt.id} is also in {first[prompt.id]}; rename one of them"
        first.setdefault(prompt.id, document.path)


def _lost_twins(loaded: Sequence[_Loaded], known: Collection[str]) -> Iterator[str]:
    for document, prompt in loaded:
        if prompt.twin and prompt.twin not in known:
            where = document.at("twin")
            yield f"{where}: twin: {prompt.twin} is not in the library; correct the id or leave it out"


def _local_rules(rules: _Rules) -> LocalRules:
    verdicts = {"may": Verdict.MAY, "must_not": Verdict.MUST_NOT, "ask_first": Verdict.ASK_FIRST}
    return LocalRules(
        rules={data: Rule(verdicts[rule.verdict], rule.text) for data, rule in rules.rules.items()},
        contact=rules.contact,
    )
