"""The people that the service knows."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from itertools import islice

from bot.domain.staff.groups import Membership
from bot.domain.staff.people import GroupId, Person, PersonId, Right, RoleId, RosterEntry
from bot.storage.collections.base import Collection, earlier
from bot.storage.working import ALL


class People(Collection):
    """Fulfils `ports.People`."""

    async def get(self, person: PersonId) -> Person | None:
        return self._tables.people.get(person)

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        found = {person: self._tables.people.get(person) for person in people}
        return {person: known for person, known in found.items() if known is not None}

    async def put(self, person: Person) -> None:
        self._changes.put(self._tables.people, person)

    async def put_all(self, people: Sequence[Person]) -> None:
        for person in people:
            self._changes.put(self._tables.people, person)

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        return list(islice(self._tables.people.find("next_nudge", ALL, last=now), limit))

    async def holding(self, right: Right) -> Sequence[Person]:
        return list(self._tables.people.find("rights", right))

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        found = self._tables.people.find("reachable", ALL, first=after)
        return list(islice((person.id for person in found if person.id > after), limit))

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        found = self._tables.people.find("listed", ALL, first=after)
        return [person.id for person in islice((p for p in found if p.id > after), limit)]

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        return list(islice(earlier(self._tables.people, "uninstalled", moment), limit))

    async def remove(self, person: PersonId) -> None:
        self._remove(self._tables.people, [self._tables.people.get(person)])

    async def leading(self) -> Sequence[Person]:
        return list(self._tables.people.find("leading", ALL))

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        entries = (person.roster for person in self._tables.people if person.roster)
        return Counter((entry.role, entry.site) for entry in entries)

    async def named(self, names: Sequence[str]) -> Set[str]:
        return {name for name in names if self._tables.people.count("names", name)}

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        listed: Counter[str] = Counter()
        without: Counter[str] = Counter()
        for person in self._tables.people.find("listed", ALL):
            if person.roster:
                listed[person.roster.site] += 1
                without[person.roster.site] += person.reference is None
        return {site: (listed[site], without[site]) for site in sorted(listed)}

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        found = self._tables.people.find("listed", ALL, first=after)
        lacking = (p.roster for p in found if p.roster and p.reference is None and p.id > after)
        return list(islice(lacking, limit))

    async def memberships(self) -> Mapping[Membership, int]:
        return Counter(person.roster.membership for person in self._tables.people if person.roster)

    async def groups(self) -> Mapping[GroupId, int]:
        return dict(sorted(self._tables.people.sizes("team").items()))
