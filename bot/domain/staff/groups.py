"""Which people a figure is about: a team within a site within the organisation; a role; a licence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Level(StrEnum):
    """What sort of group it is. Teams lie within sites, and sites within the organisation."""

    ORGANISATION = "organisation"
    SITE = "site"
    TEAM = "team"
    ROLE = "role"
    LICENCE = "licence"


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """One group, by its level and its name; the organisation has no name."""

    level: Level
    name: str = ""

    @property
    def key(self) -> str:
        """How it is kept: "team:Patient Access"."""
        return f"{self.level}:{self.name}"

    @classmethod
    def of(cls, key: str) -> Self:
        """The group of a key. Raises ValueError for what is no key."""
        level, _, name = key.partition(":")
        return cls(Level(level), name)


WHOLE = Group(Level.ORGANISATION)
"""Everybody who answered."""


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """Where somebody on the staff list counts: in one group of each sort."""

    site: str
    team: str
    role: str
    licence: str

    @property
    def groups(self) -> tuple[Group, Group, Group, Group]:
        """The four groups, beside the organisation."""
        return (
            Group(Level.TEAM, self.team),
            Group(Level.SITE, self.site),
            Group(Level.ROLE, self.role),
            Group(Level.LICENCE, self.licence),
        )
