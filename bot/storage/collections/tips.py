"""What each person saw, and how prompts went."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.domain.anonymity.suppression import check
from bot.domain.library.contributions import expect_shared
from bot.domain.library.experiences import Experience, Outcome, Votes
from bot.domain.library.prompts import PromptId
from bot.domain.rounds.pulses import Worked
from bot.domain.staff.people import PersonId
from bot.storage.collections.base import SMALLEST_STEP, Collection, earlier
from bot.storage.working import ALL, joined


class Experiences(Collection):
    """Fulfils `ports.Experiences`."""

    async def get(self, person: PersonId, prompt: PromptId) -> Experience | None:
        return self._tables.experiences.get(joined(person, prompt))

    async def get_all(self, pairs: Sequence[tuple[PersonId, PromptId]]) -> Sequence[Experience]:
        found = [self._tables.experiences.get(joined(person, prompt)) for person, prompt in pairs]
        return [one for one in found if one]

    async def put(self, experience: Experience) -> None:
        self._changes.put(self._tables.experiences, experience)

    async def put_all(self, experiences: Sequence[Experience]) -> None:
        for experience in experiences:
            self._changes.put(self._tables.experiences, experience)

    async def of(self, person: PersonId) -> Sequence[Experience]:
        return list(self._tables.experiences.find("person", person))

    async def mark_shown(self, experiences: Sequence[Experience]) -> None:
        for one in experiences:
            known = await self.get(one.person, one.prompt)
            await self.put(replace(known, shown=one.shown) if known else one)

    async def unmark(self, experiences: Sequence[Experience]) -> None:
        known = await self.get_all([(one.person, one.prompt) for one in experiences])
        self._remove(self._tables.experiences, [one for one in known if one in experiences])

    async def seen_each(
        self, people: Sequence[PersonId], after: datetime
    ) -> Mapping[PersonId, Set[PromptId]]:
        return {person: seen for person in people if (seen := self._seen(person, after))}

    def _seen(self, person: PersonId, after: datetime) -> Set[PromptId]:
        found = self._tables.experiences.find("person", person, first=after + SMALLEST_STEP)
        return {experience.prompt for experience in found}

    async def worked(self, least: int) -> Sequence[Worked]:
        check(least)
        rated = self._tables.experiences.find("shown", ALL)
        counts = Counter(one.prompt for one in rated if one.outcome is Outcome.WORKED)
        enough = [Worked(prompt, people) for prompt, people in counts.items() if people >= least]
        return sorted(enough, key=lambda one: (-one.people, one.prompt))

    async def reached(self, prompt: PromptId, but: PersonId | None = None) -> int:
        expect_shared(prompt)
        return sum(one.person != but for one in self._tables.experiences.find("shared", prompt))

    async def forget(self, before: datetime, limit: int) -> int:
        old = islice(earlier(self._tables.experiences, "shown", before), limit)
        return self._remove(self._tables.experiences, old)

    async def remove_of(self, person: PersonId) -> None:
        self._remove(self._tables.experiences, await self.of(person))


class PromptVotes(Collection):
    """Fulfils `ports.PromptVotes`."""

    async def get(self, prompt: PromptId) -> Votes:
        return self._tables.votes.get(prompt) or Votes(prompt)

    async def put(self, votes: Votes) -> None:
        self._changes.put(self._tables.votes, votes)

    async def all(self) -> Mapping[PromptId, Votes]:
        return {votes.prompt: votes for votes in self._tables.votes}
