"""How prompts went for everybody together, as statements of one transaction."""

from collections.abc import Mapping

from bot.domain.experiences import Votes
from bot.domain.prompts import PromptId
from bot.storage.postgres import rows
from bot.storage.postgres.session import Session


class PromptVotes:
    """Fulfils `ports.PromptVotes` on one session. Who asks for a prompt's totals holds them until the end."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
