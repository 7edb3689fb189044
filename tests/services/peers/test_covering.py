"""What administrators see of the champions: totals, and where somebody is missing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands.champions import BecomeChampion, ShowCoverage
from bot.domain.library.contributions import Contribution
from bot.domain.library.prompts import DataRule
from bot.domain.messages import Note
from bot.domain.staff.people import Person, PersonId, Right, RosterEntry
from bot.services import conversing
from bot.services.peers import covering
from bot.services.ports import World
from tests.kept import keep
from tests.requests import accepted, offered
from tests.samples import BOOKING, CLERK, MONDAY, champion, staff

ADA = staff("Ada Sample", role=BOOKING, site="South site", rights=frozenset({Right.ADMINISTRATOR}))
CHAM = champion()


def only_champion(person: Person) -> RosterEntry:
    """Their place on the staff list without the right to review."""
    assert person.roster is not None
    return replace(person.roster, rights=frozenset({Right.CHAMPION}))


def waiting_prompt(author: PersonId) -> Contribution:
    """A prompt that waits for a review since Monday."""
    text = "Make a list of [what is left to do]."
    return Contribution("c", author, "Title", text, CLERK, "Count.", DataRule.INTERNAL, MONDAY)


async def town(world: World) -> None:
    """One champion at the north site, with one request accepted and one that waits."""
    await keep(world, CHAM, ADA, staff())
    async with world.store.unit_of_work() as work:
        await work.help_requests.put(accepted("a", staff().id, CHAM.id, timedelta(hours=3, minutes=30)))
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
        "median_wait": 3.5,
        "reviews_waiting": 0,
        "reviews_waiting_since": None,
        "reviewers": 1,
        "reviewers_without_app": 0,
    }


async def test_coverage_as_a_card(world: World) -> None:
    """In plain words, which fit one as well as many."""
    await town(world)
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines == [
        "Champions: 1. Requests a week that they offer: 2. Of these taken: 2.",
        "Roles without a champion: Outpatient booking.",
        "Sites without a champion: South site.",
        "Requests in four weeks: 2. Champions said yes to: 1. "
        "Half of those who got a yes had it within 4 hours.",
        "Requests that nobody could help with: 0.",
        "No prompt waits for a review. Reviewers: 1. Of these without the app: 0.",
    ]


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(0), "within an hour."),
        (timedelta(minutes=90), "within 2 hours."),
        (timedelta(hours=24), "within 24 hours."),
        (timedelta(hours=25), "within 2 days."),
    ],
)
async def test_waits_in_words(world: World, wait: timedelta, words: str) -> None:
    """From the question to the yes: neither "0.0 hours" nor "1 hours"."""
    await keep(world, CHAM, ADA, staff())
    async with world.store.unit_of_work() as work:
        await work.help_requests.put(accepted("a", staff().id, CHAM.id, wait))
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[3].endswith(f"Half of those who got a yes had it {words}")


async def test_a_prompt_that_no_reviewer_can_see_yet(world: World) -> None:
    """Nothing is lost silently: it is counted, with since when, and who has no app is one tap away."""
    far = replace(champion("Rev Sample"), reference=None)
    await keep(world, replace(CHAM, roster=only_champion(CHAM)), ADA, far)
    async with world.store.unit_of_work() as work:
        await work.contributions.put(waiting_prompt(CHAM.id))
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[-1] == (
        "Prompts that wait for a review: 1, the oldest since Monday 23 November. "
        "Reviewers: 1. Of these without the app: 1."
    )
    assert "installs" in [step.verb for step in card.steps]


async def test_an_organisation_without_reviewers(world: World) -> None:
    """Where the staff list names none, the card says what that means."""
    await keep(world, ADA)
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[-1] == "Nobody is a reviewer on the staff list, so no prompt can be shared."


STEPS = ["admit_champion", "refuse_champion", "champions", "installs", "help"]


async def test_a_wish_that_reached_no_administrator_is_found(world: World) -> None:
    """Whoever offered before any administrator met the bot waits on the card, with both answers to it."""
    await town(world)
    await conversing.respond(world, staff().id, BecomeChampion())
    card = await conversing.respond(world, ADA.id, ShowCoverage())
    assert isinstance(card, Note)
    assert card.lines[0].startswith("Sam Sample (")
    assert [step.verb for step in card.steps] == STEPS


async def test_places_of_the_staff_list(world: World) -> None:
    """Each role at each site, with how many people."""
    await town(world)
    async with world.store.unit_of_work() as work:
        assert await work.people.places() == {(CLERK, "North site"): 2, (BOOKING, "South site"): 1}
