"""What the prompts have to keep to together: none alike, twins that fit, reviews in date, easy to read."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from statistics import median

from rapidfuzz import fuzz, utils

from bot.content.gates.prompt_rules import whole_text
from bot.content.gates.readability import reading_age
from bot.content.library import LoadedPrompt
from bot.domain.staff.people import Licence

TYPICAL_READER = 10
"""Years: half of the cards need this reading age or less."""

ALIKE = 70
"""Of 100, in the order of the letters. Measured on the library: two of its prompts are at 46 as a rule and at
56 at most, twins at 55 at most, and a copy in which three of ten words were changed is at 72 or more."""

SAME_SENTENCE = 85
"""Of 100: a sentence of a check in which a word or two were changed."""

REMIND_BEFORE = timedelta(days=60)
"""A review that is due within this is a reminder."""


def faults(prompts: Sequence[LoadedPrompt], today: date) -> Iterator[str]:
    """Everything that is wrong with the library as a whole, `file:line: field: what and how to mend it`."""
    yield from _strays(prompts)
    yield from _alike(prompts)
    yield from _same_titles(prompts)
    yield from _repeated_checks(prompts)
    yield from _odd_twins(prompts)
    yield from _expired(prompts, today)
    yield from _hard_on_the_whole(prompts)


def reviews_due(prompts: Sequence[LoadedPrompt], today: date) -> Iterator[str]:
    """A line for each prompt whose review runs out soon, while it still counts."""
    for one in prompts:
        left = one.file.review_by - today
        if timedelta(0) <= left <= REMIND_BEFORE:
            days = "today" if not left.days else f"in {left.days} days"
            where = one.document.at("review_by")
            yield f"{where}: review_by: runs out {days}; look at it again and move both dates"


def _strays(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    for one in prompts:
        folder = one.document.path.parent.name
        if folder not in one.file.roles:
            yield f"{one.document.at('roles')}: roles: it lies in {folder}/; move it to a folder of its roles"


def _alike(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    plain = [(one, _plain(one.file.prompt)) for one in prompts]
    for (one, first), (other, second) in combinations(plain, 2):
        if other.file.id in (one.file.twin, one.file.id) or other.file.twin == one.file.id:
            continue
        score = fuzz.ratio(first, second, score_cutoff=ALIKE)
        if score:
            like = f"is {score:.0f} in 100 like {one.file.id}"
            yield f"{other.document.at('prompt')}: prompt: {like}; make it another task, or leave one out"


def _same_titles(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    first: dict[str, str] = {}
    for one in prompts:
        title = _plain(one.file.title)
        if title in first:
            yield f"{one.document.at('title')}: title: {first[title]} has the same one; say what differs"
        first.setdefault(title, one.file.id)


def _repeated_checks(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    """Sentences that stand in the checks of two prompts, word for word or nearly."""
    said = [(one, sentence) for one in prompts for sentence in _sentences(one.file.check)]
    for (one, first), (other, second) in combinations(said, 2):
        if one is not other and fuzz.ratio(first, second, score_cutoff=SAME_SENTENCE):
            where = other.document.at("check")
            said_too = f"“{second}” is said in {one.file.id} too"
            yield f"{where}: check: {said_too}; say what to compare in this task"


def _sentences(check: str) -> Iterator[str]:
    """Sentences of at least five words; shorter ones are steps of a longer thought."""
    for part in re.split(r"(?<=[.?!])\s+", check):
        if len(part.split()) >= 5:
            yield _plain(part)


def _odd_twins(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    known = {one.file.id: one.file for one in prompts}
    for one in prompts:
        twin = known.get(one.file.twin or "")
        if twin is None:
            continue
        where = one.document.at("twin")
        if one.file.needs is not Licence.COPILOT or not Licence.CHAT.covers(twin.needs):
            yield f"{where}: twin: {twin.id} does not lead from paid Copilot to Copilot Chat; choose another"
        if set(twin.roles) != set(one.file.roles):
            yield f"{where}: twin: {twin.id} is for other roles; give both the same roles"


def _expired(prompts: Sequence[LoadedPrompt], today: date) -> Iterator[str]:
    for one in prompts:
        if one.file.review_by < today:
            where = one.document.at("review_by")
            yield f"{where}: review_by: ran out, so nobody gets it; look at it again and move both dates"


def _hard_on_the_whole(prompts: Sequence[LoadedPrompt]) -> Iterator[str]:
    ages = [(reading_age(whole_text(one.file)), one) for one in prompts]
    if ages and (middle := median(age for age, _ in ages)) > TYPICAL_READER:
        hardest = max(ages, key=lambda pair: pair[0])[1].document.at("prompt")
        half = f"half of the library needs a reading age of {middle:.1f} or more"
        yield f"{hardest}: prompt: {half}; bring that down to {TYPICAL_READER}, this one first"


def _plain(text: str) -> str:
    """The words in small letters, without marks."""
    return " ".join(utils.default_process(text).split())
