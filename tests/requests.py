"""Requests for help in each state that somebody can be in, on either side."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.peers.champions import Profile, Standing
from bot.domain.peers.help_requests import CHOOSING, HelpRequest
from bot.domain.peers.turns import Turn
from bot.domain.staff.people import PersonId
from bot.services.ports import World
from tests.samples import MONDAY


def request(request_id: str, asker: PersonId) -> HelpRequest:
    """A request that was just made, with suggestions to choose from."""
    return HelpRequest(request_id, asker, "my notes", (), "", None, MONDAY, MONDAY, MONDAY + CHOOSING)


def offered(request_id: str, asker: PersonId, champion: PersonId) -> HelpRequest:
    """A request that waits for a champion."""
    found = request(request_id, asker).chosen(Turn(champion, MONDAY, MONDAY + timedelta(days=1)), MONDAY)
    assert found is not None
    return found


def accepted(
    request_id: str, asker: PersonId, champion: PersonId, wait: timedelta = timedelta(0)
) -> HelpRequest:
    """A request to which a champion said yes after a while."""
    found = offered(request_id, asker, champion).accepted(champion, MONDAY + wait)
    assert found is not None
    return found


async def keep_requests(world: World, person: PersonId, other: PersonId) -> None:
    """Of one person: `asked` and `accepted` as the asker, `offered` as the champion."""
    async with world.store.unit_of_work() as work:
        await work.help_requests.put(request("asked", person))
        later = replace(accepted("accepted", person, other), asked=MONDAY.replace(minute=1))
        await work.help_requests.put(later)
        await work.help_requests.put(offered("offered", other, person))
        wish = Profile(PersonId("wishing"), Standing.ASKED, (), (), "North site", wish="wish")
        await work.champions.put(wish)
