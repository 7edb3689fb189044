"""Who used which right."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from bot.domain.audit import AuditRecord
from bot.domain.staff.people import PersonId
from bot.storage.collections.base import Collection, earlier
from bot.storage.working import ALL


class Audit(Collection):
    """Fulfils `ports.Audit`."""

    async def add(self, record: AuditRecord) -> None:
        if self._tables.audit.get(record.id) is None:
            self._changes.put(self._tables.audit, record)

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        mark = self._tables.audit.get(before)
        if before and mark is None:
            return []
        found = list(self._tables.audit.find("at", ALL, last=mark.at if mark else None))
        older = [r for r in found if mark is None or (r.at, r.id) < (mark.at, mark.id)]
        return older[::-1][:limit]

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        return list(self._tables.audit.find("at", ALL, first=moment))

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        return list(self._tables.audit.find("named", person))

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        for record in await self.of(person):
            self._changes.put(self._tables.audit, record.unlinked(person, stand_in))

    async def forget(self, before: datetime, limit: int) -> int:
        old = islice(earlier(self._tables.audit, "at", before), limit)
        return self._remove(self._tables.audit, old)
