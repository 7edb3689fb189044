"""Where colleagues help colleagues."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.library.contributions import Contribution, Stage
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import PersonId
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection, only


class Introductions(Collection):
    """Who met which champion."""

    async def put(self, introduction: Introduction) -> None:
        await self._session.write("introduction_put", [introduction])

    async def by(self, asker: PersonId) -> Sequence[Introduction]:
        await self._session.hold("hold_people", [asker])
        return await self._session.rows("introductions_by", rows.introduction, asker=asker)

    async def of(self, person: PersonId) -> Sequence[Introduction]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("introductions_of", rows.introduction, person=person)

    async def remove_of(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        await self._session.rows("introductions_remove_of", rows.text, person=person)

    async def forget(self, before: datetime, limit: int) -> int:
        """As the port says, except those that another unit of work is taking away."""
        return len(await self._session.rows("introductions_forgotten", rows.text, before=before, limit=limit))


class HelpRequests(Collection):
    """Requests for a champion's help."""

    async def held(self) -> None:
        await self._session.hold("hold_help")

    async def get(self, request_id: str) -> HelpRequest | None:
        return only(await self._session.rows("help_request", rows.help_request, request=request_id))

    async def put(self, request: HelpRequest) -> None:
        await self._session.write("help_request_put", [request])

    async def of(self, person: PersonId) -> Sequence[HelpRequest]:
        return await self._session.rows("help_requests_of", rows.help_request, person=person)

    async def due(self, now: datetime, limit: int) -> Sequence[HelpRequest]:
        values = {"now": now, "limit": limit}
        return await self._session.rows_in_order("help_requests_due", rows.help_request, **values)

    async def changed_since(self, moment: datetime) -> Sequence[HelpRequest]:
        return await self._session.rows("help_requests_changed", rows.help_request, moment=moment)

    async def remove(self, request_id: str) -> None:
        await self._session.rows("help_request_remove", rows.text, request=request_id)

    async def forget(self, before: datetime, limit: int) -> int:
        values = {"before": before, "limit": limit}
        return len(await self._session.rows("help_requests_forgotten", rows.text, **values))


class Champions(Collection):
    """What champions say of themselves."""

    async def get(self, person: PersonId) -> Profile | None:
        return only(await self._session.rows("champion", rows.profile, person=person))

    async def put(self, profile: Profile) -> None:
        await self._session.write("champion_put", [profile])

    async def all(self) -> Sequence[Profile]:
        return await self._session.rows("champions", rows.profile)

    async def remove(self, person: PersonId) -> None:
        await self._session.rows("champion_remove", rows.text, person=person)


class Contributions(Collection):
    """The prompts that people shared."""

    async def get(self, contribution_id: str) -> Contribution | None:
        """As the port says. Until this unit ends, nobody else gets or changes it."""
        found = await self._session.rows("contribution", rows.contribution, contribution=contribution_id)
        return only(found)

    async def put(self, contribution: Contribution) -> None:
        await self._session.write("contribution_put", [contribution])

    async def of(self, person: PersonId) -> Sequence[Contribution]:
        """As the port says. Until this unit ends, nobody else gets or changes them."""
        return await self._session.rows("contributions_of", rows.contribution, person=person)

    async def remove(self, contribution_id: str) -> None:
        await self._session.rows("contribution_remove", rows.text, contribution=contribution_id)

    async def submitted(self) -> Sequence[Contribution]:
        return await self._at(Stage.SUBMITTED)

    async def approved(self) -> Sequence[Contribution]:
        return await self._at(Stage.APPROVED)

    async def _at(self, stage: Stage) -> Sequence[Contribution]:
        return await self._session.rows("contributions_at", rows.contribution, stage=stage.value)
