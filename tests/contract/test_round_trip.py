"""Whatever the domain allows comes back from a store as it was."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from bot.domain.anonymity import SMALLEST_THRESHOLD
from bot.services.ports import UnitOfWork
from bot.storage.tallying import QUESTIONS
from tests.contract.conftest import BACKENDS
from tests.contract.strategies import Everything, everything

FEW = SMALLEST_THRESHOLD


def counted(value: int | None) -> dict[int, int]:
    """The counts of a question to which everybody gave this answer, or none."""
    return {} if value is None else {value: FEW}


async def put(work: UnitOfWork, rows: Everything) -> None:
    """Put one row of each sort."""
    await work.people.put(rows.person)
    await work.experiences.put(rows.experience)
    await work.votes.put(rows.votes)
    await work.deliveries.add(rows.delivery)
    await work.pulses.put_round(rows.round)
    await work.pulses.put_answers([replace(rows.answer, voice=f"{n}") for n in range(FEW)])
    await work.pulses.publish([rows.publication])
    await work.plans.put(rows.plan)
    await work.introductions.put(rows.introduction)
    await work.help_requests.put(rows.help_request)
    await work.champions.put(rows.profile)
    await work.contributions.put(rows.contribution)
    await work.paces.put(rows.pace)
    await work.audit.add(rows.audit_record)


async def assert_there(work: UnitOfWork, rows: Everything) -> None:
    """Each row is there as it was put; of the answer, which five people gave, its counts."""
    answer = rows.answer
    assert await work.people.get(rows.person.id) == rows.person
    assert await work.experiences.get(rows.experience.person, rows.experience.prompt) == rows.experience
    assert await work.votes.get(rows.votes.prompt) == rows.votes
    assert await work.deliveries.get(rows.delivery.key) == rows.delivery
    assert await work.pulses.get_round(rows.round.id) == rows.round
    (tally,) = [t for t in await work.pulses.tallies(answer.round, FEW) if t.group.key == answer.group]
    assert tally.site == answer.site
    assert tally.counts == {name: counted(getattr(answer, name)) for name in QUESTIONS}
    assert await work.pulses.published_of([rows.publication.group]) == [rows.publication]
    assert await work.plans.get(rows.plan.group) == rows.plan
    assert await work.introductions.by(rows.introduction.asker) == [rows.introduction]
    assert await work.help_requests.get(rows.help_request.id) == rows.help_request
    assert await work.champions.get(rows.profile.person) == rows.profile
    assert await work.contributions.get(rows.contribution.id) == rows.contribution
    assert await work.paces.get(rows.pace.tenant) == rows.pace
    assert await work.audit.newest(1) == [rows.audit_record]


@pytest.mark.parametrize("backend", BACKENDS)
@settings(max_examples=25)
@given(rows=everything)
async def test_any_row_survives(backend: str, rows: Everything) -> None:
    """Put, and read after everything was closed and opened again where the backend can."""
    with TemporaryDirectory() as folder:
        async with BACKENDS[backend](Path(folder) / "store") as store:
            async with store.unit_of_work() as work:
                await put(work, rows)
            async with store.unit_of_work() as work:
                await assert_there(work, rows)
