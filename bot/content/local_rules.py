"""`local_rules.yaml`: what an organisation allows, for sorts of material, apps and tasks."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.content.files import Document, checked, read_yaml
from bot.domain.library.prompts import App, DataRule
from bot.domain.library.rules import LocalRule, LocalRules, Rule, Topic, Verdict
from bot.domain.text.language import say
from bot.domain.text.words import words
from bot.errors import Problems

VERDICTS = {"may": Verdict.MAY, "must_not": Verdict.MUST_NOT, "ask_first": Verdict.ASK_FIRST}


def _https(address: str) -> str:
    if address and not address.startswith("https://"):
        raise ValueError("must be a whole address that begins with https://, or empty")
    return address


def _readable(phrase: str) -> str:
    if not words(phrase):
        raise ValueError("has no letters; write the word that people use")
    return phrase


Sentence = Annotated[str, Field(min_length=1, max_length=240)]


class RuleEntry(BaseModel):
    """A verdict and the sentence that goes with it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    verdict: Literal["may", "must_not", "ask_first"]
    text: Sentence

    def rule(self) -> Rule:
        """As the domain knows it."""
        return Rule(VERDICTS[self.verdict], say(self.text))


class TaskEntry(RuleEntry):
    """What people want to do or to put in: its words, and the rule for it.

    `apps` and `data` make the rule hold there only; without them it holds in any app and for any material.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: Sentence
    words: list[Annotated[str, AfterValidator(_readable)]] = Field(min_length=1)
    apps: list[App] = []
    data: list[DataRule] = []


class RulesFile(BaseModel):
    """The whole file. `replace_me` marks the rules that ship as examples."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    replace_me: bool = False
    contact: Sentence
    link: Annotated[str, AfterValidator(_https)] = ""
    rules: dict[DataRule, RuleEntry]
    apps: dict[App, RuleEntry] = {}
    tasks: list[TaskEntry] = []

    def local_rules(self) -> LocalRules:
        """As the domain knows them."""
        return LocalRules(
            rules={data: entry.rule() for data, entry in self.rules.items()},
            contact=say(self.contact),
            more=(*self._for_apps(), *self._for_tasks()),
            topics=tuple(Topic(task.id, say(task.name), tuple(task.words)) for task in self.tasks),
            link=self.link,
        )

    def _for_apps(self) -> Iterator[LocalRule]:
        for app, entry in self.apps.items():
            yield LocalRule(entry.rule(), app=app)

    def _for_tasks(self) -> Iterator[LocalRule]:
        for task in self.tasks:
            apps: Sequence[App | None] = task.apps or [None]
            data: Sequence[DataRule | None] = task.data or [None]
            for app, material in product(apps, data):
                yield LocalRule(task.rule(), material, app, task.id)


def read_rules(path: Path) -> RulesFile:
    """The file as it stands. Raises Problems: `file:line: what and how to mend it`."""
    document = read_yaml(path)
    rules = checked(document, RulesFile)
    problems = [*_missing(document, rules), *_twice(document, rules)]
    if problems:
        raise Problems(problems)
    return rules


def _missing(document: Document, rules: RulesFile) -> Iterator[str]:
    for rule in DataRule:
        if rule not in rules.rules:
            yield f"{document.at('rules')}: rules: {rule.value} is missing; say what holds for it"


def _twice(document: Document, rules: RulesFile) -> Iterator[str]:
    seen: set[str] = set()
    for number, task in enumerate(rules.tasks):
        if task.id in seen:
            where = document.at("tasks", number, "id")
            yield f"{where}: tasks.{number}.id: {task.id} stands here twice; merge them"
        seen.add(task.id)
