"""Champions: colleagues who offered to help, what each of them offers, and how it went."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Self

from bot.domain.staff.people import Person, PersonId, Right, RoleId

REQUESTS_AN_HOUR = 2
"""Requests that count as one hour of what a champion offered: half an hour each, an assumption of ours."""

ENGLISH = "English"


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody was brought together with a champion, and when (UTC)."""

    asker: PersonId
    champion: PersonId
    at: datetime


class Standing(StrEnum):
    """Whether somebody is a champion by their own doing. The values are in people's files."""

    ASKED = "asked"
    ACTIVE = "active"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """How often a champion's help with a topic helped, and how often not."""

    topic: str
    helped: int = 0
    not_helped: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """What a champion offers. `hours` are those a week; away from the first day to the last, both included.

    `resting_until` follows from "not now"; `wish` names the wish to become one in what administrators get.
    """

    person: PersonId
    standing: Standing
    roles: tuple[RoleId, ...]
    topics: tuple[str, ...]
    site: str
    languages: tuple[str, ...] = (ENGLISH,)
    hours: int = 1
    away_from: date | None = None
    away_until: date | None = None
    resting_until: datetime | None = None
    records: tuple[TopicRecord, ...] = ()
    wish: str = ""

    @property
    def places(self) -> int:
        """Requests a week that fit into the hours."""
        return self.hours * REQUESTS_AN_HOUR

    @property
    def known(self) -> Set[str]:
        """The topics that they offered or have helped with, without those where it mostly did not help."""
        poor = {r.topic for r in self.records if r.not_helped > r.helped + 1}
        proven = {r.topic for r in self.records if r.helped >= 2}
        return ({topic.casefold() for topic in self.topics} | proven) - poor

    def is_free(self, now: datetime) -> bool:
        """Whether they may be asked at `now`: neither away nor resting."""
        if self.resting_until is not None and now < self.resting_until:
            return False
        return not self.is_away(now.date())

    def is_away(self, day: date) -> bool:
        """Whether they said that they are away on that day."""
        return self.away_from is not None and self.away_from <= day <= (self.away_until or date.max)

    def judged(self, topics: Iterable[str], *, helped: bool) -> Self:
        """The same profile after help with these topics was judged."""
        records = {record.topic: record for record in self.records}
        for topic in topics:
            before = records.get(topic, TopicRecord(topic))
            records[topic] = replace(
                before, helped=before.helped + helped, not_helped=before.not_helped + (not helped)
            )
        return replace(self, records=tuple(records.values()))


def profile_of(person: Person, kept: Profile | None) -> Profile | None:
    """The profile of somebody who is a champion: their own, else the roster's; None for others.

    Whoever is off the staff list is none, whatever they offered before.
    """
    if person.roster is None:
        return None
    if kept is not None:
        active = kept.standing is Standing.ACTIVE
        return kept if active else None
    return drafted(person, Standing.ACTIVE) if person.holds(Right.CHAMPION) else None


def drafted(person: Person, standing: Standing) -> Profile:
    """A profile that begins with what the roster says."""
    entry = person.roster
    return Profile(
        person=person.id,
        standing=standing,
        roles=(person.role,) if person.role else (),
        topics=entry.topics if entry else (),
        site=entry.site if entry else "",
    )


@lru_cache(maxsize=4_096)
def place_key(site: str) -> str:
    """A site as it is compared: somebody types it in small letters, the staff list has capitals."""
    return " ".join(site.casefold().split())
