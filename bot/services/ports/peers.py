"""Where colleagues help colleagues."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.library.contributions import Contribution
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import PersonId


class Introductions(Protocol):
    """Who was introduced to which champion."""

    async def put(self, introduction: Introduction) -> None:
        """Remember one."""

    async def by(self, asker: PersonId) -> Sequence[Introduction]:
        """All of one asker's, in order of time."""

    async def of(self, person: PersonId) -> Sequence[Introduction]:
        """All of one person's, as the asker or as the champion, in order of time."""

    async def remove_of(self, person: PersonId) -> None:
        """Take away all of one person's, on either side."""

    async def forget(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` from before a moment, oldest first; how many that were."""


class HelpRequests(Protocol):
    """Requests for a champion's help. Whoever changes some begins with `held`, before all else."""

    async def held(self) -> None:
        """Until this unit of work ends, no other one that asks for this goes on: offers must not collide."""

    async def get(self, request_id: str) -> HelpRequest | None:
        """The request, or None."""

    async def put(self, request: HelpRequest) -> None:
        """Add or replace it."""

    async def of(self, person: PersonId) -> Sequence[HelpRequest]:
        """All that somebody asked, or was offered as a champion, oldest first."""

    async def due(self, now: datetime, limit: int) -> Sequence[HelpRequest]:
        """Up to `limit` that move on by themselves at or before `now`, earliest first."""

    async def changed_since(self, moment: datetime) -> Sequence[HelpRequest]:
        """All that changed at a moment or later, in order of the change."""

    async def remove(self, request_id: str) -> None:
        """Take a request away; one that is not known is no mistake."""

    async def forget(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` that ended before a moment, oldest first; how many that were."""


class Champions(Protocol):
    """What champions said of themselves; those who said nothing are champions by the roster alone."""

    async def get(self, person: PersonId) -> Profile | None:
        """Somebody's profile, or None."""

    async def put(self, profile: Profile) -> None:
        """Add or replace it."""

    async def all(self) -> Sequence[Profile]:
        """Every profile, also of those who left, by person."""

    async def remove(self, person: PersonId) -> None:
        """Take a profile away; one that is not known is no mistake."""


class Contributions(Protocol):
    """The prompts that people shared."""

    async def get(self, contribution_id: str) -> Contribution | None:
        """The contribution, or None."""

    async def put(self, contribution: Contribution) -> None:
        """Add or replace it."""

    async def of(self, person: PersonId) -> Sequence[Contribution]:
        """All that somebody handed in or reviewed, oldest first."""

    async def remove(self, contribution_id: str) -> None:
        """Take a contribution away; one that is not known is no mistake."""

    async def submitted(self) -> Sequence[Contribution]:
        """Those that wait for a review, oldest first."""

    async def approved(self) -> Sequence[Contribution]:
        """Those in the library, oldest first."""
