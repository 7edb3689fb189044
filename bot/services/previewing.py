"""What somebody would get, and why: for administrators, and for trust. Nothing is sent, and nothing kept."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.audit import Act, Subject
from bot.domain.people import PersonId
from bot.domain.previews import foresee, without_what_is_their_own
from bot.errors import Problems
from bot.services import auditing
from bot.services.ports import World
from bot.services.records import all_prompts, closed_for, last_seen, shelf_of


async def preview(world: World, who: str, person_id: PersonId, weeks: int) -> Sequence[Mapping[str, str]]:
    """The tips of the next weeks with day, title and reason, once it is on record who looked.

    What is the person's own is left out: their confidence, and what they turned down. So is the cap that
    other messages take room in. Raises Problems for somebody who is not known.
    """
    now = world.clock.now()
    await auditing.keep(world, who, Act.PREVIEWED, Subject(person=person_id))
    async with world.store.unit_of_work() as work:
        person = await work.people.get(person_id)
        if person is None:
            raise Problems([f"{person_id}: nobody has this id; it is an Entra object id"])
        shelf = await shelf_of(world, work)
        titles = {prompt.id: prompt.title for prompt in await all_prompts(world.library, work)}
        seen = await last_seen(work, person_id)
    plain, zone = without_what_is_their_own(person), ZoneInfo(person.preferences.rhythm.zone)
    until = now + timedelta(weeks=weeks)
    return [
        {"at": f"{one.at.astimezone(zone):%a %d %b %H:%M}", "tip": titles[one.prompt], "because": one.reason}
        for one in foresee(plain, shelf, seen, until, closed_for(world, person))
    ]
