"""What one prompt has to keep to beside its fields' types: each rule yields a field and its fault."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.content.gates.clinical import clinical_words
from bot.content.gates.readability import reading_age
from bot.content.gates.spelling import american
from bot.content.prompts import PromptFile
from bot.domain.library.prompts import EVERYONE, App, DataRule
from bot.domain.staff.people import Licence
from bot.domain.text.identifiers import find
from bot.domain.text.names import find_names

OLDEST_READER = 13
"""Years: no card may need a higher reading age."""

LONGEST_REVIEW = 731
"""Days from one review to the next."""

Fault = tuple[str, str]
"""A field of the file, and what is wrong with it and how to mend it."""


def faults(file: PromptFile) -> Iterator[Fault]:
    """Everything that one prompt does wrong."""
    for rule in _RULES:
        yield from rule(file)


def texts(file: PromptFile) -> dict[str, str]:
    """What people read of a prompt, by field."""
    return {name: getattr(file, name) for name in ("title", "task", "why", "prompt", "good", "check")}


def whole_text(file: PromptFile) -> str:
    """All of it, a field a line."""
    return "\n".join(texts(file).values())


def _reading(file: PromptFile) -> Iterator[Fault]:
    age = reading_age(whole_text(file))
    if age > OLDEST_READER:
        yield (
            "prompt",
            f"needs a reading age of {age:.1f}; use shorter sentences and words, down to {OLDEST_READER}",
        )


def _spelling(file: PromptFile) -> Iterator[Fault]:
    for field, text in texts(file).items():
        for word in american(text):
            yield field, f"“{word.found}” is American; write “{word.british}”"


def _clinical(file: PromptFile) -> Iterator[Fault]:
    for field, text in texts(file).items():
        for words in clinical_words(text):
            yield field, f"“{words}” sounds clinical; keep to office work, or say that it must be left out"


def _identifiers(file: PromptFile) -> Iterator[Fault]:
    for field, text in texts(file).items():
        for one in (*find(text), *find_names(text, frozenset())):
            yield field, f"“{one.words}” looks like {one.kind}; put [a blank] there"


def _blanks(file: PromptFile) -> Iterator[Fault]:
    """Each `[` has its `]` before the next, nothing stands empty, and no other brackets mark a blank."""
    marks = re.findall(r"[\[\]]", file.prompt)
    alternate = all(first != second for first, second in pairwise(marks))
    if len(marks) % 2 or not alternate or marks[:1] == ["]"]:
        yield "prompt", "a [blank] is not closed before the next; give each [ its ]"
    if re.search(r"\[\s*\]", file.prompt):
        yield "prompt", "a [blank] is empty; say in it what belongs there"
    if re.search(r"[<>{}]", file.prompt):
        yield "prompt", "other brackets look like a blank; mark blanks with [ and ] only"


_HYPE = re.compile(
    r"\b(?:amazing|revolution\w+|game.?chang\w+|unleash\w*|supercharg\w+|effortless\w*)\b", re.IGNORECASE
)
_SHOUTED = re.compile(r"\b[A-Z]{3,} [A-Z]{3,} [A-Z]{3,}\b")


def _calm(file: PromptFile) -> Iterator[Fault]:
    for field, text in texts(file).items():
        if "!" in text:
            yield field, "has an exclamation mark; end the sentence with a full stop"
        for hit in (*_HYPE.finditer(text), *_SHOUTED.finditer(text)):
            yield field, f"“{hit.group()}” is loud; say it plainly"


def _licence(file: PromptFile) -> Iterator[Fault]:
    """Copilot inside an Office app is no part of Copilot Chat; some prompts need no AI at all."""
    if file.needs is not Licence.NOTHING and (file.needs is Licence.CHAT) != (file.app is App.COPILOT_CHAT):
        right = Licence.CHAT if file.app is App.COPILOT_CHAT else Licence.COPILOT
        yield "needs", f"{file.app.label} goes with {right}; change this line, or the app"


def _twin(file: PromptFile) -> Iterator[Fault]:
    paid = file.needs is Licence.COPILOT
    if paid and not (file.twin or file.no_twin):
        yield (
            "needs",
            "has no twin for Copilot Chat; write one and name it in twin, or say why not in no_twin",
        )
    if file.no_twin and (file.twin or not paid):
        yield "no_twin", "says why there is no twin, where there is one or none is needed; take this line out"


_REMINDS = re.compile(
    r"swap|take out|remove|leave out|without|job titles?|no names|delete|initials|anonym", re.IGNORECASE
)


def _reminder(file: PromptFile) -> Iterator[Fault]:
    if file.data is DataRule.PERSONAL_REMOVE_FIRST and not _REMINDS.search(file.prompt):
        yield "prompt", "touches people and does not say what to take out first; say so in the prompt itself"


def _review(file: PromptFile) -> Iterator[Fault]:
    if (file.review_by - file.reviewed_on).days > LONGEST_REVIEW:
        yield "review_by", "is more than two years after reviewed_on; bring it nearer"


def _audience(file: PromptFile) -> Iterator[Fault]:
    if EVERYONE in file.roles and len(file.roles) > 1:
        yield "roles", "everyone covers all the others; keep one or the others"


SHORTEST_CHECK = 8
"""Words: less cannot say what to compare with what."""

_BARE = re.compile(
    r"\b(?:(?:double[- ])?check (?:it |this |that it is |everything |carefully |for )*(?:mistakes"
    r"|errors|typos|accuracy|correct|right|accurate|carefully)|proof-?read(?: it)?"
    r"|read (?:it|this) (?:through|over|again|carefully)+"
    r"|make sure (?:that )?(?:it|everything) (?:is|looks) (?:right|correct|accurate|fine|good))\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """about after again against all also and any answer are before but can does each every for from has
        have how into its make more not one only other out over own read should than that the their them then
        there these they this those two was what when where which who will with without would you your""",
    )
)


def _specific(file: PromptFile) -> Iterator[Fault]:
    """A check says what to compare with what, in words of its own task."""
    told = _BARE.sub(" ", file.check)
    if len(re.findall(r"\w+", told)) < SHORTEST_CHECK:
        yield "check", "is bare; say what to compare with what, in at least eight words"
    elif not _content(told) & _content(f"{file.title} {file.task} {file.why} {file.prompt} {file.good}"):
        yield "check", "would fit any prompt; name what this task makes and what to hold it against"


def _content(text: str) -> set[str]:
    """The words that carry meaning, by their first five letters, so that "totals" meets "total"."""
    return {word[:5] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in _SMALL}


_RULES: tuple[Callable[[PromptFile], Iterator[Fault]], ...] = (
    _reading,
    _spelling,
    _clinical,
    _identifiers,
    _blanks,
    _calm,
    _licence,
    _twin,
    _reminder,
    _review,
    _audience,
    _specific,
)
