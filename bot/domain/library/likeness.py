"""Whether a shared prompt is in the library already, in nearly the same words."""

from collections.abc import Iterable

from rapidfuzz import fuzz, utils

from bot.domain.library.prompts import Prompt

ALIKE = 82.0
"""RapidFuzz's score from 0 to 100 from which two prompts count as one. Twins in the library are below it."""


def closest(text: str, prompts: Iterable[Prompt]) -> Prompt | None:
    """The prompt that is nearly the same as this text, None where there is none."""
    wanted = utils.default_process(text)
    scored = ((_likeness(wanted, utils.default_process(one.text)), one) for one in prompts)
    score, prompt = max(scored, key=lambda found: found[0], default=(0.0, None))
    return prompt if score >= ALIKE else None


def _likeness(first: str, second: str) -> float:
    """Of the letters, or of the words in any order: whichever is more alike. Lengths must be comparable."""
    if not first or not second or not 0.5 <= len(first) / len(second) <= 2:
        return 0.0
    return max(fuzz.ratio(first, second, score_cutoff=ALIKE), fuzz.token_sort_ratio(first, second))
