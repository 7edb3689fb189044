"""Two hundred random organisations are attacked with everything that is published of them.

**Pinned** means: given all published figures, one answer only is possible for a person. For the attacker with
linear programming "possible" means that a solution exists in which somebody of the same sort gives it. For
the one who knows all answers but one, every answer stays possible by construction, so that the question is
how sure they can become: never more than 9 : 1 for a team's figures, and 2 : 1 more each for a role's and a
licence's.
"""

from random import Random

from bot.domain.anonymity.blurring import ACROSS, NESTED, SCALE, Draw
from bot.domain.anonymity.publishing import Published
from bot.domain.staff.groups import Level
from tests.domain.anonymity.attack import LinearAttack, Sort, WrongGuess, certainties, presences
from tests.domain.anonymity.organisations import no_chance, organisation, published

ORGANISATIONS = range(200)
ROUNDS = 3


def releases(seed: int, draw: Draw) -> list[Published]:
    """What is published of an organisation's rounds."""
    return [published(members, draw) for members in organisation(seed, ROUNDS)]


def test_nobody_is_pinned_by_all_figures_of_all_rounds_and_levels() -> None:
    """Teams, sites, all, roles and licences of three rounds, in which nobody changed their answer."""
    pinned: dict[int, list[Sort]] = {}
    wrong = 0
    for seed in ORGANISATIONS:
        attack = LinearAttack(organisation(seed, ROUNDS), releases(seed, Random(seed).random))
        try:
            pinned[seed] = attack.pinned()
        except WrongGuess:
            wrong += 1
    assert {seed: sorts for seed, sorts in pinned.items() if sorts} == {}
    assert wrong < len(ORGANISATIONS) / 5


def test_the_attack_has_teeth() -> None:
    """The same attack on figures that were not blurred pins people in many organisations."""
    found = [
        LinearAttack(organisation(seed, ROUNDS), releases(seed, no_chance), blurred=False).pinned()
        for seed in range(6)
    ]
    assert sum(1 for sorts in found if sorts) >= 3


def test_whoever_knows_all_answers_but_one_is_never_certain() -> None:
    """Of everybody in two hundred organisations they are at most 90 % sure, and 45 % on average."""
    sure = [
        one
        for seed in ORGANISATIONS
        for members in organisation(seed, 1)
        for one in certainties(members, published(members, Random(seed).random))
    ]
    odds = 1 / (NESTED * ACROSS * ACROSS) ** 2
    assert max(sure) <= odds / (odds + len(SCALE) - 1) + 1e-9
    assert min(sure) > 0
    assert sum(sure) / len(sure) < 0.5


def test_whoever_knows_all_answers_but_one_is_never_certain_that_it_was_given() -> None:
    """At most 6 : 1, by one count in each of a team's, a role's and a licence's figures."""
    sure = [
        one
        for seed in ORGANISATIONS
        for members in organisation(seed, 1)
        for one in presences(members, published(members, Random(seed).random))
    ]
    odds = 1 / (NESTED * ACROSS * ACROSS)
    assert max(sure) <= odds / (odds + 1) + 1e-9
    assert min(sure) >= 1 / (odds + 1) - 1e-9


def test_without_blurring_whoever_knows_all_but_one_knows_all() -> None:
    """Why rounding and hiding are not enough: the last answer is what is missing."""
    members = organisation(3, 1)[0]
    release = published(members, no_chance)
    for group, (figure,) in release.items():
        if group.level is Level.TEAM:
            inside = [member for member in members if group in member.groups]
            last, others = inside[0], inside[1:]
            left = [v for v in range(1, 6) if figure.values[v - 1] > sum(m.answer == v for m in others)]
            assert left == [last.answer]
