"""Who used which right."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.audit import AuditRecord
from bot.domain.staff.people import PersonId
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection


class Audit(Collection):
    """Fulfils `ports.Audit`."""

    async def add(self, record: AuditRecord) -> None:
        await self._session.write("audit_add", [record])

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        if before:
            return await self._session.rows("audit_older", rows.audit_record, before=before, limit=limit)
        return await self._session.rows("audit_newest", rows.audit_record, limit=limit)

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        return await self._session.rows("audit_since", rows.audit_record, moment=moment)

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        return await self._session.rows("audit_of", rows.audit_record, person=person)

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        await self._session.rows("audit_unlinked", rows.text, person=person, stand_in=stand_in)

    async def forget(self, before: datetime, limit: int) -> int:
        return len(await self._session.rows("audit_forgotten", rows.text, before=before, limit=limit))
