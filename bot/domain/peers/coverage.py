"""Where champions are missing, how full they are, and how long people wait for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.domain.library.contributions import Contribution
from bot.domain.peers.champions import Profile, place_key
from bot.domain.peers.directory import Load
from bot.domain.peers.help_requests import HelpRequest, Response, Stage
from bot.domain.staff.people import Person, PersonId, RoleId

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """Shared prompts that wait for a review, the oldest since a day, and how many could look at them.

    `without_app` are reviewers whom the bot has no chat with.
    """

    waiting: int = 0
    since: date | None = None
    reviewers: int = 0
    without_app: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Champions, and the requests of the last four weeks; nobody is named.

    `places` are the requests a week that all champions offered, `taken` those of this week. `median_wait` is
    the hours from a question to a champion's yes, None where nobody said yes.
    """

    champions: int
    places: int
    taken: int
    roles_without: Sequence[RoleId]
    sites_without: Sequence[str]
    requests: int
    reached: int
    unanswered: int
    median_wait: float | None
    reviews: Queue


def queue(waiting: Iterable[Contribution], reviewers: Iterable[Person]) -> Queue:
    """What waits for a review, and for whom."""
    since, who = [one.submitted for one in waiting], list(reviewers)
    without = sum(one.reference is None for one in who)
    return Queue(len(since), min(since).date() if since else None, len(who), without)


def cover(
    profiles: Iterable[Profile],
    staff: Mapping[tuple[RoleId, str], int],
    loads: Mapping[PersonId, Load],
    requests: Iterable[HelpRequest],
    reviews: Queue,
) -> Coverage:
    """What the champions cover of a staff list, given as the number of people of each role and site."""
    offered, asked = list(profiles), list(requests)
    roles = {role for one in offered for role in one.roles}
    sites = {place_key(one.site) for one in offered}
    waits = [wait for request in asked if (wait := _wait(request)) is not None]
    return Coverage(
        champions=len(offered),
        places=sum(one.places for one in offered),
        taken=sum(loads[one.person].week for one in offered if one.person in loads),
        roles_without=sorted({role for role, _ in staff} - roles),
        sites_without=sorted({site for _, site in staff if place_key(site) not in sites}),
        requests=len(asked),
        reached=len(waits),
        unanswered=sum(request.stage is Stage.UNANSWERED for request in asked),
        median_wait=round(median(wait / HOUR for wait in waits), 1) if waits else None,
        reviews=reviews,
    )


def since(requests: Iterable[HelpRequest], moment: datetime) -> Sequence[HelpRequest]:
    """The requests that were asked at a moment or later."""
    return [request for request in requests if request.asked >= moment]


def _wait(request: HelpRequest) -> timedelta | None:
    """From the question until a champion said yes; None where nobody did.

    Of requests that were kept before that moment was, until the champion was asked.
    """
    accepted = (offer for offer in request.offers if offer.response is Response.ACCEPTED)
    yes = next(accepted, None)
    return (yes.answered or yes.at) - request.asked if yes else None
