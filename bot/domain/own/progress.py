"""How far somebody has come, in their own eyes: tips, skills, and how confident they felt."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId


@dataclass(frozen=True, slots=True)
class Record:
    """Counts of tips by outcome, and skills: tried, met and not tried yet, and still ahead."""

    seen: int
    outcomes: Mapping[Outcome, int]
    tried: Sequence[str]
    met: Sequence[str]
    ahead: Sequence[str]

    @property
    def rated(self) -> int:
        """How many tips they said something about."""
        return sum(self.outcomes.values())


def record(experiences: Iterable[Experience], skill_of: Mapping[PromptId, str], skills: Set[str]) -> Record:
    """What somebody's experiences come to; `skills` are all that their job and licence have prompts for.

    A tip that has left the library counts, and stands for no skill.
    """
    seen = list(experiences)
    tried = {skill_of[e.prompt] for e in seen if e.outcome and e.prompt in skill_of}
    met = {skill_of[e.prompt] for e in seen if e.prompt in skill_of} - tried
    return Record(
        seen=len(seen),
        outcomes=Counter(e.outcome for e in seen if e.outcome),
        tried=sorted(tried),
        met=sorted(met),
        ahead=sorted(skills - tried - met),
    )
