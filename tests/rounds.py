"""Rounds with answers for the tests: open, or closed and published as a service would."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.rounds.pulses import Round, answers_of
from bot.domain.staff.people import GroupId, Person
from bot.services.ports import World
from bot.services.rounds import closing
from tests.samples import OPEN_FOR, WARD, staff

OPENS = datetime(2026, 11, 2, tzinfo=UTC)
MONTH = timedelta(days=28)
SECRET = b"s" * 32

Said = Sequence[Sequence[int | None]]
"""Answers: confidence, workload and the values of the turn, as many as there are."""

MIXED: Said = [(value % 5 + 1, value % 3 + 1) for value in range(12)]


def a_round(opens: datetime = OPENS, turn: str = "", wording: int = 1) -> Round:
    """A round of five days that is open."""
    return Round(f"{opens:%Y-%m-%d}", opens, opens + OPEN_FOR, SECRET, turn=turn, wording=wording)


async def answered(
    world: World,
    said: Said | Mapping[GroupId, Said],
    round_: Round | None = None,
    *,
    is_open: bool = False,
    listed: bool = False,
) -> Round:
    """A round in which these answers were given, closed and published unless said otherwise.

    Only where they are listed are those who gave them on the staff list, and roles and licences shown.
    """
    round_ = round_ or a_round()
    by_team = said if isinstance(said, Mapping) else {WARD: said}
    async with world.store.unit_of_work() as work:
        await work.pulses.put_round(round_)
        for team, answers in by_team.items():
            for number, one in enumerate(answers):
                person = _member(team, number)
                if listed:
                    await work.people.put(person)
                await work.pulses.put_answers(answers_of(round_, SECRET, person, one))
    if not is_open:
        await closing.close_due(replace(world, clock=_At(round_.closes)))
    return round_


async def answered_by(world: World, members: Sequence[Person], *, is_open: bool = False) -> Round:
    """A round in which these people, who are kept as well, said this and that; closed unless it is open."""
    round_ = a_round()
    async with world.store.unit_of_work() as work:
        await work.people.put_all(members)
        await work.pulses.put_round(round_)
        for number, member in enumerate(members):
            await work.pulses.put_answers(answers_of(round_, SECRET, member, MIXED[number % len(MIXED)]))
    if not is_open:
        await closing.close_due(replace(world, clock=_At(round_.closes)))
    return round_


def _member(team: GroupId, number: int) -> Person:
    return staff(f"Voice {team} {number}", team=team)


class _At:
    """The moment at which a round closes."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    async def wait_until(self, at: datetime) -> None:
        """Nothing waits here."""
