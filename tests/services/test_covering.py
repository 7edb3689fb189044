"""What administrators see of the champions: totals, and where somebody is missing."""

from bot.domain.champion_commands import BecomeChampion, ShowCoverage
from bot.domain.messages import Note
from bot.domain.people import Right
from bot.services import conversing, covering
from bot.services.ports import World
from tests.kept import keep
from tests.requests import accepted, offered
from tests.samples import BOOKING, CLERK, champion, staff

ADA = staff("Ada Sample", role=BOOKING, site="South site", rights=frozenset({Right.ADMINISTRATOR}))
CHAM = champion()


async def town(world: World) -> None:
    """One champion at the north site, with one request accepted and one that waits."""
    await keep(world, CHAM, ADA, staff())
    async with world.store.unit_of_work() as work:
        await work.help_requests.put(accepted("a", staff().id, CHAM.id))
        await work.help_requests.put(offered("b", ADA.id, CHAM.id))


async def test_coverage_as_an_object(world: World) -> None:
    """Nobody is named; roles and sites of the staff list that no champion has are."""
    await town(world)
    assert await covering.coverage(world, "operator:sample") == {
        "champions": 1,
        "places": 2,
        "taken": 2,
        "roles_without": [BOOKING],
        "sites_without": ["South site"],
        "requests": 2,
        "reached": 1,
        "unanswered": 0,
        "median_wait": 0.0,
    }


async def test_coverage_as_a_card(world: World) -> None:
    """In plain words."""
    await town(world)
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[0] == "Champions: 1. They offer 2 requests a week; 2 are taken."
    assert card.lines[1] == "Roles without a champion: Outpatient booking."
    assert "Half of them within 0 hours." in card.lines[3]


async def test_a_wish_that_reached_no_administrator_is_found(world: World) -> None:
    """Whoever offered before any administrator met the bot waits on the card, with both answers to it."""
    await town(world)
    await conversing.respond(world, staff().id, BecomeChampion())
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[0].startswith("Sam Sample (")
    assert [step.verb for step in card.steps] == ["admit_champion", "refuse_champion", "champions", "help"]


async def test_places_of_the_staff_list(world: World) -> None:
    """Each role at each site, with how many people."""
    await town(world)
    async with world.store.unit_of_work() as work:
        assert await work.people.places() == {(CLERK, "North site"): 2, (BOOKING, "South site"): 1}
