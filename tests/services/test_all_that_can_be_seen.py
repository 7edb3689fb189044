"""Somebody keeps every card, table and page of every group and round: what was published, and no more.

So what the laws in `tests/domain/anonymity` say of published figures holds for all that anybody can see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from bot.content.summary_page import page
from bot.domain.commands.leads import ExportSummary, ShowComparison, ShowSummary, ShowSummaryBefore
from bot.domain.rounds.pulses import Round, answers_of
from bot.domain.rounds.tables import as_csv
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import GroupId, Licence, Person, RoleId
from bot.services.own import erasing
from bot.services.ports import World
from bot.services.rounds import closing, reporting, summarising
from bot.services.rounds.reporting import as_document, rows
from bot.storage.memory import MemoryStore
from tests.fakes import SettableClock
from tests.rounds import MIXED, MONTH, OPENS, SECRET, a_round
from tests.samples import BOOKING, CLERK, WARD, staff
from tests.services.rounds.test_closing import RealChance

LAB, DESK = GroupId("Lab sample"), GroupId("Desk sample")


def members(
    team: GroupId,
    number: int,
    *,
    role: RoleId = CLERK,
    licence: Licence = Licence.CHAT,
    site: str = "North site",
) -> list[Person]:
    """So many people of a team; the first leads it."""
    found = [staff(f"{team} {n}", team=team, role=role, licence=licence, site=site) for n in range(number)]
    first = found[0]
    assert first.roster is not None
    return [replace(first, roster=replace(first.roster, leads=frozenset({team}))), *found[1:]]


@dataclass(frozen=True)
class Organisation:
    """A hand-made one with few groups: who is in it, and who moves to which team after the first round."""

    people: Sequence[Person]
    mover: int
    to: GroupId


ORGANISATIONS = {
    "two teams on one site": Organisation([*members(WARD, 14), *members(LAB, 13)], 5, LAB),
    "a team of just ten": Organisation([*members(WARD, 10), *members(LAB, 21)], 5, LAB),
    "a small team beside two": Organisation(
        [*members(WARD, 14), *members(LAB, 13), *members(DESK, 4)], 28, WARD
    ),
    "a role for each team": Organisation(
        [*members(WARD, 15, role=CLERK), *members(LAB, 15, role=BOOKING)], 3, LAB
    ),
    "a site for each team": Organisation([*members(WARD, 14), *members(LAB, 13, site="South site")], 2, LAB),
    "seven without a licence": Organisation(
        [
            *members(WARD, 20, licence=Licence.COPILOT),
            *members(LAB, 13),
            *members(DESK, 7, licence=Licence.NOTHING),
        ],
        4,
        LAB,
    ),
}


async def lived(world: World, of: Organisation) -> list[Round]:
    """Two rounds in which everybody said the same; between them one person moved to another team."""
    rounds = [a_round(), a_round(OPENS + MONTH)]
    people = list(of.people)
    for round_ in rounds:
        async with world.store.unit_of_work() as work:
            await work.people.put_all(people)
            await work.pulses.put_round(round_)
            for number, person in enumerate(people):
                await work.pulses.put_answers(answers_of(round_, SECRET, person, MIXED[number % len(MIXED)]))
        await closing.close_due(replace(world, clock=SettableClock(round_.closes)))
        moving = people[of.mover].roster
        assert moving is not None
        people[of.mover] = replace(people[of.mover], roster=replace(moving, team=of.to))
    return rounds


async def seen(world: World, of: Organisation, rounds: Sequence[Round]) -> list[str]:
    """Every card of every lead, and what the command shows of every group in every round, in every form."""
    found: list[str] = []
    for lead in (person for person in of.people if person.roster and person.roster.leads):
        found += [
            repr(await summarising.summary(world, lead.id, ShowSummary())),
            repr(await summarising.summary_before(world, lead.id, ShowSummaryBefore())),
            repr(await summarising.compare(world, lead.id, ShowComparison())),
            repr(await summarising.export(world, lead.id, ExportSummary())),
        ]
    groups = {group for person in of.people if person.roster for group in person.roster.membership.groups}
    for group in [WHOLE, *sorted(groups)]:
        for round_ in rounds:
            report = await reporting.report(world, group, round_.id)
            assert report is not None
            table = as_csv(rows(report)) if report.shown else ""
            found += [repr(as_document(report)), table]
            if group == WHOLE:  # drawing takes long, and every page is made of such a report
                found.append(page(report, sample_data=False))
    return found


@pytest.fixture
def moved(world: World) -> World:
    """A world in which counts are moved."""
    return replace(world, chance=RealChance())


@pytest.mark.parametrize("name", ORGANISATIONS)
async def test_all_is_made_of_what_was_published(moved: World, name: str) -> None:
    """A store that never had an answer shows the same, to the letter, once it has the publications."""
    of = ORGANISATIONS[name]
    rounds = await lived(moved, of)
    copy = replace(moved, store=MemoryStore())
    async with moved.store.unit_of_work() as work:
        every = [Group(Level.TEAM, team).key for team in await work.people.groups()]
        published = list(await work.pulses.published_of(every))
        for round_ in rounds:
            published += await work.pulses.published(round_.id)
        people = list((await work.people.get_all([person.id for person in of.people])).values())
    async with copy.store.unit_of_work() as work:
        await work.people.put_all(people)
        await work.pulses.publish(published)
        for round_ in rounds:
            await work.pulses.put_round(round_.closed())
    assert await seen(copy, of, rounds) == await seen(moved, of, rounds)


@pytest.mark.parametrize("name", ORGANISATIONS)
async def test_an_erasure_changes_nothing_that_was_seen(moved: World, name: str) -> None:
    """Before less after would be the answers of one person."""
    of = ORGANISATIONS[name]
    rounds = await lived(moved, of)
    before = await seen(moved, of, rounds)
    await erasing.erase_mine(moved, of.people[of.mover].id)
    assert await seen(moved, of, rounds) == before


@pytest.mark.parametrize("name", ORGANISATIONS)
async def test_who_left_in_the_middle_of_a_round_is_in_no_figure(moved: World, name: str) -> None:
    """What was published looks as if they had never answered, on any level."""
    of, round_ = ORGANISATIONS[name], a_round()
    leaving, staying = of.people[of.mover], [one for one in of.people if one != of.people[of.mover]]
    never = replace(moved, store=MemoryStore(), chance=RealChance())
    for world, people in ((moved, of.people), (never, staying)):
        async with world.store.unit_of_work() as work:
            await work.people.put_all(people)
            await work.pulses.put_round(round_)
            for number, person in enumerate(staying):
                await work.pulses.put_answers(answers_of(round_, SECRET, person, MIXED[number % len(MIXED)]))
    async with moved.store.unit_of_work() as work:
        await work.pulses.put_answers(answers_of(round_, SECRET, leaving, (5, 5)))
    await erasing.erase_mine(moved, leaving.id)
    for world in (moved, never):
        await closing.close_due(replace(world, clock=SettableClock(round_.closes)))
    assert await seen(moved, of, [round_]) == await seen(never, of, [round_])


async def test_each_round_is_moved_anew(moved: World) -> None:
    """The same answers of the same people twice: their difference is chance alone, and no zero."""
    of = replace(ORGANISATIONS["two teams on one site"], to=WARD)
    rounds = await lived(moved, of)
    async with moved.store.unit_of_work() as work:
        first, second = [await work.pulses.published(round_.id) for round_ in rounds]
    assert [one.group for one in first] == [one.group for one in second]
    assert all(
        one.figures[0].values != other.figures[0].values for one, other in zip(first, second, strict=True)
    )
