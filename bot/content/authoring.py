"""A new prompt, answer by answer: each is checked as it is given, and the whole before it is kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pydantic import ValidationError

from bot.content.files import explained
from bot.content.gates.prompt_rules import faults
from bot.content.library import Sources
from bot.content.prompts import PromptFile
from bot.content.writing import as_yaml
from bot.domain.json import Json
from bot.domain.library.prompts import EVERYONE, App, DataRule
from bot.domain.staff.people import Licence

NEXT_REVIEW = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for one field: in words, with what is offered where somebody just presses Enter."""

    name: str
    words: str
    choices: Sequence[str] = ()
    offered: str = ""
    optional: bool = False
    lines: bool = False


@dataclass(slots=True)
class Draft:
    """The answers so far. Nothing is written before `keep`."""

    sources: Sources
    today: date
    answers: dict[str, Json] = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """One for each field, in an order in which people think; an offer may come from an earlier answer."""
        roles, skills = [EVERYONE, *(self.sources.roles or {})], [*(self.sources.skills or {})]
        yield Question("roles", "Which roles is it for, with commas between?", roles)
        yield Question("task", "What is the task, in a few words?")
        yield Question("title", "A title of up to 60 characters?")
        yield Question("id", "Its id, which names the file?", offered=self._id())
        yield Question("app", "Where is it used?", [*App], App.COPILOT_CHAT)
        yield Question("needs", "The least licence it works with?", [*Licence], Licence.CHAT)
        if self.answers["needs"] == Licence.COPILOT:
            yield Question("twin", "The id of its twin for Copilot Chat, or nothing?", optional=True)
        if self.answers["needs"] == Licence.COPILOT and "twin" not in self.answers:
            yield Question("no_twin", "Why can Copilot Chat not do the same job?")
        yield Question("level", "How hard, from 1 (a first win) to 3?", offered="1")
        yield Question("skill", "Which skill does it teach?", skills)
        yield Question("why", "Why would somebody want it? One or two sentences.")
        yield Question(
            "prompt", "The prompt, with [blanks]. End with a line that has only a full stop.", lines=True
        )
        yield Question("good", "What does a good answer look like?")
        yield Question("check", "How to check it: what to compare with what?")
        yield Question("data", "What sort of material does it touch?", [*DataRule])
        yield Question("minutes", "How many minutes does it take, checking included?")
        yield Question("author", "Who wrote it, as it is shown?")
        yield Question("licence", "Under which licence?", offered="CC-BY-4.0")
        yield Question("reviewed_on", "When was it reviewed?", offered=self.today.isoformat())
        yield Question(
            "review_by", "When is it looked at again?", offered=(self.today + NEXT_REVIEW).isoformat()
        )

    def answer(self, question: Question, said: str) -> str:
        """Take an answer and return nothing, or say what is wrong with it and keep the old one."""
        if question.optional and not said.strip():
            self.answers.pop(question.name, None)
            return ""
        value: Json = [*filter(None, re.split(r"[\s,]+", said))] if question.name == "roles" else said.strip()
        problem = _mistake(question.name, value) or self._unknown(question, value)
        if not problem:
            self.answers[question.name] = value
        return problem

    def faults(self) -> list[tuple[Question, str]]:
        """What the gates say of the whole, with the question to ask again; empty where all is well."""
        file = PromptFile.model_validate(self.answers)
        known = {question.name: question for question in self.questions()}
        return [(known[name], fault) for name, fault in faults(file) if name in known]

    def keep(self) -> Path:
        """Write the file into the folder of its first role and say where. Never writes over another."""
        file = PromptFile.model_validate(self.answers)
        path = self.sources.folder / file.roles[0] / f"{file.id}.yaml"
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as opened:
            opened.write(as_yaml(file.model_dump(mode="json", exclude_none=True)))
        return path

    def _id(self) -> str:
        roles = self.answers["roles"]
        first = str(roles[0]) if isinstance(roles, list) else EVERYONE
        wanted = re.findall(r"[a-z0-9]+", str(self.answers["title"]).lower())
        telling = [word for word in wanted if len(word) > 3] or wanted
        return "-".join([first, *telling[:4]])

    def _unknown(self, question: Question, value: Json) -> str:
        """What is right as a value and wrong in this library."""
        given = value if isinstance(value, list) else [value]
        strange = [one for one in given if question.choices and one not in question.choices]
        if strange:
            return f"{strange[0]} is not known; choose from {', '.join(question.choices)}"
        if question.name == "id" and any(self.sources.folder.glob(f"*/{value}.yaml")):
            return f"{value} is the id of another prompt; choose a new one"
        if question.name == "twin" and value not in {one.file.id for one in self.sources.prompts}:
            return f"{value} is not in the library; correct it, or leave it out"
        if question.name == "review_by" and str(value) <= str(self.answers.get("reviewed_on", "")):
            return "must be later than the day on which it was reviewed"
        return ""


def _mistake(name: str, value: Json) -> str:
    """What the format says against one field's value, as a sentence; empty where it is right."""
    try:
        PromptFile.model_validate({name: value})
    except ValidationError as error:
        return next((explained(one) for one in error.errors() if one["loc"][0] == name), "")
    return ""
