"""Which prompts fit a few words, best first: shared words count, rare ones most, titles and tasks more.

The score is BM25 (Robertson and Zaragoza, 2009) over each field for itself, added up by weight. A word that
no prompt has is taken for the nearest that one has, and words that mean the same count for less than the
word itself.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.library.prompts import EVERYONE, Prompt
from bot.domain.text.words import alike, stem, words

CLOSE = 0.4
"""A prompt that scores less than this part of the best one's score is no answer, but noise."""

FIELDS: Mapping[str, float] = {"title": 3.0, "task": 2.0, "why": 1.0, "text": 1.0, "good": 0.5}
"""How much a word in each field of a prompt counts."""

OWN_ROLE = 1.5
"""A prompt for the person's own role counts this much more than one for everyone."""

MEANT, SAME_MEANING = 0.8, 0.6
"""What a word counts that was taken for another one, and one that means the same, beside the word itself."""

_NOTHING: "Wish" = {"": 0.0}
"""A wish that no prompt meets."""

_K1, _B = 1.2, 0.75
"""BM25's usual settings: how soon repeating stops to help, and how much a long text is held back."""

Synonyms = Sequence[Sequence[str]]
"""Groups of words and phrases that people use for the same thing."""

Wish = Mapping[str, float]
"""One thing that somebody asked for: the stems that would meet it, and how well (0 to 1)."""

_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """a about am an and are as at be been but by can could did do does for from get give had has have how
        i if in is it its just me my need of on or our please should so some that the their them then there
        they this to up us want was we were what when where which who will with would you your""",
    )
)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of all prompts: how often each stem stands where, and what that is worth."""

    counts: Sequence[Counter[str]]
    rarity: Mapping[str, float]
    usual: float

    def score(self, place: int, wishes: Iterable[Wish]) -> float:
        """How well one prompt's field meets the wishes, each by its best stem."""
        return sum(max(part * self._worth(place, one) for one, part in wish.items()) for wish in wishes)

    def _worth(self, place: int, one: str) -> float:
        times = self.counts[place][one]
        if not times:
            return 0.0
        length = self.counts[place].total() / self.usual
        return self.rarity[one] * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length))


def find(typed: str, prompts: Sequence[Prompt], most: int = 3, synonyms: Synonyms = ()) -> list[Prompt]:
    """Up to `most` prompts that share words with what was typed, best first; empty where none does."""
    fields = {name: _field([_stems(getattr(prompt, name)) for prompt in prompts]) for name in FIELDS}
    known = {one for field in fields.values() for one in field.rarity}
    wishes = list(_wishes(typed, known, synonyms))
    scores = {prompt.id: _score(prompt, place, fields, wishes) for place, prompt in enumerate(prompts)}
    ranked = sorted((p for p in prompts if scores[p.id] > 0), key=lambda p: (-scores[p.id], p.id))
    close = [p for p in ranked if scores[p.id] >= scores[ranked[0].id] * CLOSE]
    return close[:most]


def _score(prompt: Prompt, place: int, fields: Mapping[str, _Field], wishes: Sequence[Wish]) -> float:
    score = sum(FIELDS[name] * field.score(place, wishes) for name, field in fields.items())
    return score if EVERYONE in prompt.roles else score * OWN_ROLE


def _wishes(typed: str, known: set[str], synonyms: Synonyms) -> Iterator[Wish]:
    """What somebody asked for: a wish a word, and one more for each group of words that mean the same."""
    stems = set(map(stem, words(typed)))
    for one in dict.fromkeys(map(stem, _telling(typed))):
        yield {one: 1.0} if one in known else {near: MEANT for near in known if alike(one, near)} or _NOTHING
    for group in synonyms:
        members = [tuple(map(stem, words(phrase))) for phrase in group]
        if any(set(member) <= stems for member in members):
            others = {one for member in members if len(member) == 1 for one in member} - stems
            yield dict.fromkeys(others & known, SAME_MEANING) or _NOTHING


def _field(texts: Sequence[Counter[str]]) -> _Field:
    found_in = Counter(one for text in texts for one in text)
    rarity = {
        one: math.log(1 + (len(texts) - times + 0.5) / (times + 0.5)) for one, times in found_in.items()
    }
    return _Field(texts, rarity, max(1.0, sum(text.total() for text in texts) / max(1, len(texts))))


@lru_cache(maxsize=4096)
def _stems(text: str) -> Counter[str]:
    return Counter(map(stem, _telling(text)))


def _telling(text: str) -> list[str]:
    """The words that say what it is about."""
    return [word for word in words(text) if word not in _FILLERS]
