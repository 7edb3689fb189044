"""The folder `prompts_library/` → roles, skills, local rules and prompts; or every problem in it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from bot.content.files import checked, read_yaml
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
    roles = checked(read_yaml(folder / "roles.yaml"), RootModel[list[_Role]]).root
    skills = checked(read_yaml(folder / "skills.yaml"), RootModel[list[_Skill]]).root
    prompts, problems = _prompts(folder, {role.id for role in roles}, {skill.id for skill in skills})
    rules = _rules(folder / "local_rules.yaml", problems)
    if problems or rules is None:
        raise Problems(sorted(problems))
    return FileLibrary(
        prompts=prompts,
        roles={RoleId(role.id): role.name for role in roles},
        rules=_local_rules(rules),
        rules_are_default=rules.replace_me,
    )


def _prompts(folder: Path, roles: set[str], skills: set[str]) -> tuple[list[Prompt], list[str]]:
    prompts: list[Prompt] = []
    problems: list[str] = []
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            prompt = load_prompt(path, roles, skills)
        except Problems as error:
            problems.extend(error.lines)
            continue
        if prompt.id in paths:
            problems.append(f"{path}:1: id: {prompt.id} is also in {paths[prompt.id]}; rename one of them")
        paths[prompt.id] = path
        prompts.append(prompt)
    problems.extend(_lost_twins(prompts, paths))
    if not paths and not problems:
        problems.append(f"{folder}:1: there is no prompt in here; is this the right folder?")
    return prompts, problems


def _lost_twins(prompts: Sequence[Prompt], paths: Mapping[str, Path]) -> list[str]:
    known = {prompt.id for prompt in prompts}
    return [
        f"{paths[prompt.id]}:1: twin: {prompt.twin} is not in the library; correct the id or leave it out"
        for prompt in prompts
        if prompt.twin and prompt.twin not in known
    ]


def _rules(path: Path, problems: list[str]) -> _Rules | None:
    try:
        document = read_yaml(path)
        rules = checked(document, _Rules)
    except Problems as error:
        problems.extend(error.lines)
        return None
    missing = [rule.value for rule in DataRule if rule not in rules.rules]
    problems.extend(
        f"{document.at('rules')}: rules: {name} is missing; say what holds for it" for name in missing
    )
    return rules


def _local_rules(rules: _Rules) -> LocalRules:
    verdicts = {"may": Verdict.MAY, "must_not": Verdict.MUST_NOT, "ask_first": Verdict.ASK_FIRST}
    return LocalRules(
        rules={data: Rule(verdicts[rule.verdict], rule.text) for data, rule in rules.rules.items()},
        contact=rules.contact,
    )
