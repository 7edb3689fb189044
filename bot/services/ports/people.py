"""Who there is: the staff list, and what people chose."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Protocol

from bot.domain.staff.groups import Membership
from bot.domain.staff.people import GroupId, Person, PersonId, Right, RoleId, RosterEntry


class People(Protocol):
    """The people that the service knows, by id."""

    async def get(self, person: PersonId) -> Person | None:
        """The person, or None."""

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        """Those of the people who are known."""

    async def put(self, person: Person) -> None:
        """Add or replace a person."""

    async def put_all(self, people: Sequence[Person]) -> None:
        """Add or replace several people."""

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        """Up to `limit` people whose `next_nudge` is at or before `now`, earliest first."""

    async def holding(self, right: Right) -> Sequence[Person]:
        """Everybody with a right, ordered by id."""

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        """The ids of up to `limit` people with a conversation, in order, from the next after `after` on."""

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        """The ids of up to `limit` people on the staff list whose ids come after `after`, in order of ids."""

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        """Up to `limit` people who left before a moment, longest ago first."""

    async def remove(self, person: PersonId) -> None:
        """Take a person away; one who is not known is no mistake."""

    async def leading(self) -> Sequence[Person]:
        """Everybody who leads a group, ordered by id."""

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        """How many people of the staff list each role has at each site."""

    async def named(self, names: Sequence[str]) -> Set[str]:
        """Which of these names are on the staff list; as `domain.names.plain` writes them."""

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        """For every site of the staff list, how many people it has, and how many of them are out of reach."""

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        """Up to `limit` entries of people who cannot be reached, whose ids come after `after`, in order."""

    async def memberships(self) -> Mapping[Membership, int]:
        """How many people the staff list has in each combination of site, team, role and licence there is."""

    async def groups(self) -> Mapping[GroupId, int]:
        """Every group of the roster and how many people count in it."""
