"""What somebody would get, and why: for administrators, and for trust. Nothing is sent, and nothing kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.audit import Act, Subject
from bot.domain.commands.own import SetUp
from bot.domain.drip.outlooks import Drip, Outlook, outlook_of
from bot.domain.drip.previews import Foreseen, foresee, foresee_from_set_up, without_what_is_their_own
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import PromptId
from bot.domain.staff.cadence import is_stale
from bot.domain.staff.people import Person, PersonId, RoleId
from bot.errors import Problems
from bot.services import auditing, composing
from bot.services.own.onboarding import as_chosen
from bot.services.ports import World
from bot.services.records import all_prompts, closed_for, last_seen, shelf_of

ONCE_SET_UP = (Drip.WITHOUT_APP, Drip.NOT_SET_UP)
"""Where tips come once somebody sets up."""

IN_TIME = (Drip.STARTS_LATER, Drip.PAUSED, Drip.ON_LEAVE, Drip.COMING)
"""Where tips come by themselves, now or on a day."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How somebody's drip stands from `now` to `until`, and their tips with day, title and reason.

    `person` is what an administrator may know of them, `role` its name. `once_set_up` are the tips that would
    come if they set up now, as the welcome suggests.
    """

    person: Person
    role: str
    now: datetime
    until: datetime
    outlook: Outlook
    tips: Sequence[Mapping[str, str]] = ()
    once_set_up: Sequence[Mapping[str, str]] = ()


async def preview(world: World, who: str, person_id: PersonId, weeks: int) -> Preview:
    """The next weeks of somebody, once it is on record who looked.

    What is the person's own is left out: their confidence, and what they turned down. So is the cap that
    other messages take room in. Raises Problems for somebody who is not known.
    """
    now = world.clock.now()
    await auditing.keep(world, who, Act.PREVIEWED, Subject(person=person_id))
    async with world.store.unit_of_work() as work:
        person = await work.people.get(person_id)
        if person is None:
            raise Problems([_nobody(person_id)])
        titles = {prompt.id: prompt.title for prompt in await all_prompts(world.library, work)}
        scene = _Scene(world, await shelf_of(world, work), await last_seen(work, person_id), now)
    outlook, until = outlook_of(person, now), now + timedelta(weeks=weeks)
    role, plain = composing.role_name(world.library, person.role), without_what_is_their_own(person)
    found = Preview(plain, role, now, until, outlook)
    if outlook.drip in IN_TIME:
        return replace(found, tips=_listed(plain, scene.by_itself(plain, until), titles))
    if outlook.drip in ONCE_SET_UP and plain.role:
        return replace(found, once_set_up=_listed(plain, scene.from_set_up(plain, plain.role, until), titles))
    return found


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the choice of somebody's tips goes by at one moment."""

    world: World
    shelf: Shelf
    seen: Mapping[PromptId, datetime]
    now: datetime

    def by_itself(self, person: Person, until: datetime) -> Iterator[Foreseen]:
        """What comes as things are; a slot that was missed is not made up for."""
        closed = closed_for(self.world, person)
        if person.next_nudge and is_stale(person.next_nudge, self.now):
            person = replace(person, next_nudge=person.next_slot(self.now, closed))
        return foresee(person, self.shelf, self.seen, until, closed)

    def from_set_up(self, person: Person, role: RoleId, until: datetime) -> Iterator[Foreseen]:
        """What comes to somebody who sets up now as the welcome suggests."""
        suggested = SetUp(role, person.licence, person.preferences.rhythm.days)
        person = as_chosen(self.world, person, suggested, self.now)
        closed = closed_for(self.world, person)
        return foresee_from_set_up(person, self.shelf, self.seen, self.now, until, closed=closed)


def _listed(
    person: Person, tips: Iterable[Foreseen], titles: Mapping[PromptId, str]
) -> Sequence[Mapping[str, str]]:
    zone = ZoneInfo(person.preferences.rhythm.zone)
    return [
        {"at": f"{one.at.astimezone(zone):%a %d %b %H:%M}", "tip": titles[one.prompt], "because": one.reason}
        for one in tips
    ]


def _nobody(person_id: PersonId) -> str:
    return (
        f"{person_id}: nobody has this id; it is an Entra object id, the first column of the roster. "
        "Correct it, or load a roster that has them: steady-drip people import FILE.csv"
    )
