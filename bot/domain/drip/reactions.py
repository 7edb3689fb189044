"""How the drip reacts to how somebody feels: a table that anybody can read.

It goes by two numbers from 1 to 5 that a person lets us keep, their confidence and what AI did to their
workload: their own setting, which no round reads and nobody else sees. Without them the drip goes by what
they have seen, and reacts to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce

from bot.domain.drip.selection import NO_WISH, Wish
from bot.domain.staff.people import Person, Right
from bot.domain.text.language import joined, say

ANY = range(1, 6)
"""Any answer from 1 to 5."""

LOW = (1, 2)
IN_BETWEEN = (3, 4)
HIGH = (5,)
"""Confidence: not at all and a little; in between and quite; very."""

HEAVY = (4, 5)
NOT_HEAVY = (1, 2, 3)
"""What AI did to the workload: heavier and much heavier; lighter or no change."""

SHORT = 6
"""Minutes, the check included, that a short prompt takes at most: a quarter of the library."""

ONE_A_WEEK = timedelta(days=7)
"""From one tip's day, the next one comes so many days later or more: one a week for whoever chose more."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """For some answers: which prompts come, how long it is quiet after one, and a sentence.

    A `fallen` row is for somebody whose confidence was higher when the last tip came. `to_champions` is the
    sentence for somebody who is a champion already; empty: the same as for others.
    """

    name: str
    confidence: Sequence[int]
    workload: Sequence[int]
    wish: Wish
    offer: str
    fallen: bool = False
    rest: timedelta = timedelta(0)
    to_champions: str = ""

    def fits(self, confidence: int, workload: int, *, fell: bool) -> bool:
        """Whether this row is for somebody who feels so."""
        return confidence in self.confidence and workload in self.workload and (fell or not self.fallen)


REACTIONS = (
    Reaction(
        "a heavy workload: shorter and fewer",
        confidence=ANY,
        workload=HEAVY,
        wish=Wish(longest=SHORT, why=say("it is short, as AI has made your work heavier")),
        rest=ONE_A_WEEK,
        offer=say(
            "You said that AI has added to your work. So tips are short for now, and one a week at most."
        ),
    ),
    Reaction(
        "low confidence: easy steps, judging, a champion",
        confidence=LOW,
        workload=ANY,
        wish=Wish(hardest=1, judgement=True, why=say("it is an easy step that helps you to judge an answer")),
        offer=say("A champion is a colleague who is glad to help. Type champion to find one."),
    ),
    Reaction(
        "falling confidence: a step back, judging, a champion",
        confidence=IN_BETWEEN,
        workload=ANY,
        fallen=True,
        wish=Wish(hardest=2, judgement=True, why=say("it is a step back that helps you to judge an answer")),
        offer=say(
            "It is normal for confidence to go up and down. Type champion to find a colleague to talk to."
        ),
    ),
    Reaction(
        "high confidence: harder ones, sharing, becoming a champion",
        confidence=HIGH,
        workload=NOT_HEAVY,
        wish=Wish(easiest=3, why=say("it goes a step further, as you feel confident")),
        offer=say(
            "You know your way around this, and colleagues could learn from you. "
            "If you would like to help them, type become a champion."
        ),
        to_champions=say(
            "You know your way around this. Colleagues would be glad of your prompts: type share."
        ),
    ),
)
"""From top to bottom. More than one row may fit: then the easiest and the shortest comes, and all is said."""


def reactions_to(person: Person) -> Sequence[Reaction]:
    """The rows that fit the answers that somebody lets us keep; none without them."""
    level, workload = person.preferences.level, person.preferences.workload
    if level is None or workload is None:
        return ()
    before = person.preferences.contact.level
    fell = before is not None and level < before
    return [row for row in REACTIONS if row.fits(level, workload, fell=fell)]


def wish_of(person: Person) -> Wish:
    """What suits somebody just now: of all rows that fit, the easiest and the shortest."""
    return reduce(_both, (row.wish for row in reactions_to(person)), NO_WISH)


def rest_of(person: Person) -> timedelta:
    """How many days after a tip's the next may come, in whole ones; zero where nothing keeps it back."""
    return max((row.rest for row in reactions_to(person)), default=timedelta(0))


def offer_for(person: Person) -> str:
    """What is said when the answers have changed; empty where nothing follows from them."""
    champion = person.holds(Right.CHAMPION)
    offers = ((champion and row.to_champions) or row.offer for row in reactions_to(person))
    return joined(*offers)


def _both(one: Wish, other: Wish) -> Wish:
    return replace(
        one,
        hardest=min(one.hardest, other.hardest),
        easiest=max(one.easiest, other.easiest),
        longest=min(one.longest, other.longest),
        judgement=one.judgement or other.judgement,
        why=one.why or other.why,
    )
