"""One YAML file → one Prompt."""

from collections.abc import Collection
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.content.files import Document, checked
from bot.domain.library.prompts import EVERYONE, App, DataRule, Prompt, PromptId
from bot.domain.staff.people import Licence, RoleId
from bot.errors import Problems


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write at least one sentence")
    return text.strip()


Text = Annotated[str, Field(max_length=400), AfterValidator(_filled)]


class PromptFile(BaseModel):
    """What a prompt's file holds. Its JSON Schema is what editors complete from."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="The file's name without .yaml")
    title: Annotated[str, Field(max_length=60), AfterValidator(_filled)]
    roles: list[str] = Field(min_length=1, description="Role ids of roles.yaml, or everyone")
    task: Annotated[str, Field(max_length=40), AfterValidator(_filled)]
    app: App
    needs: Licence = Field(description="The least licence it works with")
    twin: str | None = Field(default=None, description="The Copilot Chat prompt that does the same job")
    no_twin: Text | None = Field(default=None, description="Why Copilot Chat cannot do the same job")
    level: int = Field(ge=1, le=3)
    skill: str
    why: Text
    prompt: Annotated[str, Field(max_length=900), AfterValidator(_filled)]
    good: Text
    check: Text
    data: DataRule
    minutes: int = Field(ge=1, le=60)
    author: Text
    licence: Text
    reviewed_on: date
    review_by: date


def load_prompt_file(
    document: Document, roles: Collection[str] | None, skills: Collection[str] | None
) -> PromptFile:
    """What one file holds. Raises Problems: `file:line: field: what and how to mend it`.

    `roles` and `skills` are the ids that there are, None where that is not known.
    """
    file = checked(document, PromptFile)
    problems = _mistakes(document, file, roles, skills)
    if problems:
        raise Problems(problems)
    return file


def load_prompt(document: Document, roles: Collection[str] | None, skills: Collection[str] | None) -> Prompt:
    """The prompt in one file. Raises Problems as `load_prompt_file` does."""
    return as_prompt(load_prompt_file(document, roles, skills))


def _mistakes(
    document: Document, file: PromptFile, roles: Collection[str] | None, skills: Collection[str] | None
) -> list[str]:
    wrong = [
        f"{document.at('roles')}: roles: {role} is not in roles.yaml; add it there"
        for role in file.roles
        if roles is not None and role != EVERYONE and role not in roles
    ]
    if file.id != document.path.stem:
        wrong.append(f"{document.at('id')}: id: {file.id} is not the file's name; make them the same")
    if skills is not None and file.skill not in skills:
        wrong.append(f"{document.at('skill')}: skill: {file.skill} is not in skills.yaml; choose one of them")
    if file.review_by <= file.reviewed_on:
        wrong.append(f"{document.at('review_by')}: review_by: must be later than reviewed_on")
    return wrong


def as_prompt(file: PromptFile) -> Prompt:
    """A file's prompt, as the rest of the service knows it."""
    return Prompt(
        id=PromptId(file.id),
        title=file.title,
        roles=tuple(RoleId(role) for role in file.roles),
        task=file.task,
        app=file.app,
        needs=file.needs,
        level=file.level,
        skill=file.skill,
        why=file.why,
        text=file.prompt,
        good=file.good,
        check=file.check,
        data=file.data,
        minutes=file.minutes,
        author=file.author,
        licence=file.licence,
        reviewed_on=file.reviewed_on,
        review_by=file.review_by,
        twin=PromptId(file.twin) if file.twin else None,
    )
