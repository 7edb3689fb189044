"""Rounds, answers, what is published of them, and plans."""

from collections.abc import Sequence, Set
from dataclasses import replace

from bot.domain.anonymity.publishing import Tally
from bot.domain.anonymity.suppression import check
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round
from bot.domain.staff.groups import Group, Level
from bot.storage.collections.base import Collection
from bot.storage.tallying import tallied
from bot.storage.working import ALL, joined


class Pulses(Collection):
    """Fulfils `ports.Pulses`."""

    async def get_round(self, round_id: str) -> Round | None:
        return self._tables.rounds.get(round_id)

    async def put_round(self, round_: Round) -> None:
        self._changes.put(self._tables.rounds, round_)

    async def rounds(self) -> Sequence[Round]:
        return list(self._tables.rounds.find("opens", ALL))

    async def closed_rounds(self) -> Sequence[Round]:
        return [round_ for round_ in await self.rounds() if round_.is_closed]

    async def is_silent(self, round_id: str) -> bool:
        return self._tables.answers.count("round", round_id) == 0

    async def put_answers(self, answers: Sequence[Answer]) -> None:
        for answer in answers:
            first = self._tables.answers.get(joined(answer.round, answer.voice)) or answer
            self._changes.put(self._tables.answers, replace(answer, group=first.group, site=first.site))

    async def answered(self, round_id: str, voices: Sequence[str]) -> Set[str]:
        return {one for one in voices if self._tables.answers.get(joined(round_id, one)) is not None}

    async def tallies(self, round_id: str, least: int) -> Sequence[Tally]:
        check(least)
        return tallied(self._tables.answers.find("round", round_id), least)

    async def remove_answers(self, round_id: str, voices: Sequence[str] | None = None) -> None:
        for answer in list(self._tables.answers.find("round", round_id)):
            if voices is None or answer.voice in voices:
                self._changes.remove(self._tables.answers, answer)

    async def publish(self, publications: Sequence[Publication]) -> None:
        for one in publications:
            if self._tables.publications.get(joined(one.group, one.round)) is None:
                self._changes.put(self._tables.publications, one)

    async def published(self, round_id: str) -> Sequence[Publication]:
        found = self._tables.publications.find("round", round_id)
        return [one for one in found if Group.of(one.group).level is not Level.TEAM]

    async def published_of(self, groups: Sequence[str]) -> Sequence[Publication]:
        found = [one for group in groups for one in self._tables.publications.find("group", group)]
        return sorted(found, key=lambda one: (one.round, one.group))


class Plans(Collection):
    """Fulfils `ports.Plans`."""

    async def get(self, group: str) -> Plan | None:
        return self._tables.plans.get(group)

    async def put(self, plan: Plan) -> None:
        self._changes.put(self._tables.plans, plan)
