"""The folder `prompts_library/` → roles, skills, local rules and prompts; or every problem in it at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from bot.content.files import Document, attempted, checked, read_yaml
from bot.content.local_rules import RulesFile, read_rules
from bot.content.prompts import PromptFile, as_prompt, load_prompt_file
from bot.content.questions import load_questions
from bot.domain.library.prompts import Prompt
from bot.domain.library.rules import LocalRules
from bot.domain.rounds.questions import Questionnaire
from bot.domain.staff.people import RoleId
from bot.errors import Problems

_Group = Annotated[list[str], Field(min_length=2)]


class _Role(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str


class _Skill(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    name: str
    about: str


INCOMING = "_incoming"
"""The folder where imported prompts wait; nobody is sent what lies there."""


@dataclass(frozen=True, slots=True)
class FileLibrary:
    """The library as loaded at start. `rules_are_default` is true until the local rules were replaced."""

    prompts: Sequence[Prompt]
    roles: Mapping[RoleId, str]
    rules: LocalRules
    questions: Questionnaire
    rules_are_default: bool
    synonyms: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class LoadedPrompt:
    """One prompt with the file that it came from."""

    document: Document
    file: PromptFile


@dataclass(frozen=True, slots=True)
class Sources:
    """All that could be read of a folder, and every problem of what could not."""

    folder: Path
    roles: Mapping[RoleId, str] | None
    skills: Mapping[str, str] | None
    rules: RulesFile | None
    synonyms: Sequence[Sequence[str]]
    questions: Questionnaire | None
    prompts: Sequence[LoadedPrompt]
    problems: Sequence[str]

    @property
    def rules_are_default(self) -> bool:
        """Whether the local rules are the ones that ship; False where they cannot be read."""
        return self.rules is not None and self.rules.replace_me


def read_sources(folder: Path) -> Sources:
    """Everything in `prompts_library/` that can be read, with the problems of the rest. Raises nothing."""
    if not folder.is_dir():
        missing = f"{folder}:1: there is no such folder; correct the path, or put it back"
        return Sources(folder, None, None, None, (), None, (), [missing])
    problems: list[str] = []
    roles = attempted(partial(_roles, folder / "roles.yaml"), problems)
    skills = attempted(partial(_skills, folder / "skills.yaml"), problems)
    rules = attempted(partial(read_rules, folder / "local_rules.yaml"), problems)
    questions = attempted(partial(load_questions, folder / "questions.yaml"), problems)
    prompts = _prompts(folder, roles, skills, problems)
    synonyms = attempted(partial(_synonyms, folder / "synonyms.yaml"), problems) or []
    return Sources(folder, roles, skills, rules, synonyms, questions, prompts, sorted(problems))


def load_library(folder: Path) -> FileLibrary:
    """Everything in `prompts_library/`. Raises Problems with all that is wrong; never loads a part."""
    sources = read_sources(folder)
    if sources.problems or sources.roles is None or sources.rules is None or sources.questions is None:
        raise Problems(list(sources.problems))
    prompts = [as_prompt(one.file) for one in sources.prompts]
    return FileLibrary(
        prompts,
        sources.roles,
        sources.rules.local_rules(),
        sources.questions,
        sources.rules.replace_me,
        sources.synonyms,
    )


def _roles(path: Path) -> dict[RoleId, str]:
    roles = checked(read_yaml(path), RootModel[list[_Role]]).root
    return {RoleId(role.id): role.name for role in roles}


def _skills(path: Path) -> dict[str, str]:
    skills = checked(read_yaml(path), RootModel[list[_Skill]]).root
    return {skill.id: skill.name for skill in skills}


def _synonyms(path: Path) -> list[list[str]]:
    """The groups of words; a library may do without the file."""
    return checked(read_yaml(path), RootModel[list[_Group]]).root if path.exists() else []


def _prompts(
    folder: Path, roles: Collection[str] | None, skills: Collection[str] | None, problems: list[str]
) -> list[LoadedPrompt]:
    paths = prompt_paths(folder)
    attempts = [attempted(partial(_loaded, path, roles, skills), problems) for path in paths]
    loaded = [one for one in attempts if one]
    problems.extend(_overlooked(folder))
    problems.extend(_duplicates(loaded))
    problems.extend(_lost_twins(loaded, {path.stem for path in paths}))
    if not paths:
        problems.append(f"{folder}:1: there is no prompt in here; is this the right folder?")
    return loaded


def prompt_paths(folder: Path) -> list[Path]:
    """The library's prompts, by name; a folder that begins with `_` holds what is not part of it yet."""
    return sorted(path for path in folder.glob("*/*.yaml") if not path.parent.name.startswith("_"))


def waiting_paths(folder: Path) -> list[Path]:
    """Prompts that were imported and wait for a review, by name."""
    return sorted(folder.glob(f"{INCOMING}/*.yaml"))


def _loaded(path: Path, roles: Collection[str] | None, skills: Collection[str] | None) -> LoadedPrompt:
    document = read_yaml(path)
    return LoadedPrompt(document, load_prompt_file(document, roles, skills))


def _overlooked(folder: Path) -> Iterator[str]:
    """Files that look like prompts and would never be found."""
    for path in sorted(folder.rglob("*.yml")):
        yield f"{path}:1: the name ends in .yml, so it is not read; rename it to .yaml"


def _duplicates(loaded: Sequence[LoadedPrompt]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for one in loaded:
        if one.file.id in first:
            place = one.document.at("id")
            yield f"{place}: id: {one.file.id} is also in {first[one.file.id]}; rename one of them"
        first.setdefault(one.file.id, one.document.path)


def _lost_twins(loaded: Sequence[LoadedPrompt], known: Collection[str]) -> Iterator[str]:
    for one in loaded:
        if one.file.twin and one.file.twin not in known:
            where = one.document.at("twin")
            yield f"{where}: twin: {one.file.twin} is not in the library; correct the id or leave it out"
