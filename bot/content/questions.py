"""`prompts_library/questions.yaml` → the questions of a round; or every problem in it at once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.content.files import Document, checked, read_yaml
from bot.domain.rounds.questions import BECAME, CHECKING, CONFIDENCE, SAVED, WORKLOAD, Question, Questionnaire
from bot.errors import Problems


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write at least one word")
    return text.strip()


Words = Annotated[str, Field(max_length=120), AfterValidator(_filled)]
Answers = Annotated[list[Words], Field(min_length=5, max_length=5)]
Scores = Annotated[list[float], Field(min_length=5, max_length=5)]


class _Fixed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Words
    about: Words
    answers: Answers


class _Turning(_Fixed):
    id: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    scores: Scores = Field(default_factory=lambda: [1.0, 2.0, 3.0, 4.0, 5.0])
    unit: str = ""
    ordered: bool = True


class _FixedPair(BaseModel):
    model_config = ConfigDict(extra="forbid")
    confidence: _Fixed
    workload: _Fixed


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: int = Field(ge=1)
    fixed: _FixedPair
    turns: list[Annotated[list[_Turning], Field(min_length=1, max_length=2)]] = Field(min_length=1)


def load_questions(path: Path) -> Questionnaire:
    """The questions. Raises Problems, `file:line: what and how to mend it`."""
    document = read_yaml(path)
    file = checked(document, _File)
    if problems := list(_mistakes(document, file)):
        raise Problems(problems)
    return Questionnaire(
        version=file.version,
        fixed=(_fixed(CONFIDENCE, file.fixed.confidence), _fixed(WORKLOAD, file.fixed.workload)),
        turns=tuple(tuple(_turning(one) for one in turn) for turn in file.turns),
    )


def _mistakes(document: Document, file: _File) -> Iterator[str]:
    where = document.at("turns")
    ids = Counter([CONFIDENCE, WORKLOAD, *(one.id for turn in file.turns for one in turn)])
    for twice in (name for name, number in ids.items() if number > 1):
        yield f"{where}: turns: {twice} is there twice; give one of them another id"
    if any([one.id for one in turn] != [SAVED, CHECKING] for turn in file.turns if _has_minutes(turn)):
        yield f"{where}: turns: {SAVED} and {CHECKING} belong in one turn, in this order; put them together"
    if BECAME not in ids:
        yield f"{where}: turns: {BECAME} is missing; leads compare it with their plan, so add it"


def _has_minutes(turn: list[_Turning]) -> bool:
    return any(one.id in {SAVED, CHECKING} for one in turn)


def _fixed(name: str, given: _Fixed) -> Question:
    one, two, three, four, five = given.answers
    return Question(name, given.text, given.about, (one, two, three, four, five))


def _turning(given: _Turning) -> Question:
    one, two, three, four, five = given.answers
    return Question(
        id=given.id,
        text=given.text,
        about=given.about,
        answers=(one, two, three, four, five),
        scores=tuple(given.scores),
        unit=given.unit,
        ordered=given.ordered,
    )
