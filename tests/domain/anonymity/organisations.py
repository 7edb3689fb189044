"""Random organisations that answer for several rounds, and what is published of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.domain.anonymity.blurring import Draw
from bot.domain.anonymity.crossing import Listed
from bot.domain.anonymity.publishing import Published, Tally, publish
from bot.domain.staff.groups import WHOLE, Group, Level, Membership

QUESTION = "confidence"
LEAST = 10


def no_chance() -> float:
    """The fraction at which nothing is moved."""
    return 0.5


@dataclass(frozen=True)
class Member:
    """One person who answered: where, and what. It is the same in every round: an attacker's best case."""

    name: int
    team: str
    role: str
    licence: str
    answer: int

    @property
    def site(self) -> str:
        """A team's site is the first letter of its name."""
        return self.team[0]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group that this person counts in."""
        return (
            Group(Level.TEAM, self.team),
            Group(Level.SITE, self.site),
            WHOLE,
            Group(Level.ROLE, self.role),
            Group(Level.LICENCE, self.licence),
        )

    @property
    def membership(self) -> Membership:
        """The same, as the staff list has it."""
        return Membership(self.site, self.team, self.role, self.licence)


Round = Sequence[Member]

ROLES = ("clerk", "nurse", "cook")
LICENCES = ("copilot", "chat", "nothing")
FEW_HAVE_NOTHING = (6, 5, 1)


@dataclass(frozen=True)
class Team:
    """What the people of a team are like: how likely each answer is, and the one trade of all, if any."""

    name: str
    mood: Sequence[float]
    trade: str | None


def organisation(seed: int, rounds: int = 3) -> Sequence[Round]:
    """Two or three sites with teams of 3 to 22, some of one mind; between rounds a few come, go and move.

    Every third team is all of one role, so that teams lie within roles, and roles within teams.
    """
    chance = Random(seed)
    names = [
        f"{site}{number}" for site in "ABC"[: chance.randint(2, 3)] for number in range(chance.randint(1, 3))
    ]
    teams = [Team(name, _mood(chance), _trade(chance)) for name in names]
    first = [_member(chance, team) for team in teams for _ in range(chance.randint(3, 22))]
    found = [first]
    while len(found) < rounds:
        found.append(list(_later(chance, found[-1], teams)))
    return found


def _mood(chance: Random) -> Sequence[float]:
    """How likely each answer is in a team; one team in seven is of one mind."""
    if chance.random() < 1 / 7:
        said = chance.randint(1, 5)
        return [float(value == said) for value in range(1, 6)]
    return [chance.random() ** 2 + 0.001 for _ in range(5)]


def _trade(chance: Random) -> str | None:
    return chance.choice(ROLES) if chance.random() < 1 / 3 else None


def _member(chance: Random, team: Team) -> Member:
    (answer,) = chance.choices(range(1, 6), team.mood)
    (licence,) = chance.choices(LICENCES, FEW_HAVE_NOTHING)
    return Member(chance.getrandbits(48), team.name, team.trade or chance.choice(ROLES), licence, answer)


def _later(chance: Random, before: Round, teams: Sequence[Team]) -> Iterator[Member]:
    for member in before:
        fate = chance.random()
        if fate < 0.03:
            yield replace(member, team=chance.choice(teams).name)
        elif fate > 0.06:
            yield member
    yield from (_member(chance, chance.choice(teams)) for _ in range(chance.randint(0, 3)))


def listed(members: Round) -> Listed:
    """The staff list, where everybody on it has answered."""
    return Counter(member.membership for member in members)


def tallies(members: Round, least: int = LEAST) -> Sequence[Tally]:
    """What a store says of a round: groups of `least` people or more."""
    answers: dict[tuple[Group, str], Counter[int]] = {}
    for member in members:
        for group in member.groups:
            answers.setdefault((group, member.site if group.level is Level.TEAM else ""), Counter())[
                member.answer
            ] += 1
    return [
        Tally(group, site, {QUESTION: counts})
        for (group, site), counts in answers.items()
        if counts.total() >= least
    ]


def published(members: Round, draw: Draw, least: int = LEAST) -> Published:
    """What is published of a round."""
    return publish(tallies(members, least), [QUESTION], least, listed(members), draw)
