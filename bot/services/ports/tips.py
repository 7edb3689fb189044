"""What each person saw, and how prompts went for everybody together."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Protocol

from bot.domain.library.experiences import Experience, Votes
from bot.domain.library.prompts import PromptId
from bot.domain.rounds.pulses import Worked
from bot.domain.staff.people import PersonId


class Experiences(Protocol):
    """What each person saw and how it went."""

    async def get(self, person: PersonId, prompt: PromptId) -> Experience | None:
        """One person's experience of one prompt, or None."""

    async def get_all(self, pairs: Sequence[tuple[PersonId, PromptId]]) -> Sequence[Experience]:
        """Those of these pairs that there are, in any order. Holds nobody."""

    async def put(self, experience: Experience) -> None:
        """Add or replace it."""

    async def put_all(self, experiences: Sequence[Experience]) -> None:
        """Add or replace several."""

    async def of(self, person: PersonId) -> Sequence[Experience]:
        """All of one person's, ordered by when shown."""

    async def mark_shown(self, experiences: Sequence[Experience]) -> None:
        """Keep when prompts were shown last; an outcome that was given before stays."""

    async def unmark(self, experiences: Sequence[Experience]) -> None:
        """Take away what was marked as shown and never arrived.

        What was seen stays: what has an outcome, and what was shown at another moment than the mark's.
        """

    async def seen_each(
        self, people: Sequence[PersonId], after: datetime
    ) -> Mapping[PersonId, Set[PromptId]]:
        """What each of several people was last shown after a moment; nobody without anything is in it."""

    async def worked(self, least: int) -> Sequence[Worked]:
        """Each prompt that worked for `least` people or more, and for how many. Most first.

        Raises ValueError for a `least` under the smallest threshold there is.
        """

    async def reached(self, prompt: PromptId, but: PersonId | None = None) -> int:
        """How many people were shown a shared prompt and still have it in their history, but for one person.

        Raises ValueError for a prompt of the library's files.
        """

    async def forget(self, before: datetime, limit: int) -> int:
        """Take away up to `limit` that were last shown before a moment, oldest first; how many that were."""

    async def remove_of(self, person: PersonId) -> None:
        """Take away all of one person's."""


class PromptVotes(Protocol):
    """How prompts went for everybody together: totals without a person."""

    async def get(self, prompt: PromptId) -> Votes:
        """A prompt's totals. Units that read the same ones do not interleave."""

    async def put(self, votes: Votes) -> None:
        """Add or replace them."""

    async def all(self) -> Mapping[PromptId, Votes]:
        """Those of every prompt that has any."""
