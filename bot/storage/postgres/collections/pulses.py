"""Rounds, answers, what is published of them, and plans."""

from collections.abc import Sequence, Set

from bot.domain.anonymity.publishing import Tally
from bot.domain.anonymity.suppression import check
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round
from bot.storage.postgres import rows
from bot.storage.postgres.collections.base import Collection, only


class Pulses(Collection):
    """Fulfils `ports.Pulses`."""

    async def get_round(self, round_id: str) -> Round | None:
        """As the port says. Until this unit ends, no round opens or closes."""
        await self._session.hold("share_rounds")
        return only(await self._session.rows("round", rows.round_, round=round_id))

    async def put_round(self, round_: Round) -> None:
        await self._session.hold("hold_rounds")
        await self._session.write("round_put", [round_])

    async def rounds(self) -> Sequence[Round]:
        """As the port says. Until this unit ends, nobody else reads or changes a round."""
        await self._session.hold("hold_rounds")
        return await self._session.rows("rounds", rows.round_)

    async def closed_rounds(self) -> Sequence[Round]:
        return await self._session.rows("rounds_closed", rows.round_)

    async def is_silent(self, round_id: str) -> bool:
        return not await self._session.rows("answers_any", rows.number, round=round_id)

    async def put_answers(self, answers: Sequence[Answer]) -> None:
        last = {(answer.round, answer.voice): answer for answer in answers}
        await self._session.write("answers_put", [last[key] for key in sorted(last)])

    async def answered(self, round_id: str, voices: Sequence[str]) -> Set[str]:
        return set(await self._session.rows("answers_voices", rows.text, round=round_id, voices=list(voices)))

    async def tallies(self, round_id: str, least: int) -> Sequence[Tally]:
        check(least)
        return await self._session.rows("tallies", rows.tally, round=round_id, least=least)

    async def remove_answers(self, round_id: str, voices: Sequence[str] | None = None) -> None:
        if voices is None:
            await self._session.do("answers_removed", round=round_id)
        else:
            await self._session.do("answers_voices_removed", round=round_id, voices=list(voices))

    async def publish(self, publications: Sequence[Publication]) -> None:
        await self._session.write("publications_add", publications)

    async def published(self, round_id: str) -> Sequence[Publication]:
        return await self._session.rows("published", rows.publication, round=round_id)

    async def published_of(self, groups: Sequence[str]) -> Sequence[Publication]:
        return await self._session.rows("published_of", rows.publication, groups=list(groups))


class Plans(Collection):
    """Fulfils `ports.Plans`."""

    async def get(self, group: str) -> Plan | None:
        return only(await self._session.rows("plan", rows.plan, group=group))

    async def put(self, plan: Plan) -> None:
        await self._session.write("plan_put", [plan])
