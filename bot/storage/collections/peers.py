"""Where colleagues help colleagues."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from bot.domain.library.contributions import Contribution, Stage
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import PersonId
from bot.storage.collections.base import Collection, earlier
from bot.storage.working import ALL


class Introductions(Collection):
    """Who met which champion."""

    async def put(self, introduction: Introduction) -> None:
        self._changes.put(self._tables.introductions, introduction)

    async def by(self, asker: PersonId) -> Sequence[Introduction]:
        return list(self._tables.introductions.find("asker", asker))

    async def of(self, person: PersonId) -> Sequence[Introduction]:
        return list(self._tables.introductions.find("person", person))

    async def remove_of(self, person: PersonId) -> None:
        self._remove(self._tables.introductions, await self.of(person))

    async def forget(self, before: datetime, limit: int) -> int:
        old = islice(earlier(self._tables.introductions, "at", before), limit)
        return self._remove(self._tables.introductions, old)


class HelpRequests(Collection):
    """Requests for a champion's help."""

    async def held(self) -> None:
        """Nothing to do: units of work do not interleave here."""

    async def get(self, request_id: str) -> HelpRequest | None:
        return self._tables.help_requests.get(request_id)

    async def put(self, request: HelpRequest) -> None:
        self._changes.put(self._tables.help_requests, request)

    async def of(self, person: PersonId) -> Sequence[HelpRequest]:
        return list(self._tables.help_requests.find("person", person))

    async def due(self, now: datetime, limit: int) -> Sequence[HelpRequest]:
        return list(islice(self._tables.help_requests.find("due", ALL, last=now), limit))

    async def changed_since(self, moment: datetime) -> Sequence[HelpRequest]:
        return list(self._tables.help_requests.find("changed", ALL, first=moment))

    async def remove(self, request_id: str) -> None:
        self._remove(self._tables.help_requests, [self._tables.help_requests.get(request_id)])

    async def forget(self, before: datetime, limit: int) -> int:
        old = (r for r in earlier(self._tables.help_requests, "changed", before) if not r.due)
        return self._remove(self._tables.help_requests, list(islice(old, limit)))


class Champions(Collection):
    """What champions say of themselves."""

    async def get(self, person: PersonId) -> Profile | None:
        return self._tables.champions.get(person)

    async def put(self, profile: Profile) -> None:
        self._changes.put(self._tables.champions, profile)

    async def all(self) -> Sequence[Profile]:
        return list(self._tables.champions.find("every", ALL))

    async def remove(self, person: PersonId) -> None:
        self._remove(self._tables.champions, [self._tables.champions.get(person)])


class Contributions(Collection):
    """The prompts that people shared."""

    async def get(self, contribution_id: str) -> Contribution | None:
        return self._tables.contributions.get(contribution_id)

    async def put(self, contribution: Contribution) -> None:
        self._changes.put(self._tables.contributions, contribution)

    async def of(self, person: PersonId) -> Sequence[Contribution]:
        return list(self._tables.contributions.find("person", person))

    async def remove(self, contribution_id: str) -> None:
        self._remove(self._tables.contributions, [self._tables.contributions.get(contribution_id)])

    async def submitted(self) -> Sequence[Contribution]:
        return list(self._tables.contributions.find("stage", Stage.SUBMITTED))

    async def approved(self) -> Sequence[Contribution]:
        return list(self._tables.contributions.find("stage", Stage.APPROVED))
