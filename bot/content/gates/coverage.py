"""Which levels and skills each role has prompts for, and where nothing is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.files import read_yaml
from bot.content.library import Sources
from bot.domain.library.prompts import EVERYONE
from bot.domain.staff.people import Licence

LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """One role's prompts, counted. `first_steps` are those of level 1 that need no more than Copilot Chat."""

    role: str
    name: str
    prompts: int
    levels: Mapping[int, int]
    skills: Mapping[str, int]
    first_steps: int

    def gaps(self) -> Iterator[str]:
        """What this role has nothing for, in words."""
        for level, count in self.levels.items():
            if not count:
                yield f"no prompt of level {level}"
        for skill, count in self.skills.items():
            if not count:
                yield f"no prompt for the skill {skill}"
        if self.levels[1] and not self.first_steps:
            yield "no prompt of level 1 for somebody without paid Copilot"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole matrix: the roles in their order, then what is for everyone."""

    prompts: int
    rows: Sequence[Row]
    everyone: Row

    def as_json(self) -> Mapping[str, object]:
        """The matrix as plain values, for `--json`."""
        rows = [*self.rows, self.everyone]
        return {
            "prompts": self.prompts,
            "roles": [
                {
                    "role": row.role,
                    "prompts": row.prompts,
                    "levels": {str(level): count for level, count in row.levels.items()},
                    "skills": dict(row.skills),
                    "gaps": list(row.gaps()) if row.role != EVERYONE else [],
                }
                for row in rows
            ],
        }


def coverage(sources: Sources) -> Coverage:
    """The matrix of a folder's prompts; the roles and skills that could not be read are not in it."""
    rows = [_row(sources, role, name) for role, name in (sources.roles or {}).items()]
    return Coverage(len(sources.prompts), rows, _row(sources, EVERYONE, "Everyone"))


def gaps(sources: Sources) -> Iterator[str]:
    """A line for each hole in the matrix, at the role's line of `roles.yaml`."""
    document = read_yaml(sources.folder / "roles.yaml")
    for number, row in enumerate(coverage(sources).rows):
        for gap in row.gaps():
            yield f"{document.at(number)}: {row.role} has {gap}; write one"


def _row(sources: Sources, role: str, name: str) -> Row:
    mine = [one.file for one in sources.prompts if role in one.file.roles]
    levels, skills = Counter(file.level for file in mine), Counter(file.skill for file in mine)
    return Row(
        role=role,
        name=name,
        prompts=len(mine),
        levels={level: levels[level] for level in LEVELS},
        skills={skill: skills[skill] for skill in sources.skills or ()},
        first_steps=sum(file.level == 1 and Licence.CHAT.covers(file.needs) for file in mine),
    )
