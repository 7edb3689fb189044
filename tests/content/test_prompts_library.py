"""What the library holds: enough for every role, and every gate passed."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import product
from statistics import median

import pytest

from bot.config import HOME
from bot.content.gates.checking import holes, problems
from bot.content.gates.prompt_rules import OLDEST_READER, whole_text
from bot.content.gates.readability import reading_age
from bot.content.library import load_library, read_sources
from bot.content.prompts import PromptFile
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import Prompt
from bot.domain.staff.people import Licence

SOURCES = read_sources(HOME / "prompts_library")
LIBRARY = load_library(HOME / "prompts_library")
FILES = [one.file for one in SOURCES.prompts]
ROLES = SOURCES.roles or {}
TODAY = date(2026, 11, 24)
"""A day on which every review in the library still counts; `steady-drip check` asks for the real one."""

ENOUGH = 11
"""Prompts of each of six skills: five tips a week are 65 in the ninety days in which none comes twice."""

each_role = pytest.mark.parametrize("role", ROLES)


def for_role(role: str) -> list[PromptFile]:
    """The prompts that were written for a role, without those for everyone."""
    return [file for file in FILES if role in file.roles]


def test_every_gate_is_passed() -> None:
    """What `steady-drip check` finds wrong with the library is nothing."""
    assert problems(SOURCES, TODAY) == []


def test_no_role_lacks_a_level_or_a_skill() -> None:
    """The matrix has no holes."""
    assert holes(SOURCES) == []


def test_there_are_at_least_twenty_roles() -> None:
    """Each with a name to choose it by, and no name twice."""
    assert len(set(ROLES.values())) == len(ROLES) >= 20


@each_role
def test_each_role_has_prompts_of_its_own(role: str) -> None:
    """Eight or more, for different tasks."""
    mine = for_role(role)
    assert len(mine) >= 8
    assert len({file.task for file in mine}) >= 7


def test_there_are_judgement_tips_for_everyone() -> None:
    """Forty or more, and most of them need no tool at all or no more than Copilot Chat."""
    tips = for_role("everyone")
    assert len(tips) >= 40
    assert all(Licence.CHAT.covers(tip.needs) for tip in tips)


def test_each_skill_is_taught() -> None:
    """The drip can cover all six evenly: each has many prompts that anybody can use."""
    taught = Counter(file.skill for file in FILES if Licence.CHAT.covers(file.needs))
    assert len(taught) == 6
    assert min(taught.values()) >= 20


@pytest.mark.parametrize("licence", Licence)
def test_every_role_and_licence_has_enough_of_each_skill(licence: Licence) -> None:
    """With fewer, a skill runs out before its first may come again, and others take its place."""
    assert lacking(LIBRARY.prompts, licence) == []


def test_what_is_lacking_is_named() -> None:
    """Whoever takes a prompt out learns for which role, licence and skill it is missed."""
    fewer = [p for p in LIBRARY.prompts if p.skill != "share" or p.needs is not Licence.NOTHING]
    found = lacking(fewer, Licence.NOTHING)
    assert f"ward-clerk with licence nothing has 0 prompts for the skill share; {ENOUGH} are needed" in found
    assert len(found) == len(ROLES)


def lacking(prompts: Iterable[Prompt], licence: Licence) -> list[str]:
    """Where tips for this licence are chosen from fewer than `ENOUGH` of a skill, under the local rules."""
    shelf = Shelf(prompts, {}, LIBRARY.rules)
    found = []
    for role, skill in product(LIBRARY.roles, sorted(SOURCES.skills or ())):
        count = len(shelf.section(role, licence, TODAY).get(skill, ()))
        if count < ENOUGH:
            there = f"{role} with licence {licence} has {count} prompts for the skill {skill}"
            found.append(f"{there}; {ENOUGH} are needed")
    return found


def test_what_is_copied_speaks_to_the_tool() -> None:
    """Nothing has to be picked out: no prompt for a tool tells the reader what to type, in quotes."""
    copied = [file for file in FILES if file.needs is not Licence.NOTHING]
    assert [file.id for file in copied if re.search(r':\n *"', file.prompt)] == []


def test_the_library_is_easy_to_read() -> None:
    """Half of the cards suit a reader of ten, and none needs one of more than thirteen."""
    ages = [reading_age(whole_text(file)) for file in FILES]
    assert median(ages) <= 10
    assert max(ages) <= OLDEST_READER == 13
