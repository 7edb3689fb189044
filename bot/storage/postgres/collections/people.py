"""The people that the service knows."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from bot.domain.staff.groups import Membership
from bot.domain.staff.people import GroupId, Person, PersonId, Right, RoleId, RosterEntry
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection
from bot.storage.postgres.session import Session


class People(Collection):
    """Fulfils `ports.People`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read: dict[PersonId, Person] = {}

    async def get(self, person: PersonId) -> Person | None:
        return (await self.get_all([person])).get(person)

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        await self._session.hold("hold_people", people)
        found = await self._session.rows("people", rows.person, people=list(people))
        self._read.update((person.id, person) for person in found)
        return {person.id: person for person in found}

    async def put(self, person: Person) -> None:
        await self.put_all([person])

    async def put_all(self, people: Sequence[Person]) -> None:
        """As the port says. Of those whom this unit has read, only what has changed is written."""
        last = {person.id: person for person in sorted(people, key=lambda p: p.id)}  # an order: no deadlocks
        moved = [p for p in last.values() if _has_only_moved(self._read.pop(p.id, None), p)]
        skipped = {person.id for person in moved}
        await self._session.write("people_moved", [_slot(person) for person in moved])
        await self._session.write("people_put", [p for p in last.values() if p.id not in skipped])

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        """As the port says, except people whom another unit of work holds: they are due again later."""
        found = await self._session.rows_in_order("people_due", rows.person, now=now, limit=limit)
        self._session.held("hold_people", [person.id for person in found])
        self._read.update((person.id, person) for person in found)
        return found

    async def holding(self, right: Right) -> Sequence[Person]:
        return await self._session.rows("people_holding", rows.person, right=right.value)

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        found = await self._session.rows("people_reachable", rows.text, after=after, limit=limit)
        return [PersonId(person) for person in found]

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        found = await self._session.rows("people_listed", rows.text, after=after, limit=limit)
        return [PersonId(one) for one in found]

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        """As the port says, except people whom another unit of work holds: they are found again later."""
        values = {"moment": moment, "limit": limit}
        found = await self._session.rows_in_order("people_uninstalled", rows.person, **values)
        self._session.held("hold_people", [person.id for person in found])
        return found

    async def remove(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        self._read.pop(person, None)
        await self._session.rows("people_remove", rows.text, person=person)

    async def leading(self) -> Sequence[Person]:
        return await self._session.rows("people_leading", rows.person)

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        return dict(await self._session.rows("people_places", rows.place))

    async def named(self, names: Sequence[str]) -> Set[str]:
        return set(await self._session.rows("people_named", rows.text, names=list(names)))

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        return dict(sorted(await self._session.rows("people_sites", rows.site)))

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        values = {"after": after, "limit": limit}
        return await self._session.rows_in_order("people_without_app", rows.roster_entry, **values)

    async def memberships(self) -> Mapping[Membership, int]:
        return dict(await self._session.rows("people_memberships", rows.membership))

    async def groups(self) -> Mapping[GroupId, int]:
        return dict(await self._session.rows("people_groups", rows.group))


def _slot(person: Person) -> dict[str, object]:
    """The part of a person's document that planning changes."""
    return {"id": person.id, "next_nudge": person.next_nudge and person.next_nudge.isoformat()}


def _has_only_moved(before: Person | None, person: Person) -> bool:
    """Whether nothing but the slot differs. Looks at identity: `replace` keeps the parts it is not given."""
    return (
        before is not None
        and before.roster is person.roster
        and before.preferences is person.preferences
        and before.reference is person.reference
        and before.uninstalled is person.uninstalled
    )
