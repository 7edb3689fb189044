"""How the drip reacts to a person's own confidence: a table that anybody can read.

It goes by one number, from 1 to 5, that a person lets us keep: their own setting, which no round reads and
nobody else sees. Without it the drip goes by what they have seen, and reacts to nothing.
"""

from dataclasses import dataclass

from bot.domain.people import Person
from bot.domain.selection import NO_WISH, Wish


@dataclass(frozen=True, slots=True)
class Reaction:
    """For confidence from `lowest` to `highest`: which prompts come, and a sentence that offers something.

    A `fallen` one is for somebody whose confidence was higher when the last tip came.
    """

    lowest: int
    highest: int
    wish: Wish
    offer: str
    fallen: bool = False


REACTIONS = (
    Reaction(
        lowest=1,
        highest=2,
        wish=Wish(hardest=1, judgement=True, why="it is an easy step that helps you to judge an answer"),
        offer="A champion is a colleague who is glad to help. Type champion to find one.",
    ),
    Reaction(
        lowest=3,
        highest=4,
        fallen=True,
        wish=Wish(hardest=2, judgement=True, why="it is a step back that helps you to judge an answer"),
        offer="It is normal that this goes up and down. Type champion to talk to a colleague.",
    ),
    Reaction(
        lowest=5,
        highest=5,
        wish=Wish(easiest=3, why="it goes a step further, as you feel confident"),
        offer="You know your way around this. Colleagues would be glad of what works for you: type share.",
    ),
)
"""A low or falling level: easier steps in judging, and a champion. The highest: harder ones, and sharing."""


def reaction_to(person: Person) -> Reaction | None:
    """What follows from the level that somebody lets us keep; None where nothing does."""
    level, before = person.preferences.level, person.preferences.contact.level
    if level is None:
        return None
    fell = before is not None and level < before
    return next((r for r in REACTIONS if r.lowest <= level <= r.highest and (fell or not r.fallen)), None)


def wish_of(person: Person) -> Wish:
    """What suits somebody just now."""
    reaction = reaction_to(person)
    return reaction.wish if reaction else NO_WISH
