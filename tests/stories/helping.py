"""Asking a champion, step by step: the people of the stories about help, and what they do first."""

from bot.domain.messages import HelpForm, HelpOffer, Note, Suggestions
from bot.domain.staff.people import Person
from tests.samples import staff
from tests.stories.dialog import Actor, Town

ABOUT = "my meeting notes come out too long"
CONTACT = "the sample information governance team"


async def people(town: Town, *champions: Person) -> tuple[Actor, list[Actor]]:
    """Somebody who needs help, and champions, who have read their first post."""
    actors = [await town.welcomed(one) for one in champions]
    sam = await town.welcomed(staff())
    for one in actors:
        one.receives()
    return sam, actors


async def asked(town: Town, sam: Actor, name: str) -> None:
    """Fill in the form and choose somebody."""
    await sam.types("champion")
    sam.sees(HelpForm)
    await sam.presses("ask_help", about=ABOUT)
    chosen = next(one for one in sam.sees(Suggestions).champions if one.name == name)
    await sam.presses(chosen.champion_id)
    await town.tick()


def offer_to(actor: Actor) -> HelpOffer:
    """The newest request that a champion got."""
    actor.finds(HelpOffer)
    return actor.sees(HelpOffer)


def lines_of(actor: Actor) -> list[str]:
    """What the notes say that came since somebody last looked."""
    return [line for m in actor.receives() if isinstance(m, Note) for line in m.lines]
