"""What is on its way, its history, and how fast it may go."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta

from bot.domain.outbox.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.outbox.pacing import Pace
from bot.domain.staff.people import PersonId
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection, only


class Deliveries(Collection):
    """Fulfils `ports.Deliveries`."""

    async def add(self, delivery: Delivery) -> bool:
        return bool(await self.add_all([delivery]))

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        in_order = sorted(deliveries, key=lambda d: d.key)  # stable: of two with one key the first is added
        return set(await self._session.returned("deliveries_add", in_order, rows.text))

    async def get(self, key: str) -> Delivery | None:
        return only(await self._session.rows("delivery", rows.delivery, key=key))

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        """As the port says, except people whom another unit of work holds. Holds those whom it is for."""
        found = await self._session.rows_in_order("deliveries_free", rows.delivery, now=now, limit=limit)
        people = [delivery.person for delivery in found]
        self._session.held("hold_people", people)
        taken = await self._session.rows("deliveries_in_flight", rows.in_flight, people=people)
        others = {person for person, key in taken} - {d.person for d in found if (d.person, d.key) in taken}
        claimed = [delivery.claimed(now, lease) for delivery in found if delivery.person not in others]
        await self._session.write("deliveries_leased", [_lease(delivery) for delivery in claimed])
        return claimed

    async def in_flight(self) -> Sequence[Delivery]:
        return await self._session.rows("deliveries_claimed", rows.delivery)

    async def put(self, delivery: Delivery) -> None:
        if not await self._replace([delivery]):
            raise KeyError(delivery.key)

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        await self._replace(deliveries)

    async def _replace(self, deliveries: Sequence[Delivery]) -> Sequence[str]:
        """Replace those that are known, and return their keys."""
        last = {delivery.key: delivery for delivery in deliveries}
        people = [delivery.person for delivery in deliveries]
        await self._session.hold("hold_people", people)  # everybody's order: then rows
        return await self._session.returned("deliveries_put", list(last.values()), rows.text)

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        return (await self.unasked_since_each([person], since)).get(person, [])

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        await self._session.hold("hold_people", people)
        found: dict[PersonId, list[datetime]] = {}
        arrivals = await self._session.rows(
            "deliveries_unasked_since", rows.arrival, people=list(people), since=since
        )
        for person, settled in arrivals:
            found.setdefault(person, []).append(settled)
        return found

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("deliveries_open_for", rows.delivery, person=person)

    async def forget_reminders(self, round_id: str) -> None:
        await self._session.do("deliveries_reminders_removed", round=round_id)

    async def backlog(self, now: datetime) -> Backlog:
        (found,) = await self._session.rows("deliveries_backlog", rows.backlog, now=now)
        return found

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("deliveries_of", rows.delivery, person=person)

    async def remove_of(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        await self._session.rows("deliveries_remove_of", rows.text, person=person)

    async def roll_up(self, before: datetime, limit: int) -> int:
        """As the port says, except those that another unit of work is changing."""
        values = {"before": before, "limit": limit}
        return sum(await self._session.rows_in_order("deliveries_rolled_up", rows.number, **values))

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        return await self._session.rows("delivery_counts", rows.delivery_count)

    async def next_claimable(self) -> datetime | None:
        return only(await self._session.rows("deliveries_next_claimable", rows.moment))

    async def totals(self) -> Mapping[State, Total]:
        return dict(await self._session.rows("deliveries_totals", rows.total))


class Paces(Collection):
    """Fulfils `ports.Paces`."""

    async def get(self, tenant: str) -> Pace | None:
        await self._session.hold("hold_paces", [tenant])
        return only(await self._session.rows("pace", rows.pace, tenant=tenant))

    async def put(self, pace: Pace) -> None:
        await self._session.write("pace_put", [pace])


def _lease(delivery: Delivery) -> dict[str, object]:
    """What a claim changes of a delivery."""
    return {
        "key": delivery.key,
        "attempts": delivery.attempts,
        "claimed_until": delivery.claimed_until,
        "note": delivery.note,
    }
