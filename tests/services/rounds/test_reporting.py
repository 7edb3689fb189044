"""What may be said of a group, for whoever asks at the command line; and what nobody may see."""

from dataclasses import replace

import pytest

from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import GroupId, Licence
from bot.errors import Problems
from bot.services.ports import World
from bot.services.rounds import reporting
from bot.services.rounds.reporting import as_document, rows
from tests.kept import keep
from tests.rounds import MIXED, MONTH, OPENS, a_round, answered
from tests.samples import BOOKING, OPERATOR, WARD, staff

OTHER = GroupId("Booking sample")
LEAD = staff("Lea Sample", leads=frozenset({WARD}))
GROUP = Group(Level.TEAM, WARD)


async def test_a_report_has_everything_that_was_published(world: World) -> None:
    """For a team, its site and the organisation; None before anything has closed."""
    assert await reporting.report(world, GROUP) is None
    await answered(world, MIXED)
    for group in (GROUP, Group(Level.SITE, "North site"), WHOLE):
        found = await reporting.report(world, group)
        assert found is not None
        assert found.shown
        assert found.readings[-1].people == 10
    nobody = await reporting.report(world, Group(Level.TEAM, OTHER))
    assert nobody is not None
    assert not nobody.shown


async def test_published_figures_as_a_document(world: World) -> None:
    """What the card says: rounded shares, means with intervals, findings and one thing to do."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    document = as_document(await reporting.published(world, OPERATOR, WARD))
    assert (document["group"], document["level"], document["round"]) == (WARD, "team", "2026-11-02")
    assert (document["shown"], document["answers_about"]) == (True, 10)
    assert str(document["headline"]).startswith("Confidence is 2.8 of 5 (likely between ")
    assert document["questions"] == rows(await reporting.published(world, OPERATOR, WARD))


async def test_rows_are_exactly_what_was_published(world: World) -> None:
    """A row an answer: a share rounded to 5, and the mean with its margin."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    first, *others = rows(await reporting.published(world, OPERATOR, WARD))
    assert first == {
        "group": WARD,
        "round": "2026-11-02",
        "question": "About confidence",
        "answer": "Not at all",
        "percent": 25,
        "mean": 2.8,
        "give_or_take": 1.0,
        "unit": "of 5",
    }
    assert len(others) == 9


async def test_a_hidden_question_has_empty_cells(world: World) -> None:
    """What nearly everybody said is in no form of the figures."""
    await keep(world, LEAD)
    await answered(world, [(4, value % 5 + 1) for value in range(12)])
    hidden = [row for row in rows(await reporting.published(world, OPERATOR, WARD)) if "conf" in str(row)]
    assert [(row["percent"], row["mean"], row["give_or_take"]) for row in hidden] == [(None, None, None)] * 5


@pytest.mark.parametrize(
    ("name", "level", "called"),
    [
        ("South site", "site", "South site"),
        ("booking", "role", "Outpatient booking"),
        ("copilot", "licence", "Copilot"),
    ],
)
async def test_every_group_of_the_staff_list_is_known(
    world: World, name: str, level: str, called: str
) -> None:
    """Also a site, a role or a licence of which nothing was ever shown."""
    few = staff("Fay Sample", site="South site", role=BOOKING, licence=Licence.COPILOT)
    await keep(world, LEAD, few)
    await answered(world, MIXED)
    document = as_document(await reporting.published(world, OPERATOR, name))
    assert (document["level"], document["shown"]) == (level, False)
    assert str(document["group"]).startswith(called)


async def test_too_few_are_not_published(world: World) -> None:
    """The operator's command keeps the threshold as well: no number of answers, no figures."""
    await keep(world, LEAD)
    await answered(world, MIXED[:9])
    assert as_document(await reporting.published(world, OPERATOR, WARD)) == {
        "group": WARD,
        "level": "team",
        "round": "2026-11-02",
        "shown": False,
        "why": "fewer than 10 answers, or nothing that is safe to show",
    }


async def test_a_round_can_be_named(world: World) -> None:
    """An earlier one as it was then; one that never was is a problem with a way on."""
    await keep(world, LEAD)
    await answered(world, [(1, 1), (2, 2)] * 6)
    await answered(world, MIXED, a_round(OPENS + MONTH))
    found = await reporting.published(world, OPERATOR, WARD, "2026-11-02")
    assert as_document(found)["round"] == "2026-11-02"
    assert as_document(await reporting.published(world, OPERATOR, WARD))["round"] == "2026-11-30"
    with pytest.raises(Problems, match="there are 2026-11-02 and 2026-11-30"):
        await reporting.published(world, OPERATOR, WARD, "2020-01-01")


@pytest.mark.parametrize(("group", "said"), [(OTHER, "is no group"), (WARD, "no round of questions")])
async def test_what_cannot_be_published_is_said(world: World, group: GroupId, said: str) -> None:
    """An unknown group and a first round that is still open are problems with a way on."""
    await keep(world, LEAD)
    await answered(world, MIXED, is_open=True)
    with pytest.raises(Problems, match=said):
        await reporting.published(world, OPERATOR, group)


@pytest.mark.parametrize(
    "name", ["organisation", "Organisation", "north site", "site:North site", WARD.upper()]
)
async def test_groups_are_found_by_name(world: World, name: str) -> None:
    """A team, a site or everybody, however they are spelt."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    assert (await reporting.published(world, OPERATOR, name)).shown


async def test_another_wording_is_not_compared(world: World) -> None:
    """Where a word of the questions has changed, there is no trend."""
    await keep(world, LEAD)
    await answered(world, [(1, 1), (2, 2)] * 6)
    await answered(world, [(4, 4), (5, 5)] * 6, a_round(OPENS + MONTH, wording=2))
    found = await reporting.published(world, OPERATOR, WARD)
    assert len(found.readings) == 2
    compared = replace(
        found, readings=[replace(r, round=replace(r.round, wording=2)) for r in found.readings]
    )
    assert reporting.rows(found) == reporting.rows(compared)
