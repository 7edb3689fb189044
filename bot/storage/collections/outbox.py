"""What is on its way, its history, and how fast it may go."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from bot.domain.outbox.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.outbox.pacing import Pace
from bot.domain.staff.people import PersonId
from bot.storage.collections.base import Collection, earlier
from bot.storage.working import ALL


class Deliveries(Collection):
    """Fulfils `ports.Deliveries`."""

    async def add(self, delivery: Delivery) -> bool:
        if self._tables.deliveries.get(delivery.key) is not None:
            return False
        self._changes.put(self._tables.deliveries, delivery)
        return True

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        return {delivery.key for delivery in deliveries if await self.add(delivery)}

    async def get(self, key: str) -> Delivery | None:
        return self._tables.deliveries.get(key)

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        claimed = [delivery.claimed(now, lease) for delivery in islice(self._free(now), limit)]
        for delivery in claimed:
            self._changes.put(self._tables.deliveries, delivery)
        return claimed

    async def in_flight(self) -> Sequence[Delivery]:
        return [d for d in self._tables.deliveries.find("open", ALL) if d.state is State.CLAIMED]

    def _free(self, now: datetime) -> Iterator[Delivery]:
        """What may be claimed, earliest due first, one of each person."""
        taken: set[PersonId] = set()
        for delivery in self._tables.deliveries.find("open", ALL, last=now):
            free = delivery.person not in taken and not self._in_flight(delivery)
            if free and delivery.claimable(now):
                taken.add(delivery.person)
                yield delivery

    def _in_flight(self, delivery: Delivery) -> bool:
        """Whether another delivery of the same person is claimed."""
        theirs = self._tables.deliveries.find("open_for", delivery.person)
        return any(one.state is State.CLAIMED and one.key != delivery.key for one in theirs)

    async def put(self, delivery: Delivery) -> None:
        if self._tables.deliveries.get(delivery.key) is None:
            raise KeyError(delivery.key)
        self._changes.put(self._tables.deliveries, delivery)

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            if self._tables.deliveries.get(delivery.key) is not None:
                self._changes.put(self._tables.deliveries, delivery)

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        found = self._tables.deliveries.find("unasked", person, first=since)
        return [delivery.settled for delivery in found if delivery.settled]

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        found = {person: await self.unasked_since(person, since) for person in people}
        return {person: moments for person, moments in found.items() if moments}

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        return list(self._tables.deliveries.find("open_for", person))

    async def forget_reminders(self, round_id: str) -> None:
        for reminder in list(self._tables.deliveries.find("reminders", round_id)):
            self._changes.remove(self._tables.deliveries, reminder)

    async def backlog(self, now: datetime) -> Backlog:
        oldest = next(self._tables.deliveries.find("open", ALL, last=now), None)
        waiting = self._tables.deliveries.count("open", ALL, last=now)
        return Backlog(waiting, oldest.due if oldest else None)

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        return list(self._tables.deliveries.find("person", person))

    async def remove_of(self, person: PersonId) -> None:
        self._remove(self._tables.deliveries, await self.of(person))

    async def roll_up(self, before: datetime, limit: int) -> int:
        old = list(islice(earlier(self._tables.deliveries, "settled", before), limit))
        for counted in _counted(old):
            self._count(counted)
        return self._remove(self._tables.deliveries, old)

    def _count(self, more: DeliveryCount) -> None:
        table = self._tables.delivery_counts
        known = table.get(table.key(more))
        self._changes.put(table, replace(more, number=more.number + (known.number if known else 0)))

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        return list(self._tables.delivery_counts.find("every", ALL))

    async def next_claimable(self) -> datetime | None:
        moments = (d.claimed_until or d.due for d in self._tables.deliveries.find("open", ALL))
        return min(moments, default=None)

    async def totals(self) -> Mapping[State, Total]:
        counted: dict[State, Total] = {}
        for delivery in self._tables.deliveries:
            counted[delivery.state] = counted.get(delivery.state, Total()).plus(delivery)
        return counted


class Paces(Collection):
    """Fulfils `ports.Paces`."""

    async def get(self, tenant: str) -> Pace | None:
        return self._tables.paces.get(tenant)

    async def put(self, pace: Pace) -> None:
        self._changes.put(self._tables.paces, pace)


def _counted(deliveries: Iterable[Delivery]) -> Iterator[DeliveryCount]:
    """How many there are of each day, kind and state."""
    settled = ((d.settled, d.kind, d.state) for d in deliveries)
    found = Counter((at.astimezone(UTC).date(), kind, state) for at, kind, state in settled if at)
    return (DeliveryCount(*of, number) for of, number in found.items())
