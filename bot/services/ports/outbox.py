"""What is on its way to people, its history, and how fast it may go."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.outbox.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.outbox.pacing import Pace
from bot.domain.staff.people import PersonId


class Deliveries(Protocol):
    """The outbox and its history."""

    async def add(self, delivery: Delivery) -> bool:
        """Add it and return True; with a key that is known, change nothing and return False."""

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        """Add those whose keys are not known, and return their keys; the others change nothing."""

    async def get(self, key: str) -> Delivery | None:
        """The delivery with this key, or None."""

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        """Take up to `limit` claimable deliveries, earliest due first, under a lease from `now`.

        At most one of each person, and none of somebody who has another that is claimed, even if its lease
        has run out: the cap has to see what became of that one first.
        """

    async def in_flight(self) -> Sequence[Delivery]:
        """All that are claimed, earliest due first, whether their leases have run out or not."""

    async def put(self, delivery: Delivery) -> None:
        """Replace a delivery that is known. Raises KeyError for any other."""

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        """Replace several deliveries; those that are not known (any more) are left out."""

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        """When unasked messages to this person were settled as sent or unknown, from `since` on, in order."""

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        """The same for several people; nobody without any is in it."""

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        """The person's deliveries that may still be sent, earliest due first."""

    async def forget_reminders(self, round_id: str) -> None:
        """Take away every reminder of a round: who had one had not answered."""

    async def backlog(self, now: datetime) -> Backlog:
        """How much is due at `now` and not settled, whether claimed or not. Cheap, and holds nobody up."""

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        """All of one person's, open ones and history, by when they were due."""

    async def remove_of(self, person: PersonId) -> None:
        """Take away all of one person's. Nothing is left of them in any count."""

    async def roll_up(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` that were settled before a moment, oldest first; how many that were.

        What is left of them is a number more in the count of their day, kind and state, without a person.
        """

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        """The counts of all that was rolled up, by day, kind and state."""

    async def next_claimable(self) -> datetime | None:
        """When the first of those that may still be sent is due, or its lease ends; None without any."""

    async def totals(self) -> Mapping[State, Total]:
        """How many there are in each state, and their further tries; no state without any is in it."""


class Paces(Protocol):
    """How fast each tenant may be sent to, as all dispatchers of a store see it."""

    async def get(self, tenant: str) -> Pace | None:
        """The tenant's pace, or None. Units that read the same one do not interleave."""

    async def put(self, pace: Pace) -> None:
        """Add or replace it."""
