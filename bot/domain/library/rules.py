"""An organisation's local rules: what may go into the tool, must not, or wants a question first.

A rule names what it is about: a sort of material, an app, a task, or several. Of those that apply, one is put
aside only by another that names all that it names and more; of the rest the strictest holds. So a rule for a
task never loosens what is said about a sort of material, unless it names that too, and nothing depends on the
order of the file.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import product

from bot.domain.library.prompts import App, DataRule, Prompt
from bot.domain.text.language import to_say
from bot.domain.text.words import alike, words


class Verdict(StrEnum):
    """What the local rules say, in three words' worth; from the laxest to the strictest."""

    MAY = to_say("You may")
    ASK_FIRST = to_say("Ask first")
    MUST_NOT = to_say("You must not")

    @property
    def strictness(self) -> int:
        """0 for the laxest."""
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """One local rule: the verdict, and one sentence that goes with it."""

    verdict: Verdict
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A task that rules can name: what it is called in an answer, and the words that people use for it."""

    id: str
    name: str
    words: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether the text has one of the words, whole phrases in order, forgiving of a slip."""
        said = words(text)
        return any(_has(said, _spoken(phrase)) for phrase in self.words)


@dataclass(frozen=True, slots=True)
class LocalRule:
    """A rule and what it is about; what is None may be anything."""

    rule: Rule
    data: DataRule | None = None
    app: App | None = None
    topic: str | None = None

    @property
    def names(self) -> Set[str]:
        """What it is about, as "data", "app" and "topic"; of rules that apply at once, each is the same."""
        named = {"data": self.data, "app": self.app, "topic": self.topic}
        return {what for what, value in named.items() if value is not None}

    def applies(self, data: DataRule, app: App, topic: str | None) -> bool:
        """Whether it holds for this material, in this app, for this topic (None for none that is known)."""
        return self.data in (None, data) and self.app in (None, app) and self.topic in (None, topic)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say to a question: the verdict, and each line with it, with what it is about."""

    verdict: Verdict
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LocalRules:
    """An organisation's own rules, whom to ask about them, and where they can be read (or empty).

    `rules` has a rule for each sort of material; `more` are those for apps and tasks.
    """

    rules: Mapping[DataRule, Rule]
    contact: str
    more: tuple[LocalRule, ...] = ()
    topics: tuple[Topic, ...] = ()
    link: str = ""
    _found: dict[tuple[DataRule, App, str], Rule] = field(default_factory=dict, compare=False, repr=False)

    def for_prompt(self, prompt: Prompt) -> Rule:
        """The rule that a prompt's card shows: worked out once for all who get the prompt."""
        about = prompt.data, prompt.app, prompt.task
        if about not in self._found:
            self._found[about] = self._for(*about)
        return self._found[about]

    def _for(self, data: DataRule, app: App, task: str) -> Rule:
        every = [*(LocalRule(rule, data=data) for data, rule in self.rules.items()), *self.more]
        named = [topic.id for topic in self.topics if topic.named_in(task)]
        found = [_holding(every, data, app, topic) for topic in named or (None,)]
        return strictest(rule for rule in found if rule)

    def answer(self, question: str) -> Answer | None:
        """What the file says to "can I put … into …?": the strictest verdict on all that is named.

        None where it is silent: nothing is named that has a rule. An app's own rule counts for anything that
        goes into it (Copilot Chat's where no app is named), but never allows what nobody has named.
        """
        apps: set[App] = {app for app in App if app is not App.COPILOT_CHAT and app.value in words(question)}
        named = [topic for topic in self.topics if topic.named_in(question)]
        found = [(topic.name, _strictest_for(self.more, topic.id, apps)) for topic in named]
        told = [(name, rule) for name, rule in found if rule]
        limiting = apps or {App.COPILOT_CHAT}
        told += [(one.app.label, one.rule) for one in self.more if _limits(one, limiting) and one.app]
        if not told:
            return None
        verdict = strictest(rule for _, rule in told).verdict
        return Answer(verdict, [(name, rule.text) for name, rule in told if rule.verdict is verdict])


def strictest(rules: Iterable[Rule]) -> Rule:
    """The strictest of several rules; of equals the first by its words. Raises ValueError for none."""
    return min(rules, key=lambda rule: (-rule.verdict.strictness, rule.text))


def _strictest_for(rules: Iterable[LocalRule], topic: str, apps: Set[App]) -> Rule | None:
    """What holds for a topic whatever the material, in the apps that are named or else in any."""
    about = [one for one in rules if one.topic == topic]
    found = [_holding(about, data, app, topic) for data, app in product(DataRule, apps or App)]
    told = [rule for rule in found if rule]
    return strictest(told) if told else None


def _limits(one: LocalRule, apps: Set[App]) -> bool:
    """Whether it is one of these apps' own rule, and no permission."""
    return one.names == {"app"} and one.app in apps and one.rule.verdict is not Verdict.MAY


def _holding(rules: Iterable[LocalRule], data: DataRule, app: App, topic: str | None) -> Rule | None:
    """The strictest of those that apply and that no other puts aside; of equals the one for the topic."""
    applying = [one for one in rules if one.applies(data, app, topic)]
    kept = [one for one in applying if not any(one.names < other.names for other in applying)]
    if not kept:
        return None
    return min(kept, key=lambda one: (-one.rule.verdict.strictness, one.topic is None, one.rule.text)).rule


@lru_cache(maxsize=4096)  # phrases of the rules, some hundreds of them; what people type is never kept
def _spoken(phrase: str) -> Sequence[str]:
    return words(phrase)


def _has(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the phrase's words stand in what was said, one after another."""
    spans = (said[start : start + len(phrase)] for start in range(len(said) - len(phrase) + 1))
    return bool(phrase) and any(all(map(alike, span, phrase)) for span in spans)
