"""Rounds, answers, what is published of them, and plans."""

from collections.abc import Sequence, Set
from typing import Protocol

from bot.domain.anonymity.publishing import Tally
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round


class Pulses(Protocol):
    """Rounds and answers. There is no way to read one answer: only counts of several people come out."""

    async def get_round(self, round_id: str) -> Round | None:
        """The round, or None."""

    async def put_round(self, round_: Round) -> None:
        """Add or replace a round."""

    async def rounds(self) -> Sequence[Round]:
        """All rounds, by opening."""

    async def closed_rounds(self) -> Sequence[Round]:
        """All rounds that have closed, by opening. Holds nobody up."""

    async def is_silent(self, round_id: str) -> bool:
        """Whether nobody at all has answered."""

    async def put_answers(self, answers: Sequence[Answer]) -> None:
        """Keep answers. One of a known round and voice replaces what was said, in its first group."""

    async def answered(self, round_id: str, voices: Sequence[str]) -> Set[str]:
        """Which of these voices have answered; never what."""

    async def tallies(self, round_id: str, least: int) -> Sequence[Tally]:
        """The counts of every team, site, role and licence, and of all, with `least` answers or more.

        The questions are `confidence`, `workload`, `third` and `beside`. Raises ValueError for a `least`
        under the smallest threshold there is: nobody can ask for less.
        """

    async def remove_answers(self, round_id: str, voices: Sequence[str] | None = None) -> None:
        """Take away what these voices said in a round, or all of its answers."""

    async def publish(self, publications: Sequence[Publication]) -> None:
        """Keep what may be seen of a round. What was published before stays as it is."""

    async def published(self, round_id: str) -> Sequence[Publication]:
        """What was published of a round for all, sites, roles and licences, by group; not for teams."""

    async def published_of(self, groups: Sequence[str]) -> Sequence[Publication]:
        """All that was ever published of some groups, by round."""


class Plans(Protocol):
    """What each group's saved time is for."""

    async def get(self, group: str) -> Plan | None:
        """A group's plan, or None."""

    async def put(self, plan: Plan) -> None:
        """Add or replace it."""
