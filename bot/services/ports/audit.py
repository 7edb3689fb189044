"""Who used which right."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.audit import AuditRecord
from bot.domain.staff.people import PersonId


class Audit(Protocol):
    """Who used a lead's or an administrator's right. Records are added, and changed by `unlink` alone."""

    async def add(self, record: AuditRecord) -> None:
        """Keep a record; one with an id that is known changes nothing."""

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        """Up to `limit` records, newest first; those older than the record with the id `before`, if given."""

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        """All records from a moment on, oldest first."""

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        """All records by or about somebody, oldest first."""

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        """Put another name in the place of this person's id in every record."""

    async def forget(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` records from before a moment, oldest first; how many that were."""
