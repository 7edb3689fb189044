"""Telling those who may review what waits for them: each once, and once more after three working days.

Whoever cannot be written to yet, or rests, is told when they can be: what waits is looked at again and again,
and the key of each card makes it one. Of a file of another organisation, which may hold hundreds, they hear
once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.library.contributions import Contribution
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import ReviewDue
from bot.domain.peers.turns import after_working_days
from bot.domain.staff.people import Person, Right
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for

REMIND_AFTER = 3
"""Working days of a reviewer from the first card to the second."""

LASTS = timedelta(days=14)


async def remind_due(world: World) -> int:
    """Tell the reviewers of what waits and of what has had its time; how many cards are new."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        planned = await tell_of_waiting(world, work, await work.contributions.submitted())
        approved = await work.contributions.approved()
        over = [one for one in approved if one.is_over(await work.votes.get(one.prompt_id), now)]
        planned += await tell_of_over(world, work, over)
    return planned


async def tell_of_waiting(world: World, work: UnitOfWork, waiting: Sequence[Contribution]) -> int:
    """Plan the cards about what waits for a review; how many are new."""
    reviewers = await _reviewers(world, work)
    planned = [
        card
        for one in _one_of_each_file(waiting)
        for reviewer in reviewers
        if reviewer.id != one.author
        for card in _two(world, one, reviewer)
    ]
    return len(await work.deliveries.add_all(planned))


async def tell_of_over(world: World, work: UnitOfWork, over: Sequence[Contribution]) -> int:
    """Plan the cards about prompts that have had their time; how many are new."""
    now = world.clock.now()
    reviewers = await _reviewers(world, work)
    planned = [
        _card(f"review_over:{one.id}:{one.decided}", one, reviewer, now)
        for one in over
        for reviewer in reviewers
        if reviewer.id != one.author
    ]
    return len(await work.deliveries.add_all(planned))


async def _reviewers(world: World, work: UnitOfWork) -> Sequence[Person]:
    return [one for one in await work.people.holding(Right.REVIEWER) if _hears(world, one)]


def _hears(world: World, reviewer: Person) -> bool:
    """Whether somebody can be told now."""
    first_contact = world.openings is not None
    return reviewer.can_be_reached(first_contact=first_contact) and not reviewer.is_quiet(world.clock.now())


def _two(world: World, contribution: Contribution, reviewer: Person) -> Iterator[Delivery]:
    now = world.clock.now()
    later = after_working_days(now, REMIND_AFTER, closed_for(world, reviewer))
    name = _file_of(contribution) or contribution.id
    yield _card(f"review:{name}", contribution, reviewer, now)
    yield _card(f"review_reminder:{name}", contribution, reviewer, later)


def _card(name: str, contribution: Contribution, reviewer: Person, due: datetime) -> Delivery:
    key, subject = f"{name}:{reviewer.id}", ReviewDue(contribution.id)
    return Delivery(key, reviewer.id, subject, due, due + LASTS, unasked=True)


def _one_of_each_file(waiting: Sequence[Contribution]) -> Sequence[Contribution]:
    """All of our own, and of each file of another organisation the first."""
    firsts = {_file_of(one) or one.id: one for one in reversed(waiting)}
    return list(reversed(firsts.values()))


def _file_of(contribution: Contribution) -> str:
    """A name for the file that it came with; empty for our own."""
    origin = contribution.origin
    return f"{origin.key}:{contribution.submitted:%Y%m%dT%H%M%S}" if origin else ""
