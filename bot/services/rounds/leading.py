"""Which of their groups a lead means; what is not theirs is refused in kind words, and on record."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.audit import Act
from bot.domain.messages import Note, Step
from bot.domain.staff.groups import Group, Level
from bot.domain.staff.people import GroupId, PersonId
from bot.domain.text.language import say
from bot.services import auditing, composing
from bot.services.ports import World
from bot.services.records import person_of


async def led_group(world: World, person_id: PersonId, asked: GroupId | None, verb: str) -> Group | Note:
    """The group that a lead means; or what to say where that is not clear, or not theirs."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
    led = sorted(person.roster.leads) if person.roster else []
    if asked is None and len(led) > 1:
        return _which(led, verb)
    meant = _meant(asked, led)
    if meant is None:
        await auditing.keep(world, person_id, Act.SUMMARY_REFUSED)
        return _not_yours(led, verb)
    return Group(Level.TEAM, meant)


def _meant(asked: GroupId | None, led: Sequence[GroupId]) -> GroupId | None:
    """The led group that is meant, however it is spelt in capitals; the only one where none is named."""
    if asked is None:
        return led[0] if led else None
    return next((group for group in led if group.casefold() == asked.casefold()), None)


def _which(led: Sequence[GroupId], verb: str) -> Note:
    steps = [*_choices(led, verb), composing.HELP]
    return Note(say("Which group?"), [say("You lead more than one. Choose one to go on.")], steps)


def _not_yours(led: Sequence[GroupId], verb: str) -> Note:
    """The same words whether there is such a group or not; a lead finds their own groups beside them."""
    said = composing.declined(
        say("That summary is not open to you"),
        say(
            "Only the people named as a group's leads can see its summary, and even they never see a person."
        ),
        refused="no_lead",
    )
    return replace(said, steps=[*_choices(led, verb), *said.steps])


def _choices(led: Sequence[GroupId], verb: str) -> Sequence[Step]:
    return [Step(group, verb, group) for group in led[:4]]
