"""The table of reactions, walked through: what follows from each level that a person lets us keep."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery import TipDue
from bot.domain.nudges import decide
from bot.domain.people import Contact, Preferences
from bot.domain.prompts import PromptId
from bot.domain.reactions import REACTIONS, reaction_to, wish_of
from bot.domain.selection import NO_WISH
from bot.domain.shelves import Shelf
from tests.samples import CLERK, MONDAY, prompt, staff

SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
LIBRARY = [prompt(f"{skill}-{level}", skill=skill, level=level) for skill in SKILLS for level in (1, 2, 3)]
SEEN = frozenset(PromptId(f"old-{n}") for n in range(20))


def tip(level: int | None) -> tuple[int, str, TipDue]:
    """The level and skill of the next tip for somebody with this level of confidence, and the tip."""
    sam = replace(staff().choosing(Preferences(role=CLERK, level=level)), next_nudge=MONDAY)
    decision = decide(sam, Shelf(LIBRARY, {}), SEEN, MONDAY)
    assert decision.delivery is not None
    assert isinstance(decision.delivery.subject, TipDue)
    chosen = next(p for p in LIBRARY if p.id == decision.delivery.subject.prompt)
    return chosen.level, chosen.skill, decision.delivery.subject


@pytest.mark.parametrize("level", [1, 2])
def test_a_low_level_brings_easy_steps_in_judging_and_a_champion(level: int) -> None:
    """Nothing harder than the first level, on judging an answer, and a colleague is offered."""
    hardness, skill, due = tip(level)
    assert hardness == 1
    assert skill in {"check-it", "know-when-not-to"}
    assert "champion" in due.opening
    assert "easy step" in due.reason


def test_the_highest_level_brings_harder_ones_and_an_invitation() -> None:
    """Level 3, and the offer to share."""
    hardness, _, due = tip(5)
    assert hardness == 3
    assert "share" in due.opening


@pytest.mark.parametrize("level", [None, 3, 4])
def test_in_between_nothing_follows(level: int | None) -> None:
    """And without a level nothing ever does."""
    sam = staff().choosing(Preferences(level=level))
    assert reaction_to(sam) is None
    assert wish_of(sam) == NO_WISH
    assert tip(level)[2].opening == ""


@pytest.mark.parametrize(
    ("before", "level", "eases"), [(5, 4, True), (4, 3, True), (3, 4, False), (4, 4, False)]
)
def test_a_falling_level_brings_easier_steps(before: int, level: int, *, eases: bool) -> None:
    """Also where it is not low yet; rising or staying brings nothing."""
    sam = staff().choosing(Preferences(level=level, contact=Contact(level=before)))
    assert wish_of(sam).judgement is eases
    assert wish_of(sam).hardest == (2 if eases else 3)


def test_an_offer_is_made_once() -> None:
    """The second tip at the same level opens without a word."""
    sam = replace(staff().choosing(Preferences(role=CLERK, level=1)), next_nudge=MONDAY)
    first = decide(sam, Shelf(LIBRARY, {}), SEEN, MONDAY)
    later = MONDAY + timedelta(days=2)
    second = decide(replace(first.person, next_nudge=later), Shelf(LIBRARY, {}), SEEN, later)
    subjects = [decision.delivery.subject for decision in (first, second) if decision.delivery]
    openings = [subject.opening for subject in subjects if isinstance(subject, TipDue)]
    assert openings == [REACTIONS[0].offer, ""]


def test_no_two_rows_speak_of_one_level() -> None:
    """Each level has one row at most."""
    assert all(sum(r.lowest <= level <= r.highest for r in REACTIONS) <= 1 for level in range(1, 6))
