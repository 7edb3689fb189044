"""What each person saw, and how prompts went."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime

from bot.domain.anonymity.suppression import check
from bot.domain.library.contributions import expect_shared
from bot.domain.library.experiences import Experience, Votes
from bot.domain.library.prompts import PromptId
from bot.domain.rounds.pulses import Worked
from bot.domain.staff.people import PersonId
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection, only


class Experiences(Collection):
    """Fulfils `ports.Experiences`."""

    async def get(self, person: PersonId, prompt: PromptId) -> Experience | None:
        await self._session.hold("hold_people", [person])
        return only(await self._session.rows("experience", rows.experience, person=person, prompt=prompt))

    async def get_all(self, pairs: Sequence[tuple[PersonId, PromptId]]) -> Sequence[Experience]:
        people, prompts = [person for person, _ in pairs], [prompt for _, prompt in pairs]
        return await self._session.rows("experiences_some", rows.experience, people=people, prompts=prompts)

    async def put(self, experience: Experience) -> None:
        await self.put_all([experience])

    async def put_all(self, experiences: Sequence[Experience]) -> None:
        last = {(e.person, e.prompt): e for e in experiences}
        await self._session.write("experiences_put", [last[key] for key in sorted(last)])

    async def of(self, person: PersonId) -> Sequence[Experience]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("experiences_of", rows.experience, person=person)

    async def mark_shown(self, experiences: Sequence[Experience]) -> None:
        last = {(e.person, e.prompt): e for e in experiences}
        await self._session.write("experiences_shown", [last[key] for key in sorted(last)])

    async def unmark(self, experiences: Sequence[Experience]) -> None:
        people, prompts = [one.person for one in experiences], [one.prompt for one in experiences]
        values = {"people": people, "prompts": prompts, "shown": [one.shown for one in experiences]}
        await self._session.rows("experiences_unmark", rows.text, **values)

    async def seen_each(
        self, people: Sequence[PersonId], after: datetime
    ) -> Mapping[PersonId, Set[PromptId]]:
        """As the port says. Holds nobody: it is for people whom `due` gave."""
        values = {"people": list(people), "after": after}
        return dict(await self._session.rows("experiences_seen_each", rows.seen, **values))

    async def remove_of(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        await self._session.rows("experiences_remove_of", rows.text, person=person)

    async def worked(self, least: int) -> Sequence[Worked]:
        check(least)
        return await self._session.rows("experiences_worked", rows.worked, least=least)

    async def reached(self, prompt: PromptId, but: PersonId | None = None) -> int:
        expect_shared(prompt)
        (found,) = await self._session.rows("experiences_reached", rows.number, prompt=prompt, but=but)
        return found

    async def forget(self, before: datetime, limit: int) -> int:
        """As the port says, except those that another unit of work is changing."""
        values = {"before": before, "limit": limit}
        return sum(await self._session.rows_in_order("experiences_forgotten", rows.number, **values))


class PromptVotes(Collection):
    """Fulfils `ports.PromptVotes`. Who asks for a prompt's totals holds them until the end."""

    async def get(self, prompt: PromptId) -> Votes:
        """The prompt's totals."""
        await self._session.hold("hold_votes", [prompt])
        found = await self._session.rows("votes", rows.votes, prompt=prompt)
        return found[0] if found else Votes(prompt)

    async def put(self, votes: Votes) -> None:
        """Add or replace them."""
        await self._session.write("votes_put", [votes])

    async def all(self) -> Mapping[PromptId, Votes]:
        """Those of every prompt that has any."""
        return {votes.prompt: votes for votes in await self._session.rows("all_votes", rows.votes)}
