"""Slips of the finger in a command. So few count that no everyday word is taken for one."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

SHORTEST = 3
"""Letters of a word that can be known with a slip: "at" is not "ta"."""

SHORTEST_WITH_A_GAP = 5
"""Letters of a word that can be known with one missing or doubled."""

EVERYDAY = frozenset({"anther", "on leave", "on rota", "retie", "shard", "shred", "stat", "tanks"})
"""Words of their own that are a slip away from a command, or from its opposite."""


def is_slip(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with two neighbours that changed places, a letter missing, or one doubled.

    The first and the last letter are not missing: "save" is not "saved", nor "result" "results".
    """
    longer = len(typed) - len(meant)
    if typed in EVERYDAY or len(meant) < SHORTEST or abs(longer) > 1:
        return False
    if OSA.distance(typed, meant, score_cutoff=1) != 1:
        return False
    if longer == 0:
        return sorted(typed) == sorted(meant)
    if len(meant) < SHORTEST_WITH_A_GAP:
        return False
    return _has_doubled(typed, meant) if longer > 0 else (typed[0], typed[-1]) == (meant[0], meant[-1])


def meant_by(typed: str, known: Iterable[str]) -> list[str]:
    """Those of the known lines that somebody may have meant."""
    return [line for line in known if is_slip(typed, line)]


def _has_doubled(typed: str, meant: str) -> bool:
    places = range(1, len(typed))
    return any(typed[n] == typed[n - 1] and typed[:n] + typed[n + 1 :] == meant for n in places)
