"""Where champions are missing, how full they are, and how long people wait for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.domain.champions import Load, Profile
from bot.domain.help_requests import HelpRequest, Response, Stage
from bot.domain.people import PersonId, RoleId

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Champions, and the requests of the last four weeks; nobody is named. Waits are hours, None without any.

    `places` are the requests a week that all champions offered, `taken` those of this week.
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


def cover(
    profiles: Iterable[Profile],
    staff: Mapping[tuple[RoleId, str], int],
    loads: Mapping[PersonId, Load],
    requests: Iterable[HelpRequest],
) -> Coverage:
    """What the champions cover of a staff list, given as the number of people of each role and site."""
    offered, asked = list(profiles), list(requests)
    roles = {role for one in offered for role in one.roles}
    sites = {one.site for one in offered}
    waits = [wait for request in asked if (wait := _wait(request)) is not None]
    return Coverage(
        champions=len(offered),
        places=sum(one.places for one in offered),
        taken=sum(loads[one.person].week for one in offered if one.person in loads),
        roles_without=sorted({role for role, _ in staff} - roles),
        sites_without=sorted({site for _, site in staff} - sites),
        requests=len(asked),
        reached=len(waits),
        unanswered=sum(request.stage is Stage.UNANSWERED for request in asked),
        median_wait=round(median(wait / HOUR for wait in waits), 1) if waits else None,
    )


def since(requests: Iterable[HelpRequest], moment: datetime) -> Sequence[HelpRequest]:
    """The requests that were asked at a moment or later."""
    return [request for request in requests if request.asked >= moment]


def _wait(request: HelpRequest) -> timedelta | None:
    """From the question until the champion who said yes was asked; None where nobody did."""
    accepted = (offer.at for offer in request.offers if offer.response is Response.ACCEPTED)
    at = next(accepted, None)
    return at - request.asked if at else None
