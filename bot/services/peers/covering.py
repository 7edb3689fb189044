"""What the champions cover, for administrators: a card, and an object for the command line."""

from dataclasses import asdict
from math import ceil

from bot.domain.audit import Act
from bot.domain.messages import Message, Note, Step
from bot.domain.peers.coverage import Coverage, Queue, cover, queue, since
from bot.domain.peers.directory import MONTH
from bot.domain.staff.people import PersonId, Right
from bot.domain.text.language import joined, say
from bot.domain.text.wording import day_in_words, listed
from bot.services import auditing, composing
from bot.services.peers import championing, matching
from bot.services.ports import UnitOfWork, World

LISTED = 12
"""Roles or sites in one sentence."""

DAY = 24
"""Hours: a longer wait is told in days."""


async def show(world: World, person_id: PersonId) -> Message:
    """The card, for administrators; a kind word for others. Either leaves a record."""
    async with world.store.unit_of_work() as work:
        if not await auditing.may_look(world, work, person_id, Act.COVERAGE_READ, Act.COVERAGE_REFUSED):
            return auditing.for_administrators(say("Type champions to see who can help."))
        found = await _coverage(world, work)
        wish = await championing.one_wish(world, work)
    steps = [
        Step(say("All champions"), "champions"),
        Step(say("People without the app"), "installs"),
        composing.HELP,
    ]
    lines = _lines(world, found)
    if wish is not None:
        lines, steps = [*wish.lines, *lines], [*wish.steps[:-1], *steps]
    return Note(say("What the champions cover"), lines, steps)


async def coverage(world: World, who: str) -> dict[str, object]:
    """The same as a flat JSON object, for whoever asks at the command line, on record."""
    async with world.store.unit_of_work() as work:
        await auditing.add(world, work, who, Act.COVERAGE_READ)
        found = await _coverage(world, work)
    reviews = found.reviews
    return {name: value for name, value in asdict(found).items() if name != "reviews"} | {
        "reviews_waiting": reviews.waiting,
        "reviews_waiting_since": reviews.since.isoformat() if reviews.since else None,
        "reviewers": reviews.reviewers,
        "reviewers_without_app": reviews.without_app,
    }


async def _coverage(world: World, work: UnitOfWork) -> Coverage:
    now = world.clock.now()
    roll = await matching.call(world, work, PersonId(""))
    requests = since(await work.help_requests.changed_since(now - MONTH), now - MONTH)
    reviews = queue(await work.contributions.submitted(), await work.people.holding(Right.REVIEWER))
    return cover(roll.profiles.values(), await work.people.places(), roll.loads, requests, reviews)


def _lines(world: World, found: Coverage) -> list[str]:
    roles = [composing.role_name(world.library, role) for role in found.roles_without]
    offers = say(
        "Champions: {champions}. Requests a week that they offer: {places}. Of these taken: {taken}.",
        champions=found.champions,
        places=found.places,
        taken=found.taken,
    )
    requests = say(
        "Requests in four weeks: {requests}. Champions said yes to: {reached}.",
        requests=found.requests,
        reached=found.reached,
    )
    return [
        offers,
        say("Roles without a champion: {roles}.", roles=_some(roles)),
        say("Sites without a champion: {sites}.", sites=_some(list(found.sites_without))),
        joined(requests, _wait_in_words(found.median_wait)),
        say("Requests that nobody could help with: {unanswered}.", unanswered=found.unanswered),
        *_reviews_in_words(found.reviews),
    ]


def _wait_in_words(hours: float | None) -> str:
    if hours is None:
        return ""
    if hours <= 1:
        return say("Half of those who got a yes had it within an hour.")
    if hours <= DAY:
        return say("Half of those who got a yes had it within {hours} hours.", hours=ceil(hours))
    return say("Half of those who got a yes had it within {days} days.", days=ceil(hours / DAY))


def _reviews_in_words(reviews: Queue) -> list[str]:
    """What waits for a review, and whether anybody can look at it."""
    if not reviews.reviewers:
        return [say("Nobody is a reviewer on the staff list, so no prompt can be shared.")]
    who = say(
        "Reviewers: {reviewers}. Of these without the app: {without}.",
        reviewers=reviews.reviewers,
        without=reviews.without_app,
    )
    if reviews.since is None:
        return [joined(say("No prompt waits for a review."), who)]
    waiting = say(
        "Prompts that wait for a review: {waiting}, the oldest since {day}.",
        waiting=reviews.waiting,
        day=day_in_words(reviews.since),
    )
    return [joined(waiting, who)]


def _some(names: list[str]) -> str:
    more = [say("{number} more", number=len(names) - LISTED)] if len(names) > LISTED else []
    return listed([*names[:LISTED], *more]) or say("none")
