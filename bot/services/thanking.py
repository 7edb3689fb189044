"""Once a quarter, thanks to those who shared a prompt or helped somebody: what came of it, in plain counts.

A tick plans the thanks in the first days of a quarter. The key of each names the quarter and the person, so
that restarts and replicas plan it once; it counts towards the cap like all that nobody asked for.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.library.contributions import Contribution
from bot.domain.messages import Message, Note
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import QuarterThanksDue
from bot.domain.peers.help_requests import HelpRequest, Response, Stage
from bot.domain.peers.quarters import end_of, quarter_in_words, quarter_to_thank
from bot.domain.staff.groups import WHOLE
from bot.domain.staff.people import GroupId, Person, PersonId
from bot.domain.text.language import say
from bot.domain.text.wording import times
from bot.services import composing
from bot.services.library import sharing
from bot.services.ports import UnitOfWork, World

LASTS = timedelta(days=28)
"""Thanks that come later than this would only puzzle."""

MOST_NAMED = 5
"""Prompts named on one card."""


async def thank_due(world: World) -> int:
    """Plan the thanks for the quarter that has just ended; how many are new."""
    now = world.clock.now()
    quarter = quarter_to_thank(now)
    if quarter is None:
        return 0
    async with world.store.unit_of_work() as work:
        authors = {one.author for one in await work.contributions.approved() if one.author}
        requests = await work.help_requests.changed_since(_start(quarter))
        helpers = {person for request in requests for person in _helpers(request, quarter)}
        planned = [_thanks(person, quarter, now) for person in sorted(authors | helpers)]
        return len(await work.deliveries.add_all(planned))


async def message(world: World, work: UnitOfWork, quarter: date, person: Person) -> Message | None:
    """The thanks, by what is true when they are sent; None where there is nothing left to thank for."""
    shared = [one for one in await work.contributions.of(person.id) if _is_theirs(one, person.id)]
    asked = await work.help_requests.of(person.id)
    helped = [request for request in asked if person.id in _helpers(request, quarter)]
    if not shared and not helped:
        return None
    lines = [*_for_help(helped, quarter), *[await _for_prompt(work, one) for one in shared[:MOST_NAMED]]]
    whom = await _whom_from(world, work)
    signed = say("With thanks from {whom}. Nobody else sees these numbers.", whom=whom)
    return Note(say("Thank you"), [*lines, signed], [composing.MINE, composing.TIP, composing.HELP])


def _for_help(helped: Sequence[HelpRequest], quarter: date) -> Sequence[str]:
    if not helped:
        return []
    good = sum(request.stage is Stage.HELPED for request in helped)
    when = {"quarter": quarter_in_words(quarter), "times": times(len(helped))}
    if not good:
        return [say("From {quarter} you said yes to a colleague {times}.", **when)]
    return [
        say(
            "From {quarter} you said yes to a colleague {times}, "
            "and {good} you heard that it made a difference.",
            good=times(good),
            **when,
        )
    ]


async def _for_prompt(work: UnitOfWork, one: Contribution) -> str:
    told = await sharing.told(work, one)
    return say("“{title}”, which you shared: {told}", title=one.title, told=told)


async def _whom_from(world: World, work: UnitOfWork) -> str:
    """Whoever leads the whole organisation by the staff list, where that is one person; else all of it."""
    whole = GroupId(WHOLE.level.value)
    leads = [person for person in await work.people.leading() if person.leads(whole) and person.name]
    if len(leads) != 1:
        return world.house.organisation
    return say("{name} and {organisation}", name=leads[0].name, organisation=world.house.organisation)


def _helpers(request: HelpRequest, quarter: date) -> Sequence[PersonId]:
    """Who said yes to a request in that quarter."""
    start, end = _start(quarter), _start(end_of(quarter))
    yes = (offer for offer in request.offers if offer.response is Response.ACCEPTED)
    return [offer.champion for offer in yes if offer.champion and start <= offer.at < end]


def _is_theirs(one: Contribution, person: PersonId) -> bool:
    return one.author == person and one.is_in_library


def _thanks(person: PersonId, quarter: date, now: datetime) -> Delivery:
    key = f"quarter_thanks:{quarter.isoformat()}:{person}"
    return Delivery(key, person, QuarterThanksDue(quarter), now, now + LASTS, unasked=True)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(0), UTC)
