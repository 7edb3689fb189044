"""Which prompts fit a few words: shared words count, rare ones most, titles and tasks twice."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.domain.prompts import Prompt

CLOSE = 0.4
"""A prompt that scores less than this part of the best one's score is no answer, but noise."""

_FILLERS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "can",
        "do",
        "does",
        "for",
        "from",
        "get",
        "give",
        "have",
        "help",
        "how",
        "i",
        "in",
        "is",
        "it",
        "me",
        "my",
        "need",
        "of",
        "on",
        "or",
        "our",
        "please",
        "so",
        "some",
        "that",
        "the",
        "this",
        "to",
        "up",
        "us",
        "want",
        "we",
        "what",
        "when",
        "which",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


_ENDING = re.compile(r"(?<=[a-z]{3})(?:ings?|ie[sd]|e[sd]?|(?<!s)s|y)$")


def find(words: str, prompts: Sequence[Prompt], most: int = 3) -> list[Prompt]:
    """Up to `most` prompts that share words with `words`, best first; empty where none does."""
    wanted = set(_stems(words))
    documents = {prompt.id: _weights(prompt) for prompt in prompts}
    rarity = _rarity(documents.values(), len(prompts))
    scores = {
        prompt.id: sum(
            documents[prompt.id][stem] * rarity[stem] for stem in wanted & set(documents[prompt.id])
        )
        for prompt in prompts
    }
    ranked = sorted((p for p in prompts if scores[p.id] > 0), key=lambda p: (-scores[p.id], p.id))
    close = [p for p in ranked if scores[p.id] >= scores[ranked[0].id] * CLOSE]
    return close[:most]


def _weights(prompt: Prompt) -> Counter[str]:
    weights: Counter[str] = Counter()
    for weight, text in ((2, prompt.title), (2, prompt.task), (1, prompt.why), (1, prompt.text)):
        for stem in set(_stems(text)):
            weights[stem] += weight
    return weights


def _rarity(documents: Iterable[Counter[str]], total: int) -> dict[str, float]:
    found_in = Counter(stem for document in documents for stem in document)
    return {stem: math.log(1 + total / times) for stem, times in found_in.items()}


def _stems(text: str) -> list[str]:
    words = re.findall(r"[a-z]+", text.casefold())
    return [_stem(word) for word in words if word not in _FILLERS]


def _stem(word: str) -> str:
    """The word without the commonest endings, so that "letters" finds "letter" and "notes" finds "note"."""
    return _ENDING.sub("", word)
